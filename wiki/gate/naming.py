"""How entries are called as far as somebody has read: titles, addresses and pictures, from visible names alone."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import Final

from django.db import connection
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject

from reader.models import Story
from wiki.gate.shapes import EntryRef, KindRef, PictureRef
from wiki.models import Kind, Name, Picture, Slug
from wiki.models.name import TITLE_RANK

_CALLED: Final = "SELECT * FROM wiki_names_known(%s::bigint[], %s::bigint[])"  # migration 0008


@dataclass(frozen=True, slots=True)
class Called:
    """How an entry is called at a horizon: as others name it, and all its names, the title first.

    Each name has its sort, and the point since which it is known.
    """

    ref: EntryRef
    names: tuple[tuple[str, str, int], ...]


@dataclass(slots=True)
class Known:
    """What is known of a set of entries at a horizon: from the rows of their visible names."""

    refs: dict[int, EntryRef] = field(default_factory=dict)
    by_name: dict[str, int] = field(default_factory=dict)


def visible_names(story: Story, horizon: int) -> "QuerySet[Name]":
    """Visible names with all that a reference to their entry needs, in one query."""
    slugs = Slug.objects.at(horizon).filter(entry=OuterRef("entry"), is_redirect=False).order_by("-since", "-pk")
    pictures = Picture.objects.at(horizon).filter(entry=OuterRef("entry")).order_by("-since", "-position")
    picture = pictures.annotate(one=JSONObject(id=F("image__public_id"), alt=F("alt"))).values("one")[:1]
    return (
        Name.objects.at(horizon)
        .filter(story=story, entry__since__lte=horizon)
        .select_related("entry__kind")
        .annotate(slug=Subquery(slugs.values("slug")[:1]), picture=Subquery(picture))
        .order_by("entry_id", "position")
    )


def known_of(rows: Iterable[Name]) -> Known:
    """Title, address and picture of each entry among these names; a shared name is the earlier-known entry's."""
    grouped: dict[int, list[Name]] = defaultdict(list)
    seen: set[int] = set()
    for row in rows:
        if row.pk not in seen:
            seen.add(row.pk)
            grouped[row.entry_id].append(row)
    known = Known()
    for key, names in grouped.items():
        best = in_order(names)[0]
        picture = getattr(best, "picture", None)
        known.refs[key] = EntryRef(
            slug=getattr(best, "slug", "") or "",
            title=best.text,
            kind=kind_ref(best.entry.kind),
            since=best.entry.since,
            picture=PictureRef(picture["id"], picture["alt"]) if picture else None,
        )
    order = sorted(grouped, key=lambda key: (grouped[key][0].entry.since, key))
    for key in order:
        for name in grouped[key]:
            known.by_name.setdefault(name.folded, key)
    return known


def called_at(wanted: Mapping[int, int]) -> dict[int, Called]:
    """How entries (by primary key) are called, each at its own horizon; those that have no name there are left out.

    The same as `visible_names` and `known_of` say, for entries of any stories, in one short statement.
    """
    with connection.cursor() as cursor:
        cursor.execute(_CALLED, [list(wanted), list(wanted.values())])
        rows = cursor.fetchall()
    found = {}
    for entry, its in groupby(rows, key=itemgetter(0)):
        names = sorted(its, key=lambda row: title_order(row[11], row[12], row[13]))
        _entry, met, *kind, slug, picture, alt, title = names[0][:11]
        ref = EntryRef(slug or "", title, KindRef(*kind), met, PictureRef(picture, alt) if picture else None)
        found[entry] = Called(ref, tuple((row[10], row[11], row[12]) for row in names))
    return found


def in_order(names: Sequence[Name]) -> list[Name]:
    """The title as known so far first: the latest title, else the latest description, else the earliest name."""
    return sorted(names, key=lambda name: title_order(name.sort, name.since, name.position))


def title_order(sort: str, since: int, position: int) -> tuple[int, int, int]:
    """By which names are sorted so that the title is the first."""
    is_latest = sort in {"title", "described"}
    return TITLE_RANK[sort], -since if is_latest else since, -position if is_latest else position


def kind_ref(kind: Kind) -> KindRef:
    return KindRef(kind.slug, kind.name, kind.plural, kind.icon, kind.hue)
