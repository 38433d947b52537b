"""The one choke point: rows of gated models never leave this module.

Each function takes a story and a horizon (a point) and returns frozen dataclasses made of what shows there, and of
nothing else: an entry that is not met and one that does not exist are the same None.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.utils.safestring import SafeString, mark_safe

from reader.models import Story
from reader.text import points
from wiki.models import Block, Entry, Fact, Image, Kind, Link, Name, Picture, Slug, Wiki
from wiki.text import assembling, placing, resolving, shape, showing

RELATED = 24  # entries named at the foot of a page
TITLE_RANK = {"title": 0, "described": 1, "alias": 2, "nickname": 3, "misspelling": 4}


@dataclass(frozen=True, slots=True)
class KindRef:
    """A kind as lists and labels show it."""

    slug: str
    name: str
    plural: str
    icon: str
    hue: int


@dataclass(frozen=True, slots=True)
class PictureRef:
    """A picture by its random id; its alt text is gated with it."""

    public_id: str
    alt: str


@dataclass(frozen=True, slots=True)
class EntryRef:
    """An entry as others name it; `title` is the name as known so far, `since` the point at which it was met."""

    slug: str
    title: str
    kind: KindRef
    since: int
    picture: PictureRef | None = None
    note: str = ""

    @property
    def sort_key(self) -> str:
        """The title as an index sorts it, without its article."""
        folded = self.title.casefold()
        for article in ("the ", "a ", "an "):
            if folded.startswith(article):
                return folded[len(article) :]
        return folded

    @property
    def initial(self) -> str:
        """What stands for a picture that does not exist."""
        return self.sort_key[:1].upper()

    @property
    def met(self) -> str:
        """Where it was met, as `6:19`."""
        return points.format_point(self.since)


@dataclass(frozen=True, slots=True)
class FactValue:
    """One value of a fact; `html` is resolved for the horizon."""

    html: SafeString
    text: str
    since: int

    @property
    def cite(self) -> str:
        """Its point, as `6:19`."""
        return points.format_point(self.since)


@dataclass(frozen=True, slots=True)
class FactRow:
    """A label with the values that show."""

    label: str
    values: tuple[FactValue, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the body, for the contents beside it."""

    anchor: str
    text: str
    level: int


@dataclass(frozen=True, slots=True)
class EntryPage:
    """All that one page shows. `others` are entries with the same address that are met too."""

    entry: EntryRef
    also: tuple[str, ...]
    facts: tuple[FactRow, ...]
    body: SafeString
    headings: tuple[Heading, ...]
    related: tuple[EntryRef, ...]
    others: tuple[EntryRef, ...]
    redirect_to: str = ""
    summary: str = ""


@dataclass(frozen=True, slots=True)
class KindList:
    """A kind with entries that are met, and how many there are of them."""

    kind: KindRef
    entries: tuple[EntryRef, ...]
    count: int


@dataclass(slots=True)
class _Known:
    """What is known of a set of entries at a horizon: from the rows of their visible names."""

    refs: dict[int, EntryRef] = field(default_factory=dict)
    by_name: dict[str, int] = field(default_factory=dict)


def premise(story: Story) -> str:
    """What the wiki says before anything is read."""
    return Wiki.objects.filter(story=story).values_list("premise", flat=True).first() or ""


