"""Writes the entry of each figure as a pack has it: what the text told of it, cited where it told it.

Nothing is said before it is told: whatever a block or fact names is known at the paragraph that dates it.
"""

import random
from collections.abc import Sequence
from typing import Final

from reader.text.points import chapter_end, format_point
from wiki.corpus import words
from wiki.corpus.figures import Figure, Size
from wiki.text.packfile import slug_for
from wiki.text.packshape import PackEntry, PackFact, PackName

_ITEMS: Final = 5  # list items at most
_DEAD: Final = 0.01  # of all blocks, those with a link to nothing
_LOOSE: Final = 0.02  # of all blocks, those without a date
_LABELS: Final[dict[str, tuple[str, str]]] = {
    "character": ("Lives in", "Friends"),
    "location": ("Where", "Seen there"),
    "organisation": ("Where", "Members"),
    "film": ("Shown at", "With"),
    "event": ("Where", "Who"),
    "program": ("Made by", "With"),
    "theme": ("First seen", "Beside"),
}
"""A label with one value and one with many, by kind."""


class Describer:
    """Writes entries of one story; each can be written once, in any order."""

    def __init__(self, seed: str, size: Size, figures: Sequence[Figure]) -> None:
        self._seed, self._size, self._figures = seed, size, figures
        self._slugs = set[str]()

    def describe(self, figure: Figure) -> PackEntry:
        """The entry; its draws are its own, so that entries do not depend on each other."""
        draw = random.Random(f"{self._seed}:{figure.number}")  # noqa: S311 - nothing to keep secret
        slug = slug_for(figure.names[0].text)
        if slug in self._slugs:
            slug = f"{slug[:100]}-{figure.number}"
        self._slugs.add(slug)
        return PackEntry(
            kind=figure.kind,
            slug=slug,
            names=tuple(PackName(name.text, name.sort, self._size.point(name.at)) for name in figure.names),
            facts=tuple(self._facts(figure, draw)),
            body="\n\n".join(self._body(figure, draw)),
        )

    def _facts(self, figure: Figure, draw: random.Random) -> list[PackFact]:
        one, many = _LABELS[figure.kind]
        told = [(at, self._figures[others[0]]) for at, others in figure.seen if others]
        places = [(at, other) for at, other in told if other.kind in {"location", "organisation"}][:2]
        facts = []
        for index, (at, other) in enumerate(places):
            later = self._size.point(places[index + 1][0]) if index + 1 < len(places) and draw.random() < 0.5 else None
            since = self._size.point(at)
            until = later if later and later > since else None
            facts.append(PackFact(one, f"[[{other.title(at)}]]", since, until))
        seen = set[int]()
        for at, other in told[:6]:
            if other.number not in seen and other.kind == "character":
                seen.add(other.number)
                facts.append(PackFact(many, f"[[{other.title(at)}]]", self._size.point(at), is_many=True))
        if figure.kind == "character":
            trade = f"{_one(draw, words.TRADES)} in the {_one(draw, words.NOUNS)} trade".capitalize()
            facts.insert(0, PackFact("Work", trade, self._size.point(figure.met)))
        return facts

    def _body(self, figure: Figure, draw: random.Random) -> list[str]:
        cite, met = self._cite, figure.met
        name = figure.title(met)
        look = f"{_one(draw, words.ADJECTIVES)} and {_one(draw, words.ADJECTIVES)}"
        parts = [f"{name} is {look}, and has to do with a {_one(draw, words.NOUNS)}. {cite(met)}"]
        renamed = [told for told in figure.names[1:] if told.sort == "title" and draw.random() < 0.8]
        parts += [f"From here on the name is {told.text}. {cite(told.at)}" for told in renamed]
        told_of = [(at, others) for at, others in figure.seen if others and at > met] or figure.seen[:1]
        if told_of:
            parts.append("## In the story")
            chosen = sorted(draw.sample(told_of, min(len(told_of), 1 + int(draw.random() * _ITEMS))))
            parts.append("\n".join(f"- {self._item(at, others, draw)}" for at, others in chosen))
            if draw.random() < 0.15:
                at = chosen[-1][0]
                point = format_point(self._size.point(at))
                parts.append(f"::: since {point}\nThe {_one(draw, words.NOUNS)} is {look} after all. {cite(met)}\n:::")
        if draw.random() < _LOOSE:
            parts.append(f"There was once a {_one(draw, words.ADJECTIVES)} {_one(draw, words.NOUNS)}.")
        if draw.random() < 0.1:
            later = format_point(chapter_end(self._size.chapters))
            parts.append(f"Nothing is known of the {_one(draw, words.NOUNS)}. {cite(met)} {{until {later}}}")
        return parts

    def _item(self, at: int, others: Sequence[int], draw: random.Random) -> str:
        """One statement of a paragraph that speaks of the figure, with one or two others."""
        doing = f"{_one(draw, words.VERBS).capitalize()} the {_one(draw, words.NOUNS)}"
        if draw.random() < _DEAD:
            return f"{doing} of [[{_one(draw, words.BEGINNINGS)} Nowhere]]. {self._cite(at)}"
        names = [self._figures[other].title(at) for other in others[:2]]
        links = [f"[[{name}]]" if draw.random() < 0.8 else f"[[{name}|somebody else]]" for name in names]
        return f"{doing}{' with ' if links else ''}{' and '.join(links)}. {self._cite(at)}"

    def _cite(self, at: int) -> str:
        return f"{{{format_point(self._size.point(at))}}}"


def _one(draw: random.Random, of: list[str]) -> str:
    return of[int(draw.random() * len(of))]
