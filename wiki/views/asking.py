"""Who asks for a page about the wiki itself, and as of which point; such pages are private, and found by no search."""

from dataclasses import dataclass, replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from reader import places
from reader.models import Story
from reader.text import points
from reader.text.standing import Standing
from reader.views.visitor import visitor_in_story
from wiki import gate
from wiki.views import kept, lowered


@dataclass(frozen=True, slots=True)
class Asking:
    """A visitor before one story's wiki; `horizon` is what this request may see, lowered by `?as=`."""

    story: Story
    standing: Standing
    horizon: int

    @property
    def is_lowered(self) -> bool:
        """Whether the page stands as of an earlier point than its reader has reached."""
        return self.horizon < self.standing.horizon

    @property
    def as_point(self) -> str:
        """What links go on with as `?as=`; "" where the page is not lowered."""
        return points.format_point(self.horizon) if self.is_lowered else ""


def asking(request: HttpRequest, slug: str) -> Asking:
    """The story and this visitor's horizon in it. Raises Http404 for an unknown story."""
    story = kept.story_called(slug)
    if story is None:
        raise Http404
    standing = places.current(request, story)
    return Asking(story, standing, places.lowered(standing.horizon, request.GET.get("as")))


def answer(
    request: HttpRequest, who: Asking, template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """Render for this visitor."""
    story = who.story
    pieces = visitor_in_story(request, slug=story.slug, title=story.title, standing=who.standing)
    shared = {
        "story": story,
        "section": "wiki",
        "is_lowered": who.is_lowered,
        "as_point": who.as_point,
        "as_query": f"?as={who.as_point}" if who.as_point else "",
        "as_label": lowered.label_of(who.horizon),
        "reached_label": lowered.label_of(who.standing.horizon),
        "visitor": replace(pieces, ribbon=lowered.ribbon(story, who.horizon)) if who.is_lowered else pieces,
    }
    response = render(request, template, shared | context, status=status)
    response["Cache-Control"] = "private, no-store" if who.is_lowered else "private, no-cache"
    response["Vary"] = "Cookie"
    response["X-Robots-Tag"] = "noindex"
    return response


def moved_to(request: HttpRequest, name: str, story: str, slug: str, entry: gate.EntryRef) -> HttpResponse | None:
    """To the entry's own address, from an older one; None for who is there."""
    if "~" in slug or slug == entry.slug:
        return None
    query = request.META.get("QUERY_STRING", "")
    return HttpResponseRedirect(reverse(name, args=[story, entry.slug]) + (f"?{query}" if query else ""))