def entry_page(story: Story, slug: str, horizon: int) -> EntryPage | None:
    """The page of the entry that goes by this address; None alike for the unknown and the unmet. Four queries."""
    address, _tilde, public_id = slug.partition("~")
    rows = Slug.objects.at(horizon).filter(story=story, slug=address, entry__since__lte=horizon)
    if public_id:
        rows = rows.filter(entry__public_id=public_id)
    found = list(rows.select_related("entry__kind").order_by("is_redirect", "entry__since", "entry_id"))
    if not found:
        return None
    row, others = found[0], {other.entry_id for other in found[1:]} - {found[0].entry_id}
    entry = row.entry
    facts = list(Fact.objects.at(horizon).filter(entry=entry).order_by("position", "since"))
    blocks = list(Block.objects.at(horizon).filter(entry=entry).order_by("position"))
    # Names of the entry itself, of what it links to, and of what links to it: one query for all that is named here.
    mine = Name.objects.at(horizon).filter(entry=entry).values("folded")
    targets = Link.objects.at(horizon).filter(entry=entry).values("folded")
    linked = Name.objects.at(horizon).filter(story=story, folded__in=targets).values("entry_id")
    links_here = Link.objects.at(horizon).filter(story=story, folded__in=mine).order_by("since", "entry_id", "pk")
    linking = links_here.values("entry_id")[: RELATED * 4]
    near = Q(entry=entry) | Q(entry__in=linked) | Q(entry__in=linking) | Q(entry__in=others)
    rows_near = list(_names(story, horizon).filter(near))
    known, names = _known(rows_near), [name for name in rows_near if name.entry_id == entry.pk]
    me = known.refs[entry.pk]
    if not public_id and me.slug != address:
        return EntryPage(me, (), (), mark_safe(""), (), (), (), redirect_to=me.slug)
    shown = showing.visible(_parts(blocks), horizon)
    resolver = _Resolver(story, known, _images(story, shown, horizon), back=me.slug)
    body = assembling.assemble([replace(part, html=resolver.html(part.html, part.links)) for part in shown])
    return EntryPage(
        entry=me,
        also=tuple(name.text for name in _in_order(names) if name.text != me.title and name.sort != "misspelling"),
        facts=_fact_rows(facts, resolver),
        body=mark_safe(body.html),  # noqa: S308 - sanitised when it was compiled
        headings=tuple(Heading(one.identity, one.title, one.level) for one in body.contents),
        related=_related(known, entry.pk, others),
        others=tuple(known.refs[other] for other in sorted(others) if other in known.refs),
        summary=next((part.text for part in shown if part.kind == "paragraph"), ""),
    )


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
    refs = _known(_names(story, horizon).filter(entry__in=list(rows.values_list("pk", flat=True)))).refs
    return tuple(sorted(refs.values(), key=lambda one: (-one.since, one.sort_key)))


def cast(story: Story, horizon: int, *, limit: int = 8) -> tuple[EntryRef, ...]:
    """The characters met so far, in the order of meeting, each with its first visible fact as a note."""
    rows = Entry.objects.at(horizon).filter(story=story, kind__slug="character").order_by("since", "pk")
    wanted = list(rows.values_list("pk", flat=True)[:limit])
    refs = _known(_names(story, horizon).filter(entry__in=wanted)).refs
    notes: dict[int, str] = {}
    for fact in Fact.objects.at(horizon).filter(entry__in=wanted).order_by("position", "-since"):
        if fact.label != "Same as":
            notes.setdefault(fact.entry_id, fact.text)
    found = [
        EntryRef(ref.slug, ref.title, ref.kind, ref.since, ref.picture, notes.get(key, "")) for key, ref in refs.items()
    ]
    return tuple(sorted(found, key=lambda one: (one.since, one.sort_key)))


def picture(story: Story, public_id: str, horizon: int) -> str | None:
    """The digest of an image that shows at this horizon; None alike for the unknown and for what shows later."""
    rows = Image.objects.at(horizon).filter(story=story, public_id=public_id)
    return rows.values_list("digest", flat=True).first()


def exists(story: Story, slug: str, horizon: int) -> EntryRef | None:
    """The entry at this address, for a link or a way back; None alike for the unknown and the unmet."""
    row = (
        Slug.objects.at(horizon)
        .filter(story=story, slug=slug.partition("~")[0], entry__since__lte=horizon)
        .order_by("is_redirect", "entry__since")
        .first()
    )
    return _known(_names(story, horizon).filter(entry=row.entry_id)).refs.get(row.entry_id) if row else None


def _names(story: Story, horizon: int) -> "QuerySet[Name]":
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


def _known(rows: Iterable[Name]) -> _Known:
    """Title, address and picture of each entry among these names; a shared name is the earlier-known entry's."""
    grouped: dict[int, list[Name]] = defaultdict(list)
    seen: set[int] = set()
    for row in rows:
        if row.pk not in seen:
            seen.add(row.pk)
            grouped[row.entry_id].append(row)
    known = _Known()
    for key, names in grouped.items():
        best = _in_order(names)[0]
        picture = getattr(best, "picture", None)
        known.refs[key] = EntryRef(
            slug=getattr(best, "slug", "") or "",
            title=best.text,
            kind=_kind_ref(best.entry.kind),
            since=best.entry.since,
            picture=PictureRef(picture["id"], picture["alt"]) if picture else None,
        )
    order = sorted(grouped, key=lambda key: (grouped[key][0].entry.since, key))
    for key in order:
        for name in grouped[key]:
            known.by_name.setdefault(name.folded, key)
    return known


def _in_order(names: Sequence[Name]) -> list[Name]:
    """The title as known so far first: the latest title, else the latest description, else the earliest name."""
    return sorted(
        names,
        key=lambda name: (
            TITLE_RANK[name.sort],
            -name.since if name.sort in {"title", "described"} else name.since,
            -name.position if name.sort in {"title", "described"} else name.position,
        ),
    )


def _kind_ref(kind: Kind) -> KindRef:
    return KindRef(kind.slug, kind.name, kind.plural, kind.icon, kind.hue)


