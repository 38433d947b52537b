"""Stretches of points in which something shows: `since <= horizon < until`, without an end where `until` is None."""

from collections.abc import Iterable

Span = tuple[int, int | None]


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
