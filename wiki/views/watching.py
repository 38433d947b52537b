"""Watching an entry: a mail when what one may see of it has changed, and the link that stops these mails."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from reader.throttling import throttled
from reader.views.guards import same_origin_writes
from wiki.editing import watching
from wiki.errors import EditError
from wiki.views import desk as desks
from wiki.views.acting import acting, entry_of, to
from wiki.views.desk import Desk


@acting()
def entry_watch(request: HttpRequest, desk: Desk, slug: str) -> HttpResponse:
    """Begin or stop watching; the page says what comes of it."""
    entry = entry_of(desk, slug)
    if request.method == "POST":
        is_on = watching.toggle(desk.story, slug, desk.rights, horizon=desk.horizon)
        on = _("You get a mail when something that you may see here changes, at most one a day.")
        messages.success(request, on if is_on else _("You get no more mails about this page."))
        return to("entry-detail", desk, entry.slug)
    context = {
        "entry": entry,
        "is_watched": watching.is_watched(desk.story, slug, desk.user, desk.horizon),
        "has_address": watching.has_address(desk.user),
    }
    return desks.page(request, desk, "wiki/entry_watch.html", context)


@same_origin_writes
@require_http_methods(["GET", "HEAD", "POST"])
@throttled("decide")
def watch_stop(request: HttpRequest) -> HttpResponse:
    """The link at the foot of a mail: one button, for whoever holds the link, signed in or not. Names no page."""
    token, trouble, is_done = (request.POST or request.GET).get("mail", "")[:400], "", False
    if request.method == "POST":
        try:
            watching.stop(token)
            is_done = True
        except EditError as error:
            trouble = str(error)
    context = {"token": token, "trouble": trouble, "is_done": is_done}
    return desks.unkept(render(request, "wiki/watch_stop.html", context, status=400 if trouble else 200))
