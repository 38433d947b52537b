"""Which words of a text are still those of an earlier one, in bounded time: what diff and merge both stand on.

Knows tokens only: words, and the single signs and blanks between them. What became of the rest is decided elsewhere.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Final

from reader.text.align import align

_STEPS: Final = 300_000  # of the search, some 0.2 s: enough for about 770 words cut and added, of those that both have
_SENTENCES: Final = 3_000  # on either side, some 0.4 s; beyond, a text that changed so much is taken as replaced
_DROWNED: Final = 3  # times shorter than the changes on both sides: words that stand in both by chance

# Scripts without blanks between words, as in reader.text.likeness; a letter of theirs is a word.
_UNSPACED = "\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u30ff\u3400-\u9fff\U00020000-\U0003ffff"
# What belongs to the sign before it: accents, vowel signs, skin tones; a joiner takes the next sign too.
_ON_IT = "".join(char for char in map(chr, range(0x300, 0xFE30)) if unicodedata.category(char)[0] == "M")
_ON_IT += "\u200c\U0001f3fb-\U0001f3ff"
_TOKEN = re.compile(
    rf"\{{[^{{}}\n]{{1,60}}\}}"  # a citation or a stamp is read as one word
    rf"|[^\W_{_UNSPACED}](?:[^\W_{_UNSPACED}]|[{_ON_IT}\u200d]|['’](?=[^\W_{_UNSPACED}]))*"
    rf"|.(?:[{_ON_IT}]|\u200d[^\w\s])*",
    re.DOTALL,
)
_ENDS: Final = frozenset(".!?…\n。！？")  # after one of them a sentence may begin

Pair = tuple[int, int]
_Path = tuple["_Path", int, int, int] | None  # the stretches of equal words so far: those before, old, new, how many


def tokens(text: str) -> list[str]:
    """A text's words, and every sign and blank between them by itself; joined, they are the text.

    >>> tokens("Anna’s coat. {6:120}")
    ['Anna’s', ' ', 'coat', '.', ' ', '{6:120}']
    """
    return _TOKEN.findall(text)


def match(old: Sequence[str], new: Sequence[str]) -> list[Pair]:
    """The places of words among the old tokens and, of the same words, among the new ones; rising on both sides.

    The shortest difference (E. Myers 1986, “An O(ND) difference algorithm and its variations”, the greedy one) if
    300,000 steps find it; else that of the sentences which continue each other (`align`); else only the same beginning
    and end. Words that stand by chance between long changes are left out. All but the steps is about linear.

    >>> match(tokens("It was late."), tokens("It is far too late."))
    [(0, 0), (4, 8)]
    """
    one, other = _side(old), _side(new)
    start, least = 0, min(len(one.words), len(other.words))
    while start < least and one.words[start] == other.words[start]:
        start += 1
    end = 0
    while end < least - start and one.words[-1 - end] == other.words[-1 - end]:
        end += 1
    old_rest, new_rest = range(start, len(one.words) - end), range(start, len(other.words) - end)
    pairs = [(at, at) for at in range(start)]
    pairs += _search(one, other, old_rest, new_rest, _STEPS) or _by_sentences(one, other, old_rest, new_rest)
    pairs += zip(range(old_rest.stop, len(one.words)), range(new_rest.stop, len(other.words)), strict=True)
    for side in (0, 1):
        _settle(pairs, (one, other), side)
    return [(one.places[at], other.places[index]) for at, index in _without_drowned(one, other, pairs)]


@dataclass(frozen=True, slots=True)
class _Side:
    """The words of a text, where among its tokens they stand, and at which of them a sentence may begin."""

    words: list[str]
    places: list[int]
    begins: list[bool]

    def sizes(self) -> list[int]:
        """How many characters stand before each word, and in all; a blank for each word."""
        return list(accumulate((len(word) + 1 for word in self.words), initial=0))

    def sentences(self, part: range) -> list[range]:
        """A stretch of words, sentence by sentence."""
        starts = [at for at in part if at == part.start or self.begins[at]]
        return [range(*ends) for ends in pairwise([*starts, part.stop])]


def _side(text: Sequence[str]) -> _Side:
    side = _Side([], [], [])
    begins = True
    for place, token in enumerate(text):
        if token[0].isalnum() or (token[0] == "{" and token[-1] == "}"):
            side.words.append(token)
            side.places.append(place)
            side.begins.append(begins)
            begins = False
        elif token in _ENDS:
            begins = True
    return side


def _search(one: _Side, other: _Side, old: range, new: range, steps: int) -> list[Pair]:
    """The longest common run of words of these stretches; nothing if it takes more steps."""
    common = {one.words[at] for at in old} & {other.words[at] for at in new}
    ours, theirs = [at for at in old if one.words[at] in common], [at for at in new if other.words[at] in common]
    lefts, rights = [one.words[at] for at in ours], [other.words[at] for at in theirs]
    left_count, right_count = len(lefts), len(rights)
    # For each diagonal (place on the left minus place on the right) how far the best path on it has come.
    furthest: dict[int, tuple[int, _Path]] = {1: (0, None)}
    nowhere: tuple[int, _Path] = (-1, None)
    for changes in range(left_count + right_count + 1):
        for diagonal in range(-changes, changes + 1, 2):
            at, path = furthest.get(diagonal + 1, nowhere)
            below = furthest.get(diagonal - 1, nowhere)
            if below[0] >= at:
                at, path = below[0] + 1, below[1]
            begin, beyond = at, min(left_count, right_count + diagonal)
            while at < beyond and lefts[at] == rights[at - diagonal]:
                at += 1
            if at > begin:
                path = (path, begin, begin - diagonal, at - begin)
                steps -= at - begin
            if at >= left_count and at - diagonal >= right_count:
                return _unwound(path, ours, theirs)
            furthest[diagonal] = (at, path)
        steps -= changes + 1
        if steps < 0:
            break
    return []


def _unwound(path: _Path, ours: Sequence[int], theirs: Sequence[int]) -> list[Pair]:
    pairs: list[Pair] = []
    while path is not None:
        path, left, right, length = path
        pairs += ((ours[left + step], theirs[right + step]) for step in reversed(range(length)))
    return pairs[::-1]


def _by_sentences(one: _Side, other: _Side, old: range, new: range) -> list[Pair]:
    """The same words within sentences that continue each other."""
    old_parts, new_parts = one.sentences(old), other.sentences(new)
    if not 1 < max(len(old_parts), len(new_parts)) <= _SENTENCES:
        return []
    old_texts, new_texts = (
        [" ".join(side.words[part.start : part.stop]) for part in parts]
        for side, parts in ((one, old_parts), (other, new_parts))
    )
    pairs: list[Pair] = []
    for part, at in zip(new_parts, align(old_texts, new_texts), strict=True):
        if at is not None:
            pairs += _search(one, other, old_parts[at], part, _STEPS * len(part) // len(new))
    return pairs


def _settle(pairs: list[Pair], sides: tuple[_Side, _Side], side: int) -> None:
    """Let a stretch that is only put in or only taken out begin, where it may, as a sentence does.

    Between “He ran.” and “He lay.” both “fell. He” and “He fell.” are what was put in.
    """
    words, begins = sides[side].words, sides[side].begins
    for index in range(1, len(pairs)):
        gap = pairs[index][side] - pairs[index - 1][side] - 1
        across = pairs[index][1 - side]
        if not gap or pairs[index - 1][1 - side] != across - 1:
            continue
        first, at = pairs[index - 1][side] + 1, index - 1
        while (
            not begins[first]
            and at >= 0
            and pairs[at][side] == first - 1
            and words[first - 1] == words[first - 1 + gap]
        ):
            if pairs[at][1 - side] != across - index + at:
                break
            first, at = first - 1, at - 1
        if begins[first]:
            for moved in range(at + 1, index):
                left, right = pairs[moved]
                pairs[moved] = (left, right + gap) if side else (left + gap, right)


def _without_drowned(one: _Side, other: _Side, pairs: Sequence[Pair]) -> list[Pair]:
    """The same without the few words that stand between changes many times as long, on both sides of them."""
    old_sizes, new_sizes = one.sizes(), other.sizes()
    starts = [
        index for index, (left, right) in enumerate(pairs) if index == 0 or pairs[index - 1] != (left - 1, right - 1)
    ]
    kept: list[Pair] = []
    old_end = new_end = 0  # of what was kept
    for start, stop in pairwise([*starts, len(pairs)]):
        (left, right), (old_next, new_next) = pairs[start], (len(one.words), len(other.words))
        old_stop, new_stop = pairs[stop - 1][0] + 1, pairs[stop - 1][1] + 1
        if stop < len(pairs):
            old_next, new_next = pairs[stop]
        before = max(old_sizes[left] - old_sizes[old_end], new_sizes[right] - new_sizes[new_end])
        after = max(old_sizes[old_next] - old_sizes[old_stop], new_sizes[new_next] - new_sizes[new_stop])
        if _DROWNED * (old_sizes[old_stop] - old_sizes[left]) > min(before, after):
            kept += pairs[start:stop]
            old_end, new_end = old_stop, new_stop
    return kept
