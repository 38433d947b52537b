"""Skerrow: its streets, its harbour, the lamp's house."""

from math import cos, pi, sin

from .cuts import box, cut, dark, disc, ground, light, line, picture, poly, slivers


def flight(x1: float, y1: float, x2: float, y2: float, *, steps: int) -> str:
    """One flight of an open iron stair from its foot to its head, seen from the side, with its rail."""
    across, rise = (x2 - x1) / steps, (y1 - y2) / steps
    upper, lower = "", ""
    for n in range(steps):
        x, y = x1 + n * across, y1 - n * rise
        upper += f"{x:.1f},{y - rise:.1f} {x + across:.1f},{y - rise:.1f} "
        lower = f"{x + across:.1f},{y - rise + 15:.1f} {x:.1f},{y + 15:.1f} " + lower if n in (0, steps - 1) else lower
    return dark(poly(f"{x1},{y1} {upper}{lower}")) + line("d", 4, f"M{x1} {y1}V{y1 - 50}L{x2} {y2 - 50}V{y2}")


def lamp_house(sign: str, window: str) -> str:
    """The tarred house, narrow as a book, its chimney and the stump of the iron stair; a sign by the door, a window."""
    return "".join(
        (
            light(cut("0,566! 704,556! 704,604! 0,604!")),
            dark(poly("0,600 704,584 704,704 0,704")),
            dark(poly("206,606 214,258 302,152 394,258 400,606")),
            dark(box(326, 104, 46, 130), box(317, 96, 64, 14), box(334, 76, 12, 24), box(352, 76, 12, 24)),
            flight(400, 470, 520, 360, steps=8),
            flight(520, 360, 412, 256, steps=7),
            flight(412, 256, 524, 150, steps=7),
            flight(524, 150, 462, 84, steps=4),
            line("d", 6, "M524 590V100"),
            ground(
                slivers("226,274,388,272,3 222,344,282,343,3 344,350,396,349,3 218,440,262,439,3 318,580,372,578,3")
            ),
            ground(poly("238,606 238,478 300,476 300,606")),
            dark(poly("246,606 246,486 292,484 292,606")),
            ground(disc(282, 550, 4)),
            sign,
            window,
            ground(slivers("20,646,220,638,4 330,656,600,644,4 80,686,260,680,4 480,690,690,680,4")),
        )
    )


@picture("the-lamp-room", "location")
def lamp_room() -> str:
    """With a light board by the door."""
    return lamp_house(
        light(poly("318,504 372,502 373,540 318,542")),
        ground(box(278, 262, 56, 66), box(278, 374, 56, 66))
        + dark(box(303, 262, 5, 66), box(278, 292, 56, 5))
        + dark(box(303, 374, 5, 66), box(278, 404, 56, 5)),
    )


@picture("the-lamp-room-slate", "location")
def lamp_room_slate() -> str:
    """With the slate back by the door and a window lit."""
    return lamp_house(
        ground(poly("316,496 376,494 377,550 316,552"))
        + dark(poly("322,502 370,500 371,544 322,546"))
        + ground(slivers("329,516,364,515,3 331,531,358,530,3")),
        ground(box(278, 374, 56, 66))
        + dark(box(303, 374, 5, 66), box(278, 404, 56, 5))
        + light(poly("274,258 338,256 339,332 273,333"))
        + dark(box(303, 256, 5, 78), box(273, 292, 66, 5)),
    )


