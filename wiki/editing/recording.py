"""Keeps what every save did, by row; nothing that was recorded is ever changed."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from reader.models import User
from wiki.editing import watching
from wiki.editing.state import Difference, State, differences, read
from wiki.models import Change, Entry, Revision
from wiki.tagging import ordering
from wiki.text.lexicon import folded
from wiki.text.rising import rising

_WHY: Final = "the first save of an entry is recorded whatever it holds"


@dataclass(frozen=True, slots=True)
class Who:
    """Who saves, and what is kept with it; `request` is the same for a form that is sent twice."""

    editor: User | None = None
    accepted_by: User | None = None
    summary: str = ""
    summary_since: int = 0
    request: str = ""


def record(
    entry: Entry, before: State, after: State, *, sort: str, who: Who, undoes: Revision | None = None
) -> Revision | None:
    """Keep what was done; None when nothing was."""
    found = differences(before, after)
    order = _order(before, after)
    if not found and order is None:
        return None
    revision = Revision.objects.create(
        story_id=entry.story_id,
        entry=entry,
        editor=who.editor,
        accepted_by=who.accepted_by,
        sort=sort,
        summary=who.summary[:300],
        summary_since=who.summary_since,
        since=min([*(one.since for one in found), *_moved_since(before, after)], default=entry.since),
        order=order,
        request=who.request or None,
        undoes=undoes,
    )
    Change.objects.bulk_create(_rows(revision, found), batch_size=1000)
    ordering.names_changed(entry.story_id, entry.pk, _names(found))
    watching.announce(entry)
    return revision


@contextmanager
def imports(held: Sequence[int]) -> Iterator[set[int]]:
    """Record what an import does to entries (primary keys): those that it adds to the set which it is given are new.

    A new entry's first revision has no changes: it is all that the entry was before the first of them.
    """
    before = read(held)
    seen: set[int] = set()
    yield seen
    after = read(held)
    rows = Entry.objects.whole(because=_WHY).filter(pk__in=seen).in_bulk()
    first = [
        Revision(story_id=row.story_id, entry=row, sort="import", since=row.since)
        for row in rows.values()
        if row.pk not in before
    ]
    Revision.objects.bulk_create(first, batch_size=1000)
    for key in held:
        record(rows[key], before[key], after[key], sort="import", who=Who())


def _names(found: Iterable[Difference]) -> Iterator[str]:
    """The folded names that came, went or were changed."""
    for one in found:
        if one.sort == "name":
            yield from (folded(side["text"]) for side in (one.before, one.after) if side)


def _rows(revision: Revision, found: Iterable[Difference]) -> list[Change]:
    return [
        Change(revision=revision, sort=one.sort, key=one.key, before=one.before, after=one.after, since=one.since)
        for one in found
    ]


def _order(before: State, after: State) -> dict[str, list[str]] | None:
    """The keys of the blocks before and after, if more than coming and going changed their order."""
    old, new = list(before["block"]), list(after["block"])
    return None if old == new else {"before": old, "after": new}


def _moved_since(before: State, after: State) -> list[int]:
    """From when moves are known: when what was moved is, if it was there before and is still."""
    place = {key: at for at, key in enumerate(before["block"])}
    left = [key for key in after["block"] if key in place]
    stayed = rising([place[key] for key in left])
    return [after["block"][key]["since"] for key in left if place[key] not in stayed]
