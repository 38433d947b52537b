"""The films and the programmes of the wireless."""

from .cuts import box, cut, dark, disc, ground, light, line, picture, poly, sliver, slivers, waves


@picture("harbour-without-ships", "film")
def harbour_without_ships() -> str:
    """Black water with lit windows lying upside down in it, an iron ladder down the quay, no boat."""

    def window(x: int, y: int, width: int, height: int) -> str:
        """A window's reflection, its arch below, broken by the ripples."""
        low = y + height
        arch = cut(f"{x},{y}! {x + width},{y}! {x + width},{low - 16}! {x + width / 2},{low} {x},{low - 16}!")
        mid = y + height * 0.42
        return light(arch) + dark(
            sliver(x - 10, mid - 2, x + width + 8, mid + 4, width=7, bend=3),
            sliver(x - 8, low - 22, x + width + 10, low - 26, width=6, bend=-3),
            sliver(x + width / 2, y - 4, x + width / 2 + 2, low, width=4),
        )

    spots = (
        (44, 226, 44, 84),
        (112, 222, 44, 84),
        (44, 350, 44, 92),
        (214, 242, 42, 76),
        (284, 240, 42, 76),
        (214, 360, 42, 80),
        (398, 226, 48, 90),
        (398, 352, 48, 96),
    )
    return "".join(
        (
            dark(box(0, 560, 704, 144)),
            ground(box(0, 520, 520, 146)),
            dark(
                poly(
                    "0,190 516,170 516,480 488,480 488,520 430,604 374,520 352,520 352,496 318,496 318,560 288,560"
                    " 288,496 188,496 188,540 170,540 170,556 98,648 26,556 0,556"
                )
            ),
            dark(
                slivers(
                    "-20,590,60,584,8 130,596,270,588,9 150,634,330,626,10 330,610,400,606,7 460,590,540,582,9"
                    " 380,650,530,640,11 0,652,210,664,14 190,664,480,656,13 220,540,300,536,7 340,556,400,550,6"
                    " 480,536,530,530,7"
                )
            ),
            ground(
                slivers(
                    "60,556,150,552,5 40,586,120,590,6 400,546,470,550,5 200,470,330,466,4 20,474,90,470,4"
                    " 400,480,470,476,4"
                )
            ),
            *(window(*spot) for spot in spots),
            light(slivers("20,206,490,188,6 90,462,150,459,4 236,452,300,448,4")),
            dark(poly("0,146 704,132 704,172 0,190")),
            ground(poly("510,174 704,170 704,704 524,704")),
            dark(
                slivers(
                    "516,270,704,262,4 520,380,704,374,4 524,490,704,484,4 528,600,704,594,4 690,176,692,262,4"
                    " 684,380,688,484,4 548,270,550,378,4 540,492,544,598,4 690,600,692,700,4"
                )
            ),
            line("d", 14, "M574 704V112C574 82 604 82 604 112M658 704V112C658 82 688 82 688 112", cap="round"),
            dark(*(box(574, 206 + 62 * n, 84, 13) for n in range(8))),
        )
    )


@picture("the-understudys-holiday", "film")
def understudy() -> str:
    """A maid's tray falling, cups sliding off, stage curtains at the sides."""

    def tipped(x: int, y: int, turn: int, *shapes: str) -> str:
        return f'<g transform="translate({x} {y}) rotate({turn})">{"".join(shapes)}</g>'

    cup = (
        line("d", 12, "M48 -26C94 -36 86 36 32 30")
        + dark(cut("-56,-46! 56,-46! 48,8 24,40! -24,40! -48,8"))
        + light(disc(0, -46, 56, 12))
    )
    saucer = dark(disc(0, 0, 78, 17)) + light(disc(0, -4, 42, 7))
    return "".join(
        (
            light(box(0, 648, 704, 56)),
            dark(cut("0,0! 204,0! 196,150 140,290 72,420! 96,446! 96,704! 0,704!")),
            dark(cut("704,0! 520,0! 526,130 580,240 648,352! 616,380! 616,704! 704,704!")),
            ground(slivers("144,0,62,380,8,-32 50,450,50,704,7")),
            ground(slivers("640,0,682,340,8,10 568,0,656,320,8,30 660,390,660,704,7")),
            light(slivers("-8,414,94,432,12,-4 606,368,712,346,12,-4")),
            tipped(372, 250, 27, dark(disc(0, 0, 206, 38)), light(disc(0, -9, 184, 25))),
            tipped(316, 148, 14, cup),
            tipped(462, 398, 64, cup),
            tipped(282, 456, -38, cup),
            tipped(420, 572, -18, saucer),
            dark(cut("372,424! 392,446 376,458"), cut("200,566! 212,588 196,592")),
        )
    )


