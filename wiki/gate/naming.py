"""How entries are called as far as somebody has read: titles, addresses and pictures, from visible names alone."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import BigIntegerField, Case, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import JSONObject

from reader.models import Story
from wiki.gate.shapes import EntryRef, KindRef, PictureRef
from wiki.models import Kind, Name, Picture, Slug
from wiki.models.name import TITLE_RANK


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


def names_across(reached: Mapping[int, int]) -> "QuerySet[Name]":
    """As `visible_names` for several stories at once, each (by primary key) up to where it has been read."""
    whens = [When(story=story, then=Value(horizon)) for story, horizon in reached.items()]
    latest = max(reached.values(), default=0)
    mine, theirs = F("reached"), OuterRef("reached")
    slugs = Slug.objects.at_any(latest).filter(entry=OuterRef("entry"), is_redirect=False, since__lte=theirs)
    pictures = Picture.objects.at_any(latest).filter(entry=OuterRef("entry"), since__lte=theirs)
    pictures = pictures.filter(Q(until__isnull=True) | Q(until__gt=theirs)).order_by("-since", "-position")
    picture = pictures.annotate(one=JSONObject(id=F("image__public_id"), alt=F("alt"))).values("one")[:1]
    return (
        Name.objects.at_any(latest)
        .filter(story__in=reached)
        .annotate(reached=Case(*whens, default=Value(-1), output_field=BigIntegerField()))
        .filter(Q(until__isnull=True) | Q(until__gt=mine), since__lte=mine, entry__since__lte=mine)
        .select_related("entry__kind")
        .annotate(slug=Subquery(slugs.order_by("-since", "-pk").values("slug")[:1]), picture=Subquery(picture))
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


def in_order(names: Sequence[Name]) -> list[Name]:
    """The title as known so far first: the latest title, else the latest description, else the earliest name."""
    return sorted(names, key=lambda name: title_order(name.sort, name.since, name.position))


def title_order(sort: str, since: int, position: int) -> tuple[int, int, int]:
    """By which names are sorted so that the title is the first."""
    is_latest = sort in {"title", "described"}
    return TITLE_RANK[sort], -since if is_latest else since, -position if is_latest else position


def kind_ref(kind: Kind) -> KindRef:
    return KindRef(kind.slug, kind.name, kind.plural, kind.icon, kind.hue)
