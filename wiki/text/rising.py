"""Which of a list's things stayed where they were when others moved. Knows numbers only."""

from bisect import bisect_left
from collections.abc import Sequence


def rising(numbers: Sequence[int]) -> set[int]:
    """A longest choice among different numbers that rises from left to right.

    >>> sorted(rising([3, 1, 2, 5, 4]))
    [1, 2, 4]
    """
    tails: list[int] = []  # the lowest number at which a run of each length ends
    before: dict[int, int | None] = {}
    for number in numbers:
        length = bisect_left(tails, number)
        before[number] = tails[length - 1] if length else None
        tails[length : length + 1] = [number]
    chosen: set[int] = set()
    last = tails[-1] if tails else None
    while last is not None:
        chosen.add(last)
        last = before[last]
    return chosen