@picture("skerrow", "location")
def skerrow() -> str:
    """Stepped roofs and the sea at the end of a street."""
    return "".join(
        (
            light(poly("230,346 480,346 480,500 230,500")),
            dark(slivers("280,390,420,386,4 300,418,400,414,4 270,444,360,440,4 340,466,430,462,4")),
            dark(
                poly(
                    "0,704 0,176 40,176 40,146 66,146 66,116 92,116 92,86 140,86 140,116 166,116 166,146 192,146"
                    " 192,222 226,222"
                    " 226,250 246,250 246,280 262,280 262,330 286,330 286,352 302,352 302,470 318,470 318,486 240,704"
                )
            ),
            dark(
                poly(
                    "704,704 704,120 690,120 690,92 640,92 640,120 616,120 616,150 592,150 592,240 566,240 566,268"
                    " 546,268 546,212"
                    " 514,212 514,240 494,240 494,268 474,268 474,322 450,322 450,346 432,346 432,376 414,376 414,470"
                    " 402,470 402,486 494,704"
                )
            ),
            dark(box(108, 46, 24, 50), box(655, 48, 26, 50), box(236, 220, 16, 34), box(522, 180, 18, 40)),
            ground(
                box(36, 222, 34, 48),
                box(118, 222, 34, 48),
                box(36, 344, 34, 52),
                box(206, 330, 22, 36),
                box(254, 372, 16, 30),
            ),
            light(box(118, 344, 34, 52), box(648, 212, 34, 48)),
            ground(box(600, 330, 34, 50), box(660, 330, 34, 50), box(510, 310, 24, 38), box(460, 366, 16, 30)),
            ground(
                box(30, 470, 34, 52),
                box(112, 470, 34, 52),
                box(186, 452, 24, 44),
                box(566, 450, 28, 46),
                box(648, 450, 34, 52),
            ),
            ground(poly("60,704 60,590 106,584 106,704"), poly("592,704 592,588 634,594 634,704")),
            dark(poly("68,704 68,598 98,594 98,704"), poly("600,704 600,596 626,600 626,704")),
            ground(slivers("140,600,220,592,4 0,560,110,552,3 520,560,690,552,3 500,640,570,634,4 140,660,236,654,4")),
            light(poly("318,486 402,486 494,704 240,704")),
            dark(slivers("308,520,410,518,3 294,560,428,557,3 280,606,446,602,3 262,656,466,652,3")),
        )
    )


@picture("the-harbour-arm", "location")
def harbour_arm() -> str:
    """A curved stone arm over still water, a beacon on a pole at its end, a narrow house at its beginning."""
    return "".join(
        (
            light(poly("0,330 704,322 704,704 0,704")),
            dark(slivers("-40,332,744,322,4")),
            dark(
                cut(
                    "704,414! 620,388 500,370 360,362 250,370 168,394! 166,432! 250,408 370,404 470,424 536,468"
                    " 562,530 548,620 500,704! 704,704!"
                )
            ),
            dark(box(198, 176, 10, 214), cut("176,392! 186,374 216,370 232,382!")),
            light(slivers("174,140,40,106,10 174,152,20,160,10 232,140,366,106,10 232,152,386,160,10")),
            dark(box(188, 166, 30, 12)),
            light(cut("184,166! 180,140 190,122 203,116 216,122 226,140 222,166!")),
            dark(box(182, 146, 42, 5), box(200, 104, 6, 62)),
            dark(poly("590,424 598,168 640,118 684,168 688,436")),
            dark(box(648, 84, 24, 70), box(642, 78, 36, 10)),
            ground(box(622, 206, 22, 36), box(622, 290, 22, 36), cut("636,420! 636,372 650,362 664,372 664,424!")),
            ground(
                slivers(
                    "540,404,580,414,4 450,388,510,396,4 350,380,420,384,4 250,386,320,382,4 574,470,650,492,5"
                    " 592,550,690,566,5 584,640,690,656,5"
                )
            ),
            dark(
                slivers(
                    "200,446,206,620,8 120,500,300,494,4 60,580,250,574,4 290,560,440,554,4 20,660,320,650,4"
                    " 340,640,460,634,4"
                )
            ),
        )
    )


