"""How a name or a sentence fits what was typed: which of the words stand in it, and where. Knows no tables."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from .slips import LEAST_TO_SLIP, is_slip
from .spelling import SMALL, Spot, initials, is_cjk, spots, words_of

LEAST_BEGUN_SLIP: Final = 5
"""Letters of a typed word that may be the beginning of one and have a slip at once."""
_BEGUN: Final = 1


class Fit(NamedTuple):
    """Where a typed word stands in a text, and how well: 0 right, 1 begun, 2 initials or in one, 3 or 4 with a slip."""

    how: int
    places: tuple[tuple[int, int], ...]


def fits(words: Sequence[str], text: str) -> dict[str, Fit]:
    """The best place of each typed word in a name; words that do not fit it are left out.

    >>> fits(["nikifrov", "vic", "x"], "Victor Nikiforov")
    {'nikifrov': Fit(how=3, places=((7, 16),)), 'vic': Fit(how=1, places=((0, 3),))}
    """
    return {word: fit for word in words if (fit := _best(word, text))}


def held(words: Sequence[str], texts: Sequence[str]) -> list[dict[str, int]]:
    """Of each text, the typed words that stand in it and how well (as in `Fit`); quicker than `fits`.

    >>> held(["cat", "bell"], ["Kind of animal: Cat", "He wears bells", "The sea"])
    [{'cat': 0}, {'bell': 1}, {}]
    """
    many = [set(words_of(text)) for text in texts]
    every = set().union(*many)
    known = {word: {one: how for one in every if (how := _how(word, one)) is not None} for word in words}
    return [
        {word: min(known[word][one] for one in common) for word in words if (common := known[word].keys() & there)}
        for there in many
    ]


def marks(found: Iterable[Fit]) -> tuple[tuple[int, int], ...]:
    """The places of several words, in order; what touches or overlaps is one.

    >>> marks([Fit(0, ((4, 9),)), Fit(1, ((0, 2),)), Fit(1, ((4, 6),))])
    ((0, 2), (4, 9))
    """
    made: list[tuple[int, int]] = []
    for start, end in sorted(place for fit in found for place in fit.places):
        if made and start <= made[-1][1]:
            made[-1] = (made[-1][0], max(end, made[-1][1]))
        else:
            made.append((start, end))
    return tuple(made)


@lru_cache(maxsize=20_000)
def _best(word: str, text: str) -> Fit | None:
    there = _spots(text)
    fitting = [fit for spot in there if (fit := _fit(word, spot))]
    return min(fitting, key=lambda one: one.how) if fitting else _as_a_whole(word, there)


@lru_cache(maxsize=5_000)
def _spots(text: str) -> tuple[Spot, ...]:
    return tuple(spots(text))


def _fit(word: str, spot: Spot) -> Fit | None:
    how = _how(word, spot.word)
    if how is None:
        return None
    start, end = spot.start, spot.end
    # Where folding changes the length nobody can say which letters were typed.
    if how == _BEGUN and end - start == len(spot.word):
        start += spot.word.index(word)
        end = start + len(word)
    return Fit(how, ((start, end),))


@lru_cache(maxsize=50_000)
def _how(word: str, other: str) -> int | None:
    """How well a typed word fits one that stands somewhere (as in `Fit`)."""
    if other.startswith(word):
        return 0 if other == word else _BEGUN
    if is_cjk(word[0]):
        return _BEGUN if word in other else None
    # A slip leaves one of the first two letters where it was, or in the other's place.
    if len(word) < LEAST_TO_SLIP or (
        word[0] != other[0] and word[1] != other[1:2] and word[0] != other[1:2] and word[1] != other[0]
    ):
        return None
    if is_slip(word, other):
        return 3
    beginnings = (other[: len(word) + more] for more in (-1, 0, 1))
    if len(word) >= LEAST_BEGUN_SLIP and any(is_slip(word, beginning) for beginning in beginnings):
        return 4
    return None


def _as_a_whole(word: str, there: Sequence[Spot]) -> Fit | None:
    """The word as the initials of a name, or as all its words in one."""
    if len(there) < 2 or len(word) < 2:
        return None
    great = [spot for spot in there if spot.word not in SMALL]
    for some in (there, great):
        if initials([spot.word for spot in some]) and "".join(spot.word[0] for spot in some).startswith(word):
            return Fit(2, tuple((spot.start, spot.start + 1) for spot in some[: len(word)]))
    if len(word) < LEAST_BEGUN_SLIP:
        return None
    for some in (there, there[1:]):
        joined = "".join(spot.word for spot in some)
        if joined.startswith(word) or is_slip(word, joined):
            return Fit(2, ((some[0].start, some[-1].end),))
    return None
