"""What opens over the text: the card of a name, cut at the very paragraph where it stands, and “Who was that?”."""

from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from reader.errors import PointError
from reader.models import Story
from reader.text import points
from reader.views.visitor import Visitor
from wiki import gate
from wiki.views import ahead, strips
from wiki.views import kept as pages
from wiki.views.asking import answer, asking

WHO_AT_MOST: Final = 300


@require_safe
def entry_card(request: HttpRequest, story: str, slug: str) -> HttpResponse:
    """A fragment: the card as of `?at=`, or the one question where that lies beyond what was read."""
    who, at = asking(request, story), _point(request)
    if at is None:
        raise Http404
    if at > who.horizon:
        context = ahead.question(who.story, at, next_url=ahead.paragraph_url(who.story, at))
        return _fragment(render_to_string("wiki/components/card_question.html", context, request).encode())

    def make() -> tuple[str, dict[str, Any]]:
        card = gate.card(who.story, slug, at)
        if card is None:
            raise Http404
        return "wiki/entry_card.html", _context(who.story, card, at)

    kept = pages.page(request, who.story, horizon=at, make=make)
    return kept if isinstance(kept, HttpResponse) else _fragment(pages.joined(kept, Visitor()))


@require_safe
def who(request: HttpRequest, story: str) -> HttpResponse:
    """The entries met up to `?at=` (never beyond what was read), last seen first; a fragment for scripts."""
    visitor = asking(request, story)
    at = _point(request) if "at" in request.GET else visitor.horizon
    if at is None:
        raise Http404
    said = request.GET.get("q", "").strip()[:80]
    seen = gate.last_seen(visitor.story, min(at, visitor.horizon), said=said, limit=WHO_AT_MOST)
    context = {"story": visitor.story, "seen": seen, "said": said, "at": request.GET.get("at", "")}
    context["is_cut"] = len(seen) == WHO_AT_MOST
    if request.headers.get("X-Requested-With") == "fetch":
        return _fragment(render_to_string("wiki/components/who_sheet.html", context, request).encode())
    return answer(request, visitor, "wiki/who.html", context)


def _point(request: HttpRequest) -> int | None:
    """The point that `?at=` spells, if it is one."""
    try:
        return points.parse_point(request.GET.get("at", ""))
    except PointError:
        return None


def _context(story: Story, card: gate.Card, at: int) -> dict[str, Any]:
    now = timezone.now()
    chapters = list(story.chapters.in_order())
    out = [one for one in chapters if one.published_at <= now]
    where = card.appearances.points
    return {
        "story": story,
        "card": card,
        "entry": card.entry,
        "at": points.format_point(at),
        "is_first": not card.earlier and card.entry.since == at,
        "strip": strips.strip(where, strips.lengths(out), at=at, sentence=_sentence(where)) if where else None,
        "until": min((one.published_at for one in chapters if one.published_at > now), default=None),
    }


def _sentence(where: tuple[int, ...]) -> str:
    """The strip in words."""
    if len(where) == 1:
        return _("Named once so far, in %(point)s.") % {"point": points.format_point(where[0])}
    counted = ngettext("Named in %(count)d paragraph so far", "Named in %(count)d paragraphs so far", len(where))
    first, last = points.format_point(where[0]), points.format_point(where[-1])
    return _("%(counted)s, from %(first)s to %(last)s.") % {
        "counted": counted % {"count": len(where)},
        "first": first,
        "last": last,
    }


def _fragment(body: bytes) -> HttpResponse:
    """A piece of a page: private, asked for again each time, found by nobody."""
    response = HttpResponse(body)
    response["Cache-Control"] = "private, no-cache"
    response["Vary"] = "Cookie, X-Requested-With"
    response["X-Robots-Tag"] = "noindex"
    return response
