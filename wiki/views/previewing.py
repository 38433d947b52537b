"""The preview of a text, live or as a page: from what its writer has met, and nothing of it is kept."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from reader.refusing import asks_by_script
from reader.throttling import throttled
from wiki import forms
from wiki.editing import previewing
from wiki.editing.forms import EditPage, EntryForm
from wiki.editing.previewing import Preview
from wiki.editing.saving import Save
from wiki.editing.tokens import Token, read_token
from wiki.errors import EditError, GoneError
from wiki.views import desk as desks
from wiki.views.desk import Desk
from wiki.views.edit_form import answer_form
from wiki.views.editing import new_page, page_of


@require_POST
@throttled("preview")
@desks.signed_in
def entry_preview(request: HttpRequest, desk: Desk, slug: str) -> HttpResponse:
    """The preview of an entry's text; an unmet entry is as unknown as one that was never written."""
    return _answer(request, desk, page_of(desk, slug, section=request.GET.get("section", "")[:16]))


@require_POST
@throttled("preview")
@desks.signed_in
def preview(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The preview of the text of a new entry."""
    return _answer(request, desk, new_page(desk, request.GET))


def _answer(request: HttpRequest, desk: Desk, page: EditPage) -> HttpResponse:
    """The fragment for the script that asks; for a form sent without scripts the whole page, the preview above it."""
    form = forms.read_form(request.POST)
    signed = request.POST.get("token", "")[:2000] or page.token
    try:
        made = _preview(desk, signed, form)
    except EditError as error:
        if asks_by_script(request):
            return JsonResponse({"error": str(error)}, status=404 if isinstance(error, GoneError) else 400)
        return answer_form(request, desk, page, form, said=str(error), status=400)
    if asks_by_script(request):
        response = render(request, "wiki/components/preview.html", {"story": desk.story, "preview": made})
        response["X-Fragment"] = "preview"
        return response
    sent = Save(signed, form, forms.summary_of(request.POST))
    return answer_form(request, desk, page, form, sent=sent, preview=made)


def _preview(desk: Desk, signed: str, form: EntryForm) -> Preview:
    token: Token = read_token(signed, user=desk.user.pk, story=desk.story.pk)
    return previewing.preview(desk.story, token=token, form=form)
