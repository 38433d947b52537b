"""The Electra, outside and in: its front, its steps, the box, the port, the chamber and the seat."""

from .cuts import box, cut, dark, disc, each, ground, light, line, picture, poly, sliver, slivers, waves
from .letters import word


@picture("the-electra", "location")
def electra() -> str:
    """The front on its sea wall: steps, canopy, square tower, the sea at its foot."""
    fins = "".join(light(sliver(x, 330, x, 92, width=4)) for x in (424, 456, 488))
    treads = "".join(
        light(
            poly(
                f"{262 - 11 * n},{498 + 24 * n} {560 + 11 * n},{498 + 24 * n} {564 + 11 * n},{509 + 24 * n}"
                f" {258 - 11 * n},{509 + 24 * n}"
            )
        )
        for n in range(5)
    )
    return "".join(
        (
            light(disc(196, 168, 74)),
            dark(poly("392,540 392,70 404,70 404,44 508,44 508,70 520,70 520,540")),
            dark(cut("60,540! 60,330! 76,290 116,276! 400,276! 400,540!")),
            dark(poly("508,300 650,300 650,312 662,312 662,540 508,540")),
            fins,
            ground(cut("60,338! 60,328! 392,326! 392,338!"), cut("60,358! 392,358! 392,366! 60,366!")),
            ground(box(540, 338, 16, 78), box(576, 338, 16, 78), box(612, 338, 16, 78)),
            light(poly("214,384 602,384 616,412 228,412")),
            dark(poly("228,412 616,412 600,424 238,424")),
            light(box(282, 430, 54, 68), box(344, 430, 54, 68), box(424, 430, 54, 68), box(486, 430, 54, 68)),
            dark(poly("0,490 704,490 704,640 0,640")),
            treads,
            ground(slivers("16,522,150,518,3 60,556,170,552,3 0,590,130,586,3 640,524,700,522,3 650,574,704,570,3")),
            light(waves(-20, 704, 614, length=128, height=14, phase=0.2)),
            dark(waves(-20, 704, 634, length=104, height=12, phase=0.6)),
            ground(waves(-20, 704, 664, length=142, height=12, phase=0.1)),
            dark(waves(-20, 704, 680, length=118, height=9, phase=0.4)),
        )
    )


@picture("the-thirteen-steps", "location")
def thirteen_steps() -> str:
    """Thirteen whole stone steps, seen from their foot."""
    treads, y, half = [], 674.0, 300.0
    for index in range(13):
        rise, tread = 35 - index * 1.55, 15 - index * 0.75
        lean = (index * 7) % 3 - 1
        treads.append(
            dark(
                poly(
                    f"{352 - half:.0f},{y:.0f} {352 + half:.0f},{y:.0f} {352 + half - 1:.0f},{y - rise:.0f}"
                    f" {352 - half + 1:.0f},{y - rise:.0f}"
                )
            )
            + light(
                poly(
                    f"{352 - half - 2:.0f},{y - rise + lean:.0f} {352 + half + 2:.0f},{y - rise - lean:.0f}"
                    f" {352 + half - 8:.0f},{y - rise - tread:.0f} {352 - half + 8:.0f},{y - rise - tread:.0f}"
                )
            )
        )
        y -= rise + tread
        half -= 12.5
    top, edge = y, half
    return "".join(
        (
            dark(
                poly(
                    f"0,704 0,330 {352 - edge - 30:.0f},{top - 40:.0f} {352 - edge - 6:.0f},{top - 40:.0f}"
                    f" {352 - edge - 6:.0f},{top:.0f} 56,704"
                )
            ),
            dark(
                poly(
                    f"704,704 704,330 {352 + edge + 30:.0f},{top - 40:.0f} {352 + edge + 6:.0f},{top - 40:.0f}"
                    f" {352 + edge + 6:.0f},{top:.0f} 648,704"
                )
            ),
            dark(box(0, 674, 704, 30)),
            each(treads),
            dark(
                poly(
                    f"{352 - edge + 8:.0f},{top:.0f} {352 + edge - 8:.0f},{top:.0f} {352 + edge - 8:.0f},0"
                    f" {352 - edge + 8:.0f},0"
                )
            ),
            light(box(276, 0, 66, top - 8), box(362, 0, 66, top - 8)),
            ground(
                slivers(
                    "20,420,110,330,3 60,520,70,640,3 28,560,36,660,3 684,430,600,334,3 650,520,640,640,3"
                    " 676,580,670,670,3"
                )
            ),
        )
    )


