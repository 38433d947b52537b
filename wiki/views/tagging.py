"""Tagging by hand: what some words mean, what is said of an entry in a paragraph, and the doubtful names."""

from dataclasses import replace
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from reader.text.points import format_point
from wiki import gate
from wiki.errors import ClashError, EditError, GoneError, NotAllowedError
from wiki.tagging import deciding, likely, offering
from wiki.tagging.deciding import Decision
from wiki.views import desk as desks
from wiki.views import tag_form
from wiki.views.acting import acting
from wiki.views.desk import Desk
from wiki.views.said import said, tell
from wiki.views.tag_form import Asked

_GET: Final = ("GET", "HEAD")


@acting("tag", methods=_GET)
def tag(request: HttpRequest, desk: Desk) -> HttpResponse:
    """What words of a paragraph mean: entries that are met, one press each; without words it asks which."""
    asked = tag_form.read(request.GET)
    question = tag_form.question(request, desk, asked.point)
    return question or tag_form.picker(request, desk, tag_form.placed(desk, asked))


@acting("tag", methods=_GET)
def entry_tagging(request: HttpRequest, desk: Desk, slug: str) -> HttpResponse:
    """What is said of one entry in one paragraph: right, not this one, another role, taken back."""
    asked = tag_form.read(request.GET)
    question = tag_form.question(request, desk, asked.point)
    if question is not None:
        return question
    found = offering.entry_tags(desk.story, slug, asked.point, desk.rights, desk.horizon)
    if found is None:
        raise Http404
    context = {
        "asked": asked,
        "found": found,
        "entry": found.entry,
        "roles": gate.ROLES.items(),
        "refusal": tag_form.refusal(desk.rights),
        "back_url": tag_form.back_to(desk, asked, found.entry.slug),
    }
    return desks.page(request, desk, "wiki/entry_tagging.html", context)


@acting("tag", methods=_GET)
def doubtful(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The names in the text of which a person has to say whom they mean."""
    after = request.GET.get("after", "")[:9]
    found = gate.doubts(desk.story, desk.horizon, after=after)
    here = reverse("wiki:doubtful", args=[desk.story.slug])
    if after and found.count and not found.doubts:  # all on the last page are decided
        return HttpResponseRedirect(here)
    context = {
        "found": found,
        "here": f"{here}?after={after}" if after else here,
        "said": said(request),
        "refusal": tag_form.refusal(desk.rights),
    }
    return desks.page(request, desk, "wiki/doubtful.html", context)


@acting("tag", methods=("POST",))
def decide(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Link, reject or take back; on with a sentence and, once, the way back. What cannot be done comes back whole."""
    asked = tag_form.read(request.POST)
    try:
        return _done(request, desk, asked)
    except GoneError:
        raise
    except EditError as error:
        status = 403 if isinstance(error, NotAllowedError) else 409 if isinstance(error, ClashError) else 422
        return tag_form.picker(request, desk, asked, said=str(error), status=status)


def _done(request: HttpRequest, desk: Desk, asked: Asked) -> HttpResponse:
    asked = _named(desk, asked)
    decisions = asked.decisions()
    entries = [one for slug in asked.slugs if (one := gate.exists(desk.story, slug, desk.horizon))]
    if asked.sort == "undo":
        deciding.undo_all(desk.story, decisions, desk.rights, horizon=desk.horizon)
        tell(request, _("Taken back."))
    else:
        can_undo = deciding.decide_all(desk.story, decisions, desk.rights, horizon=desk.horizon, now=timezone.now())
        undo_url = reverse("wiki:decide", args=[desk.story.slug]) if can_undo else ""
        tell(request, _sentence(asked, decisions, entries), undo_url=undo_url, undo=asked.fields())
    response = HttpResponseRedirect(tag_form.back_to(desk, asked, entries[0].slug))
    response.status_code = 303
    return response


def _named(desk: Desk, asked: Asked) -> Asked:
    """With the address of the entry whose name was typed. Raises EditError where none is chosen, or none has it."""
    if not asked.slugs or (asked.slugs == ("",) and not asked.name):
        raise EditError(_("Choose who or what is meant."))
    if asked.slugs != ("",):
        return asked
    entry = likely.called(desk.story, asked.name, desk.horizon)
    if entry is None:
        said = _("Nobody and nothing that you have met goes by “%(name)s”.")
        raise EditError(said % {"name": asked.name})
    return replace(asked, slugs=(entry.slug,))


def _sentence(asked: Asked, decisions: list[Decision], entries: list[gate.EntryRef]) -> str:
    """What was done, and from when it is known if not at once."""
    if asked.sort == "reject":
        title = entries[0].title
        return _("Marked as not %(title)s.") % {"title": title} if len(entries) == 1 else _("Marked as none of them.")
    since = max(decisions[0].since, entries[0].since)
    values = {"title": entries[0].title, "point": format_point(since)}
    later = _("Tagged as %(title)s, known from %(point)s.")
    return (later if since > asked.point else _("Tagged as %(title)s.")) % values
