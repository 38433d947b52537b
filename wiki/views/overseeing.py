"""For those who look after a wiki: the log of acts, who is kept out, what was taken out, and the settings."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from reader.text.points import EVERYTHING
from wiki.editing import acts, banning, overseeing
from wiki.editing.rights import require_moderator
from wiki.errors import EditError
from wiki.views import desk as desks
from wiki.views.acting import acting, to
from wiki.views.desk import Desk


@acting(methods=("GET", "HEAD"))
def act_log(request: HttpRequest, desk: Desk) -> HttpResponse:
    """What was done by those who look after this wiki, as far as its reader has met what it is about."""
    asked = request.GET.get("page", "1")
    page = int(asked) if asked.isdecimal() and len(asked) < 6 else 1
    log = overseeing.act_log(desk.story, desk.rights, desk.horizon, page=page)
    return desks.page(request, desk, "wiki/act_log.html", {"log": log})


@acting()
def deleted_list(request: HttpRequest, desk: Desk) -> HttpResponse:
    """What was taken out, for who sees everything; each can be brought back."""
    require_moderator(desk.rights)
    if request.method == "POST":
        public_id = request.POST.get("entry", "")[:16]
        outcome = acts.undelete(desk.story, public_id, desk.rights, horizon=desk.horizon)
        messages.success(request, _("The page is back."))
        return to("entry-detail", desk, outcome.slug)
    sees_all = desk.horizon == EVERYTHING
    gone = overseeing.deleted(desk.story, desk.rights, desk.horizon) if sees_all else ()
    return desks.page(request, desk, "wiki/deleted_list.html", {"deleted": gone, "sees_all": sees_all})


@acting()
def wiki_settings(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Whose changes show at once; the way to who has which part."""
    overseeing.require_owner(desk.rights)
    if request.method == "POST":
        overseeing.set_policy(desk.story, request.POST.get("policy", "")[:10], desk.rights)
        messages.success(request, _("Saved."))
        return to("wiki-settings", desk)
    context = {"choices": overseeing.policies(), "policy": desk.rights.policy}
    return desks.page(request, desk, "wiki/wiki_settings.html", context)


@acting(methods=("GET", "HEAD"))
def ban_list(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Who may not write here, and a field for the name of somebody else."""
    bans = banning.banned(desk.story, desk.rights)
    if name := request.GET.get("name", "").strip()[:150]:
        return to("ban-detail", desk, banning.person(desk.story, name, desk.rights, desk.horizon).name)
    return desks.page(request, desk, "wiki/ban_list.html", {"bans": bans})


@acting()
def ban_detail(request: HttpRequest, desk: Desk, name: str) -> HttpResponse:
    """One account: keep it out, let it in again, take back all that it saved."""
    person = banning.person(desk.story, name, desk.rights, desk.horizon)
    taken_back = None
    if request.method == "POST":
        what = request.POST.get("act", "")
        if what == "undo-all":
            taken_back = banning.undo_all(desk.story, person.name, desk.rights, horizon=desk.horizon)
        else:
            _keep_out(request, desk, person.name, what)
            return to("ban-detail", desk, person.name)
        person = banning.person(desk.story, name, desk.rights, desk.horizon)
    context = {"person": person, "taken_back": taken_back, "sees_all": banning.reaches_all(desk.story, desk.horizon)}
    return desks.page(request, desk, "wiki/ban_detail.html", context)


def _keep_out(request: HttpRequest, desk: Desk, name: str, what: str) -> None:
    if what == "ban":
        banning.ban(desk.story, name, desk.rights, note=request.POST.get("note", ""))
        messages.success(request, _("This account may not write here now."))
    elif what == "lift":
        banning.lift(desk.story, name, desk.rights)
        messages.success(request, _("This account may write here again."))
    else:
        raise EditError(_("Choose what is to be done."))