@picture("gull-street", "location")
def gull_street() -> str:
    """Shop fronts and lace-curtained windows, running down to the sea."""
    lace = "".join(
        cut(
            f"{x},{y}! {x + w},{y + s}! {x + w},{y + s + h}! {x + w * 0.66},{y + s * 0.7 + h * 0.72}!"
            f" {x + w * 0.34},{y + s * 0.3 + h}! {x},{y + h * 0.8}!"
        )
        for x, y, w, h, s in ((30, 120, 62, 92, 18), (128, 150, 46, 80, 16), (206, 176, 34, 66, 12))
    )
    return "".join(
        (
            light(poly("270,300 450,300 450,420 270,420")),
            dark(poly("270,352 450,346 450,354 270,360")),
            dark(poly("0,0 150,46 150,20 178,28 178,56 290,108 290,560 0,704")),
            dark(poly("704,20 600,70 600,40 570,52 570,84 424,160 424,540 704,704")),
            light(poly("290,420 424,420 424,540 704,704 0,704 290,560")),
            dark(slivers("330,560,120,704,4 352,440,340,704,4 392,560,560,704,4")),
            ground(
                poly("24,108 98,132 98,244 24,238"),
                poly("122,140 180,160 180,254 122,250"),
                poly("200,168 244,184 244,262 200,258"),
            ),
            light(lace),
            light(poly("0,350 250,330 276,372 0,420")),
            dark(
                poly("40,347 80,344 72,408 26,415"),
                poly("124,340 160,338 160,394 116,401"),
                poly("200,334 226,332 238,380 200,387"),
            ),
            ground(poly("20,440 130,420 130,560 20,600"), poly("160,416 210,408 210,530 160,548")),
            dark(poly("72,430 80,430 80,580 72,580")),
            ground(
                poly("470,200 510,180 510,262 470,270"),
                poly("540,166 596,140 596,246 540,256"),
                poly("630,124 690,96 690,228 630,240"),
            ),
            light(
                poly("470,200 510,180 510,214 490,240 470,232"),
                poly("540,166 596,140 596,186 568,220 540,206"),
                poly("630,124 690,96 690,150 660,190 630,172"),
            ),
            ground(poly("460,330 520,326 520,470 460,450"), poly("560,324 660,318 660,560 560,500")),
            light(poly("566,330 604,328 604,410 566,400"), poly("614,328 654,326 654,426 614,412")),
            dark(cut("330,250! 346,238 352,248! 362,236 384,240! 366,246 354,258!")),
        )
    )


@picture("spurlings", "location")
def spurlings() -> str:
    """A chandler's front, coils of rope and lamp glasses in the window."""

    def glass(x: int, y: int) -> str:
        return cut(
            f"{x - 12},{y}! {x - 12},{y - 26} {x - 26},{y - 58} {x - 12},{y - 92} {x - 10},{y - 132}!"
            f" {x + 10},{y - 132}! {x + 12},{y - 92} {x + 26},{y - 58} {x + 12},{y - 26} {x + 12},{y}!"
        )

    def coil(x: int, y: int) -> str:
        """A flat coil of rope, its end hanging over."""
        spots = (
            f"{x + (8 + 1.55 * n) * cos(n * pi / 4):.1f},{y + (8 + 1.55 * n) * sin(n * pi / 4):.1f}" for n in range(21)
        )
        return dark(disc(x, y, 48)) + line("l", 5.5, cut(" ".join(spots), closed=False), cap="round")

    return "".join(
        (
            dark(box(20, 60, 664, 604)),
            ground(box(90, 96, 84, 104), box(310, 96, 84, 104), box(530, 96, 84, 104)),
            dark(
                box(128, 96, 8, 104),
                box(90, 146, 84, 7),
                box(348, 96, 8, 104),
                box(310, 146, 84, 7),
                box(568, 96, 8, 104),
                box(530, 146, 84, 7),
            ),
            light(poly("34,228 670,228 662,296 42,296")),
            dark(slivers("120,262,590,262,5")),
            ground(box(58, 322, 396, 246)),
            dark(box(58, 448, 396, 10)),
            light(glass(122, 448), glass(192, 448), glass(262, 448), glass(332, 448), glass(402, 448)),
            dark(*(box(x - 13, 436, 26, 12) for x in (122, 192, 262, 332, 402))),
            coil(122, 512),
            coil(256, 512),
            coil(390, 512),
            ground(box(500, 322, 130, 320)),
            dark(box(510, 332, 110, 310)),
            ground(box(528, 350, 74, 130), disc(602, 520, 7)),
            dark(box(0, 664, 704, 40)),
            light(box(486, 648, 158, 16)),
        )
    )
