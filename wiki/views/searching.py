"""Search: names as one types, as JSON, and the page of results. Both see only what shows where the visitor stands."""

from dataclasses import dataclass, replace
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from reader.models import Story
from reader.text import points
from reader.throttling import throttled
from reader.views.visitor import Visitor, visitor_in_story
from reader.views.visitor import visitor as visitor_of
from wiki import gate
from wiki import search as finder
from wiki.errors import SearchTooSlowError
from wiki.search.limits import within
from wiki.search.shapes import Filters, Results, Scope
from wiki.views import lowered, search_facets
from wiki.views.asking import asking
from wiki.views.scopes import FOR_NAMES, FOR_RESULTS, scopes_of
from wiki.views.search_query import Question, added, question_of
from wiki.views.search_rows import rows

NAMES_MILLISECONDS: Final = 500
ADDED_AT_MOST: Final = 6


@dataclass(frozen=True, slots=True)
class Searcher:
    """Who searches: the stories they look into, the one story it is about (or none), and what a page says of them."""

    scopes: tuple[Scope, ...]
    story: Story | None
    pieces: Visitor
    is_lowered: bool


@require_safe
@throttled("search", methods=("GET", "HEAD"))
def search(request: HttpRequest) -> HttpResponse:
    """The page of results; an empty question is a page with a field. 503 with a sentence where it took too long."""
    question = question_of(request)
    who = _searcher(request, question, most=FOR_RESULTS)
    context: dict[str, Any] = {"question": question, "added": added(request)}
    status, results = 200, Results()
    try:
        if not question.is_empty:
            results = finder.find(question.text, who.scopes, question.filters, page=question.page)
        context["offers"] = _offers(question, who, context["added"])
    except SearchTooSlowError as error:
        status, context["too_slow"] = 503, str(error)
    return _private(render(request, "wiki/search.html", context | _context(question, results, who), status=status))


@require_safe
@throttled("search", methods=("GET", "HEAD"))
def search_suggest(request: HttpRequest) -> HttpResponse:
    """{"results": [{"name", "kind", "url", "picture", "why", "seen", …}]}: entries met, likeliest first."""
    question = question_of(request)
    who = _searcher(request, question, most=FOR_NAMES)
    try:
        with within(NAMES_MILLISECONDS):
            found = finder.suggest(question.text, scopes=who.scopes) if question.text else ()
    except SearchTooSlowError as error:
        return _private(JsonResponse({"error": str(error), "results": []}, status=503))
    return _private(JsonResponse({"results": rows(found, question, is_one_story=len(who.scopes) == 1)}))


def _searcher(request: HttpRequest, question: Question, *, most: int) -> Searcher:
    """Raises Http404 where the address names a story that there is not."""
    if not question.story:
        scopes = scopes_of(request, most=most, lowered=question.lowered)
        return Searcher(scopes, None, visitor_of(request)["visitor"], is_lowered=False)
    reach = asking(request, question.story)
    story = reach.story
    pieces = visitor_in_story(request, slug=story.slug, title=story.title, standing=reach.standing)
    if reach.is_lowered:
        pieces = replace(pieces, ribbon=lowered.ribbon(story, reach.horizon))
    return Searcher((Scope(story, reach.horizon),), story, pieces, reach.is_lowered)


def _offers(question: Question, who: Searcher, name: str) -> list[search_facets.Choice]:
    """Who may be meant by the name of somebody to be added."""
    if not name or who.story is None:
        return []
    with within(NAMES_MILLISECONDS):
        found = finder.suggest(name, scopes=who.scopes, limit=ADDED_AT_MOST)
    now = question.filters.together
    return [
        search_facets.Choice(one.entry.title, question.address(together=[*now, one.entry.slug]), kind=one.entry.kind)
        for one in found
        if one.entry.slug not in now
    ]


def _context(question: Question, results: Results, who: Searcher) -> dict[str, Any]:
    """What the page says beside what was found."""
    horizon = who.scopes[0].horizon if who.scopes else points.NOTHING
    found = bool(results.entries or results.passages)
    return {
        "results": results,
        "found": found,
        "story": who.story,
        "section": "wiki" if who.story else "",
        "names": ", ".join(one.title for one in results.together),
        "is_narrowed": question.filters != Filters(kind=question.filters.kind),
        "is_many": who.story is None and len(who.scopes) > 1,
        "has_begun": any(one.horizon > points.NOTHING for one in who.scopes),
        "visitor": who.pieces,
        "is_lowered": who.is_lowered,
        "as_label": lowered.label_of(horizon),
        "as_query": f"?as={question.lowered}" if who.is_lowered else "",
        "everything": search_facets.everything(question, results),
        "kinds": search_facets.kinds(question, results),
        "stories": search_facets.stories(question, results),
        "without": search_facets.without(question, results),
        "roles": search_facets.roles(question, [("", _("in any way")), *gate.ROLES.items()]),
        "previous_url": question.address(page=question.page - 1) if question.page > 1 else "",
        "next_url": question.address(page=question.page + 1) if results.has_next else "",
        "as_point": question.lowered if who.is_lowered else "",
        "unlowered_url": question.address(**{"as": ""}),
        "everywhere_url": question.address(story="", together=(), first="", last="") if question.story else "",
    }


def _private(response: HttpResponse) -> HttpResponse:
    """One visitor's own, asked for again each time, found by nobody."""
    response["Cache-Control"] = "private, no-cache"
    response["Vary"] = "Cookie"
    response["X-Robots-Tag"] = "noindex"
    return response
