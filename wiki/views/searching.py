"""Search: names as one types, as JSON, and the page of results. Both see only what shows where the visitor stands."""

from dataclasses import replace
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reader.throttling import throttled
from wiki import search as finder
from wiki.errors import SearchTooSlowError
from wiki.search.limits import within
from wiki.search.shapes import Results
from wiki.views.scopes import FOR_NAMES, FOR_RESULTS
from wiki.views.search_page import offered, said_of, searcher
from wiki.views.search_query import added, question_of
from wiki.views.search_rows import rows

NAMES_MILLISECONDS: Final = 500


@require_safe
@throttled("search", methods=("GET", "HEAD"))
def search(request: HttpRequest) -> HttpResponse:
    """The page of results; an empty question is a page with a field. 503 with a sentence where it took too long.

    A page beyond the last leads to the first.
    """
    question = question_of(request)
    who = searcher(request, question, most=FOR_RESULTS)
    question = replace(question, lowered=who.as_point)
    results, too_slow = Results(), ""
    try:
        if not question.is_empty:
            results = finder.find(question.text, who.scopes, question.filters, page=question.page)
    except SearchTooSlowError as error:
        too_slow = str(error)
    if question.page > 1 and not (too_slow or results.entries or results.passages):
        return _private(HttpResponseRedirect(question.address()))
    context = {"too_slow": too_slow, **said_of(question, results, who), **offered(question, who, added(request))}
    return _private(render(request, "wiki/search.html", context, status=503 if too_slow else 200))


@require_safe
@throttled("search", methods=("GET", "HEAD"))
def search_suggest(request: HttpRequest) -> HttpResponse:
    """{"results": [{"name", "kind", "url", "picture", "why", "seen", …}]}: entries met, likeliest first."""
    question = question_of(request)
    who = searcher(request, question, most=FOR_NAMES)
    try:
        with within(NAMES_MILLISECONDS):
            found = finder.suggest(question.text, scopes=who.scopes) if question.text else ()
    except SearchTooSlowError as error:
        return _private(JsonResponse({"error": str(error), "results": []}, status=503))
    shown = rows(found, as_point=who.as_point, is_one_story=len(who.scopes) == 1)
    return _private(JsonResponse({"results": shown}))


def _private(response: HttpResponse) -> HttpResponse:
    """One visitor's own, asked for again each time, found by nobody; config.privacy keeps what is lowered nowhere."""
    response["Cache-Control"] = "private, no-cache"
    response["Vary"] = "Cookie"
    response["X-Robots-Tag"] = "noindex"
    return response
