"""When what is told of entries stands on their pages: one rule for all that is searched, whatever may come later."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from wiki.models import Fact, Name
from wiki.text.stretches import Span, Value, standing, united

TOLD: Final = ("paragraph", "row", "code")
"""Kinds of blocks that say something. Headings and the like show only above something that shows, and are not found."""
_WHY: Final = "what is searched is written down for every horizon at once"


def met(entries: Sequence[int]) -> dict[int, list[Span]]:
    """When entries (by primary key) are met and have a name: between two names there is no page that tells of them."""
    found: dict[int, list[Span]] = defaultdict(list)
    rows = Name.objects.whole(because=_WHY).filter(entry__in=entries)
    for entry, known, since, until in rows.values_list("entry_id", "entry__since", "since", "until"):
        found[entry].append((max(known, since), until))
    return {entry: united(spans) for entry, spans in found.items()}


def facts_standing(facts: Iterable[Fact]) -> dict[int, list[Span]]:
    """When each fact (by primary key) is among those that its label shows, of all the facts of some entries."""
    labels: dict[tuple[int, str], list[Fact]] = defaultdict(list)
    for fact in sorted(facts, key=lambda one: (one.position, one.since, one.pk)):
        labels[fact.entry_id, fact.label].append(fact)
    found: dict[int, list[Span]] = {}
    for its in labels.values():
        spans = standing([Value(one.since, one.until, one.position, one.is_many) for one in its])
        found |= {one.pk: when for one, when in zip(its, spans, strict=True)}
    return found
