"""The edit page of an entry, and of one that is to be: the form out, the form back, and what became of it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from reader.errors import PointError
from reader.text.points import format_point, parse_point
from reader.throttling import throttled
from wiki import forms
from wiki.editing import reviewing
from wiki.editing.forming import edit_page, find_entry
from wiki.editing.forms import EditPage, EntryForm, NameField, Outcome
from wiki.editing.saving import Save, new_token, save
from wiki.errors import EditError, GoneError, NotAllowedError
from wiki.views import desk as desks
from wiki.views.desk import Desk
from wiki.views.edit_form import answer_form
from wiki.views.said import SAVED

STATUSES = {"trouble": 422, "clash": 409}


@require_http_methods(["GET", "HEAD", "POST"])
@throttled("edit")
@desks.signed_in
def entry_edit(request: HttpRequest, desk: Desk, slug: str) -> HttpResponse:
    """The form of an entry or of one section; an unmet entry is as unknown as one that was never written."""
    page = _proposed(request, desk) or page_of(desk, slug, section=request.GET.get("section", "")[:16])
    if request.method == "POST":
        return _save(request, desk, page)
    return answer_form(request, desk, page, page.form)


@require_http_methods(["GET", "HEAD", "POST"])
@throttled("edit")
@desks.signed_in
def entry_new(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The form of a new entry, with a name, a kind and a citation that the address may bring."""
    page = _proposed(request, desk) or new_page(desk, request.GET)
    if request.method == "POST":
        return _save(request, desk, page)
    return answer_form(request, desk, page, page.form)


def _proposed(request: HttpRequest, desk: Desk) -> EditPage | None:
    """The form filled with what somebody proposed (`?proposal=`), while that waits for this person to decide."""
    wanted = request.GET.get("proposal", "")[:16]
    try:
        return reviewing.proposal_form(desk.story, wanted, desk.rights, horizon=desk.horizon) if wanted else None
    except EditError:
        return None


def page_of(desk: Desk, slug: str, *, section: str = "") -> EditPage:
    """The edit page of an entry that is met; Http404 for any other."""
    entry = find_entry(desk.story, slug, desk.horizon)
    if entry is None:
        raise Http404
    return edit_page(entry, user=desk.user.pk, horizon=desk.horizon, section=section)


def new_page(desk: Desk, asked: QueryDict) -> EditPage:
    """The edit page of an entry that is not yet there."""
    name, kind = " ".join(asked.get("name", "").split())[:200], asked.get("kind", "")[:40]
    try:
        point = format_point(parse_point(asked.get("at", "")))
    except PointError:
        point = ""
    names = (NameField(text=name, sort="title", since=point if name else ""),) if name else ()
    form = EntryForm(kind=kind or "character", names=names, body=f"{{{point}}}" if point else "")
    return EditPage("", "", form, new_token(user=desk.user.pk, horizon=desk.horizon, story=desk.story.pk))


def _save(request: HttpRequest, desk: Desk, page: EditPage) -> HttpResponse:
    """Save what was posted; with anything wrong the form comes back with all that was typed in it."""
    form, token = forms.read_form(request.POST), request.POST.get("token", "")[:2000]
    sent = Save(token, form, forms.summary_of(request.POST))
    try:
        outcome = save(desk.story, sent, desk.rights, horizon=desk.horizon)
    except NotAllowedError as error:
        return answer_form(request, desk, page, form, sent=sent, said=str(error), status=403)
    except GoneError as error:
        return answer_form(request, desk, page, form, sent=sent, said=str(error), status=404)
    except EditError as error:
        return answer_form(request, desk, page, form, sent=sent, said=str(error), status=400)
    if outcome.sort in STATUSES:
        return answer_form(request, desk, page, form, sent=sent, outcome=outcome, status=STATUSES[outcome.sort])
    if page.proposal:
        reviewing.edited(desk.story, page.proposal, desk.rights, outcome.revision, horizon=desk.horizon)
    return _done(request, desk, outcome)


def _done(request: HttpRequest, desk: Desk, outcome: Outcome) -> HttpResponse:
    """On to the entry, where what happened is said once; what waits for an editor has a page of its own."""
    if outcome.sort == "waits":
        return desks.page(request, desk, "wiki/entry_waits.html", {"slug": outcome.slug})
    said = _("Saved.") if outcome.sort == "saved" else _("There was nothing to save: the page stands as it did.")
    messages.success(request, said, extra_tags=SAVED)
    response = HttpResponseRedirect(reverse("wiki:entry-detail", args=[desk.story.slug, outcome.slug]))
    response.status_code = 303
    return response