def _by_kind(story: Story, horizon: int, *, kind_slug: str = "") -> dict[KindRef, list[EntryRef]]:
    names = _names(story, horizon)
    if kind_slug:
        names = names.filter(entry__kind__slug=kind_slug)
    grouped: dict[KindRef, list[EntryRef]] = {}
    for kind in Kind.objects.filter(story=story).order_by("position", "pk"):
        grouped[_kind_ref(kind)] = []
    for ref in _known(names).refs.values():
        grouped[ref.kind].append(ref)
    return {kind: entries for kind, entries in grouped.items() if entries}


def _fact_rows(facts: Sequence[Fact], resolver: "_Resolver") -> tuple[FactRow, ...]:
    """One row a label, in the order in which labels first stand; a one-valued label shows its latest value."""
    labels: dict[str, list[Fact]] = {}
    for fact in facts:
        labels.setdefault(fact.label, []).append(fact)
    rows = []
    for label, found in labels.items():
        latest = max(found, key=lambda fact: (fact.since, fact.position))
        values = found if any(fact.is_many for fact in found) else [latest]
        shown = tuple(FactValue(resolver.safe(fact.html, fact.links), fact.text, fact.since) for fact in values)
        rows.append(FactRow(label, shown))
    return tuple(rows)


def _related(known: _Known, me: int, others: set[int]) -> tuple[EntryRef, ...]:
    """Entries that this page links to or that link here, the most recently met first."""
    refs = [ref for key, ref in known.refs.items() if key != me and key not in others]
    return tuple(sorted(refs, key=lambda ref: (-ref.since, ref.sort_key))[:RELATED])


@dataclass(frozen=True, slots=True)
class _Part:
    """A block as the pure side shows it."""

    kind: str
    marks: str
    level: int
    html: str
    text: str
    since: int
    until: int | None
    links: tuple[str, ...]
    images: tuple[str, ...]


def _parts(blocks: Sequence[Block]) -> list[_Part]:
    """Visible blocks, each with the marks that it has without those that are not among them."""
    marks = placing.marks_again([(row.shape.get("marks", ""), row.shape.get("nests", ())) for row in blocks])
    return [
        _Part(
            kind=row.kind,
            marks=mark,
            level=shape.Block(row.kind, row.source).level,
            html=row.html,
            text=row.text,
            since=row.since,
            until=row.until,
            links=tuple(row.shape.get("links", ())),
            images=tuple(row.shape.get("images", ())),
        )
        for row, mark in zip(blocks, marks, strict=True)
    ]


def _images(story: Story, parts: Sequence[_Part], horizon: int) -> dict[str, resolving.Picture]:
    """The pictures in these blocks, by public id; no query where there are none."""
    wanted = {identity for part in parts for identity in part.images}
    rows = Image.objects.at(horizon).filter(story=story, public_id__in=wanted) if wanted else ()
    found = {}
    for row in rows:
        base = f"/wiki/{story.slug}/-/picture/{row.public_id}"
        srcset = f"{base}/352.webp 352w, {base}/704.webp 704w"
        width = min(704, row.width)
        found[row.public_id] = resolving.Picture(
            f"{base}/704.webp", width, max(1, round(row.height * width / row.width)), srcset
        )
    return found


@dataclass(frozen=True, slots=True)
class _Resolver:
    """Turns the numbered places in stored html into links to what is met, and into plain words otherwise."""

    story: Story
    known: _Known
    images: Mapping[str, resolving.Picture] = field(default_factory=dict)
    back: str = ""  # the entry to which the reading page offers the way back

    def safe(self, html: str, links: Sequence[str]) -> SafeString:
        """The html for this horizon; it was sanitised when it was compiled."""
        return mark_safe(self.html(html, links))  # noqa: S308

    def html(self, html: str, links: Sequence[str]) -> str:
        """The html for this horizon; `links` are the folded names that its numbered places lead to."""
        targets = [self._entry(target) for target in links]
        return resolving.resolve(html, links=targets, cite=self._cite, image=self.images.get)

    def _entry(self, target: str) -> resolving.Target | None:
        key = self.known.by_name.get(target)
        if key is None:
            return None
        ref = self.known.refs[key]
        return resolving.Target(f"/wiki/{self.story.slug}/{ref.slug}/", ref.kind.slug)

    def _cite(self, point: int) -> str:
        chapter, number, sub = points.split(point)
        way_back = f"?back={self.back}" if self.back else ""
        if point == points.chapter_end(chapter):
            return f"/read/{self.story.slug}/{chapter}/{way_back}"
        return f"/read/{self.story.slug}/{chapter}/p/{points.format_number(number, sub)}/{way_back}"
