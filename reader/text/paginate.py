"""Cutting a chapter into pages of whole paragraphs.

Knows weights and a few marks of each paragraph, nothing of its words, its address or the database.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

TARGET: Final = 1150
"""The words of the best page: the middle of 1,000–1,300."""
SHORTEST: Final = 700
LONGEST: Final = 1600
"""The words of every page lie between these two, wherever whole paragraphs allow it."""

# What a page costs besides the square of its distance from TARGET, counted in SPREADs: a page of 1,000 or 1,300 words
# costs 0.44, one of 700 or 1,600 costs 4. So a new scene draws a page's end to it from some 200 words away.
_SPREAD: Final = 225
_AT_SCENE: Final = -1.5
_INSIDE_GROUP: Final = 3.0
_AFTER_SCENE_OPENING: Final = 1.0
_FORBIDDEN: Final = 1e6

_FEW_CUTS: Final = 500
_GRAIN: Final = 30


@dataclass(frozen=True, slots=True)
class Unit:
    """One paragraph as pagination sees it; `words` is its weight in words (`counting.weight`)."""

    words: float
    is_heading: bool = False
    scene_break: bool = False  # a scene break stands before it and goes where it goes
    opens: bool = False  # the first of its group
    grouped: bool = False  # part of a letter or of an exchange of messages


def paginate(units: Sequence[Unit]) -> list[int]:
    """The page, counted from 1, of each paragraph of a chapter.

    A page has about 1,000–1,300 words and never fewer than 700 or more than 1,600, unless the chapter is shorter, a
    paragraph is longer or whole paragraphs leave no other way. No heading ends a page (other than the last), pages
    like to begin with a scene, and letters stay whole where they can. Of all ways to cut, the one whose pages lie
    nearest to TARGET. Time is linear in the words, whatever the paragraphs: chapters of more than 500 paragraphs are
    cut only at the best place in each 30 words.

    >>> paginate([Unit(400)] * 6)
    [1, 1, 1, 2, 2, 2]
    """
    total = sum(unit.words for unit in units)
    if total <= LONGEST:  # one long page rather than two short ones
        return [1] * len(units)
    starts = _best_cuts(*_cuts(units))
    pages: list[int] = []
    for page, (start, end) in enumerate(zip(starts, [*starts[1:], len(units)], strict=True), start=1):
        pages.extend([page] * (end - start))
    return pages


def _cuts(units: Sequence[Unit]) -> tuple[list[int], list[float], list[float]]:
    """Where a page may begin, and the end: the paragraph's index, the words before it, what beginning there costs."""
    before = [0.0, *accumulate(unit.words for unit in units)]
    indexes = [0]
    penalties = [0.0]
    for index in range(1, len(units)):
        if not units[index - 1].is_heading:
            indexes.append(index)
            penalties.append(_penalty(units[index - 1], units[index]))
    indexes.append(len(units))
    penalties.append(0.0)
    if len(indexes) > _FEW_CUTS:
        indexes, penalties = _thinned(indexes, penalties, before)
    return indexes, [before[index] for index in indexes], penalties


def _penalty(last: Unit, first: Unit) -> float:
    """What it costs to end a page with one paragraph and to begin the next page with the other."""
    if first.grouped and last.grouped and not first.opens:
        return _INSIDE_GROUP
    if first.scene_break or first.is_heading:
        return _AT_SCENE
    return _AFTER_SCENE_OPENING if last.scene_break else 0.0


def _thinned(indexes: list[int], penalties: list[float], before: list[float]) -> tuple[list[int], list[float]]:
    """The cheapest cut (the first of equals) of each run of _GRAIN words, and both ends."""
    best: dict[int, int] = {}
    for at in range(1, len(indexes) - 1):
        grain = int(before[indexes[at]] // _GRAIN)
        if grain not in best or penalties[at] < penalties[best[grain]]:
            best[grain] = at
    kept = [0, *best.values(), len(indexes) - 1]
    return [indexes[at] for at in kept], [penalties[at] for at in kept]


def _best_cuts(indexes: list[int], before: list[float], penalties: list[float]) -> list[int]:
    """The indexes at which the pages begin."""
    previous = _within_bounds(before, penalties) or _bending_bounds(before, penalties)
    starts = []
    at = len(indexes) - 1
    while at:
        at = previous[at]
        starts.append(indexes[at])
    return starts[::-1]


def _within_bounds(before: list[float], penalties: list[float]) -> list[int] | None:
    """For each cut the one before it on the cheapest way of pages within bounds; None if no way reaches the end."""
    count = len(before)
    cost = [_FORBIDDEN * count] * count
    previous = [-1] * count
    cost[0], previous[0] = 0.0, 0
    for start in range(count - 1):
        if previous[start] < 0:
            continue
        base, middle = cost[start] + penalties[start], before[start] + TARGET
        first = bisect_left(before, before[start] + SHORTEST, start + 1)
        for end in range(first, bisect_right(before, before[start] + LONGEST, first)):
            distance = (before[end] - middle) / _SPREAD
            total = base + distance * distance
            if total < cost[end]:
                cost[end], previous[end] = total, start
    return previous if previous[-1] >= 0 else None


def _bending_bounds(before: list[float], penalties: list[float]) -> list[int]:
    """The same where some page must be too short or too long: as few such pages, and as little, as can be."""
    count = len(before)
    cost = [float("inf")] * count
    previous = [0] * count
    cost[0] = 0.0
    for start in range(count - 1):
        base, largest = cost[start] + penalties[start], 0.0
        for end in range(start + 1, count):
            words = before[end] - before[start]
            largest = max(largest, before[end] - before[end - 1])
            total = base + ((words - TARGET) / _SPREAD) ** 2
            if words < SHORTEST:
                total = base + _FORBIDDEN + 1000 * (SHORTEST - words)
            elif words > LONGEST:
                total = base + _FORBIDDEN + 1000 * (words - LONGEST)
            if total < cost[end]:
                cost[end], previous[end] = total, start
            if words - largest > LONGEST:  # beside one very long paragraph there is no room for more than a page
                break
    return previous
