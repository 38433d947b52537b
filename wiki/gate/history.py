"""Who saved what and when: of one entry, of a whole wiki, of one person; as far as it shows at a horizon."""

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from django.db.models import Count as CountRows
from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from reader.models import Story
from reader.text.points import EVERYTHING
from wiki.editing.forming import title_of
from wiki.editing.state import State
from wiki.gate.historyshapes import Contributor, Count, History, Saved, Saves
from wiki.gate.naming import known_of, visible_names
from wiki.gate.seen import Part, judge, surely_seen
from wiki.gate.shapes import EntryRef
from wiki.models import Change, Entry, Revision, Slug

PAGE: Final = 50
_BATCH: Final = 80  # saves looked at together; the few that show nothing are passed over
_SORTS: Final = ("name", "fact", "picture", "block", "order", "kind", "slug")
_WHY: Final = "a first save has no changes at any horizon"
Rows = QuerySet[Revision]


def history(story: Story, slug: str, horizon: int, *, page: str = "") -> History | None:
    """The saves of an entry of which something shows, newest first; None alike for the unknown and the unmet.

    `page` is what the page before says under `older`. A save that shows nothing cannot be told from none.
    """
    found = entry_at(story, slug, horizon)
    if found is None:
        return None
    entry, ref = found
    rows = Revision.objects.at(horizon).filter(entry=entry)
    return History(ref, _page(story, rows, horizon, page, lambda made, parts: _saved_all(made, parts, horizon)))


def recent_changes(story: Story, horizon: int, *, page: str = "", who: str = "") -> Saves:
    """The saves in a wiki, or of one account in it, newest first; with deletions of what had been met."""
    rows = Revision.objects.at(horizon).filter(story=story)
    there = Q(entry__since__lte=horizon) & ~Q(entry__since=EVERYTHING)
    rows = (
        rows.filter(there, editor__username=who)
        if who
        else rows.filter(there | Q(entry__since=EVERYTHING, sort__in=["delete", "merge"]))
    )

    def shown(made: Sequence[Revision], parts: dict[int, Part]) -> list[Saved]:
        refs = known_of(visible_names(story, horizon).filter(entry__in={one.entry_id for one in made})).refs
        return _saved_all(made, parts, horizon, refs=refs)

    return _page(story, rows, horizon, page, shown)


def contributors(story: Story, horizon: int) -> tuple[Contributor, ...]:
    """Who saved something that shows, the most busy first; all former editors are one. Packs are not people."""
    changes = Change.objects.at(horizon).annotate(sure=surely_seen(horizon)).filter(revision=OuterRef("pk"), sure=True)
    rows = Revision.objects.at(horizon).filter(story=story, entry__since__lte=horizon)
    rows = rows.exclude(entry__since=EVERYTHING).exclude(editor=None, sort="import")
    rows = rows.annotate(is_sure=Exists(changes))
    people = dict[str, Contributor]()
    sure = rows.filter(is_sure=True).values_list("editor__username").annotate(CountRows("pk"), Max("created_at"))
    for name, number, last in sure.order_by("editor__username"):
        people[name or ""] = Contributor(name or "", number, last)
    doubtful = list(rows.filter(is_sure=False).select_related("editor"))
    parts = judge(story, doubtful, horizon) if doubtful else {}
    for one in doubtful:
        if one.pk in parts:
            name = _name(one.editor)
            held = people.get(name)
            last = max(held.last, one.created_at) if held else one.created_at
            people[name] = Contributor(name, 1 + (held.saves if held else 0), last)
    return tuple(sorted(people.values(), key=lambda one: (-one.saves, not one.name, one.name.casefold(), one.name)))


def entry_at(story: Story, slug: str, horizon: int) -> tuple[Entry, EntryRef] | None:
    """The entry at an address and how it is called; None alike for the unknown and the unmet. Two queries."""
    address, _tilde, public_id = slug.partition("~")
    rows = Slug.objects.at(horizon).filter(story=story, slug=address, entry__since__lte=horizon)
    if public_id:
        rows = rows.filter(entry__public_id=public_id)
    row = rows.select_related("entry").order_by("is_redirect", "entry__since", "entry_id").first()
    if row is None:
        return None
    ref = known_of(visible_names(story, horizon).filter(entry=row.entry_id)).refs.get(row.entry_id)
    return (row.entry, ref) if ref is not None else None


def saved(story: Story, made: Revision, horizon: int) -> Saved | None:
    """One save, as far as it shows; None where nothing of it does."""
    found = _saved_all([made], judge(story, [made], horizon), horizon)
    return found[0] if found else None


def with_first(rows: Rows) -> Rows:
    """With what a row of a list needs: its people, and whether it is an entry's first, taken in from a pack."""
    changes = Change.objects.whole(because=_WHY).filter(revision=OuterRef("pk"))
    return rows.select_related("editor", "accepted_by", "entry").annotate(has_changes=Exists(changes))


def _page(
    story: Story,
    rows: Rows,
    horizon: int,
    page: str,
    shown: Callable[[Sequence[Revision], dict[int, Part]], list[Saved]],
) -> Saves:
    """From `page` on as many as a page holds; one more tells whether there are older ones."""
    begin = rows.filter(public_id=page).values_list("pk", flat=True).first() if page else None
    last, found = begin, list[Saved]()
    while len(found) <= PAGE:
        batch = rows if last is None else rows.filter(pk__lt=last)
        made = list(with_first(batch).order_by("-pk")[:_BATCH])
        if made:
            found += shown(made, judge(story, made, horizon))
            last = made[-1].pk
        if len(made) < _BATCH:
            break
    older = found[PAGE - 1].public_id if len(found) > PAGE else ""
    return Saves(tuple(found[:PAGE]), older, is_first=begin is None)


def _saved_all(
    made: Iterable[Revision], parts: dict[int, Part], horizon: int, *, refs: dict[int, EntryRef] | None = None
) -> list[Saved]:
    found = []
    for one in made:
        is_first = one.sort == "import" and one.order is None and not getattr(one, "has_changes", True)
        part = parts.get(one.pk, Part())
        if one.pk not in parts and not is_first:
            continue
        ref = refs.get(one.entry_id) if refs is not None else None
        title = "" if ref else _title_gone(part)
        if refs is not None and not (ref or title):
            continue
        found.append(_saved(one, part, horizon, is_first=is_first, entry=ref, title=title))
    return found


def _saved(one: Revision, part: Part, horizon: int, *, is_first: bool, entry: EntryRef | None, title: str) -> Saved:
    return Saved(
        public_id=one.public_id,
        editor=_name(one.editor),
        is_pack=one.sort == "import" and one.editor is None,
        accepted_by=_name(one.accepted_by),
        when=one.created_at,
        sort=one.sort,
        label=str(Revision.Sort(one.sort).label),
        summary=one.summary if one.summary_since <= horizon else "",
        counts=tuple(Count(sort, part.counts[sort]) for sort in _SORTS if sort in part.counts),
        grown=part.grown,
        is_first=is_first,
        entry=entry,
        title=title,
    )


def _name(user: object) -> str:
    return str(getattr(user, "username", "")) if user is not None else ""


def _title_gone(part: Part) -> str:
    """How what is gone was called, as far as it was known."""
    state = State()
    state.rows["name"] = {str(at): one | {"until": None} for at, one in enumerate(part.names_gone)}
    return title_of(state, EVERYTHING) if part.names_gone else ""
