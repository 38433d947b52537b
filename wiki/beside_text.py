"""What the wiki adds to the reader's pages, through the reader's seam.

Names as links, the list of those on a page, the cast of a story, and the way back.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from reader import places
from reader.annotators import Annotator, PageList
from reader.models import Paragraph, Story
from reader.text import points
from reader.text.annotate import Span
from wiki import gate
from wiki.editing import overseeing
from wiki.search.passages import drop_retired
from wiki.tagging import ordering
from wiki.views.said import said_bar

NAMED: Final = "named"


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry as it is known where it first stands on a page, at `point` such as `6:19`.

    `is_later`: that is more than was known where the page begins, so it joins the list when its paragraph is on screen.
    """

    entry: gate.EntryRef
    point: str
    role: str
    is_later: bool


def spans(story: Story, paragraphs: Sequence[Paragraph]) -> dict[int, list[Span]]:
    """The names in the text, each as it is known there. The first of an entry in a scene has the class `first`."""
    found = gate.text_links(story, {row.pk: row.point for row in paragraphs})
    addresses: dict[str, str] = {}
    seen: set[tuple[int, str]] = set()
    made: dict[int, list[Span]] = {}
    for row in paragraphs:
        for link in found.get(row.pk, ()):
            slug = link.entry.slug
            if slug not in addresses:
                addresses[slug] = reverse("wiki:entry-detail", args=[story.slug, slug])
            is_first = (row.scene, slug) not in seen
            seen.add((row.scene, slug))
            attrs = {"class": "name first" if is_first else "name", "data-kind": link.entry.kind.slug}
            href = f"{addresses[slug]}?from={points.format_point(row.point)}"
            made.setdefault(row.pk, []).append(Span(link.start, link.end, href, attrs, link))
    return made


def page_list(story: Story, paragraphs: Sequence[Paragraph], spans: Mapping[int, Sequence[Span]]) -> PageList | None:
    """Who and what is on the page, in order of appearance; nothing where nobody is named."""
    listed = _listed(paragraphs, spans)
    if not listed:
        return None
    last = paragraphs[-1].point
    context = {
        "story": story,
        "listed": listed,
        "who_url": _who_url(story, last),
    }
    return PageList(
        html=render_to_string("wiki/components/on_page.html", context),
        opener=render_to_string("wiki/components/on_page_opener.html", context),
    )


def _listed(paragraphs: Sequence[Paragraph], spans: Mapping[int, Sequence[Span]]) -> list[Listed]:
    """Each entry once; what it does on the page is the first that is more than being named."""
    found: dict[str, Listed] = {}
    for row in paragraphs:
        for span in sorted(spans.get(row.pk, ()), key=lambda one: one.start):
            link = span.about
            if not isinstance(link, gate.TextLink):
                continue
            before = found.get(link.entry.slug)
            if before is None:
                is_later = link.turned > paragraphs[0].point
                found[link.entry.slug] = Listed(link.entry, points.format_point(row.point), link.role, is_later)
            elif before.role == NAMED:
                found[link.entry.slug] = replace(before, role=link.role)
    return list(found.values())


def _who_url(story: Story, point: int) -> str:
    """Everyone met up to the end of the page."""
    return f"{reverse('wiki:who', args=[story.slug])}?at={points.format_point(point)}"


def who_tool(story: Story, point: int) -> SafeString:
    """The way to “Who was that?” as far as the page's end."""
    return render_to_string("wiki/components/who_link.html", {"story": story, "who_url": _who_url(story, point)})


def cast_panel(request: HttpRequest, story: Story, horizon: int) -> SafeString:
    """The characters met so far; nothing at all while there are none."""
    cast = gate.cast(story, horizon)
    if not cast:
        return mark_safe("")
    return render_to_string("wiki/cast_panel.html", {"story": story, "cast": cast}, request)


def back_bar(request: HttpRequest, story: Story, horizon: int) -> SafeString:
    """After a citation (`?back=<entry>`): the way back to that entry, if the reader has met it.

    After something was done with a paragraph's tags the same address first says what that was.
    """
    if done := said_bar(request, is_sticky=True):
        return done
    entry = gate.exists(story, request.GET.get("back", "")[:120], horizon)
    if entry is None:
        return mark_safe("")
    return render_to_string("wiki/back_bar.html", {"story": story, "entry": entry}, request)


def opened(request: HttpRequest, story: Story) -> None:
    """“Show everything” was switched on; of those who moderate the story this is logged."""
    user = places.account_of(request)
    if user is not None:
        overseeing.log_switch(story, user)


def text_changed(story: Story) -> None:
    """The text was changed: what is new in it is read for names and for the search once the import is stored."""
    drop_retired(story.pk)
    ordering.text_changed(story.pk)


def language_changed(story: Story) -> None:
    """The text is in another language than was said: what is searched has other stems there."""
    ordering.language_changed(story.pk)


annotator = Annotator(
    name="wiki",
    spans=spans,
    page_list=page_list,
    tool=who_tool,
    panel=cast_panel,
    bar=back_bar,
    opened=opened,
    text_changed=text_changed,
    language_changed=language_changed,
)
