"""The names that one writer has met, as gates ask for them: what a text prints, and since when each name is known."""

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from wiki.text.borders import IN_WORD
from wiki.text.folding import fold
from wiki.text.gating import Printed
from wiki.text.names import FindName, NameFinder


class KnownName(NamedTuple):
    """A name and the point from which it is known."""

    text: str
    known: int
    only_by_hand: bool = False
    only_capital: bool = False


LONGEST: Final = 250
"""Characters of a folded name that are kept: more are cut off, in the middle of a word."""


def folded(name: str) -> str:
    """A name as it is looked up: links and names that a reader takes for the same are equal.

    >>> folded("  Zoë’s  Café ")
    "zoe's cafe"
    """
    return fold(name).text.strip()[:LONGEST]


def head_of(folded_name: str) -> str:
    """The first word of a folded name; empty where it has no letters, or more than are kept.

    >>> head_of("o'brien"), head_of("cup of china"), head_of("!?")
    ('o', 'cup', '')
    """
    return next(iter(words_of(folded_name)), "")


def words_in(texts: Iterable[str]) -> set[str]:
    """The folded words of texts: a name that they print has its head among them, and all its other words too.

    >>> sorted(words_in(["Mari’s café."]))
    ['cafe', 'mari', 's']
    """
    return {word for text in texts for word in _words(fold(text).text)}


def can_stand_in(words: set[str], folded_name: str) -> bool:
    """Whether texts with these words can print a name.

    >>> can_stand_in({"the", "light"}, "the light"), can_stand_in({"the", "light"}, "the lamp")
    (True, False)
    """
    return words.issuperset(words_of(folded_name))


def words_of(folded_name: str) -> list[str]:
    """The words of a folded name, which every text that prints it holds.

    >>> words_of("cup of china")
    ['cup', 'of', 'china']
    """
    words = list(_words(folded_name))
    return words[:-1] if len(folded_name) >= LONGEST else words


def _words(text: str) -> Iterator[str]:
    """Runs of what borders take for parts of words, so that a name's first run is one of any text that prints it."""
    start = -1
    for at, char in enumerate(text):
        if IN_WORD[char]:
            start = at if start < 0 else start
        elif start >= 0:
            yield text[start:at]
            start = -1
    if start >= 0:
        yield text[start:]


class Lexicon:
    """Finds names in texts. A spelling that several entries share counts as known from the earliest of them.

    >>> names = Lexicon([KnownName("Ines", 20), KnownName("Ines Tarrant", 50), KnownName("Ines", 90)])
    >>> [(printed.shown, printed.known) for printed in names.find("Ines is Ines Tarrant.")], names.known("ines")
    ([('Ines', 20), ('Ines Tarrant', 50)], 20)
    """

    def __init__(self, names: Iterable[KnownName]) -> None:
        self._names = list(names)
        self._known: dict[str, int] = {}
        for name in self._names:
            key = folded(name.text)
            self._known[key] = min(name.known, self._known.get(key, name.known))
        self._finder: NameFinder | None = None

    def find(self, text: str) -> Iterator[Printed]:
        """The names that a text prints; what may be just a common word that begins a sentence counts too."""
        if self._finder is None:  # made when the first text comes: most imports find nothing to compile
            self._finder = NameFinder(
                FindName(name.text, key, name.only_by_hand, name.only_capital) for key, name in enumerate(self._names)
            )
        for found in self._finder.find(text):
            known = min(self._names[key].known for key in found.keys)
            yield Printed(found.start, found.end, found.text, known)

    def known(self, name: str) -> int | None:
        """Since when a name is known that stands in ``[[ ]]``; None if nobody is called so."""
        return self._known.get(folded(name))
