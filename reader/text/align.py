"""Which paragraph of an older text each paragraph of a newer one continues.

Knows texts and their order, nothing of numbers: what becomes of the answer is decided in numbering.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from reader.text.likeness import THRESHOLD, near, profile

_ANCHOR: Final = 20  # characters: a shorter line that happens to stand once on both sides proves nothing
_DEPTH: Final = 16
_ALL_PAIRS: Final = 400  # below so many pairs (and so many characters in them) each is compared with each
_ALL_CHARACTERS: Final = 4_000_000
_RARE: Final = 8  # a word in so many paragraphs still tells where to look
_SIGNS: Final = 12  # words or pairs by which a paragraph is looked up
_VOTED: Final = 3  # of the paragraphs found so, the ones compared

# An equal text outweighs a similar one; one that is still there outweighs one that went earlier.
_EQUAL: Final = 3.0
_RETURNED: Final = 2.0


class _Edge(NamedTuple):
    new: int
    old: int
    weight: float


class _Gap(NamedTuple):
    """The stretch between two matches: old[old_start:old_end] against new[new_start:new_end]."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int


def align(
    old: Sequence[str], new: Sequence[str], *, gone: Sequence[bool] | None = None, threshold: float = THRESHOLD
) -> list[int | None]:
    """For each new text the index of the old one that it continues, rising, or None.

    Equal texts come first (those that stand once on either side are fixed points, from which runs grow), then, between
    them, the heaviest rising chain of equal and of nearly equal pairs (`likeness.near`), long texts weighing more. An
    old text marked `gone` (it went in an earlier version) is continued by an equal text only. Deterministic. Time is
    about linear in the characters: n log n for the equal texts; between them each text is compared with at most
    20 others in short stretches and with at most 5 in long ones.

    >>> align(["One.", "It was raining again.", "Two."], ["One.", "It was raining yet again.", "Three.", "Two."])
    [0, 1, None, 2]
    """
    matched: list[int | None] = [None] * len(new)
    if not old or not new:
        return matched
    gone = gone or [False] * len(old)
    live = [index for index, is_gone in enumerate(gone) if not is_gone]
    anchors = [(live[at], index) for at, index in _equal([old[index] for index in live], new)]
    pairing = _Pairing(old, new, gone, threshold)
    for gap in _gaps(anchors, _Gap(0, len(old), 0, len(new))):
        anchors.extend(pairing.pairs(gap))
    for at, index in anchors:
        matched[index] = at
    return matched


def _gaps(anchors: Sequence[tuple[int, int]], whole: _Gap) -> Iterator[_Gap]:
    """The stretches between rising matches in which something stands on both sides."""
    edges = [(whole.old_start - 1, whole.new_start - 1), *anchors, (whole.old_end, whole.new_end)]
    for (old_before, new_before), (old_after, new_after) in pairwise(edges):
        if old_after - old_before > 1 and new_after - new_before > 1:
            yield _Gap(old_before + 1, old_after, new_before + 1, new_after)


