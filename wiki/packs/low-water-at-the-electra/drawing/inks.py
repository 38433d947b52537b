"""The inks of a paper cut: a tinted ground, one dark, one light, by the kind of the entry. Knows no shape."""

from math import cos, radians, sin

HUES = {
    "character": 255,
    "location": 152,
    "film": 303,
    "program": 205,
    "event": 72,
    "organisation": 112,
    "theme": 345,
    "object": 178,
}
GROUND, DARK, LIGHT = (0.885, 0.028), (0.29, 0.045), (0.98, 0.008)  # lightness and chroma in OKLCH


def oklch(lightness: float, chroma: float, hue: float) -> str:
    """An OKLCH colour (lightness 0-1, chroma, hue in degrees) as `#rrggbb`, clipped to sRGB.

    >>> oklch(1, 0, 0)
    '#ffffff'
    """
    a, b = chroma * cos(radians(hue)), chroma * sin(radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    linear = (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
    return "#" + "".join(f"{round(255 * _encoded(channel)):02x}" for channel in linear)


def _encoded(channel: float) -> float:
    """A linear sRGB channel with its gamma, clipped to 0-1."""
    clipped = min(max(channel, 0.0), 1.0)
    return 12.92 * clipped if clipped <= 0.0031308 else 1.055 * float(clipped ** (1 / 2.4)) - 0.055


def palette(kind: str) -> list[int]:
    """The few colours a picture needs, as red, green and blue in turn: its three inks and what lies between them.

    >>> len(palette("film")) // 3
    24
    """
    ground, dark, light = (
        [int(ink[at : at + 2], 16) for at in (1, 3, 5)]
        for ink in (oklch(*ink, HUES[kind]) for ink in (GROUND, DARK, LIGHT))
    )
    colours = []
    for one, other, steps in ((ground, dark, 10), (dark, light, 9), (light, ground, 5)):  # soft edges need steps
        for step in range(steps):
            colours += [round(a + (b - a) * step / steps) for a, b in zip(one, other, strict=True)]
    return colours


def sheet(kind: str, shapes: str) -> str:
    """A whole picture, 704 units square: the shapes on the ground of their kind."""
    ground, dark, light = (oklch(*ink, HUES[kind]) for ink in (GROUND, DARK, LIGHT))
    style = "".join(
        f".{name}{{fill:{ink}}}.{name}l{{fill:none;stroke:{ink};stroke-linejoin:round}}"
        for name, ink in (("d", dark), ("l", light), ("g", ground))
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 704 704" width="704" height="704">'
        f'<style>{style}</style><path class="g" d="M0 0H704V704H0Z"/>{shapes}</svg>'
    )