@picture("the-projection-box", "location")
def projection_box() -> str:
    """Two projectors side by side from behind, the rewind bench with a reel and a kettle."""

    def machine(x: int) -> str:
        return "".join(
            (
                light(poly(f"{x - 118},150 {x - 62},150 {x - 62},206 {x - 118},206")),
                dark(disc(x - 34, 176, 82)),
                ground(disc(x - 34, 176, 15), disc(x - 34, 128, 17), disc(x - 80, 190, 17), disc(x - 8, 216, 17)),
                dark(box(x + 34, 0, 30, 230)),
                dark(
                    cut(
                        f"{x - 52},236! {x - 40},214 {x + 20},206"
                        f" {x + 84},214 {x + 100},240! {x + 106},420! {x - 58},420!"
                    )
                ),
                ground(slivers(f"{x - 30},254,{x + 78},252,5 {x - 30},276,{x + 78},274,5 {x - 30},298,{x + 78},296,5")),
                light(box(x - 34, 330, 30, 30)),
                ground(slivers(f"{x + 20},326,{x + 20},396,4")),
                dark(cut(f"{x - 30},420! {x + 70},420! {x + 54},480 {x + 72},560! {x - 34},560! {x - 14},480")),
            )
        )

    return "".join(
        (
            machine(178),
            machine(484),
            dark(box(0, 548, 704, 156)),
            ground(box(0, 556, 704, 6)),
            light(disc(334, 612, 78)),
            dark(
                disc(334, 612, 14),
                disc(334, 567, 18),
                disc(377, 598, 18),
                disc(361, 649, 18),
                disc(307, 649, 18),
                disc(291, 598, 18),
            ),
            light(cut("518,676! 504,634 522,594 562,578! 594,578! 630,596 646,634 634,676!")),
            light(cut("634,648! 656,630 668,602! 684,608! 674,644 642,668!"), disc(578, 570, 11)),
            line("l", 10, "M524 596C520 514 636 514 632 596"),
            dark(sliver(532, 614, 528, 660, width=4, bend=-4)),
        )
    )


@picture("the-third-port", "location")
def third_port() -> str:
    """A square opening, its iron shutter hooked up, the spot lamp and its pale straight beam."""
    return "".join(
        (
            dark(box(250, 0, 454, 704)),
            ground(
                slivers(
                    "270,70,400,66,3 580,40,700,36,3 600,540,704,536,3 280,600,420,596,3 520,640,690,634,3"
                    " 400,66,404,120,3 600,540,604,630,3 290,220,350,218,3"
                )
            ),
            ground(box(372, 270, 250, 250)),
            light(poly("482,317 0,452 0,704 60,704 482,465")),
            dark(poly("352,520 642,520 642,546 352,546")),
            dark(cut("470,318! 500,300 560,298 596,326 606,392 590,452 554,482 500,480 470,464!")),
            light(disc(482, 391, 22, 74)),
            line("d", 9, disc(482, 391, 24, 78)),
            dark(box(524, 476, 20, 46), box(500, 508, 68, 14), poly("532,306 562,306 566,274 528,274")),
            ground(slivers("526,320,540,460,4,-9 556,322,572,452,4,-9")),
            ground(poly("366,262 628,262 592,120 402,120")),
            dark(poly("380,252 614,252 584,130 410,130")),
            ground(slivers("424,240,440,142,4 497,242,497,140,4 570,240,554,142,4")),
            line("g", 7, "M497 124V78C497 56 526 56 526 78", cap="round"),
        )
    )