def _equal(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Fixed points: runs of equal texts at both ends, texts that stand once on either side, and so on between them.

    This is the patience diff, cut off at a depth of 16 so that no input makes it slow.
    """
    found: list[tuple[int, int]] = []
    stack = [(_Gap(0, len(old), 0, len(new)), 0)]
    while stack:
        (low, high, start, end), depth = stack.pop()
        while low < high and start < end and old[low] == new[start]:
            found.append((low, start))
            low, start = low + 1, start + 1
        while low < high and start < end and old[high - 1] == new[end - 1]:
            high, end = high - 1, end - 1
            found.append((high, end))
        if low < high and start < end and depth < _DEPTH:
            gap = _Gap(low, high, start, end)
            unique = _unique(old, new, gap)
            found.extend(unique)
            stack.extend((inner, depth + 1) for inner in _gaps(unique, gap) if unique)
    return sorted(found)


def _unique(old: Sequence[str], new: Sequence[str], gap: _Gap) -> list[tuple[int, int]]:
    """The longest rising run of texts of some length that stand once on either side."""
    old_part, new_part = old[gap.old_start : gap.old_end], new[gap.new_start : gap.new_end]
    once = {text for text, count in Counter(old_part).items() if count == 1 and len(text) >= _ANCHOR}
    once &= {text for text, count in Counter(new_part).items() if count == 1}
    if not once:
        return []
    where = {text: at for at, text in enumerate(old_part, gap.old_start) if text in once}
    edges = [_Edge(at, where[text], 1.0) for at, text in enumerate(new_part, gap.new_start) if text in once]
    return _heaviest_chain(edges)


def _heaviest_chain(edges: Sequence[_Edge]) -> list[tuple[int, int]]:
    """Of edges sorted by `new`, the heaviest choice that rises strictly on both sides, as (old, new)."""
    ranks = {old: rank for rank, old in enumerate(sorted({edge.old for edge in edges}), start=1)}
    tree: list[tuple[float, int]] = [(0.0, -1)] * (len(ranks) + 1)  # best chain that ends at or below a rank (Fenwick)
    previous = [-1] * len(edges)
    # Among edges of one new text the highest old comes first, so that none of them builds upon another.
    for at in sorted(range(len(edges)), key=lambda at: (edges[at].new, -edges[at].old)):
        rank = ranks[edges[at].old]
        weight, previous[at] = _best_below(tree, rank - 1)
        chain = (weight + edges[at].weight, at)
        while rank < len(tree):
            if chain[0] > tree[rank][0]:
                tree[rank] = chain
            rank += rank & -rank
    at = _best_below(tree, len(ranks))[1]
    chosen = []
    while at >= 0:
        chosen.append((edges[at].old, edges[at].new))
        at = previous[at]
    return chosen[::-1]


def _best_below(tree: Sequence[tuple[float, int]], rank: int) -> tuple[float, int]:
    best = tree[0]
    while rank:
        if tree[rank][0] > best[0]:
            best = tree[rank]
        rank -= rank & -rank
    return best


class _Pairing:
    """The search, within the gaps of one alignment, for the chain of equal and similar texts."""

    def __init__(self, old: Sequence[str], new: Sequence[str], gone: Sequence[bool], threshold: float) -> None:
        self.old, self.new, self.gone, self.threshold = old, new, gone, threshold
        self.profile = lru_cache(maxsize=2048)(profile)

    def pairs(self, gap: _Gap) -> list[tuple[int, int]]:
        """The matches in one gap; a large one is searched by its rare words, then each stretch between again."""
        live = [at for at in range(gap.old_start, gap.old_end) if not self.gone[at]]
        if self._is_small(live, gap):
            candidates = ((at, index) for index in range(gap.new_start, gap.new_end) for at in live)
            return _heaviest_chain(sorted([*self._returned(gap), *self._edges(candidates)]))
        chain = _heaviest_chain(sorted([*self._returned(gap), *self._edges(self._likely(live, gap))]))
        inner = []
        for part in _gaps(chain, gap):
            live = [at for at in range(part.old_start, part.old_end) if not self.gone[at]]
            if self._is_small(live, part):
                inner.extend(self.pairs(part))
        return chain + inner

    def _is_small(self, live: Sequence[int], gap: _Gap) -> bool:
        new_count = gap.new_end - gap.new_start
        if len(live) * new_count > _ALL_PAIRS:
            return False
        old_size = sum(len(self.old[at]) for at in live)
        new_size = sum(len(self.new[index]) for index in range(gap.new_start, gap.new_end))
        return old_size * new_count + new_size * len(live) <= _ALL_CHARACTERS

    def _edges(self, candidates: Iterator[tuple[int, int]]) -> Iterator[_Edge]:
        """The live old texts that new ones may continue."""
        for at, index in candidates:
            old, new = self.old[at], self.new[index]
            if old == new:
                yield _Edge(index, at, _EQUAL * _heft(new))
            elif score := near(self.profile(old), self.profile(new), threshold=self.threshold):
                yield _Edge(index, at, score * _heft(new))

    def _returned(self, gap: _Gap) -> Iterator[_Edge]:
        """The gone texts that are there again; of very many equal ones only the first few."""
        where: dict[str, list[int]] = defaultdict(list)
        for at in range(gap.old_start, gap.old_end):
            if self.gone[at] and len(where[self.old[at]]) < _RARE:
                where[self.old[at]].append(at)
        if where:
            for index in range(gap.new_start, gap.new_end):
                for at in where.get(self.new[index], ()):
                    yield _Edge(index, at, _RETURNED * _heft(self.new[index]))

    def _likely(self, live: Sequence[int], gap: _Gap) -> Iterator[tuple[int, int]]:
        """For each new text of a large gap a few old ones worth comparing: by rare words, by place from both ends."""
        finder = _Finder([self.old[at] for at in live])
        new_count = gap.new_end - gap.new_start
        for offset in range(new_count):
            index = gap.new_start + offset
            places = {*finder.find(self.new[index], near=offset), offset, len(live) - new_count + offset}
            yield from ((live[place], index) for place in sorted(places) if 0 <= place < len(live))


def _heft(text: str) -> int:
    """What a match of this text is worth in a chain: a long paragraph outweighs many a "Yes"."""
    return 10 + min(len(text), 200)


class _Finder:
    """Finds, among many texts, those that share rare words with a given one, or are equal to it."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.where: dict[str, list[int]] = defaultdict(list)
        self.equal: dict[str, list[int]] = defaultdict(list)
        for place, text in enumerate(texts):
            self.equal[text].append(place)
            for sign in _signs(text):
                if len(self.where[sign]) <= _RARE:  # one too many marks it as common
                    self.where[sign].append(place)

    def find(self, text: str, *, near: int) -> list[int]:
        """The places of the equal text nearest to a place, and of the texts that share most rare words."""
        votes: Counter[int] = Counter()
        for sign in _signs(text):
            places = self.where.get(sign, ())
            if len(places) <= _RARE:
                votes.update(places)
        best = sorted(votes, key=lambda place: (-votes[place], abs(place - near), place))[:_VOTED]
        if equal := self.equal.get(text):
            at = bisect_left(equal, near)
            best.append(equal[min(at, len(equal) - 1)])
        return best


def _signs(text: str) -> list[str]:
    """The longest, and so rarest, words and pairs of a text's first 20,000 characters."""
    return sorted(profile(text[:20_000]).grams, key=lambda gram: (-len(gram), gram))[:_SIGNS]
