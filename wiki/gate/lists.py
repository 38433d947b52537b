"""Lists of entries, and the small questions that pages ask: what is there, what was met, which picture."""

from typing import Any

from django.db.models import Q

from reader.models import Story
from reader.text.points import EVERYTHING
from wiki.gate.naming import kind_ref, known_of, visible_names
from wiki.gate.shapes import EntryRef, KindList, KindRef
from wiki.models import Entry, Fact, Image, Kind, Slug, Wiki


def premise(story: Story) -> str:
    """What the wiki says before anything is read."""
    return Wiki.objects.filter(story=story).values_list("premise", flat=True).first() or ""


def index(story: Story, horizon: int, *, each: int = 60) -> tuple[KindList, ...]:
    """Every kind that has a met entry, with up to `each` entries by title and the count of those that are met."""
    lists = []
    for kind, entries in _by_kind(story, horizon).items():
        ordered = sorted(entries, key=lambda one: one.sort_key)
        lists.append(KindList(kind, tuple(ordered[:each]), len(ordered)))
    return tuple(lists)


def kind_list(story: Story, kind_slug: str, horizon: int, *, order: str = "name") -> KindList | None:
    """The met entries of one kind, by `name`, by `met` (first met first) or by `recent`; None when there are none."""
    for kind, entries in _by_kind(story, horizon, kind_slug=kind_slug).items():
        keys: dict[str, Any] = {
            "name": lambda one: one.sort_key,
            "met": lambda one: (one.since, one.sort_key),
            "recent": lambda one: (-one.since, one.sort_key),
        }
        return KindList(kind, tuple(sorted(entries, key=keys.get(order, keys["name"]))), len(entries))
    return None


def recently_met(story: Story, horizon: int, *, limit: int = 6) -> tuple[EntryRef, ...]:
    """The entries met last, latest first."""
    rows = Entry.objects.at(horizon).filter(story=story).order_by("-since", "-pk").values("pk")[:limit]
    refs = known_of(visible_names(story, horizon).filter(entry__in=list(rows.values_list("pk", flat=True)))).refs
    return tuple(sorted(refs.values(), key=lambda one: (-one.since, one.sort_key)))


def cast(story: Story, horizon: int, *, limit: int = 8) -> tuple[EntryRef, ...]:
    """The characters met so far, in the order of meeting, each with its first visible fact as a note."""
    rows = Entry.objects.at(horizon).filter(story=story, kind__slug="character").order_by("since", "pk")
    wanted = list(rows.values_list("pk", flat=True)[:limit])
    refs = known_of(visible_names(story, horizon).filter(entry__in=wanted)).refs
    notes: dict[int, str] = {}
    for fact in Fact.objects.at(horizon).filter(entry__in=wanted).order_by("position", "-since"):
        if fact.label != "Same as":
            notes.setdefault(fact.entry_id, fact.text)
    found = [
        EntryRef(ref.slug, ref.title, ref.kind, ref.since, ref.picture, notes.get(key, "")) for key, ref in refs.items()
    ]
    return tuple(sorted(found, key=lambda one: (one.since, one.sort_key)))


def picture(story: Story, public_id: str, horizon: int, *, viewer: int = 0) -> str | None:
    """The digest of an image that shows at this horizon; None alike for the unknown and for what shows later.

    What nothing shows yet is its uploader's (`viewer`, an account's primary key) alone.
    """
    own = Q(uploader=viewer) if viewer else Q(pk=None)
    seen = Q(since__lte=horizon) & ~Q(since=EVERYTHING)
    rows = Image.objects.whole(because="what is not shown yet is its uploader's").filter(seen | own)
    return rows.filter(story=story, public_id=public_id).values_list("digest", flat=True).first()


def exists(story: Story, slug: str, horizon: int) -> EntryRef | None:
    """The entry at this address, for a link or a way back; None alike for the unknown and the unmet."""
    address, _tilde, public_id = slug.partition("~")
    rows = Slug.objects.at(horizon).filter(story=story, slug=address, entry__since__lte=horizon)
    if public_id:
        rows = rows.filter(entry__public_id=public_id)
    row = rows.order_by("is_redirect", "entry__since", "entry_id").first()
    return known_of(visible_names(story, horizon).filter(entry=row.entry_id)).refs.get(row.entry_id) if row else None


def _by_kind(story: Story, horizon: int, *, kind_slug: str = "") -> dict[KindRef, list[EntryRef]]:
    names = visible_names(story, horizon)
    if kind_slug:
        names = names.filter(entry__kind__slug=kind_slug)
    grouped: dict[KindRef, list[EntryRef]] = {}
    for kind in Kind.objects.filter(story=story).order_by("position", "pk"):
        grouped[kind_ref(kind)] = []
    for ref in known_of(names).refs.values():
        grouped[ref.kind].append(ref)
    return {kind: entries for kind, entries in grouped.items() if entries}
