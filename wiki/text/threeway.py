"""Three versions of a list of keyed values as one: what changed, went, came or moved on either side.

Knows neither blocks nor rows: how two changes of one value become one is told from outside.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Generic, TypeVar

from wiki.text.rising import rising

T = TypeVar("T", bound=Hashable)

_Label = str | int  # a key, or the place in mine of what has none
_HEAD: Final = -1


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """A value of the combined list; a disputed one is theirs, or mine if they took it out."""

    key: str
    value: T
    is_disputed: bool = False


def combine(
    base: Sequence[tuple[str, T]],
    mine: Sequence[tuple[str, T]],
    theirs: Sequence[tuple[str, T]],
    both: Callable[[T | None, T, T], tuple[T, bool]],
) -> list[Outcome[T]]:
    """The values in their order, those that only one side has still; `both` answers with a value and if it is disputed.

    Taken out by one side and changed by the other is disputed. Raises ValueError unless every key stands once in each
    list and only values of mine have none (""): they are new. Time is linear but for n log n to see what moved.

    >>> both = lambda base, mine, theirs: (theirs, True)
    >>> found = combine([("a", 1), ("b", 2)], [("b", 3), ("", 4)], [("a", 1), ("b", 2), ("c", 5)], both)
    >>> [(one.key, one.value) for one in found]
    [('b', 3), ('c', 5), ('', 4)]
    """
    was, one, other = dict(base), {key: value for key, value in mine if key}, dict(theirs)
    counts = len(was), len(one), len(other)
    if counts != (len(base), sum(1 for key, _ in mine if key), len(theirs)) or "" in was or "" in other:
        raise ValueError("A key stands once, and only what is new in mine has none.")
    twins = _twins(mine, theirs, was=was, one=one, other=other)
    labels: list[_Label] = [key or twins.get(at, at) for at, (key, _) in enumerate(mine)]
    kept: dict[_Label, Outcome[T]] = {at: Outcome("", mine[at][1]) for at in labels if isinstance(at, int)}
    for key in {**other, **one}:
        outcome = _decided(key, was.get(key), one.get(key), other.get(key), both)
        if outcome is not None:
            kept[key] = outcome
    order = _ordered(labels, list(other), moved=_moved(was, one), kept=kept, known={*was, *labels})
    return [kept[label] for label in order]


def _decided(
    key: str, was: T | None, one: T | None, other: T | None, both: Callable[[T | None, T, T], tuple[T, bool]]
) -> Outcome[T] | None:
    """What becomes of a value; None stands for nothing there."""
    if one in (was, other):
        return None if other is None else Outcome(key, other)
    if other == was:
        return None if one is None else Outcome(key, one)
    if one is None or other is None:
        left = other if one is None else one
        return None if left is None else Outcome(key, left, is_disputed=True)
    return Outcome(key, *both(was, one, other))


def _twins(
    mine: Sequence[tuple[str, T]],
    theirs: Sequence[tuple[str, T]],
    *,
    was: Mapping[str, T],
    one: Mapping[str, T],
    other: Mapping[str, T],
) -> dict[int, str]:
    """Which of their new values each new one of mine is: an equal one after the same value that both have."""
    offered: dict[tuple[str, T], list[str]] = defaultdict(list)
    after = ""
    for key, value in theirs:
        if key in one:
            after = key
        elif key not in was:
            offered[after, value].append(key)
    for keys in offered.values():
        keys.reverse()  # so that the first is popped first
    twins: dict[int, str] = {}
    after = ""
    for at, (key, value) in enumerate(mine):
        if key in other:
            after = key
        elif not key and offered.get((after, value)):
            twins[at] = offered[after, value].pop()
    return twins


def _moved(was: Mapping[str, T], one: Mapping[str, T]) -> set[str]:
    """The keys that stand in another order: as few as can be."""
    places = {key: at for at, key in enumerate(was)}
    common = [key for key in one if key in places]
    stayed = rising([places[key] for key in common])
    return {key for key in common if places[key] not in stayed}


def _ordered(
    labels: Sequence[_Label],
    other: Sequence[str],
    *,
    moved: set[str],
    kept: Mapping[_Label, Outcome[T]],
    known: set[_Label],
) -> list[_Label]:
    """Their order; what is new or moved in mine stands after the same one as there, and after what they put in."""
    placed = [key for key in other if key in kept and key not in moved]
    follow: dict[_Label, _Label] = dict(pairwise([_HEAD, *placed]))
    settled: set[_Label] = {_HEAD, *placed}
    at: _Label = _HEAD
    for label in labels:
        if label not in kept:
            continue
        if label not in settled:
            while at in settled and follow.get(at, at) not in known and at in follow:
                at = follow[at]
            if at in follow:
                follow[label] = follow[at]
            follow[at] = label
        at = label
    order: list[_Label] = []
    at = _HEAD
    while at in follow:
        at = follow[at]
        order.append(at)
    return order
