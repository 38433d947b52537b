"""What is done to a whole entry: address, protection, merging, taking it out. Each page says first what happens."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from reader.text.points import EVERYTHING
from wiki.editing import acts
from wiki.editing.rights import require_edit, require_moderator
from wiki.views import desk as desks
from wiki.views.acting import acting, entry_of, to
from wiki.views.desk import Desk


@acting(methods=("GET", "HEAD"))
def entry_more(request: HttpRequest, desk: Desk, slug: str) -> HttpResponse:
    """What else this person can do with a page."""
    return desks.page(request, desk, "wiki/entry_more.html", {"entry": entry_of(desk, slug)})


@acting("edit")
def entry_rename(request: HttpRequest, desk: Desk, slug: str) -> HttpResponse:
    """Choose which of its names the address of a page is made from."""
    require_edit(desk.rights, None)
    entry = entry_of(desk, slug)
    if request.method == "POST":
        name = request.POST.get("name", "")[:200]
        outcome = acts.rename(desk.story, slug, name, desk.rights, horizon=desk.horizon)
        messages.success(request, _("The page has its new address; the old one leads here."))
        return to("entry-detail", desk, outcome.slug)
    context = {"entry": entry, "choices": acts.choices(desk.story, slug, desk.horizon)}
    return desks.page(request, desk, "wiki/entry_rename.html", context)


@acting()
def entry_merge(request: HttpRequest, desk: Desk, slug: str) -> HttpResponse:
    """Put one entry into another: first say which, then see what happens, then do it."""
    require_moderator(desk.rights)
    entry = entry_of(desk, slug)
    said = (request.POST if request.method == "POST" else request.GET).get("into", "").strip()[:200]
    into = acts.named(desk.story, said, desk.horizon) if said else None
    if request.method == "POST" and into is not None:
        note = request.POST.get("note", "")[:300]
        outcome = acts.merge(desk.story, slug, into.slug, desk.rights, horizon=desk.horizon, note=note)
        messages.success(request, _("The two are one page now."))
        return to("entry-detail", desk, outcome.slug)
    trouble = _("No page goes by that name as far as you have read.") if said and into is None else ""
    if into == entry:
        into, trouble = None, _("That is this page; name another.")
    context = {"entry": entry, "into": into, "said": said, "trouble": trouble, "sees_all": desk.horizon == EVERYTHING}
    return desks.page(request, desk, "wiki/entry_merge.html", context, status=400 if trouble else 200)


@acting()
def entry_delete(request: HttpRequest, desk: Desk, slug: str) -> HttpResponse:
    """Take an entry out of the wiki; it can be brought back."""
    require_moderator(desk.rights)
    entry = entry_of(desk, slug)
    if request.method == "POST":
        acts.delete(desk.story, slug, desk.rights, horizon=desk.horizon, note=request.POST.get("note", "")[:300])
        messages.success(request, _("The page is taken out. It can be brought back from here."))
        return to("deleted-list", desk)
    context = {"entry": entry, "sees_all": desk.horizon == EVERYTHING}
    return desks.page(request, desk, "wiki/entry_delete.html", context)


@acting()
def entry_protect(request: HttpRequest, desk: Desk, slug: str) -> HttpResponse:
    """Say who may change an entry."""
    require_moderator(desk.rights)
    entry = entry_of(desk, slug)
    if request.method == "POST":
        acts.protect(desk.story, slug, request.POST.get("protection", "?")[:10], desk.rights, horizon=desk.horizon)
        messages.success(request, _("Saved."))
        return to("entry-detail", desk, entry.slug)
    now = acts.protection_of(desk.story, slug, desk.horizon)
    context = {"entry": entry, "choices": acts.protections(), "now": now}
    return desks.page(request, desk, "wiki/entry_protect.html", context)


@acting(methods=("POST",))
def entry_undo(request: HttpRequest, desk: Desk, slug: str) -> HttpResponse:
    """Take one save back; what others have changed since is told."""
    entry = entry_of(desk, slug)
    revision, note = request.POST.get("revision", "")[:16], request.POST.get("note", "")[:300]
    left = acts.undo(desk.story, revision, desk.rights, horizon=desk.horizon, summary=note)
    clashes = [one.clash for one in left if one.since <= desk.horizon]
    if clashes:
        return desks.page(request, desk, "wiki/entry_undo.html", {"entry": entry, "clashes": clashes})
    messages.success(request, _("This change was taken back."))
    there = acts.named(desk.story, slug, desk.horizon)
    return to("entry-detail", desk, there.slug) if there is not None else to("recent-changes", desk)
