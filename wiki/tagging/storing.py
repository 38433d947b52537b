"""Makes the finder's rows of some paragraphs what it found there, and covers what people have decided otherwise."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from reader.models import Story
from reader.text.points import EVERYTHING
from wiki.compiling import BATCH
from wiki.models import Tagging
from wiki.text import settling
from wiki.text.settling import Decided, Mark

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from wiki.models import Name

    Names = QuerySet[Name]

_WHY: Final = "rows are compared with what the finder finds, whoever may see them"
_WORDS: Final = 250
"""Characters of the words that are kept: with what vanishes when folded, a name can be as long as it likes."""
_KEPT: Final = ("since", "is_certain", "leans", "role", "words", "state")
Row = tuple[int, int, int, str, str, str]


def store(story: Story, rows: Sequence[Row], marks: Mapping[int, Sequence[Mark]]) -> tuple[int, set[int]]:
    """Write what differs in these paragraphs; how many rows that were, and the entries that they belong to."""
    keys = [row[0] for row in rows]
    stored: dict[int, dict[tuple[int, int, int], Tagging]] = defaultdict(dict)
    for held in Tagging.objects.whole(because=_WHY).filter(paragraph__in=keys, origin="found"):
        stored[held.paragraph_id][held.start, held.end, held.entry_id] = held
    decided = decisions(keys)
    new: list[Tagging] = []
    changed: list[Tagging] = []
    gone: list[Tagging] = []
    for row in rows:
        left = stored[row[0]]
        for one in _wanted(story, row, marks.get(row[0], ()), decided[row[0]]):
            old = left.pop((one.start, one.end, one.entry_id), None)
            if old is None:
                new.append(one)
            elif any(getattr(old, name) != getattr(one, name) for name in _KEPT):
                one.pk = old.pk
                changed.append(one)
        gone += left.values()
    manager = Tagging.objects.whole(because=_WHY)
    if gone:
        manager.filter(pk__in=[one.pk for one in gone]).delete()
    if changed:
        manager.bulk_update(changed, _KEPT, batch_size=BATCH)
    Tagging.objects.bulk_create(new, batch_size=BATCH)
    return len(new) + len(changed) + len(gone), {one.entry_id for one in [*new, *changed, *gone]}


def cover(paragraph: int) -> set[int]:
    """Bring what is covered in one paragraph up to date after a decision; the entries of which that was changed."""
    found = list(Tagging.objects.whole(because=_WHY).filter(paragraph=paragraph, origin="found"))
    marks = [Mark(one.start, one.end, one.entry_id, one.since) for one in found]
    changed = []
    for one, is_covered in zip(found, settling.covered(marks, decisions([paragraph])[paragraph]), strict=True):
        state = _state(is_certain=one.is_certain, is_covered=is_covered)
        if one.state != state:
            one.state = state
            changed.append(one)
    Tagging.objects.whole(because=_WHY).bulk_update(changed, ["state"])
    return {one.entry_id for one in changed}


def decisions(paragraphs: Iterable[int]) -> dict[int, list[Decided]]:
    """What people decided in these paragraphs, but for entries that were taken out of the wiki."""
    found: dict[int, list[Decided]] = defaultdict(list)
    rows = Tagging.objects.whole(because=_WHY).filter(paragraph__in=list(paragraphs), origin="hand", is_lost=False)
    for row in rows.filter(entry__since__lt=EVERYTHING):
        is_link = row.state == Tagging.State.LINKED
        found[row.paragraph_id].append(Decided(row.start, row.end, row.entry_id, is_link, row.since))
    return found


def _wanted(story: Story, row: Row, marks: Sequence[Mark], decided: Sequence[Decided]) -> list[Tagging]:
    key, _chapter, point, kind, role, text = row
    covered = settling.covered(marks, decided)
    return [
        Tagging(
            story=story,
            entry_id=mark.entry,
            paragraph_id=key,
            point=point,
            start=mark.start,
            end=mark.end,
            words=text[mark.start : mark.end][:_WORDS],
            role=_role(kind, role, mark, text),
            origin=Tagging.Origin.FOUND,
            state=_state(is_certain=mark.is_certain, is_covered=is_covered),
            is_certain=mark.is_certain,
            leans=mark.leans,
            since=mark.since,
        )
        for mark, is_covered in zip(marks, covered, strict=True)
    ]


def _state(*, is_certain: bool, is_covered: bool) -> str:
    if is_covered:
        return Tagging.State.COVERED
    return Tagging.State.LINKED if is_certain else Tagging.State.DOUBTFUL


def _role(kind: str, role: str, mark: Mark, text: str) -> str:
    """Who sends a message or signs a letter is there by message; of all others only the name is certain."""
    sends = kind == "message" and mark.start == 0 and text[mark.end : mark.end + 1] == ":"
    return Tagging.Role.BY_MESSAGE if sends or role == "signature" else Tagging.Role.NAMED