@picture("the-nine-oclock-tide", "program")
def nine_oclock_tide() -> str:
    """A clock at nine above two lines of waves."""
    ticks = "".join(
        f'<g transform="translate(352 264) rotate({30 * n})">{dark(box(-4, -178, 8, 30 if n % 3 == 0 else 16))}</g>'
        for n in range(12)
    )
    return "".join(
        (
            dark(disc(352, 264, 220)),
            light(disc(352, 264, 196)),
            ticks,
            dark(poly("343,276 346,112 352,96 358,112 361,276"), poly("362,254 240,257 226,264 240,271 362,274")),
            dark(disc(352, 264, 17)),
            ground(waves(-30, 740, 452, length=124, height=20, floor=704, phase=0.1)),
            dark(waves(-30, 740, 474, length=124, height=20, floor=704, phase=0.1)),
            ground(waves(-30, 740, 560, length=148, height=20, floor=704, phase=0.5)),
            dark(waves(-30, 740, 586, length=148, height=20, floor=704, phase=0.5)),
            light(slivers("90,660,240,654,4 330,672,420,668,3 520,650,640,646,4")),
        )
    )


@picture("reel-and-wreck", "program")
def reel_and_wreck() -> str:
    """A film reel whose lower half is the hull of a ship."""
    ship = "".join(
        (
            dark(disc(352, 300, 216)),
            light(disc(352, 300, 30), disc(352, 190, 52), disc(248, 250, 52), disc(456, 250, 52)),
            dark(disc(352, 300, 12)),
            dark(cut("70,318! 640,300! 612,420 560,510 500,560! 180,560! 124,470 96,400!")),
            light(poly("78,334 634,317 632,332 82,350")),
            ground(disc(200, 410, 20), disc(286, 408, 20), disc(372, 404, 20), disc(458, 400, 20)),
            dark(disc(200, 410, 9), disc(286, 408, 9), disc(372, 404, 9), disc(458, 400, 9)),
        )
    )
    return "".join(
        (
            f'<g transform="rotate(-9 352 400) translate(0 -6)">{ship}</g>',
            ground(waves(-30, 740, 520, length=130, height=18, phase=0.3)),
            dark(waves(-30, 740, 548, length=130, height=18, phase=0.3)),
            light(waves(-30, 740, 612, length=156, height=15, phase=0.7)),
            dark(waves(-30, 740, 634, length=156, height=15, phase=0.7)),
        )
    )


@picture("evening-voices", "program")
def evening_voices() -> str:
    """The organ's console rising through the floor in a pool of light, pipes behind."""
    heights = (330, 262, 204, 160, 126, 104, 126, 160, 204, 262, 330)
    pipes = "".join(
        cut(f"{22 + 61 * n},{top}! {47 + 61 * n},{top - 16} {72 + 61 * n},{top}! {72 + 61 * n},540! {22 + 61 * n},540!")
        for n, top in enumerate(heights)
    )
    mouths = "".join(
        cut(f"{36 + 61 * n},{top + 84}! {47 + 61 * n},{top + 58} {58 + 61 * n},{top + 84}!")
        for n, top in enumerate(heights)
    )
    stops = "".join(
        disc(352 + 140 * x, 452 - 106 * y, 10)
        for x, y in (
            (-0.98, 0.1),
            (-0.9, 0.46),
            (-0.66, 0.78),
            (-0.36, 0.95),
            (0, 1),
            (0.36, 0.95),
            (0.66, 0.78),
            (0.9, 0.46),
            (0.98, 0.1),
        )
    )
    keys = "".join(
        poly(
            f"{264 - 7 * n},{424 + 38 * n} {440 + 7 * n},{424 + 38 * n} {445 + 7 * n},{449 + 38 * n}"
            f" {259 - 7 * n},{449 + 38 * n}"
        )
        for n in range(3)
    )
    gaps = "".join(
        box(283 - 7 * n + (138 + 14 * n) / 8 * k - 2, 424 + 38 * n, 5, 15) for n in range(3) for k in range(9)
    )
    return "".join(
        (
            dark(pipes),
            ground(mouths),
            dark(box(0, 516, 704, 188)),
            light(disc(352, 612, 312, 74)),
            dark(disc(352, 616, 196, 40)),
            dark(
                cut("176,612! 164,470 196,362 270,304 352,292 434,304 508,362 540,470 528,612! 440,634 352,638 264,634")
            ),
            light(stops),
            light(keys),
            dark(gaps),
            light(slivers("226,566,478,566,5 250,590,454,590,5")),
        )
    )
