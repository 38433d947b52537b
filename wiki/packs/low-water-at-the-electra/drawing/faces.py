"""The people of whom the picture is a bust. Each head looks left and keeps inside the circle."""

from .cuts import cut, dark, disc, ground, light, line, picture, placed, poly, sliver, slivers
from .heads import Face, ear, face


@picture("ines-tarrant", "character")
def ines() -> str:
    """Glasses pushed up on the forehead, hair drawn back, the wide neck of a man's pullover."""
    head = face(Face(forehead=3, nose=9.5, tip=59, lips=0.5, jowl=4, chin=-0.4, jaw=97, nape=65, lean=4))
    hair = cut("15,11 25,2 42,-4 62,-1 77,12 83,34 82,54 76,68 68,64 62,52 48,32 26,20")
    return placed(
        224,
        116,
        290,
        dark(cut("20,130! -8,138 -30,156 -42,182 -46,215! 152,215! 150,176 136,152 108,136 84,128!")),
        dark(head),
        dark(hair, disc(87, 64, 14, 12.5)),
        light(slivers("26,10,70,52,2.2,-9 40,2,76,50,2,-8 58,1,80,46,1.6,-5")),
        light(sliver(77, 60, 97, 66, width=2, bend=-4), sliver(78, 70, 95, 58, width=1.6, bend=4)),
        ear(47, 52),
        line("l", 2.4, "M20 14L53 53", cap="round"),
        '<g transform="rotate(-38 4 18)">' + dark(disc(4, 18, 7, 10.5)) + light(disc(4, 18, 4.4, 7.8)) + "</g>",
        '<g transform="rotate(-38 15 5)">' + dark(disc(15, 5, 9, 12)) + light(disc(15, 5, 6.4, 9.2)) + "</g>",
        light(cut("25,113! 34,108 48,110 64,102 72,98! 80,104 85,118 83,132! 66,144 46,148 22,142! 15,132 18,120")),
        dark(
            slivers(
                "31,113,25,141,1.5,-1 39,113,35,144,1.5,-1 47,112,46,146,1.5,0 56,109,58,144,1.5,1"
                " 64,105,69,139,1.5,1 72,103,79,131,1.5,1"
            )
        ),
    )


@picture("wilf-oakshott", "character")
def wilf() -> str:
    """A stout man in a white drill jacket, collar and tie."""
    head = face(
        Face(
            forehead=4,
            brow=0.4,
            nose=11.5,
            tip=60,
            bump=0.6,
            lips=0.7,
            jowl=10,
            chin=0.4,
            jaw=96,
            throat=24,
            nape=78,
            skull=85,
        )
    )
    return placed(
        208,
        96,
        290,
        dark(head),
        dark(cut("70,30 86,36 89,52 85,74 76,86 68,76 62,58 62,42")),
        light(slivers("66,40,78,80,2.2,-4 74,36,85,72,2.2,-3 82,36,88,58,1.6,-1")),
        ear(47, 52, 1.1),
        light(slivers("52,90,12,106,1.6,7")),
        light(cut("14,116! 30,126 56,120 84,98! 94,112! 130,130 164,156 176,215! -58,215! -46,168 -20,142 8,128!")),
        dark(poly("27,136 42,130 49,144 45,154 62,215 14,215 30,155 23,147")),
        line("d", 2, "M14 117L8 132L22 149L33 131", "M49 143L98 128L86 108"),
        line("d", 2, "M16 150L-8 168L4 182L16 215", "M54 148L88 166L74 182L62 215"),
        line("d", 1.8, "M100 184l34 -5M134 179l3 22"),
    )


@picture("dab-hallett", "character")
def dab() -> str:
    """A very old seaman: flat cap, coat collar, nose and chin near each other."""
    head = face(
        Face(
            forehead=3,
            brow=1.6,
            nose=13,
            tip=63.5,
            bump=1.8,
            lips=-0.8,
            chin=4.6,
            jaw=95,
            jowl=3,
            throat=36,
            lean=10,
            nape=64,
        )
    )
    return placed(
        238,
        116,
        288,
        dark(cut("70,92! 100,100 130,122 148,164 152,215! -40,215! -34,176 -12,150 20,134 44,126")),
        dark(head),
        dark(cut("5,34 2,16 20,-1 50,-9 80,-2 93,14 90,30 76,36 40,32")),
        dark(cut("8,28! 20,33 14,39 -4,41 -20,44 -24,40 -12,32")),
        light(cut("8,28! 40,26 70,29 90,29! 84,37 60,35 36,33 12,33!")),
        ground(slivers("24,10,62,-3,1.8,3 36,17,80,6,1.8,4")),
        ear(50, 56, 1.15),
        light(slivers("68,42,69,64,1.8 75,40,73,60,1.8")),
        light(slivers("57,84,28,97,1.8,4")),
        dark(cut("74,88! 92,96 104,116 92,146 60,170 40,164! 24,146 20,124! 30,130 42,126 58,112")),
        light(cut("74,88! 86,98 88,116 74,136 44,164! 42,160 66,134 76,116")),
        light(cut("20,124! 24,146 42,165! 32,150 28,136")),
        light(disc(36, 186, 3.6), disc(31, 203, 3.6)),
    )


