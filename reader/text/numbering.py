"""What becomes of a story's paragraph numbers when its text is imported again.

The one rule behind all others: a number is given once and never changes its meaning. Knows no database; texts and
numbers in, numbers out.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from reader.errors import NumberingError
from reader.text import points
from reader.text.align import align
from reader.text.editions import check_chapters

__all__ = ["Numbered", "Numbering", "Retired", "Status", "Stored", "check_chapters", "number_paragraphs"]

Status = Literal["kept", "changed", "new", "revived", "moved"]
"""kept: the same text · changed: nearly the same · new: a new number · revived: an old number whose text is there again
· moved: a new number for a text that stood elsewhere before."""

Key = tuple[int, int]
"""A paragraph's (number, sub) within its chapter; keys sort as the text goes."""

_MOVABLE: Final = 20  # characters: shorter texts come and go without having moved
_SUBS: Final = points.LAST_SUB  # sub-numbers after each number, 1–255


@dataclass(frozen=True, slots=True)
class Stored:
    """A paragraph as the story holds it, live or retired."""

    chapter: int
    number: int
    sub: int
    text: str
    retired: bool = False


@dataclass(frozen=True, slots=True)
class Numbered:
    """A paragraph of the new text and its number; `moved_from` is the point where its text stood, if elsewhere."""

    chapter: int
    number: int
    sub: int
    status: Status
    moved_from: int | None = None

    @property
    def point(self) -> int:
        """Its point in the story."""
        return points.point(self.chapter, self.number, self.sub)


@dataclass(frozen=True, slots=True)
class Retired:
    """A paragraph that was live and is not in the new text; `moved_to` is the point where its text stands now."""

    chapter: int
    number: int
    sub: int
    moved_to: int | None = None

    @property
    def point(self) -> int:
        """Its point in the story."""
        return points.point(self.chapter, self.number, self.sub)


@dataclass(frozen=True, slots=True)
class Numbering:
    """The new chapters, paragraph by paragraph, and what went; a revived paragraph no longer points anywhere else."""

    chapters: tuple[tuple[Numbered, ...], ...]
    retired: tuple[Retired, ...]

    def counts(self) -> Counter[str]:
        """How many paragraphs have each status, and how many were retired."""
        counts: Counter[str] = Counter(paragraph.status for chapter in self.chapters for paragraph in chapter)
        counts["retired"] = len(self.retired)
        return +counts


def number_paragraphs(stored: Iterable[Stored], chapters: Sequence[Sequence[str]]) -> Numbering:
    """Number the paragraphs of a whole story, given all that it holds already (in any order, retired ones too).

    A paragraph keeps its number while its text stays (nearly) the same (`align`); a retired one revives when an equal
    text stands again between the same neighbours; what is added between two takes sub-numbers spread evenly over those
    never used there, what is added at the end the next whole numbers; what went is retired. A text of 20 characters or
    more that was and is there only once, and stands elsewhere now, has moved. Live keys always sort as the text goes,
    and the same text again changes nothing. Raises NumberingError, in a sentence, where chapters were taken out,
    inserted or reordered (`check_chapters`) and where a gap has no number left.

    >>> before = [Stored(1, 1, 0, "It began to rain."), Stored(1, 2, 0, "“No,” she said.")]
    >>> after = number_paragraphs(before, [["It began to rain.", "Nobody had an umbrella.", "“No,” she said."]])
    >>> [(paragraph.number, paragraph.sub, paragraph.status) for paragraph in after.chapters[0]]
    [(1, 0, 'kept'), (1, 128, 'new'), (2, 0, 'kept')]
    """
    held: dict[int, list[Stored]] = defaultdict(list)
    for paragraph in stored:
        held[paragraph.chapter].append(paragraph)
    for paragraphs in held.values():
        paragraphs.sort(key=_key)
    if held:
        check_chapters([[p.text for p in held.get(n, ()) if not p.retired] for n in range(1, max(held) + 1)], chapters)
    numbered = [_number_chapter(number, held.get(number, []), texts) for number, texts in enumerate(chapters, start=1)]
    return _with_moves(numbered, held, chapters)


def _key(paragraph: Stored) -> Key:
    return paragraph.number, paragraph.sub


def _number_chapter(chapter: int, held: Sequence[Stored], texts: Sequence[str]) -> list[Numbered]:
    """The paragraphs of one chapter; moves are told later."""
    matched = align([p.text for p in held], texts, gone=[p.retired for p in held])
    result: list[Numbered | None] = [None] * len(texts)
    for index, at in enumerate(matched):
        if at is not None:
            old = held[at]
            status: Status = "revived" if old.retired else "kept" if old.text == texts[index] else "changed"
            result[index] = Numbered(chapter, old.number, old.sub, status)
    used = [_key(paragraph) for paragraph in held]
    for start, end in _runs(matched):
        before, after = (result[start - 1] if start else None), (result[end] if end < len(texts) else None)
        keys = _free_keys(chapter, used, before, after, end - start)
        result[start:end] = [Numbered(chapter, number, sub, "new") for number, sub in keys]
    return [paragraph for paragraph in result if paragraph is not None]


