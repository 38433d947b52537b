"""Whether two versions of a paragraph are nearly the same. Knows nothing of where they stand or of numbers."""

import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from operator import ne
from typing import Final

THRESHOLD: Final = 0.5
"""Half of all words and pairs of neighbouring words in common: the likeness of a long paragraph in which every fourth
word was replaced. Two different paragraphs by one hand share a tenth to a quarter."""

_SHORT_BAR: Final = 0.85  # for texts of up to four words; from there it falls to the threshold at 16 words
_SHORT: Final = 24  # words of both together; up to there, words alone and their spelling count too
_SPELT_ALIKE: Final = 0.75  # "waited" and "waitd" are spelt alike, "now" and "not" are not, nor "he" and "she"
_LONG: Final = 20_000  # characters; beyond that, clauses are compared instead of words, to save time and memory
_LONG_BAR: Final = (
    0.6  # of the threshold: an edited word changes its whole clause, and no two texts share many by chance
)

# Scripts that put no blanks between words (Thai to Khmer, kana, ideographs) are taken character by character.
_UNSPACED = "\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u30ff\u3400-\u9fff\U00020000-\U0003ffff"
_HAS_UNSPACED = re.compile(f"[{_UNSPACED}]")
_WORD_OR_CHARACTER = re.compile(f"[{_UNSPACED}]|[^\\W{_UNSPACED}]+")
_WORD = re.compile(r"\w+")
_CLAUSE = re.compile(r"[^.,;:!?…。、，！？\n]{1,200}[.,;:!?…。、，！？\n]*|[.,;:!?…。、，！？\n]+")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Profile:
    """What of a text is compared: its words, and how often each word and each pair of neighbours occurs."""

    text: str
    words: tuple[str, ...]
    grams: Counter[str]

    @property
    def is_long(self) -> bool:
        """Whether only its clauses are compared."""
        return len(self.text) > _LONG


def profile(text: str) -> Profile:
    """Take a text apart, once for many comparisons; in time linear in its length.

    >>> profile("Stay here, stay.").words
    ('stay', 'here', 'stay')
    """
    if len(text) > _LONG:
        return Profile(text, (), Counter())
    split = _WORD_OR_CHARACTER if _HAS_UNSPACED.search(text) else _WORD
    words = split.findall(text.casefold())
    grams = Counter(words)
    grams.update(map(" ".join, pairwise(words)))
    return Profile(text, tuple(words), grams)


def likeness(old: Profile, new: Profile) -> float:
    """From 0 (nothing in common) to 1 (the same words in the same order): shared words and pairs, by Dice.

    Case and punctuation do not count. Of texts beyond 20,000 characters: the shared beginning, end and clauses.

    >>> likeness(profile("It was late."), profile("It was far too late."))
    0.75
    """
    if old.text == new.text:
        return 1.0
    if old.is_long or new.is_long:
        return _long_likeness(old.text, new.text)
    size = len(old.words) + len(new.words)
    if not old.words or not new.words:
        return 0.0
    shared = _dice(old.grams, new.grams, 2 * size - 2)
    if size <= _SHORT:
        in_order = SequenceMatcher(None, old.words, new.words, autojunk=False).ratio()
        return max(shared, in_order, _spelling(old.words, new.words))
    return shared


def near(old: Profile, new: Profile, *, threshold: float = THRESHOLD) -> float:
    """Their likeness if they are versions of one paragraph, else 0.

    A short text needs a higher likeness than the threshold, so that no "Yes" becomes a "No".

    >>> near(profile("“Yes,” he said."), profile("“No,” he said."))
    0.0
    >>> near(profile("She waitd there."), profile("She waited there.")) > 0.9
    True
    """
    sizes = len(old.text), len(new.text)
    if 2 * min(sizes) < threshold * sum(sizes):
        return 0.0
    if old.is_long or new.is_long:
        bar = threshold * _LONG_BAR
    else:
        shortness = (16 - max(len(old.words), len(new.words))) / 12
        bar = threshold + max(0.0, _SHORT_BAR - threshold) * min(1.0, max(0.0, shortness))
    score = likeness(old, new)
    return score if score >= bar else 0.0


def _dice(old: Counter[str], new: Counter[str], size: int) -> float:
    """Twice what two bags share, over all they hold."""
    if len(old) > len(new):
        old, new = new, old
    return 2 * sum(min(count, new[gram]) for gram, count in old.items() if gram in new) / size


def _spelling(old: tuple[str, ...], new: tuple[str, ...]) -> float:
    """The likeness of two short texts that differ in the spelling of a few words only; 0 if they differ in more."""
    if len(old) != len(new) or sum(map(ne, old, new)) > max(1, len(old) // 3):
        return 0.0
    total = 0.0
    for one, other in zip(old, new, strict=True):
        alike = float(one == other)
        if not alike and min(len(one), len(other)) > 3:
            alike = SequenceMatcher(None, one[:100], other[:100], autojunk=False).ratio()
        if alike < _SPELT_ALIKE:
            return 0.0
        total += alike
    return total / len(old)


def _long_likeness(old: str, new: str) -> float:
    start = _shared_start(old, new)
    end = _shared_start(old[start:][::-1], new[start:][::-1])
    one = Counter(_CLAUSE.findall(old, start, len(old) - end))
    other = Counter(_CLAUSE.findall(new, start, len(new) - end))
    between = sum(min(count, other[clause]) * len(clause) for clause, count in one.items() if clause in other)
    return 2 * (start + end + between) / (len(old) + len(new))


def _shared_start(one: str, other: str) -> int:
    """How many characters two texts share at the beginning, by halving (each comparison is one memory compare)."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
