"""Finds names in a text: whole words only, the longest name wins, lenient in spelling and strict in capitals.

Knows spellings and whose they are as numbers; not what a name means, when it is known, or which of its owners is meant.
"""

from array import array
from collections.abc import Container, Iterable
from dataclasses import dataclass
from typing import Final, NamedTuple

from ahocorasick_rs import AhoCorasick

from wiki.text.borders import IN_WORD, JOINERS, blanked, stands_free
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
    """A name in a text, from character `start` up to, not including, `end`, without its possessive.

    For the `doubtful` of its keys it may be just a common word that begins a sentence.
    """

    start: int
    end: int
    keys: tuple[int, ...]  # rising
    text: str
    doubtful: tuple[int, ...] = ()  # rising

    @property
    def is_certain(self) -> bool:
        """Whether it is surely somebody's name."""
        return len(self.doubtful) < len(self.keys)

    def of(self, keys: Container[int]) -> "Found | None":
        """The same for some of its keys; None for none of them."""
        kept = tuple(key for key in self.keys if key in keys)
        if len(kept) == len(self.keys):
            return self
        return self._replace(keys=kept, doubtful=tuple(key for key in self.doubtful if key in keys)) if kept else None


_make: Final = tuple.__new__  # a third of the time of calling `Found`


class _Spelling(NamedTuple):
    key: int
    capitals: tuple[int, ...]  # offsets in the folded name where the text must have one
    is_exact: bool  # and nowhere else


class _Entry(NamedTuple):
    """All the names that are the same once folded; `spellings` is empty if they ask for the same capitals."""

    text: str  # folded
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
        self._entries = [_entry(text, group) for text, group in spellings.items()]
        # Between blanks, and read in a text that has blanks for all other marks, no name is found inside a word, and
        # the automaton seldom leaves its beginnings. Overlapping: the longest of all may prove to be the beginning of
        # a longer word, so the choice is made below.
        self._automaton = AhoCorasick([_between_blanks(text) for text in spellings])
        self._shifts = bytes(1 if IN_WORD[text[0]] else 2 for text in spellings)
        self._shortness = array("l", (-len(text) for text in spellings))

    def find(self, text: str | Folded, *, any_case: bool = False) -> list[Found]:
        """The names in a text, rising and never overlapping: of those possible the leftmost, then the longest.

        `any_case` is for those who type no capitals (`capitals.begins_small`): only `only_capital` names need theirs.

        >>> NameFinder([FindName("Captain", 7)]).find("pru: captain’s here", any_case=True)
        [Found(start=5, end=12, keys=(7,), text='captain', doubtful=())]
        """
        return self._find(text, any_case=any_case, is_overlapping=False)

    def find_all(self, text: str | Folded, *, any_case: bool = False) -> list[Found]:
        """As `find`, but all that stand there, also within one another: by start, the longer first.

        For who has to leave names out before the choice is made: `chosen` of all of these is what `find` gives.

        >>> finder = NameFinder([FindName("Cup of China", 1), FindName("China", 2)])
        >>> [found.text for found in finder.find_all("Cup of China")]
        ['Cup of China', 'China']
        """
        return self._find(text, any_case=any_case, is_overlapping=True)

    def _find(self, text: str | Folded, *, any_case: bool, is_overlapping: bool) -> list[Found]:
        folded = fold(text) if isinstance(text, str) else text
        blank = f"  {blanked(folded.text)}  "
        found: list[Found] = []
        matches = self._automaton.find_matches_as_indexes(blank, overlapping=True)
        if not matches:
            return found
        text, steps, entries = folded.text, folded.steps, self._entries
        free_from = 0
        for start, shortness, index in self._candidates(matches):
            wanted, keys, capitals, spellings = entries[index]
            end = start - shortness
            if start < free_from or not text.startswith(wanted, start):
                continue
            # What no mark joins to the rest of a word is free already.
            is_joined = (blank[end + 3] != " " and text[end] in JOINERS) or (
                blank[start] != " " and text[start - 1] in JOINERS
            )
            if is_joined and not stands_free(folded, start, end):
                continue
            doubtful: tuple[int, ...] = ()
            if spellings:
                keys, doubtful = _whose(spellings, folded, start, end, any_case=any_case)
                if not keys:
                    continue
            elif not (any_case or folded.has_capitals(start, capitals)):
                continue
            first, last = folded.span(start, end) if steps else (start, end)
            shown = folded.original[first:last]
            # A name may begin or end within a character that became several.
            if steps and not folded.is_even(start, end) and fold(shown).text != wanted:
                continue
            found.append(_make(Found, (first, last, keys, shown, doubtful)))
            free_from = 0 if is_overlapping else end
        return found

    def _candidates(self, matches: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
        """(start, minus the length, which) of all that may be names by its letters, leftmost and then longest first."""
        shifts, shortness = self._shifts, self._shortness
        candidates = [(start - shifts[index], shortness[index], index) for index, start, _end in matches]
        if len(candidates) > 1:
            candidates.sort()
        return candidates


def chosen(found: Iterable[Found]) -> list[Found]:
    """Of names by start, the longer first, those that overlap none before them: the leftmost, then the longest."""
    kept: list[Found] = []
    for one in found:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def _entry(text: str, spellings: set[_Spelling]) -> _Entry:
    keys = tuple(sorted({one.key for one in spellings}))
    capitals = {one.capitals for one in spellings}
    if len(capitals) > 1 or any(one.is_exact for one in spellings):
        return _Entry(text, keys, (), tuple(spellings))
    return _Entry(text, keys, capitals.pop(), ())


def _between_blanks(name: str) -> str:
    """What stands in a text made of words and blanks where a name stands and no letter touches it.

    >>> _between_blanks("jean-luc"), _between_blanks("mr.")
    (' jean luc ', ' mr ')
    """
    before, after = (" " if IN_WORD[letter] else "" for letter in (name[0], name[-1]))
    return f"{before}{blanked(name)}{after}"


def _whose(
    spellings: tuple[_Spelling, ...], folded: Folded, start: int, end: int, *, any_case: bool
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The keys of the names whose capitals are those of the text, and those of them for which that proves nothing.

    Each by itself: what one of them is for may not depend on the others, who may be known to other readers only.
    """
    fitting = [one for one in spellings if _fits(one, folded, start, end, any_case=any_case)]
    keys = {one.key for one in fitting}
    # A single capital, that of the first letter, is what any word has at the beginning of a sentence.
    doubtful = keys - {one.key for one in fitting if not (one.is_exact and one.capitals == (0,))}
    if doubtful and not opens_sentence(folded.original, folded.origin(start)):
        doubtful = set()
    return tuple(sorted(keys)), tuple(sorted(doubtful))


def _fits(one: _Spelling, folded: Folded, start: int, end: int, *, any_case: bool) -> bool:
    if one.is_exact:
        first, last = folded.span(start, end)
        text = folded.original[first:last]
        return one.capitals == at_folded(fold(text), written(text))
    return any_case or folded.has_capitals(start, one.capitals)
