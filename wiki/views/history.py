"""What was done to an entry: its saves, two versions beside each other, and back to an earlier one."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from reader import places
from reader.throttling import throttled
from reader.views.guards import same_origin_writes
from wiki import gate
from wiki.editing import acts
from wiki.editing.forms import Outcome
from wiki.editing.rights import rights_of
from wiki.errors import EditError, GoneError, NotAllowedError
from wiki.views.asking import Asking, answer, asking, moved_to
from wiki.views.desk import Desk, signed_in


@require_safe
def entry_history(request: HttpRequest, story: str, slug: str) -> HttpResponse:
    """The saves of which something shows; two of them can be chosen and compared, without scripts."""
    who = asking(request, story)
    return _history(request, who, slug)


@require_safe
def entry_diff(request: HttpRequest, story: str, slug: str) -> HttpResponse:
    """Two versions by the ids of saves; without `?from=` what `to` found, without `?to=` the present."""
    who = asking(request, story)
    older, newer = request.GET.get("from", ""), request.GET.get("to", "")
    found = gate.entry_diff(who.story, slug, who.horizon, older=older, newer=newer)
    if found is None:
        raise Http404
    if moved := moved_to(request, "wiki:entry-diff", story, slug, found.entry):
        return moved
    may_undo = newer != "" and not older and rights_of(places.account_of(request), who.story).is_moderator
    return answer(request, who, "wiki/entry_diff.html", {"diff": found, "entry": found.entry, "may_undo": may_undo})


@same_origin_writes
@throttled("edit")
@require_POST
@signed_in
def entry_restore(request: HttpRequest, desk: Desk, slug: str) -> HttpResponse:
    """Make what this person sees of an entry what it was after a save; whatever comes of it is told in a sentence."""
    try:
        outcome = acts.restore(desk.story, slug, request.POST.get("revision", ""), desk.rights, horizon=desk.horizon)
    except GoneError as error:
        raise Http404 from error
    except EditError as error:
        return _told(request, desk, slug, str(error), status=403 if isinstance(error, NotAllowedError) else 400)
    if outcome.sort == "saved":
        return _to_entry(request, desk, outcome.slug)
    sentence, status = _sentence(outcome)
    return _told(request, desk, slug, sentence, status=status)


def _history(request: HttpRequest, who: Asking, slug: str, *, told: str = "", status: int = 200) -> HttpResponse:
    found = gate.history(who.story, slug, who.horizon, page=request.GET.get("page", ""))
    if found is None:
        raise Http404
    if not told and (moved := moved_to(request, "wiki:entry-history", who.story.slug, slug, found.entry)):
        return moved
    context = {"history": found, "entry": found.entry, "saves": found.saves, "told": told}
    return answer(request, who, "wiki/entry_history.html", context, status=status)


def _told(request: HttpRequest, desk: Desk, slug: str, sentence: str, *, status: int) -> HttpResponse:
    """The history again, with what came of it above."""
    return _history(request, asking(request, desk.story.slug), slug, told=sentence, status=status)


def _to_entry(request: HttpRequest, desk: Desk, slug: str) -> HttpResponse:
    address = reverse("wiki:entry-detail", args=[desk.story.slug, slug])
    as_of = asking(request, desk.story.slug).as_point
    return HttpResponseRedirect(f"{address}?as={as_of}" if as_of else address, status=303)


def _sentence(outcome: Outcome) -> tuple[str, int]:
    if outcome.sort == "same":
        return _("Nothing was changed: the page already stands as it did then."), 200
    if outcome.sort == "waits":
        return _("An editor looks at this before it shows; the page stays as it is until then."), 200
    if outcome.sort == "clash":
        said = _("Somebody changed the page at the same moment; nothing was restored. Compare again, then decide.")
        return said, 409
    troubles = " ".join(one.sentence for one in outcome.troubles)
    return _("Nothing was restored. %(why)s") % {"why": troubles}, 400
