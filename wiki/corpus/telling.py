"""Tells an invented story: paragraphs in which its figures are spoken of, each name from where it is first told."""

import random
from collections.abc import Iterator
from html import escape
from typing import Final

from reader.text.manuscript import Manuscript, SourceChapter, SourceParagraph
from wiki.corpus import words
from wiki.corpus.figures import Figure, Size, Told, by_paragraph

_NAMED: Final = (
    "{n} {v} the {a} {o} {d}.",
    "Nobody had told {n} about the {o}, which was {a} and {b}.",
    "It was {n} who {v} it, {d}.",
    "“You {v} the {o},” said {n}.",
    "They spoke of {n} {d}, and of the {a} {o}.",
    "Behind the {o} stood what belonged to {n}.",
    "At the {o} they asked for {n}’s {p}, and {v} it {d}.",
    "“{n}?” somebody {v}. “Not since the {o} was {a}.”",
)
_PLAIN: Final = (
    "The {a} {o} stood by the {p}, and rain {v} the {q} {d}.",
    "Someone {v} the {o} and then the {p}.",
    "There was a {o} on the {p}, {a} as ever, and under it a {b} {q}.",
    "“Was it {a}?” “It was {b}.”",
    "For an hour nothing moved but the {o} and the {p}.",
    "Whoever {v} the {q} had left the {o} {a}.",
)
_SCENE: Final = 0.02  # of all paragraphs a scene break goes before
_MESSAGE: Final = 0.03  # of all paragraphs are messages
_RECENT: Final = 60  # figures among whom most others are spoken of


def tell(draw: random.Random, size: Size, figures: list[Figure]) -> Manuscript:
    """The whole story; figures remember where they are spoken of."""
    teller = _Teller(draw, size, figures)
    chapters = tuple(teller.chapter(number) for number in range(1, size.chapters + 1))
    return Manuscript(chapters, (), 0, {})


class _Teller:
    def __init__(self, draw: random.Random, size: Size, figures: list[Figure]) -> None:
        self.draw, self.size, self.figures = draw, size, figures
        self.told = by_paragraph(figures)
        self.met = 0

    def chapter(self, number: int) -> SourceChapter:
        first = (number - 1) * self.size.each
        title = f"{self.one(words.ADJECTIVES).title()} {self.one(words.NOUNS)}s"
        rows = tuple(self.paragraph(at, is_first=at == first) for at in range(first, first + self.size.each))
        return SourceChapter(title, 0, rows)

    def paragraph(self, at: int, *, is_first: bool) -> SourceParagraph:
        named = self.told.get(at, [])
        while self.met < len(self.figures) and self.figures[self.met].met <= at:
            self.met += 1
        others = list(self.others(at))
        spoken = tuple(dict.fromkeys(figure.number for figure, _ in [*named, *others]))
        for number in spoken:
            self.figures[number].remember(at, tuple(other for other in spoken if other != number)[:6])
        sentences = [self.sentence(_NAMED, told.text) for _, told in [*named, *others]]
        length = sum(sentence.count(" ") + 1 for sentence in sentences)
        while length < 45 + self.draw.random() * 40:
            sentences.append(self.sentence(_PLAIN))
            length += sentences[-1].count(" ") + 1
        if len(sentences) > len(named):
            self.draw.shuffle(sentences)
        return self.source(" ".join(sentences), at, is_first=is_first)

    def source(self, text: str, at: int, *, is_first: bool) -> SourceParagraph:
        if at and self.draw.random() < _MESSAGE:
            sender = self.figures[int(self.draw.random() * self.met)].title(at)
            html = f'<dt>{escape(sender)}<span class="colon">: </span></dt><dd>{escape(text)}</dd>'
            return SourceParagraph("message", f"{sender}: {text}", html, 0, opens=True)
        breaks = not is_first and self.draw.random() < _SCENE
        return SourceParagraph("prose", text, escape(text, quote=False), 0, scene_break=breaks)

    def others(self, at: int) -> Iterator[tuple[Figure, Told]]:
        """A few of those already met: some of the main cast, most of them of late."""
        for _ in range(1 + int(self.draw.random() * 3) if self.met else 0):
            if self.draw.random() < 0.4:
                number = int(self.met * self.draw.random() ** 4)
            else:
                number = max(0, self.met - 1 - int(self.draw.random() * _RECENT))
            figure = self.figures[number]
            known = [name for name in figure.names if name.at < at and name.sort != "misspelling"]
            if known:
                yield figure, known[int(self.draw.random() * len(known))]

    def sentence(self, forms: tuple[str, ...], name: str = "") -> str:
        one = self.one
        said = forms[int(self.draw.random() * len(forms))].format(
            n=name,
            v=one(words.VERBS),
            a=one(words.ADJECTIVES),
            b=one(words.ADJECTIVES),
            o=one(words.NOUNS),
            p=one(words.NOUNS),
            q=one(words.NOUNS),
            d=one(words.ADVERBS).replace("_", " "),
        )
        return said[0].upper() + said[1:]

    def one(self, of: list[str]) -> str:
        return of[int(self.draw.random() * len(of))]
