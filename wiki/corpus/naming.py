"""Invents what people, places, films and so on are called: titles, and how else others call them. Knows no points."""

import random
from collections.abc import Callable
from typing import Final, NamedTuple

from wiki.corpus import words

SHARES: Final = {
    "character": 50,
    "location": 20,
    "organisation": 9,
    "film": 7,
    "event": 6,
    "program": 4,
    "theme": 4,
}
"""How many of a hundred entries are of each kind."""


class Called(NamedTuple):
    """One name and its sort, as packs write it."""

    text: str
    sort: str


class NameMaker:
    """Makes names that no other entry of the same story has as its title.

    >>> NameMaker(random.Random(1)).make("film")[0].sort
    'title'
    """

    def __init__(self, draw: random.Random) -> None:
        self._draw = draw
        self._titles = set[str]()
        self._makers: dict[str, Callable[[], list[Called]]] = {
            "character": self._person,
            "location": self._place,
            "organisation": self._body,
            "film": self._film,
            "event": self._event,
            "program": self._program,
            "theme": self._theme,
        }

    def make(self, kind: str) -> list[Called]:
        """The names of a new entry: the title first, or a described title when it takes a while to be named."""
        for _ in range(30):
            names = self._makers[kind]()
            if self._is_new(names):
                return names
        stem = names[0].text
        numbered = next(f"{stem} {number}" for number in range(2, 10**9) if f"{stem} {number}" not in self._titles)
        self._titles.add(numbered)
        return [Called(numbered, "title")]

    def _is_new(self, names: list[Called]) -> bool:
        titles = {name.text.casefold() for name in names if name.sort in {"title", "described"}}
        if titles & self._titles:
            return False
        self._titles |= titles
        return True

    def _one(self, of: list[str]) -> str:
        return of[int(self._draw.random() * len(of))]

    def _often(self, share: float) -> bool:
        return self._draw.random() < share

    def surname(self) -> str:
        """A family's name, one of some five thousand."""
        return self._one(words.BEGINNINGS) + self._one(words.ENDINGS)

    def _person(self) -> list[Called]:
        first, last = self._one(words.FIRST), self.surname()
        names = [Called(f"{first} {last}", "title")]
        if self._often(0.15):
            coat = f"the {self._one(words.TRADES)} with the {self._one(words.ADJECTIVES)} {self._one(words.NOUNS)}"
            names.insert(0, Called(coat, "described"))
        names.append(Called(first, "alias"))
        if self._often(0.7):
            names.append(Called(f"{self._one(words.RANKS)} {last}", "alias"))
        if self._often(0.3):
            names.append(Called(f"{first[0]}. {last}", "alias"))
        if self._often(0.4):
            names.append(Called(f"{first[:3]}{self._one(['by', 'kin', 'sy', 'ster'])}", "nickname"))
        if self._often(0.6):
            names.append(Called(f"{first} {self.misspelt(last)}", "misspelling"))
        if self._often(0.3):
            names.append(Called(f"{self.misspelt(first)} {last}", "misspelling"))
        if self._often(0.08):
            names.append(Called(f"{first} {self.surname()}", "title"))
        return names

    def misspelt(self, word: str) -> str:
        """The word with two letters in each other's place, or one doubled or left out."""
        at = 1 + int(self._draw.random() * max(1, len(word) - 2))
        how = int(self._draw.random() * 3)
        if how == 0:
            return f"{word[:at]}{word[at]}{word[at:]}"
        if how == 1 and len(word) > at + 1 and word[at] != word[at + 1]:
            return f"{word[:at]}{word[at + 1]}{word[at]}{word[at + 2 :]}"
        return word[:at] + word[at + 1 :] if len(word) > 4 else f"{word}e"

    def _place(self) -> list[Called]:
        stem, sort = self.surname(), self._one(words.PLACES)
        article = "The " if self._often(0.25) else ""
        names = [Called(f"{article}{stem} {sort}", "title")]
        if self._often(0.7):
            names.append(Called(f"the {sort} at {stem}", "alias"))
        if self._often(0.6):
            names.append(Called(f"{self.misspelt(stem)} {sort}", "misspelling"))
        if self._often(0.1):
            names.append(Called(f"{article}{self.surname()} {sort}", "title"))
        return names

    def _body(self) -> list[Called]:
        stem, sort = self.surname(), self._one(words.BODIES)
        names = [Called(f"{stem} & Sons" if self._often(0.2) else f"{stem} {sort}", "title")]
        if self._often(0.5):
            names.append(Called("".join(word[0] for word in f"{stem} {self.surname()} {sort}".split()), "alias"))
        return names

    def _film(self) -> list[Called]:
        adjective, noun = self._one(words.ADJECTIVES).title(), self._one(words.NOUNS).title()
        title = self._one(
            [
                f"The {adjective} {noun}",
                f"{self._one(words.NUMBERS)} {adjective} {noun}s",
                f"A {noun} for {self._one(words.FIRST)}",
                f"{adjective} {noun}, {self._one(words.ADJECTIVES).title()} {self._one(words.NOUNS).title()}",
            ]
        )
        names = [Called(title, "title")]
        if self._often(0.6):
            names.append(Called(f"{adjective} {self.misspelt(noun)}", "misspelling"))
        return names

    def _event(self) -> list[Called]:
        sort = self._one(words.EVENTS)
        names = [Called(f"The {self.surname()} {sort}", "title")]
        if self._often(0.4):
            names.append(Called(f"the {self._one(words.MONTHS)} {sort}", "alias"))
        return names

    def _program(self) -> list[Called]:
        title = self._one([f"{self.surname()} Tonight", f"The {self._one(words.NOUNS).title()} Hour"])
        return [Called(title, "title"), Called(f"{title.split()[-2]} {self._one(words.NUMBERS)}", "nickname")]

    def _theme(self) -> list[Called]:
        return [Called(f"{self._one(words.THEMES).title()} and {self._one(words.THEMES).title()}", "title")]
