"""What links where, as far as it shows: to an entry, to nothing met, and to which entry nothing does."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Final

from django.db.models import Exists, OuterRef

from reader.models import Story
from reader.text.points import EVERYTHING
from wiki.gate.history import entry_at
from wiki.gate.historyshapes import LinksHere, Wanted
from wiki.gate.naming import known_of, visible_names
from wiki.gate.shapes import EntryRef
from wiki.models import Link, Name
from wiki.text.lexicon import folded
from wiki.text.wikilinks import PATTERN, read_target

MOST_WANTED: Final = 500


def links_here(story: Story, slug: str, horizon: int) -> LinksHere | None:
    """The met entries with a visible link to this one, by title; None alike for the unknown and the unmet."""
    found = entry_at(story, slug, horizon)
    if found is None:
        return None
    entry, ref = found
    mine = set(Name.objects.at(horizon).filter(entry=entry).values_list("folded", flat=True))
    # A name that several entries share leads to the earliest-known of them.
    own = {
        name
        for name, key in known_of(visible_names(story, horizon).filter(folded__in=mine)).by_name.items()
        if key == entry.pk
    }
    rows = Link.objects.at(horizon).filter(story=story, folded__in=own, entry__since__lte=horizon).exclude(entry=entry)
    refs = known_of(visible_names(story, horizon).filter(entry__in=rows.values("entry_id"))).refs
    return LinksHere(ref, _by_title(refs.values()))


def wanted(story: Story, horizon: int) -> tuple[Wanted, ...]:
    """Names that visible links print and that lead to nothing met, the most wanted first.

    Unmet entries and those that nobody has written are alike here. Links in other words are no wish to know.
    """
    names = Name.objects.at(horizon).filter(story=story, folded=OuterRef("folded"), entry__since__lte=horizon)
    rows = Link.objects.at(horizon).filter(story=story, entry__since__lte=horizon).exclude(since=EVERYTHING)
    rows = rows.annotate(is_met=Exists(names)).filter(is_met=False).order_by("pk")
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for name, block, fact in rows.values_list("folded", "block__source", "fact__source"):
        if spelling := _printed(name, block or fact or ""):
            found[name][spelling] += 1
    spelt = [Wanted(min(many, key=lambda one: (-many[one], one)), many.total()) for many in found.values()]
    return tuple(sorted(spelt, key=lambda one: (-one.count, one.name.casefold(), one.name))[:MOST_WANTED])


def orphans(story: Story, horizon: int) -> tuple[EntryRef, ...]:
    """The met entries to which nothing visible links but they themselves, by title."""
    known = known_of(visible_names(story, horizon))
    rows = Link.objects.at(horizon).filter(story=story, entry__since__lte=horizon).exclude(since=EVERYTHING)
    reached = {
        target
        for name, source in rows.values_list("folded", "entry_id").distinct()
        if (target := known.by_name.get(name)) is not None and target != source
    }
    return _by_title(ref for key, ref in known.refs.items() if key not in reached)


def _printed(name: str, source: str) -> str:
    """The name as a link in the source prints it; "" if it stands there in other words only."""
    for match in PATTERN.finditer(source):
        if match[2] is None and folded(target := read_target(match[1])) == name:
            return target
    return ""


def _by_title(refs: Iterable[EntryRef]) -> tuple[EntryRef, ...]:
    return tuple(sorted(refs, key=lambda one: (one.sort_key, one.slug)))
