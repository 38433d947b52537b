"""The page of one entry."""

from collections.abc import Sequence
from dataclasses import replace

from django.db.models import Q
from django.utils.safestring import mark_safe

from reader.models import Story
from wiki.gate.naming import Known, in_order, known_of, visible_names
from wiki.gate.resolving import Resolver, ShownPart, shown_images, shown_parts
from wiki.gate.shapes import EntryPage, EntryRef, FactRow, FactValue, Heading
from wiki.models import Block, Fact, Link, Name, Slug
from wiki.text import assembling, showing
from wiki.text.anchors import Section

RELATED = 24  # entries named at the foot of a page


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
    rows_near = list(visible_names(story, horizon).filter(near))
    known, names = known_of(rows_near), [name for name in rows_near if name.entry_id == entry.pk]
    me = known.refs.get(entry.pk)
    if me is None:  # between the end of one name and the next there is none to call it by
        return None
    if not public_id and me.slug != address:
        return EntryPage(me, (), (), mark_safe(""), (), (), (), redirect_to=me.slug)
    shown = showing.visible(shown_parts(blocks), horizon)
    resolver = Resolver(story, known, shown_images(story, shown, horizon), back=me.slug)
    body = assembling.assemble([replace(part, html=resolver.html(part.html, part.links)) for part in shown])
    return EntryPage(
        entry=me,
        also=tuple(name.text for name in in_order(names) if name.text != me.title and name.sort != "misspelling"),
        facts=_fact_rows(facts, resolver),
        body=mark_safe(body.html),  # noqa: S308 - sanitised when it was compiled
        headings=_headings(body.contents, shown),
        related=_related(known, entry.pk, others),
        others=tuple(known.refs[other] for other in sorted(others) if other in known.refs),
        summary=next((part.text for part in shown if part.kind == "paragraph"), ""),
        key=entry.pk,
    )


def _headings(contents: Sequence[Section], shown: Sequence[ShownPart]) -> tuple[Heading, ...]:
    """The headings of a body, each with the key of its block, if every one of them has its line in the contents."""
    keys = [part.key for part in shown if part.kind == "heading" and not part.marks and part.html]
    if len(keys) != len(contents):
        keys = [""] * len(contents)
    return tuple(Heading(one.identity, one.title, one.level, key) for one, key in zip(contents, keys, strict=True))


def _fact_rows(facts: Sequence[Fact], resolver: "Resolver") -> tuple[FactRow, ...]:
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


def _related(known: Known, me: int, others: set[int]) -> tuple[EntryRef, ...]:
    """Entries that this page links to or that link here, the most recently met first."""
    refs = [ref for key, ref in known.refs.items() if key != me and key not in others]
    return tuple(sorted(refs, key=lambda ref: (-ref.since, ref.sort_key))[:RELATED])
