"""Who searches, and what the page of results says beside what was found: only what shows to them."""

from dataclasses import dataclass, replace
from typing import Any, Final

from django.http import HttpRequest
from django.utils.translation import gettext as _

from reader import places
from reader.models import Story
from reader.text import points
from reader.views.visitor import Visitor, visitor_in_story
from reader.views.visitor import visitor as visitor_of
from wiki import gate
from wiki import search as finder
from wiki.errors import SearchTooSlowError
from wiki.search.limits import within
from wiki.search.shapes import Results, Scope
from wiki.views import lowered, search_facets
from wiki.views.asking import asking
from wiki.views.scopes import lowered_to, scopes_of
from wiki.views.search_query import Question

ADDED_MILLISECONDS: Final = 500
ADDED_AT_MOST: Final = 6


@dataclass(frozen=True, slots=True)
class Searcher:
    """Who searches: the stories they look into, the one story it is about (or none), and what a page says of them.

    `lowered_to` is the point that the address lowers it to, None where it does not; `has_begun` says whether anything
    was read of these stories, as of whichever point.
    """

    scopes: tuple[Scope, ...]
    story: Story | None
    pieces: Visitor
    lowered_to: int | None
    has_begun: bool

    @property
    def is_lowered(self) -> bool:
        """Whether the page stands as of an earlier point than its reader has reached."""
        return self.lowered_to is not None

    @property
    def as_point(self) -> str:
        """What links go on with as `?as=`; "" where the page is not lowered."""
        return "" if self.lowered_to is None else points.format_point(self.lowered_to)


def searcher(request: HttpRequest, question: Question, *, most: int) -> Searcher:
    """Who asks this question, of at most so many stories. Raises Http404 where it names a story that there is not."""
    if question.story:
        return _in_story(request, question.story)
    reached = scopes_of(request, most=most)
    scopes = lowered_to(reached, question.lowered)
    return Searcher(
        scopes,
        None,
        visitor_of(request)["visitor"],
        lowered_to=None if scopes == reached else places.lowered(points.EVERYTHING, question.lowered),
        has_begun=any(one.horizon > points.NOTHING for one in reached),
    )


def _in_story(request: HttpRequest, slug: str) -> Searcher:
    reach = asking(request, slug)
    story = reach.story
    pieces = visitor_in_story(request, slug=story.slug, title=story.title, standing=reach.standing)
    return Searcher(
        (Scope(story, reach.horizon),),
        story,
        replace(pieces, ribbon=lowered.ribbon(story, reach.horizon)) if reach.is_lowered else pieces,
        lowered_to=reach.horizon if reach.is_lowered else None,
        has_begun=reach.standing.horizon > points.NOTHING,
    )


def offered(question: Question, who: Searcher, name: str) -> dict[str, Any]:
    """Who may be meant by the name of somebody to be added, or a sentence that says why there is nobody."""
    offers: list[search_facets.Choice] = []
    why = ""
    if name and who.story and not question.is_full:
        now = question.filters.together
        try:
            with within(ADDED_MILLISECONDS):
                found = finder.suggest(name, scopes=who.scopes, limit=ADDED_AT_MOST)
        except SearchTooSlowError as error:
            found, why = (), str(error)
        offers = [
            search_facets.Choice(
                one.entry.title, question.address(together=[*now, one.entry.slug]), kind=one.entry.kind
            )
            for one in found
            if one.entry.slug not in now
        ]
        why = why or (
            _("Everybody of that name is among them already.")
            if found
            else _("No name like that as far as you have read.")
        )
    return {"added": name, "offers": offers, "offers_said": why}


def said_of(question: Question, results: Results, who: Searcher) -> dict[str, Any]:
    """What the page says beside what was found."""
    found = bool(results.entries or results.passages)
    may_narrow = found or question.is_narrowed or question.is_empty
    return {
        "question": question,
        "results": results,
        "found": found,
        "story": who.story,
        "section": "wiki" if who.story else "",
        "has_more": bool(who.story and who.has_begun and may_narrow),
        "is_many": who.story is None and len(who.scopes) > 1,
        "has_begun": who.has_begun,
        "visitor": who.pieces,
        "is_lowered": who.is_lowered,
        "as_label": lowered.label_of(who.lowered_to or points.NOTHING),
        "as_point": who.as_point,
        "as_query": f"?as={who.as_point}" if who.is_lowered else "",
        **_narrowing(question, results, who),
    }


def _narrowing(question: Question, results: Results, who: Searcher) -> dict[str, Any]:
    """What narrows it, and the same search changed a little."""
    return {
        "names": search_facets.names(results, who.story.language if who.story else ""),
        "chapters_said": search_facets.chapters(question.filters),
        "everything": search_facets.everything(question, results),
        "kinds": search_facets.kinds(question, results),
        "stories": search_facets.stories(question, results),
        "without": search_facets.without(question, results),
        "roles": search_facets.roles(question, [("", _("in any way")), *gate.ROLES.items()]),
        "wider": search_facets.wider(question),
        "here_url": question.address(),
        "wordless_url": question.address(text="") if question.text and results.together else "",
        "previous_url": question.address(page=question.page - 1) if question.page > 1 else "",
        "next_url": question.address(page=question.page + 1) if results.has_next else "",
        "unlowered_url": question.address(lowered=""),
        "everywhere_url": question.address(story="", together=(), first=0, last=0, lowered="") if who.story else "",
    }
