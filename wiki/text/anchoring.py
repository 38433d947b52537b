"""Remembers where words stand in a paragraph, and finds them again when it was changed. Knows entries as numbers."""

from collections.abc import Iterable, Sequence
from itertools import dropwhile, takewhile
from typing import NamedTuple

from wiki.text.borders import IN_WORD


class Anchor(NamedTuple):
    """Words, the how manieth of how many of the same they are (from 0), and the words on either side.

    `is_part` if they were cut out of a longer word; otherwise they stand only where they are words of their own.
    """

    words: str
    at: int
    of: int
    left: str
    right: str
    is_part: bool = False


def anchor(text: str, start: int, end: int) -> Anchor:
    """What is needed to find this stretch of a text again.

    >>> anchor("Ines saw Ines go", 9, 13)
    Anchor(words='Ines', at=1, of=2, left='saw', right='go', is_part=False)
    """
    words = text[start:end]
    is_part = not _is_whole(text, start, end)
    places = _places(words, text, is_part=is_part)
    at = sum(place < start for place in places)
    return Anchor(words, at, max(len(places), at + 1), *_beside(text, start, len(words)), is_part)


def find_again(one: Anchor, text: str) -> int | None:
    """Where the words begin in a changed text; None if that is not certain.

    Certain is the only one with the same words on both sides; else the same occurrence of as many as there were, or the
    only one with the same word on one side, if these are not two.

    >>> find_again(anchor("He asked Ines.", 9, 13), "Then he asked Ines.")
    14
    >>> find_again(anchor("Ines went", 0, 4), "So Ines went, and Ines laughed.")
    3
    """
    places = _places(one.words, text, is_part=one.is_part)
    beside = {at: _beside(text, at, len(one.words)) for at in places}
    alike = [at for at in places if beside[at] == (one.left, one.right)]
    if len(alike) != 1:
        alike = [at for at, (left, right) in beside.items() if "" != left == one.left or "" != right == one.right]
        alike = alike if len(alike) == 1 else []
        alike += [places[one.at]] if len(places) == one.of else []
    return alike[0] if len(set(alike)) == 1 else None


class Held(NamedTuple):
    """What a person said of some words: that they mean an entry, or (not `is_link`) do not; `rank` rises with time.

    `is_lost` if they stand nowhere just now.
    """

    anchor: Anchor
    entry: int
    is_link: bool
    since: int
    rank: int
    is_lost: bool = False


def find_all_again(held: Sequence[Held], text: str) -> list[int | None]:
    """Where the words of each begin in a changed text; None where that is not certain or another stands there now.

    Of two about the same words and entry the one that is known first holds, else the newer one; of two links that
    come to overlap the newer one. What is known later puts nothing out of its place.

    >>> ines = anchor("Ines", 0, 4)
    >>> find_all_again([Held(ines, 10, True, 5, 1, is_lost=True), Held(ines, 20, True, 5, 2)], "Ines went")
    [None, 0]
    """
    places: list[int | None] = [None] * len(held)
    kept: list[tuple[int, int, Held]] = []
    for index, one in sorted(enumerate(held), key=lambda pair: (pair[1].since, -pair[1].rank)):
        at = find_again(one.anchor, text)
        if at is None:
            continue
        end = at + len(one.anchor.words)
        if not any(
            _yields(one, other, is_same=(at, end) == (start, stop))
            for start, stop, other in kept
            if start < end and at < stop
        ):
            places[index] = at
            kept.append((at, end, one))
    return places


def _yields(one: Held, other: Held, *, is_same: bool) -> bool:
    """Whether one cannot stand where another stands that is known as early."""
    if is_same and one.entry == other.entry:
        return True
    return one.is_link and other.is_link and other.rank > one.rank and (one.is_lost or other.is_lost)


def _places(words: str, text: str, *, is_part: bool) -> list[int]:
    places, at = [], text.find(words)
    while words and at >= 0:
        if is_part or _is_whole(text, at, at + len(words)):
            places.append(at)
        at = text.find(words, at + 1)
    return places


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether no letter touches the stretch that belongs to the same word."""
    return not (start and IN_WORD[text[start - 1]] and IN_WORD[text[start]]) and not (
        end < len(text) and IN_WORD[text[end]] and IN_WORD[text[end - 1]]
    )


def _beside(text: str, start: int, size: int) -> tuple[str, str]:
    """The words before and after a stretch, without the marks between; empty where the text begins and ends."""
    before = _word(reversed(text[:start]))
    return before[::-1], _word(text[start + size :])


def _word(text: Iterable[str]) -> str:
    return "".join(takewhile(IN_WORD.__getitem__, dropwhile(lambda char: not IN_WORD[char], text)))