@picture("the-chamber-behind-the-screen", "location")
def chamber() -> str:
    """A plank with rows of round holes, large to small, above a camp bed."""
    holes = []
    for row, y in enumerate((196.0, 256.0, 312.0)):
        x = 86.0 + row * 16
        radius = 27.0 - row * 4
        while x < 640:
            holes.append(disc(x, y + (x - 60) * 0.012, radius))
            step = radius * 2 + 10
            radius = max(radius * 0.86, 3.4)
            x += step * 0.5 + radius + 5
    return "".join(
        (
            dark(poly("30,142 676,160 672,348 34,352")),
            light(*holes),
            ground(slivers("48,160,260,163,2.4 400,172,652,176,2.4 60,340,330,338,2 470,338,650,336,2")),
            dark(box(70, 352, 18, 40), box(614, 348, 18, 44)),
            dark(poly("92,520 612,520 612,536 92,536")),
            line("d", 12, "M170 532L262 664M262 532L170 664M442 532L534 664M534 532L442 664", cap="round"),
            dark(box(0, 664, 704, 40)),
            dark(cut("96,524! 110,546 180,560 352,566 520,560 596,546 610,524!")),
            light(cut("300,520! 312,486 400,478 520,482 600,500 616,524! 560,544 440,540 330,542!")),
            dark(slivers("330,520,560,498,4,5 400,534,600,520,3,4")),
            light(cut("96,520! 98,490 140,474 196,484 218,516!")),
            dark(slivers("120,500,196,504,3,-4")),
        )
    )


@picture("f-nine", "location")
def f_nine() -> str:
    """One plush seat with a cat asleep in it."""
    back = cut("166,452! 156,310 166,196 200,122 272,84 352,76 432,84 504,122 538,196 548,310 538,452!")
    return "".join(
        (
            dark(box(0, 0, 704, 704)),
            ground(
                cut("0,96! 34,122 58,196 64,310 56,440! 0,448!"),
                cut("704,96! 670,122 646,196 640,310 648,440! 704,448!"),
            ),
            dark(slivers("12,140,20,430,5,4 692,140,684,430,5,-4")),
            ground(back),
            dark(
                slivers(
                    "208,190,196,430,5,8 262,140,250,430,5,6 318,124,314,430,4,2 386,124,390,430,4,-2"
                    " 442,140,454,430,5,-6 496,190,508,430,5,-8"
                )
            ),
            light(disc(352, 106, 30, 17)),
            light(cut("150,560! 146,516 172,480 230,464 352,458 474,464 532,480 558,516 554,560!")),
            ground(cut("150,560! 352,572 554,560! 548,640! 352,652 156,640!")),
            ground(
                cut("82,404! 92,372 124,364 148,378 154,420 150,652! 90,652!"),
                cut("622,404! 612,372 580,364 556,378 550,420 554,652! 614,652!"),
            ),
            dark(slivers("96,420,138,412,5,-5 566,412,608,420,5,-5 180,606,524,606,5,-4")),
            dark(cut("196,500 214,440 262,404 330,384 410,390 476,424 504,470 498,512 454,534 350,542 250,538")),
            dark(cut("206,496! 194,430! 222,444 250,440! 270,400! 288,444 290,486 266,516 232,518")),
            light(slivers("214,480,238,482,3,-5 296,520,440,514,4,-10 300,480,470,470,4,30")),
            dark(cut("440,520 490,500 516,510 500,540 430,556 330,558! 400,546")),
        )
    )


@picture("the-canopy", "location")
def canopy() -> str:
    """The canopy with the week's letters, some of them wanting."""
    return "".join(
        (
            dark(box(0, 0, 704, 150)),
            ground(box(286, 0, 18, 120), box(343, 0, 18, 120), box(400, 0, 18, 120)),
            dark(poly("18,146 686,140 690,500 14,506")),
            light(poly("36,164 668,158 672,446 32,452")),
            dark(slivers("34,259,670,254,4 34,355,670,350,4")),
            line("d", 14, word("HARBO R", 66, 180, width=60, height=62, step=83)),
            line("d", 14, word("W THOUT", 66, 275, width=60, height=62, step=83)),
            line("d", 14, word("SHIPS", 66, 370, width=60, height=62, step=83)),
            light(*(disc(56 + 49.4 * n, 477, 11) for n in range(13))),
            dark(box(0, 600, 704, 104), box(60, 500, 36, 120), box(608, 500, 36, 120), box(334, 500, 36, 120)),
            light(box(112, 520, 96, 90), box(222, 520, 96, 90), box(386, 520, 96, 90), box(496, 520, 96, 90)),
            light(slivers("60,640,640,632,6 20,672,680,664,6")),
        )
    )
