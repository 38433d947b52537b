"""What the text may link: the entries named in paragraphs as they are known there, and the card of one of them."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Final

from django.db.models import F
from django.db.models.functions import Left, Substr

from reader.models import Story
from wiki.gate.appearing import appearances
from wiki.gate.pages import entry_page
from wiki.gate.textshapes import Card, TextLink
from wiki.gate.timelines import timelines
from wiki.models import Tagging
from wiki.text.sentences import first_sentence

FACTS: Final = 3
EARLIER: Final = 3
_WORDS: Final = 250  # characters that a tag keeps of its words


def text_links(story: Story, horizons: Mapping[int, int]) -> dict[int, list[TextLink]]:
    """The links of paragraphs (by primary key), each cut at its own horizon: the point of that paragraph.

    They never overlap; where a person and the finder differ, the person is right. Two queries.
    """
    if not horizons:
        return {}
    latest = max(horizons.values())
    rows = Tagging.objects.at(latest).filter(paragraph__in=horizons, state=Tagging.State.LINKED, is_lost=False)
    # A text that was imported a moment ago may not be read yet: then better no link than one on other words.
    rows = rows.filter(words=Left(Substr("paragraph__text", F("start") + 1, F("end") - F("start")), _WORDS))
    found: dict[int, list[tuple[bool, int, int, int, str]]] = defaultdict(list)
    fields = ("paragraph_id", "since", "origin", "start", "end", "entry_id", "role")
    for key, since, origin, start, end, entry, role in rows.values_list(*fields):
        if since <= horizons[key]:
            found[key].append((origin != Tagging.Origin.HAND, start, end, entry, role))
    known = timelines(story, {one[3] for many in found.values() for one in many}, latest)
    links: dict[int, list[TextLink]] = {}
    for key, many in found.items():
        kept: list[TextLink] = []
        for _is_found, start, end, entry, role in sorted(many):
            ref = known[entry].at(horizons[key]) if entry in known else None
            if ref is not None and not any(start < other.end and other.start < end for other in kept):
                kept.append(TextLink(start, end, ref, role, known[entry].same_since(horizons[key])))
        links[key] = sorted(kept, key=lambda link: link.start)
    return links


def card(story: Story, slug: str, horizon: int) -> Card | None:
    """The card of an entry named in the paragraph at `horizon`; None alike for the unknown and the unmet."""
    page = entry_page(story, slug, horizon)
    if page is None:
        return None
    if page.redirect_to:
        return card(story, page.redirect_to, horizon)
    where = appearances(story, page.entry.slug, horizon, page=page)
    if where is None:
        return None
    earlier = tuple(point for point in where.points if point < horizon)[-EARLIER:]
    return Card(page.entry, page.also, first_sentence(page.summary), page.facts[:FACTS], where, earlier[::-1])
