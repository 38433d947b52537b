"""What the pages for tagging are asked and sent, and the page on which one chooses what some words mean."""

from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from reader.errors import PointError
from reader.text import points
from wiki import gate
from wiki.editing import suggesting
from wiki.editing.rights import Rights
from wiki.errors import EditError, NotAllowedError
from wiki.tagging import deciding, likely, offering
from wiki.tagging.deciding import Decision
from wiki.views import ahead
from wiki.views import desk as desks
from wiki.views.desk import Desk

SORTS: Final = ("link", "undo", "reject")
"""What can be sent; its values are addresses of entries, "" for the one whose `name` was typed."""
_LONGEST: Final = 400


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address or a form says; nothing of it is trusted."""

    at: str
    point: int
    start: int
    end: int
    words: str
    sort: str
    slugs: tuple[str, ...]
    name: str
    role: str
    since: str
    next: str

    def decisions(self) -> list[Decision]:
        """One for each entry. Raises EditError, in a sentence."""
        since = self.since.strip()
        try:
            from_then = 0 if since in ("", self.at) else points.parse_point(since)
        except PointError as error:
            raise EditError(_("“Known from” is a paragraph, such as %(point)s.") % {"point": self.at}) from error
        place = (self.point, self.start, self.end)
        is_link = self.sort == "link"
        role = self.role if is_link else "named"
        return [Decision(*place, slug, self.words, role, is_link, from_then) for slug in self.slugs]

    def fields(self) -> list[tuple[str, str]]:
        """What a form sends to take it back."""
        slugs = [("undo", slug) for slug in self.slugs]
        return [("at", self.at), ("start", str(self.start)), ("end", str(self.end)), *slugs, ("next", self.next)]


def read(sent: QueryDict) -> Asked:
    """What was asked or sent. Raises Http404 where it names no paragraph."""
    try:
        point = points.parse_point(sent.get("at", ""))
    except PointError as error:
        raise Http404 from error
    sort = next((one for one in SORTS if one in sent), "")
    slugs = sent.getlist(sort)[:1] if sort == "link" else sent.getlist(sort)[:40]
    wanted = sent.get("next", "")
    is_ours = wanted.startswith("/") and len(wanted) < _LONGEST and url_has_allowed_host_and_scheme(wanted, None)
    return Asked(
        at=points.format_point(point),
        point=point,
        start=_number(sent.get("start", "")),
        end=_number(sent.get("end", "")),
        words=sent.get("words", "").replace("\r\n", "\n")[:_LONGEST],
        sort=sort,
        slugs=tuple(slugs),
        name=" ".join(sent.get("name", "").split())[:_LONGEST],
        role=sent.get("role", "named"),
        since=sent.get("since", "")[:40],
        next=wanted if is_ours else "",
    )


def question(request: HttpRequest, desk: Desk, point: int) -> HttpResponse | None:
    """What lies ahead asks once whether it was read, whatever stands there."""
    if point <= desk.reached:
        return None
    context = ahead.question(desk.story, point, next_url=request.get_full_path())
    return desks.page(request, desk, "wiki/question.html", context)


def back_to(desk: Desk, asked: Asked, slug: str = "") -> str:
    """Where one goes on: the page that was left, or the paragraph in the text."""
    if asked.next:
        return asked.next
    chapter, number, sub = points.split(asked.point)
    number_label = points.format_number(number, sub)
    address = reverse("reader:paragraph-detail", args=[desk.story.slug, chapter, number_label])
    return f"{address}?{urlencode({'back': slug})}" if slug else address


def placed(desk: Desk, asked: Asked) -> Asked:
    """With the place of words that were typed, if they stand in the paragraph once."""
    if asked.end or not asked.words.strip():
        return asked
    found = offering.places_of(desk.story, asked.point, asked.words.strip(), desk.horizon)
    return replace(asked, start=found[0].start, end=found[0].end, words="") if len(found) == 1 else asked


def refusal(rights: Rights) -> str:
    """Why this account cannot tag in this wiki; "" where it can."""
    try:
        deciding.require_tagger(rights)
    except NotAllowedError as error:
        return str(error)
    return ""


def picker(request: HttpRequest, desk: Desk, asked: Asked, *, said: str = "", status: int = 200) -> HttpResponse:
    """The words in their sentence, what lies there, and who may be meant; with what was chosen, and what was wrong."""
    words = offering.words_at(desk.story, asked.point, asked.start, asked.end, desk.horizon)
    if words is None:
        raise Http404
    if asked.words and words.words not in ("", asked.words.strip()):  # the text was changed: do they stand elsewhere?
        asked = placed(desk, replace(asked, start=0, end=0))
        words = offering.words_at(desk.story, asked.point, asked.start, asked.end, desk.horizon) or words
    return desks.page(request, desk, "wiki/tag.html", _context(desk, asked, words) | {"said": said}, status=status)


def _context(desk: Desk, asked: Asked, words: offering.Words) -> dict[str, Any]:
    shared = {
        "asked": asked,
        "words": words,
        "refusal": refusal(desk.rights),
        "back_url": back_to(desk, asked),
        "page_url": reverse("wiki:tag", args=[desk.story.slug]),
    }
    return shared | (_choices(desk, words) if words.words else _places(desk, asked))


def _choices(desk: Desk, words: offering.Words) -> dict[str, Any]:
    end = points.format_point(desk.horizon) if desk.horizon != points.EVERYTHING else ""
    return {
        "tags": offering.tags_across(desk.story, words, desk.rights, desk.horizon),
        "candidates": likely.candidates(desk.story, words, desk.horizon),
        "names": suggesting.names(desk.story, "", desk.horizon, limit=60),
        "roles": gate.ROLES.items(),
        "read_to": end if desk.horizon > words.point else "",
    }


def _places(desk: Desk, asked: Asked) -> dict[str, Any]:
    """No words are chosen so far: those that were typed, wherever they stand in the paragraph."""
    return {"places": offering.places_of(desk.story, asked.point, asked.words.strip(), desk.horizon)}


def _number(said: str) -> int:
    return int(said) if said.isdecimal() and len(said) < 8 else 0
