"""The scissors: outlines, slivers, waves and the three inks they are cut in, as strings of SVG. Knows no picture.

Points are written as in a notebook: "10,20 30,40! 50,60" is a smooth outline, `!` marks a corner.
"""

from collections.abc import Callable, Iterable
from math import cos, hypot, pi, sin

Point = tuple[float, float, bool]

PICTURES: dict[str, tuple[str, Callable[[], str]]] = {}


def picture(stem: str, kind: str) -> Callable[[Callable[[], str]], Callable[[], str]]:
    """Register a function without arguments as the drawing of `stem`, on the ground of `kind`."""

    def keep(draw: Callable[[], str]) -> Callable[[], str]:
        PICTURES[stem] = (kind, draw)
        return draw

    return keep


def read_points(points: str) -> list[Point]:
    """The points of a notebook line: x, y and whether the outline turns a corner there.

    >>> read_points("1,2 3,4!")
    [(1.0, 2.0, False), (3.0, 4.0, True)]
    """
    read = []
    for word in points.split():
        x, y = word.rstrip("!").split(",")
        read.append((float(x), float(y), word.endswith("!")))
    return read


def _tangent(before: Point, here: Point, after: Point) -> tuple[float, float]:
    """The unit direction of a smooth line through `here`; nearer neighbours count for more."""
    near, far = hypot(here[0] - before[0], here[1] - before[1]) or 1, hypot(after[0] - here[0], after[1] - here[1]) or 1
    x = (here[0] - before[0]) / near * far + (after[0] - here[0]) / far * near
    y = (here[1] - before[1]) / near * far + (after[1] - here[1]) / far * near
    length = hypot(x, y) or 1
    return x / length, y / length


def cut(points: str, *, closed: bool = True) -> str:
    """A smooth path through the points, as SVG path data."""
    dots = read_points(points)
    count = len(dots)
    data = f"M{dots[0][0]:.1f} {dots[0][1]:.1f}"
    for index in range(count if closed else count - 1):
        here, there = dots[index], dots[(index + 1) % count]
        reach = hypot(there[0] - here[0], there[1] - here[1]) / 3
        ends = []
        for at, sign, is_end in ((index, 1, index == 0), (index + 1, -1, index + 1 == count - 1)):
            dot = dots[at % count]
            if dot[2] or (is_end and not closed):
                ends.append((dot[0], dot[1]))
                continue
            x, y = _tangent(dots[at - 1], dot, dots[(at + 1) % count])
            ends.append((dot[0] + sign * reach * x, dot[1] + sign * reach * y))
        (ax, ay), (bx, by) = ends
        data += f"C{ax:.1f} {ay:.1f} {bx:.1f} {by:.1f} {there[0]:.1f} {there[1]:.1f}"
    return data + ("Z" if closed else "")


def poly(points: str) -> str:
    """A straight-sided outline."""
    return "M" + "L".join(f"{x:g} {y:g}" for x, y, _ in read_points(points)) + "Z"


def box(x: float, y: float, width: float, height: float) -> str:
    """A rectangle."""
    return f"M{x:g} {y:g}h{width:g}v{height:g}h{-width:g}Z"


def disc(x: float, y: float, radius: float, high: float | None = None) -> str:
    """A disc, or with `high` an ellipse of that other radius."""
    tall = radius if high is None else high
    return (
        f"M{x - radius:g} {y:g}a{radius:g} {tall:g} 0 1 1 {2 * radius:g} 0a{radius:g} {tall:g} 0 1 1 {-2 * radius:g} 0Z"
    )


def sliver(x1: float, y1: float, x2: float, y2: float, *, width: float = 8, bend: float = 0) -> str:
    """One stroke of the knife: a leaf from one point to another, `width` at its middle, bent to its left by `bend`."""
    length = hypot(x2 - x1, y2 - y1) or 1
    across_x, across_y = (y2 - y1) / length, -(x2 - x1) / length
    middle_x, middle_y = (x1 + x2) / 2, (y1 + y2) / 2
    out, back = 2 * bend + width, 2 * bend - width
    return (
        f"M{x1:.1f} {y1:.1f}Q{middle_x + across_x * out:.1f} {middle_y + across_y * out:.1f} {x2:.1f} {y2:.1f}"
        f"Q{middle_x + across_x * back:.1f} {middle_y + across_y * back:.1f} {x1:.1f} {y1:.1f}Z"
    )


def slivers(lines: str, *, width: float = 8, bend: float = 0) -> str:
    """Several strokes: "x1,y1,x2,y2 …", each optionally with its own width and bend as fifth and sixth number."""
    data = ""
    for word in lines.split():
        x1, y1, x2, y2, *more = (float(number) for number in word.split(","))
        wide = more[0] if more else width
        data += sliver(x1, y1, x2, y2, width=wide, bend=more[1] if len(more) > 1 else bend)
    return data


def waves(
    left: float,
    right: float,
    top: float,
    *,
    length: float = 90,
    height: float = 12,
    floor: float = 704,
    phase: float = 0,
) -> str:
    """A body of water with a scalloped top, filled down to `floor`."""
    x = left - phase * length
    data = f"M{x:.1f} {floor:g}L{x:.1f} {top:g}"
    while x < right:
        data += f"q{length / 2:.1f} {2 * height:.1f} {length:.1f} 0"
        x += length
    return data + f"L{x:.1f} {floor:g}Z"


def star(x: float, y: float, radius: float, *, inner: float = 0.42, turn: float = 0) -> str:
    """A five-pointed star."""
    spots = []
    for index in range(10):
        reach, angle = radius if index % 2 == 0 else radius * inner, turn + index * pi / 5
        spots.append(f"{x + reach * sin(angle):.1f} {y - reach * cos(angle):.1f}")
    return "M" + "L".join(spots) + "Z"


def dark(*data: str) -> str:
    """Cut in the dark ink."""
    return f'<path class="d" d="{"".join(data)}"/>'


def light(*data: str) -> str:
    """Cut in the light ink."""
    return f'<path class="l" d="{"".join(data)}"/>'


def ground(*data: str) -> str:
    """Cut away: the ground shows."""
    return f'<path class="g" d="{"".join(data)}"/>'


def line(ink: str, width: float, *data: str, cap: str = "butt") -> str:
    """An even strip along a path; `ink` is d, l or g."""
    return f'<path class="{ink}l" stroke-width="{width:g}" stroke-linecap="{cap}" d="{"".join(data)}"/>'


def placed(x: float, y: float, size: float, *shapes: str, turn: float = 0) -> str:
    """Shapes drawn in hundredths of a head (or of anything), put at a corner, sized and turned."""
    scale = size / 100
    place = f"translate({x:g} {y:g}) rotate({turn:g}) scale({scale:g})"
    return f'<g transform="{place}">{"".join(shapes)}</g>'


def each(shapes: Iterable[str]) -> str:
    """Many shapes, one after the other."""
    return "".join(shapes)
