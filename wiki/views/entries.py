"""The wiki's pages, each cut at the reader's own place. They see dataclasses from the gate, never a row."""

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from reader import outline
from reader.errors import PointError
from reader.text import points
from reader.views.places import picker_of
from reader.views.visitor import Visitor, visitor_in_story
from wiki import gate
from wiki.views import ahead, lowered
from wiki.views import kept as pages
from wiki.views.appearing import appearing
from wiki.views.asking import Asking, asking
from wiki.views.said import said_bar

ORDERS = ("name", "met", "recent")


@require_safe
def portal(request: HttpRequest, story: str) -> HttpResponse:
    """Everything met so far, like the index of a book; at 0 the premise and the way in."""
    reach = asking(request, story)
    last = reach.story.chapters.published(at=timezone.now()).count()
    context = {
        "premise": gate.premise(reach.story),
        "kinds": gate.index(reach.story, reach.horizon),
        "recent": gate.recently_met(reach.story, reach.horizon),
        "picker": picker_of(reach.story, reach.standing, last_chapter=last, next_url=request.path),
        "continue_url": outline.continue_url(reach.story, reach.standing, last_chapter=last),
        "continue_label": outline.continue_label(reach.standing, last_chapter=last),
    }
    return _answer(request, reach, "wiki/portal.html", context)


@require_safe
def kind_list(request: HttpRequest, story: str, kind: str) -> HttpResponse:
    """The met entries of one kind; a kind without any is as unknown as one that does not exist."""
    reach = asking(request, story)
    order = request.GET.get("order", "")
    order = order if order in ORDERS else ORDERS[0]
    found = gate.kind_list(reach.story, kind, reach.horizon, order=order)
    if found is None:
        raise Http404
    return _answer(request, reach, "wiki/kind_list.html", {"list": found, "order": order, "orders": ORDERS})


@require_safe
def entry_detail(request: HttpRequest, story: str, slug: str) -> HttpResponse:
    """One entry; the same 404 for what is unknown and what is unmet."""
    reach = asking(request, story)
    question = _question(request, reach)
    if question is not None:
        return question

    def make() -> tuple[str, dict[str, Any]] | HttpResponse:
        page = gate.entry_page(reach.story, slug, reach.horizon)
        if page is None:
            raise Http404
        if page.redirect_to:
            return HttpResponseRedirect(reverse("wiki:entry-detail", args=[story, page.redirect_to]))
        where = gate.appearances(reach.story, slug, reach.horizon, page=page)
        appears = appearing(reach.story, where, reach.horizon) if where and where.chapters else None
        context = {
            "page": page,
            "entry": page.entry,
            "as_of": _as_of(reach),
            "appears": appears,
        }
        context["company"] = gate.seen_with(reach.story, slug, reach.horizon, page=page) if appears else ()
        context["until"] = appears.until if appears else None
        return "wiki/entry_detail.html", context | _shared(reach)

    if reach.is_lowered or request.GET:
        made = make()
        return made if isinstance(made, HttpResponse) else _answer(request, reach, *made)
    kept = pages.page(request, reach.story, horizon=reach.horizon, make=make)
    if isinstance(kept, HttpResponse):
        return kept
    return _private(HttpResponse(pages.joined(kept, _visitor(request, reach))), reach)


def _question(request: HttpRequest, reach: Asking) -> HttpResponse | None:
    """A link from the text beyond what was read asks once, in the same words whether the entry exists or not."""
    try:
        point = points.parse_point(request.GET["from"])
    except (KeyError, PointError):
        return None
    if point <= reach.standing.horizon:
        return None
    context = ahead.question(reach.story, point, next_url=request.path)
    return _answer(request, reach, "wiki/question.html", context)


def _as_of(reach: Asking) -> lowered.AsOf:
    """The slider that only lowers; how many chapters there are counts only for who shows everything."""
    published = reach.story.chapters.published(at=timezone.now()).count() if reach.standing.shows_all else 0
    return lowered.as_of(horizon=reach.horizon, standing=reach.standing, published=published)


def _answer(request: HttpRequest, reach: Asking, template: str, context: dict[str, Any]) -> HttpResponse:
    """Render for this visitor."""
    context = context | _shared(reach) | {"visitor": _visitor(request, reach)}
    return _private(render(request, template, context), reach)


def _shared(reach: Asking) -> dict[str, Any]:
    """What every page of the wiki knows."""
    return {
        "story": reach.story,
        "is_lowered": reach.is_lowered,
        "as_point": reach.as_point,
        "as_label": lowered.label_of(reach.horizon),
        "reached_label": lowered.label_of(reach.standing.horizon),
        "section": "wiki",
    }


def _visitor(request: HttpRequest, reach: Asking) -> Visitor:
    story = reach.story
    bar = said_bar(request)
    pieces = visitor_in_story(request, slug=story.slug, title=story.title, standing=reach.standing, bar=bar)
    return replace(pieces, ribbon=lowered.ribbon(story, reach.horizon)) if reach.is_lowered else pieces


def _private(response: HttpResponse, reach: Asking) -> HttpResponse:
    """Gated answers are private; lowered ones are kept nowhere and found by nobody."""
    response["Cache-Control"] = "no-store" if reach.is_lowered else "private, no-cache"
    response["Vary"] = "Cookie"
    if reach.is_lowered:
        response["X-Robots-Tag"] = "noindex"
    return response
