"""Remembers where words stand in a paragraph, and finds them again when it was changed. Knows nothing of why."""

from typing import NamedTuple


class Anchor(NamedTuple):
    """Words, the how manieth of how many of the same they are (from 0), and the words on either side."""

    words: str
    at: int
    of: int
    left: str
    right: str


def anchor(text: str, start: int, end: int) -> Anchor:
    """What is needed to find this stretch of a text again.

    >>> anchor("Ines saw Ines go", 9, 13)
    Anchor(words='Ines', at=1, of=2, left='saw', right='go')
    """
    words = text[start:end]
    places = _places(words, text)
    at = sum(place < start for place in places)
    return Anchor(words, at, max(len(places), at + 1), *_beside(text, start, len(words)))


def find_again(one: Anchor, text: str) -> int | None:
    """Where the words begin in a changed text; None if that is not certain.

    Certain is the same occurrence of as many as there were, or the only one with the same words on both sides.

    >>> find_again(anchor("He asked Ines.", 9, 13), "Then he asked Ines.")
    14
    >>> find_again(anchor("Ines went", 0, 4), "So Ines went, and Ines laughed.")
    3
    """
    places = _places(one.words, text)
    if len(places) == one.of:
        return places[one.at]
    alike = [at for at in places if _beside(text, at, len(one.words)) == (one.left, one.right)]
    return alike[0] if len(alike) == 1 else None


def _places(words: str, text: str) -> list[int]:
    places, at = [], text.find(words)
    while words and at >= 0:
        places.append(at)
        at = text.find(words, at + len(words))
    return places


def _beside(text: str, start: int, size: int) -> tuple[str, str]:
    before, after = text[:start].split(), text[start + size :].split()
    return (before[-1] if before else ""), (after[0] if after else "")
