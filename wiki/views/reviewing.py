"""The queue of changes that wait for an editor, and the page of each."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from wiki.editing import reviewing
from wiki.errors import EditError
from wiki.views import desk as desks
from wiki.views.acting import acting, to
from wiki.views.desk import Desk


@acting(methods=("GET", "HEAD"))
def review_queue(request: HttpRequest, desk: Desk) -> HttpResponse:
    """For editors what waits, and for everybody what they proposed themselves."""
    waiting = reviewing.queue(desk.story, desk.rights, desk.horizon) if desk.rights.is_editor else ()
    mine = reviewing.mine(desk.story, desk.user, desk.horizon)
    return desks.page(request, desk, "wiki/review_queue.html", {"waiting": waiting, "mine": mine})


@acting()
def proposal_detail(request: HttpRequest, desk: Desk, public_id: str) -> HttpResponse:
    """One proposal: what it would do now; for editors with the buttons that decide."""
    if request.method == "POST":
        return _decide(request, desk, public_id)
    return _shown(request, desk, public_id)


def _decide(request: HttpRequest, desk: Desk, public_id: str) -> HttpResponse:
    what = request.POST.get("decision", "")
    if what == "reject":
        note = " ".join(request.POST.get("note", "").split())
        reviewing.reject(desk.story, public_id, desk.rights, horizon=desk.horizon, note=note)
        messages.success(request, _("It was not taken in; whoever proposed it can read your note."))
    elif what == "accept":
        outcome = reviewing.accept(desk.story, public_id, desk.rights, horizon=desk.horizon)
        if outcome.sort not in ("saved", "same"):
            return _shown(request, desk, public_id, status=409)
        messages.success(request, _("Taken in."))
    else:
        raise EditError(_("Choose what is to become of it."))
    return to("review-queue", desk)


def _shown(request: HttpRequest, desk: Desk, public_id: str, *, status: int = 200) -> HttpResponse:
    found = reviewing.page(desk.story, public_id, desk.rights, desk.horizon)
    context = {"page": found, "proposal": found.proposal, "groups": found.groups, "runs": found.runs}
    return desks.page(request, desk, "wiki/proposal_detail.html", context, status=status)
