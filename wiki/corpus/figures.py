"""Casts an invented story: who is in it, and in which paragraph each of their names is first told. Knows no words."""

import random
from bisect import insort
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from reader.text.points import point
from wiki.corpus.naming import SHARES, NameMaker

_WORDS: Final = 70  # of a paragraph
_EARLY: Final = 1.3  # above 1, more are met in the first chapters than in the last
_KEPT: Final = 40  # paragraphs of one figure that are remembered


class Size(NamedTuple):
    """How long a story is: chapters, words in each (more, where names need room), entries of its wiki."""

    chapters: int
    words: int
    entries: int

    @property
    def each(self) -> int:
        """Paragraphs of a chapter."""
        return max(1, round(self.words / _WORDS))

    @property
    def paragraphs(self) -> int:
        """Paragraphs of the story; they are counted from 0."""
        return self.chapters * self.each

    def point(self, at: int) -> int:
        """The point of a paragraph, in a text that was never imported before.

        >>> Size(2, 140, 1).point(3) == 2 << 32 | 2 << 8
        True
        """
        return point(at // self.each + 1, at % self.each + 1)


class Told(NamedTuple):
    """A name, its sort, and the paragraph in which it first stands."""

    at: int
    text: str
    sort: str


@dataclass(slots=True)
class Figure:
    """Who or what has an entry; `names` in the order of telling, `seen` where it is spoken of, and with whom."""

    number: int
    kind: str
    names: list[Told]
    seen: list[tuple[int, tuple[int, ...]]] = field(default_factory=list)

    @property
    def met(self) -> int:
        """The paragraph in which it is met."""
        return self.names[0].at

    def title(self, at: int) -> str:
        """What it is called in that paragraph at the latest: the newest title, else what it was called first."""
        known = [name for name in self.names if name.at <= at]
        titles = [name for name in known if name.sort == "title"]
        return (titles or known or self.names)[-1 if titles else 0].text

    def remember(self, at: int, others: tuple[int, ...]) -> None:
        """It is spoken of there, together with these others."""
        if len(self.seen) < _KEPT:
            self.seen.append((at, others))


def cast(draw: random.Random, size: Size) -> list[Figure]:
    """The figures of a story, in the order in which they are met."""
    maker = NameMaker(draw)
    kinds = draw.choices(list(SHARES), weights=list(SHARES.values()), k=size.entries)
    last = size.paragraphs - 1
    found = []
    for number, kind in enumerate(kinds):
        at = int(size.paragraphs * (number / size.entries) ** _EARLY)
        names: list[Told] = []
        for name in maker.make(kind):
            told = at if not names or draw.random() < 0.3 else min(last, at + int(draw.expovariate(0.1)))
            # A later title comes after all that it replaces; a title follows the description that it resolves.
            if name.sort == "title" and names:
                told = max(told, *(one.at for one in names if one.sort in {"title", "described"}))
            if name.text not in {one.text for one in names}:
                insort(names, Told(told, name.text, name.sort), key=lambda one: one.at)
        found.append(Figure(number, kind, names))
    return found


def by_paragraph(figures: list[Figure]) -> dict[int, list[tuple[Figure, Told]]]:
    """The names that have to be told in each paragraph."""
    found: dict[int, list[tuple[Figure, Told]]] = defaultdict(list)
    for figure in figures:
        for name in figure.names:
            found[name.at].append((figure, name))
    return found
