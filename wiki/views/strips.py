"""The strip: where an entry stands in the text, as lines over an axis of chapters as wide as their words.

From points and lengths to shares of the width; it asks nobody anything and draws nothing.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from reader.models import Chapter
from reader.text import points

# Lines nearer to each other than this share of the width cover each other anyway, and long stories have thousands.
GRAIN: Final = 0.2
GAPS_AT_MOST: Final = 60  # of more chapters the borders would be all there is to see


class Length(NamedTuple):
    """A chapter as long as its words; `last` is the point of its last paragraph."""

    number: int
    words: int
    last: int


@dataclass(frozen=True, slots=True)
class Strip:
    """All in percent of the width: the lines, the borders between read chapters, how far is read, where the ribbon is.

    `lines` as runs of a path ("M12.4 0V1M…"), because there may be hundreds; `sentence` says the same in words.
    """

    lines: str
    gaps: tuple[float, ...]
    read_to: float
    ribbon_x: float | None
    sentence: str


def lengths(chapters: Iterable[Chapter]) -> list[Length]:
    """Chapters, in their order, as the axis needs them."""
    return [Length(one.number, one.words, one.last_point) for one in chapters]


def strip(named: Collection[int], chapters: Sequence[Length], *, at: int, sentence: str) -> Strip:
    """The strip of an entry that is named in these paragraphs, for whoever has read up to the point `at`.

    >>> two = [Length(1, 300, points.point(1, 3)), Length(2, 100, points.point(2, 2))]
    >>> strip([points.point(1, 2)], two, at=points.point(2, 1), sentence="")
    Strip(lines='M37.6 0V1', gaps=(75.0,), read_to=87.5, ribbon_x=87.5, sentence='')
    """
    total = sum(max(one.words, 1) for one in chapters) or 1
    spans: dict[int, tuple[float, float, int]] = {}
    done = 0
    for one in chapters:
        width = max(one.words, 1)
        spans[one.number] = (100 * done / total, 100 * width / total, one.last)
        done += width
    xs = {_grained(x) for point in named if point <= at and (x := _x(point, spans, middle=True)) is not None}
    read_to = _read_to(at, spans)
    borders = [round(start, 2) for start, _width, _last in spans.values() if 0 < start < read_to]
    return Strip(
        lines="".join(f"M{x:g} 0V1" for x in sorted(xs)),
        gaps=tuple(borders) if len(borders) <= GAPS_AT_MOST else (),
        read_to=read_to,
        ribbon_x=read_to if at else None,
        sentence=sentence,
    )


def _read_to(at: int, spans: dict[int, tuple[float, float, int]]) -> float:
    x = _x(at, spans, middle=False) if points.NOTHING < at < points.EVERYTHING else None
    if x is None:
        return 100.0 if at >= max((last for _start, _width, last in spans.values()), default=0) and at else 0.0
    return round(x, 2)


def _x(point: int, spans: dict[int, tuple[float, float, int]], *, middle: bool) -> float | None:
    """Where a paragraph stands: by its number among those of its chapter, in the middle of its share or at its end."""
    chapter, number, sub = points.split(point)
    if chapter not in spans:
        return None
    start, width, last_point = spans[chapter]
    last = points.split(last_point)[1] or 1
    share = (number + sub / (points.LAST_SUB + 1) - (0.5 if middle else 0)) / last
    return start + width * min(max(share, 0.0), 1.0)


def _grained(x: float) -> float:
    return round(round(x / GRAIN) * GRAIN, 1)
