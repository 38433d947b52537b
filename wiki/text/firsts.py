"""Where each name first stands in a story's text, so that its date can be checked.

Lenient on purpose: a name within a longer one (“Ines” in “Ines Tarrant”), and a common word that begins a sentence,
have been read all the same. Knows names and paragraphs, not dates.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from wiki.text.capitals import begins_small
from wiki.text.folding import fold
from wiki.text.lintshape import NameRow
from wiki.text.names import FindName, NameFinder

_WORD: Final = re.compile(r"\w+(?:[.](?=\s|$))?")
_MOST_WORDS: Final = 12  # of a name; a longer one is still found by itself


class FirstStands:
    """Reads paragraphs in their order and keeps, by the key of each name, the point at which it first stands.

    >>> firsts = FirstStands([NameRow(1, "ines", "Ines Tarrant", "title", 0), NameRow(2, "ines", "Ines", "alias", 0)])
    >>> firsts.read(256, "Miss Ines Tarrant’s glasses.")
    >>> firsts.found, firsts.is_done
    ({1: 256, 2: 256}, True)
    """

    def __init__(self, names: Iterable[NameRow]) -> None:
        rows = list(names)
        self._finder = NameFinder(FindName(row.text, row.key, only_capital=row.only_capital) for row in rows)
        self._inside = _inside(rows)
        self._count = len(rows)
        self.found: dict[int, int] = {}

    @property
    def is_done(self) -> bool:
        """Whether every name has been found, so that no more has to be read."""
        return len(self.found) == self._count

    def read(self, point: int, text: str, *, is_message: bool = False) -> None:
        """The next paragraph, or title of a chapter; points rise. Messages may be by people who type no capitals."""
        for match in self._finder.find(text, any_case=is_message and begins_small(text)):
            for key in match.keys:
                if key not in self.found:
                    self.found[key] = point
                    for inner in self._inside.get(key, ()):
                        self.found.setdefault(inner, point)


def _inside(rows: list[NameRow]) -> dict[int, tuple[int, ...]]:
    """By the key of a name, the keys of the names whose words stand within it."""
    by_words: dict[str, list[int]] = defaultdict(list)
    folded = {row.key: fold(row.text).text.strip() for row in rows}
    for key, words in folded.items():
        by_words[words].append(key)
    found: dict[int, tuple[int, ...]] = {}
    for key, words in folded.items():
        spans = [match.span() for match in _WORD.finditer(words)][:_MOST_WORDS]
        stretches = {words[begin:end] for at, (begin, _) in enumerate(spans) for _, end in spans[at:]}
        inner = [other for stretch in stretches for other in by_words.get(stretch, ()) if other != key]
        if inner:
            found[key] = tuple(sorted(inner))
    return found