def _runs(matched: Sequence[int | None]) -> Iterator[tuple[int, int]]:
    """The stretches of new texts that continue nothing, as (start, end)."""
    start = None
    for index, at in enumerate(matched):
        if at is None and start is None:
            start = index
        elif at is not None and start is not None:
            yield start, index
            start = None
    if start is not None:
        yield start, len(matched)


def _free_keys(
    chapter: int, used: Sequence[Key], before: Numbered | None, after: Numbered | None, count: int
) -> Iterable[Key]:
    """Keys for `count` paragraphs between two live ones (None: the chapter's beginning or end)."""
    if after is None:
        first = max((number for number, _ in used), default=0) + 1
        if first + count - 1 > points.LAST_NUMBER:
            raise NumberingError(f"Chapter {chapter} has no numbers left for {_paragraphs(count)}.")
        return [(number, 0) for number in range(first, first + count)]
    # Keys with a sub-number, counted through: number * 255 + sub - 1.
    low = before.number * _SUBS + before.sub if before else 0
    high = after.number * _SUBS + after.sub - (1 if after.sub else 0)
    taken = [number * _SUBS + sub - 1 for number, sub in used if sub]
    taken = [rank for rank in taken if low <= rank < high]
    free = high - low - len(taken)
    if count > free:
        raise NumberingError(_no_room(chapter, before, after, count, free))
    return _spread(low, taken, free, count)


def _spread(low: int, taken: Sequence[int], free: int, count: int) -> list[Key]:
    """`count` keys at even distances among the free ranks from `low` on; `taken` rises."""
    keys = []
    passed = 0
    for at in range(1, count + 1):
        rank = low + at * free // (count + 1) + passed
        while passed < len(taken) and taken[passed] <= rank:
            passed, rank = passed + 1, rank + 1
        number, sub = divmod(rank, _SUBS)
        keys.append((number, sub + 1))
    return keys


def _no_room(chapter: int, before: Numbered | None, after: Numbered, count: int, free: int) -> str:
    end = f"{chapter}:{points.format_label(after.number, after.sub)}"
    where = (
        f"between {chapter}:{points.format_label(before.number, before.sub)} and {end}" if before else f"before {end}"
    )
    fit = f"only {free} more fit there" if free else "all numbers there have been given"
    return (
        f"There is no room left {where} for {_paragraphs(count)} ({fit}); "
        "join some of them, or add them at the chapter's end."
    )


def _paragraphs(count: int) -> str:
    return "1 new paragraph" if count == 1 else f"{count:,} new paragraphs"


def _with_moves(
    chapters: Sequence[Sequence[Numbered]], held: dict[int, list[Stored]], texts: Sequence[Sequence[str]]
) -> Numbering:
    """Tell where retired texts stand now, and which of the new paragraphs came from elsewhere."""
    staying = {paragraph.point for chapter in chapters for paragraph in chapter}
    live = [p for number in sorted(held) for p in held[number] if not p.retired]
    went = [p for p in live if _point(p) not in staying]
    movable = {p.text for p in went if len(p.text) >= _MOVABLE}
    old_counts = Counter(p.text for p in live if p.text in movable)
    new_places: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for at, chapter in enumerate(texts):
        for index, text in enumerate(chapter):
            if text in movable:
                new_places[text].append((at, index))
    result = [list(chapter) for chapter in chapters]
    retired = []
    for p in went:
        places = new_places.get(p.text, ())
        moved_to = None
        if len(places) == 1 and old_counts[p.text] == 1:
            at, index = places[0]
            moved_to = result[at][index].point
            result[at][index] = _moved(result[at][index], _point(p))
        retired.append(Retired(p.chapter, p.number, p.sub, moved_to))
    return Numbering(tuple(map(tuple, result)), tuple(retired))


def _point(paragraph: Stored) -> int:
    return points.point(paragraph.chapter, paragraph.number, paragraph.sub)


def _moved(paragraph: Numbered, moved_from: int) -> Numbered:
    """A paragraph that stood elsewhere before: still "revived" or "changed" if it took an older number."""
    status: Status = "moved" if paragraph.status == "new" else paragraph.status
    return Numbered(paragraph.chapter, paragraph.number, paragraph.sub, status, moved_from)
