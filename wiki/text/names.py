"""Finds names in a text: whole words only, the longest name wins, lenient in spelling and strict in capitals.

Knows spellings and whose they are as numbers; not what a name means, when it is known, or which of its owners is meant.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from wiki.text.borders import IN_WORD, JOINERS, stands_free
from wiki.text.capitals import at_folded, needed, opens_sentence, with_and_without_stop, written
from wiki.text.folding import Folded, fold


@dataclass(frozen=True, slots=True)
class FindName:
    """One spelling to look for, and whose it is; a key may have many spellings and a spelling many keys.

    `only_by_hand`: never found. `only_capital` (for common words, such as “Frost”): found only with small and capital
    letters just as written here; at the beginning of a sentence, where that proves nothing, found but not certain.
    """

    text: str
    key: int
    only_by_hand: bool = False
    only_capital: bool = False


class Found(NamedTuple):  # made by the million: a frozen dataclass takes three times as long
    """A name in a text, from character `start` up to, not including, `end`, without its possessive."""

    start: int
    end: int
    keys: tuple[int, ...]  # rising
    text: str
    is_certain: bool = True


class _Spelling(NamedTuple):
    key: int
    capitals: tuple[int, ...]  # offsets in the folded name where the text must have one
    is_exact: bool  # and nowhere else


class _Entry(NamedTuple):
    """All the names that are the same once folded; `spellings` is empty if they ask for the same capitals."""

    keys: tuple[int, ...]
    capitals: tuple[int, ...]
    spellings: tuple[_Spelling, ...]


class NameFinder:
    """Finds many names at once; made once for a set of names, used for any number of texts and by any threads.

    A name is found in any kind of apostrophe, hyphen, blank and accent, and wherever each of its capitals is one in the
    text too; a leading article and small words inside (of, and, de) are free, and more capitals do no harm. A described
    title (“the woman in the grey coat”) has no capitals and is found in any case.

    >>> names = {"Ines Tarrant": 1, "Ines": 1, "China": 2, "Cup of China": 3}
    >>> finder = NameFinder(FindName(text, key) for text, key in names.items())
    >>> [(found.keys, found.text) for found in finder.find("Inés’s Cup of China; china for INES TARRANT")]
    [((1,), 'Inés'), ((3,), 'Cup of China'), ((1,), 'INES TARRANT')]
    """

    def __init__(self, names: Iterable[FindName]) -> None:
        spellings: dict[str, set[_Spelling]] = {}
        shared: dict[tuple[int, ...], tuple[int, ...]] = {}  # a hundred thousand names have few patterns of capitals
        for name in names:
            for text in () if name.only_by_hand else with_and_without_stop(name.text):
                folded = fold(text)
                if pattern := folded.text.strip():
                    capitals = at_folded(folded, written(text) if name.only_capital else needed(text))
                    spelling = _Spelling(name.key, shared.setdefault(capitals, capitals), name.only_capital)
                    spellings.setdefault(pattern, set()).add(spelling)
        self._entries = [_entry(group) for group in spellings.values()]
        # Overlapping: the longest of all may prove to be the beginning of a longer word, so the choice is made below.
        self._automaton = AhoCorasick(spellings)

    def find(self, text: str, *, any_case: bool = False) -> list[Found]:
        """The names in a text, rising and never overlapping: of those possible the leftmost, then the longest.

        `any_case` is for those who type no capitals (`capitals.begins_small`): only `only_capital` names need theirs.

        >>> NameFinder([FindName("Captain", 7)]).find("pru: captain’s here", any_case=True)
        [Found(start=5, end=12, keys=(7,), text='captain', is_certain=True)]
        """
        return self._find(text, any_case=any_case, is_overlapping=False)

    def find_all(self, text: str, *, any_case: bool = False) -> list[Found]:
        """As `find`, but all that stand there, also within one another: by start, the longer first.

        For who has to leave names out before the choice is made: `chosen` of all of these is what `find` gives.

        >>> finder = NameFinder([FindName("Cup of China", 1), FindName("China", 2)])
        >>> [found.text for found in finder.find_all("Cup of China")]
        ['Cup of China', 'China']
        """
        return self._find(text, any_case=any_case, is_overlapping=True)

    def _find(self, text: str, *, any_case: bool, is_overlapping: bool) -> list[Found]:
        folded = fold(text)
        padded = f" {folded.text} "
        found: list[Found] = []
        free_from = 0
        for start, shortness, index in self._candidates(folded.text, padded):
            end = start - shortness
            if start < free_from:
                continue
            # What stands between blanks and marks that join nothing is free already.
            if (padded[start] in JOINERS or padded[end + 1] in JOINERS) and not stands_free(folded, start, end):
                continue
            keys, capitals, spellings = self._entries[index]
            is_certain = True
            if spellings:
                keys, is_certain = _whose(spellings, folded, start, end, any_case=any_case)
            elif not (any_case or folded.has_capitals(start, capitals)):
                continue
            first, last = folded.span(start, end) if folded.steps else (start, end)
            # With a way back: a name may begin or end within a character that became several.
            if keys and not (folded.steps and fold(text[first:last]).text != folded.text[start:end]):
                found.append(Found(first, last, keys, text[first:last], is_certain))
                free_from = 0 if is_overlapping else end
        return found

    def _candidates(self, text: str, padded: str) -> list[tuple[int, int, int]]:
        """(start, minus the length, which) of all names that no letter touches, leftmost and then longest first."""
        in_word = IN_WORD
        candidates = [
            (start, start - end, index)
            for index, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True)
            if not (
                (in_word[padded[end + 1]] and in_word[padded[end]])
                or (in_word[padded[start]] and in_word[padded[start + 1]])
            )
        ]
        candidates.sort()
        return candidates


def chosen(found: Iterable[Found]) -> list[Found]:
    """Of names by start, the longer first, those that overlap none before them: the leftmost, then the longest."""
    kept: list[Found] = []
    for one in found:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def _entry(spellings: set[_Spelling]) -> _Entry:
    keys = tuple(sorted({one.key for one in spellings}))
    capitals = {one.capitals for one in spellings}
    if len(capitals) > 1 or any(one.is_exact for one in spellings):
        return _Entry(keys, (), tuple(spellings))
    return _Entry(keys, capitals.pop(), ())


def _whose(
    spellings: tuple[_Spelling, ...], folded: Folded, start: int, end: int, *, any_case: bool
) -> tuple[tuple[int, ...], bool]:
    """The keys of the names whose capitals are those of the text, and whether that is certain."""
    fitting = [one for one in spellings if _fits(one, folded, start, end, any_case=any_case)]
    # A single capital, that of the first letter, is what any word has at the beginning of a sentence.
    is_doubtful = all(one.is_exact and one.capitals == (0,) for one in fitting)
    is_certain = not (is_doubtful and opens_sentence(folded.original, folded.origin(start)))
    return tuple(sorted({one.key for one in fitting})), is_certain


def _fits(one: _Spelling, folded: Folded, start: int, end: int, *, any_case: bool) -> bool:
    if one.is_exact:
        first, last = folded.span(start, end)
        text = folded.original[first:last]
        return one.capitals == at_folded(fold(text), written(text))
    return any_case or folded.has_capitals(start, one.capitals)