@picture("jonah-pell", "character")
def jonah() -> str:
    """A tall thin lad with wet hair, collar up."""
    head = face(Face(nose=10, tip=58.5, lips=1, chin=0.2, jaw=97, throat=35, nape=60, skull=76, lean=3, forehead=0))
    hair = cut(
        "3,34! 2,24 5,13 16,3 34,-4 58,-3 76,12 81,34 79,52 80,74! 72,66 69,82! 65,70 61,80! 58,64"
        " 56,50! 50,58! 47,44 40,50! 36,36 29,44! 26,30 14,40! 12,30"
    )
    return placed(
        222,
        80,
        298,
        dark(head),
        dark(hair),
        light(
            slivers(
                "17,10,11,34,2,4 30,5,23,40,2.4,5 44,1,37,46,2.4,6 58,3,52,52,2.4,5 69,9,63,70,2.2,3 76,22,73,66,1.8,1"
            )
        ),
        ear(47, 55),
        dark(cut("32,140! -6,156 -28,180 -34,215! 142,215! 136,180 116,156 84,140!")),
        dark(cut("66,94! 82,100 94,118 94,144 78,162 44,172 22,160! 8,140 22,112! 34,132 56,122")),
        light(cut("66,94! 82,99 95,118 94,146! 86,120 78,108!")),
        light(cut("22,112! 8,139 23,162! 42,178! 30,156 26,140!")),
        dark(
            cut("-13,71! -10.4,78 -13,82 -15.6,78"),
            cut("90,80! 93.4,89 90,94 86.6,89"),
            cut("104,102! 108,113 104,119 100,113"),
        ),
    )


@picture("pru-lanyon", "character")
def pru() -> str:
    """A young woman, hair tucked behind the ear, a hearing aid at it."""
    head = face(Face(nose=9, tip=57, bump=-1, lips=1.1, chin=0, jaw=96, throat=33, nape=60, skull=76, forehead=-1))
    hair = cut(
        "8,21! 14,5 36,-6 60,-4 79,12 87,36 89,62 96,88 108,104! 96,116 78,114 64,102 58,84 60,68 55,48 40,32 22,26"
    )
    return placed(
        220,
        100,
        296,
        dark(cut("32,132! 0,146 -20,168 -28,215! 138,215! 132,172 112,148 76,130!")),
        dark(head),
        dark(hair),
        ear(43, 50, 1.2),
        light(cut("52,44! 61,48 64,60 61,70! 55,67 58,60 56,53")),
        light(slivers("16,16,54,40,2.2,-7 32,3,72,46,2.2,-9 71,60,88,108,2.2,4 80,62,94,102,2,0 64,74,76,111,2,4")),
        light(cut("29,130! 40,142 60,142 76,128! 88,140 66,158 42,158 18,143")),
    )


@picture("kit-dunmore", "character")
def kit() -> str:
    """A young man in a very clean jacket with a sharp collar."""
    head = face(Face(forehead=1, brow=0.3, nose=11.5, tip=57.5, bump=0, lips=0.7, chin=1.6, jaw=98, throat=32, nape=66))
    hair = cut("8,25! 1,14 8,-2 32,-10 60,-4 78,10 83,32 78,52 71,60! 66,68! 62,56 61,42! 52,36! 40,25 22,21")
    return placed(
        222,
        86,
        298,
        dark(cut("30,130! 0,144 -28,160 -40,215! 152,215! 144,166 114,146 76,126!")),
        dark(head),
        dark(hair),
        light(slivers("10,11,62,15,2.6,8 24,1,74,24,2.4,7")),
        ear(49, 51),
        light(poly("31,114 68,99 82,116 60,138 42,215 26,215 22,150")),
        dark(poly("33,128 47,126 50,136 46,143 54,190 40,208 28,188 35,143 30,136")),
        dark(poly("26,130 32,146 24,215 0,215 -10,150 8,138")),
        dark(poly("82,116 60,138 40,215 100,215 96,150")),
        light(poly("31,112 21,140 29,148 37,127"), poly("68,97 82,117 58,142 46,126 34,116")),
        line("l", 1.8, "M20 142L0 164L18 172L28 215", "M58 142L96 134L98 160L76 172L42 215"),
        light(poly("99,178 119,174 120,179 100,183"), poly("101,178 105,164 109,171 114,162 116,175")),
    )
