"""The few capitals that hang on the Electra, as single strokes, so that no face of type is needed."""

STROKES = {
    "A": "M0 1L.5 0L1 1M.2 .62H.8",
    "B": "M.06 .5H.6C1.06 .5 1.06 1 .6 1H.06V0H.56C.96 0 .96 .5 .56 .5",
    "C": "M.96 .2C.8 -.08 .04 -.12 .04 .5C.04 1.12 .8 1.08 .96 .8",
    "E": "M.92 0H.08V1H.92M.08 .48H.76",
    "H": "M.06 0V1M.94 0V1M.06 .5H.94",
    "I": "M.5 0V1",
    "L": "M.1 0V1H.92",
    "O": "M.5 0C-.12 0 -.12 1 .5 1C1.12 1 1.12 0 .5 0Z",
    "P": "M.08 1V0H.58C1.04 0 1.04 .56 .58 .56H.08",
    "R": "M.08 1V0H.56C1.02 0 1.02 .52 .56 .52H.08M.5 .52L.96 1",
    "S": "M.9 .16C.72 -.1 .1 -.06 .1 .26C.1 .56 .92 .42 .92 .74C.92 1.08 .24 1.1 .06 .82",
    "T": "M0 0H1M.5 0V1",
    "U": "M.06 0V.6C.06 1.13 .94 1.13 .94 .6V0",
    "W": "M0 0L.25 1L.5 .2L.75 1L1 0",
}


def word(letters: str, x: float, y: float, *, width: float, height: float, step: float) -> str:
    """The letters side by side as path data for a strip; a blank leaves its place empty."""
    return "".join(_letter(letter, x + index * step, y, width, height) for index, letter in enumerate(letters))


def column(letters: str, x: float, y: float, *, width: float, height: float, step: float) -> str:
    """The letters one under the other; a blank leaves its place empty."""
    return "".join(_letter(letter, x, y + index * step, width, height) for index, letter in enumerate(letters))


def _letter(letter: str, x: float, y: float, width: float, height: float) -> str:
    data, command, is_across = "", "", True
    strokes = STROKES.get(letter, "")
    for mark in "MLHVCZ":
        strokes = strokes.replace(mark, f" {mark} ")
    for part in strokes.split():
        if part in "MLHVCZ":
            command, is_across = part, True
            data += part
            continue
        across = {"H": True, "V": False}.get(command, is_across)
        data += f"{x + float(part) * width:.1f} " if across else f"{y + float(part) * height:.1f} "
        is_across = not is_across
    return data
