"""Stretches of points in which something shows: `since <= horizon < until`, without an end where `until` is None."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

Span = tuple[int, int | None]


class Value(NamedTuple):
    """A value of a label: from and until when it is known, its place on the page, whether the label holds many then."""

    since: int
    until: int | None
    place: int
    is_many: bool


def united(spans: Iterable[Span]) -> list[Span]:
    """Stretches of points united: something shows in the result where it shows in any of them.

    >>> united([(5, 9), (1, 3), (3, 6), (20, None), (30, 40)])
    [(1, 9), (20, None)]
    """
    found: list[Span] = []
    for since, until in sorted(spans, key=lambda span: span[0]):
        if until is not None and until <= since:
            continue
        if found and (found[-1][1] is None or since <= found[-1][1]):
            last = found[-1][1]
            if last is not None and (until is None or until > last):
                found[-1] = (found[-1][0], until)
        else:
            found.append((since, until))
    return found


def without(span: Span, holes: Iterable[Span]) -> list[Span]:
    """What is left of a stretch of points outside of others.

    >>> without((1, None), [(3, 5), (8, None)])
    [(1, 3), (5, 8)]
    """
    found: list[Span] = []
    start = span[0]
    for since, until in united(holes):
        if since > start:
            found.append((start, since if span[1] is None else min(since, span[1])))
        if until is None:
            return [one for one in found if one[1] is None or one[0] < one[1]]
        start = max(start, until)
    found.append((start, span[1]))
    return [one for one in found if one[1] is None or one[0] < one[1]]


def within(span: Span, others: Iterable[Span]) -> list[Span]:
    """What of a stretch of points lies in any of the others.

    >>> within((2, None), [(1, 3), (5, 9), (8, None)])
    [(2, 3), (5, None)]
    """
    found: list[Span] = []
    for since, until in united(others):
        start = max(since, span[0])
        end = until if span[1] is None else span[1] if until is None else min(until, span[1])
        if end is None or start < end:
            found.append((start, end))
    return found


def standing(values: Sequence[Value]) -> list[list[Span]]:
    """When each of a label's values shows: the newest that is known, or all while one says that the label holds many.

    >>> skiff, dory, punt = Value(1, None, 0, False), Value(3, 5, 1, False), Value(7, 9, 2, True)
    >>> standing([skiff, dory, punt])
    [[(1, 3), (5, None)], [(3, 5)], [(7, 9)]]
    """
    many = united((one.since, one.until) for one in values if one.is_many)
    newest = sorted(range(len(values)), key=lambda at: (values[at].since, values[at].place), reverse=True)
    newer: list[Span] = []
    found: list[list[Span]] = [[] for _value in values]
    for at in newest:
        span = (values[at].since, values[at].until)
        found[at] = without(span, (left for one in newer for left in without(one, many)))
        newer = united([*newer, span])
    return found
