"""“This tells too much”: the page that reports a part of an entry, and the editors’ queue of such reports."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from wiki.editing import reporting
from wiki.errors import EditError
from wiki.views import desk as desks
from wiki.views.acting import acting, entry_of, to
from wiki.views.desk import Desk


@acting("report")
def entry_report(request: HttpRequest, desk: Desk, slug: str) -> HttpResponse:
    """Choose what tells too much. The answer is the same whoever else reported it and whatever comes of it."""
    entry = entry_of(desk, slug)
    if request.method == "POST":
        sort, _dash, key = request.POST.get("part", "")[:32].partition(":")
        note = request.POST.get("note", "")
        reporting.report(desk.story, slug, desk.rights, horizon=desk.horizon, sort=sort, key=key, note=note)
        messages.success(request, _("Thank you. An editor looks at it; until then it may be held back."))
        return to("entry-detail", desk, entry.slug)
    parts = reporting.reportables(desk.story, slug, desk.horizon)
    if parts is None:
        raise Http404
    context = {"entry": entry, "parts": parts, "chosen": request.GET.get("block", "")[:16]}
    return desks.page(request, desk, "wiki/entry_report.html", context)


@acting()
def report_queue(request: HttpRequest, desk: Desk) -> HttpResponse:
    """What was reported; held back for good, or put back."""
    if request.method == "POST":
        _decide(request, desk, request.POST.get("report", "")[:16])
        return to("report-queue", desk)
    return desks.page(request, desk, "wiki/report_queue.html", {"reports": _queue(desk)})


def _queue(desk: Desk) -> tuple[reporting.Reported, ...]:
    return reporting.queue(desk.story, desk.rights, desk.horizon)


def _decide(request: HttpRequest, desk: Desk, public_id: str) -> None:
    what = request.POST.get("decision", "")
    if what == "keep":
        reporting.keep(desk.story, public_id, desk.rights, horizon=desk.horizon)
        messages.success(request, _("It shows from the end of the story on."))
    elif what == "put-back":
        is_whole = reporting.put_back(desk.story, public_id, desk.rights, horizon=desk.horizon)
        said = _("It shows as it did before.")
        messages.success(request, said if is_whole else _("Others have changed it since, so it stays as it is now."))
    else:
        raise EditError(_("Choose what is to become of it."))
