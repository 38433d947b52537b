"""The least effort: one sentence about an entry, cited with the paragraph that is being read."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from reader.errors import PointError
from reader.text.points import parse_point
from reader.throttling import throttled
from wiki.editing import noting, suggesting
from wiki.errors import EditError, NotAllowedError
from wiki.views import desk as desks
from wiki.views.desk import Desk


@require_http_methods(["GET", "HEAD", "POST"])
@throttled("edit")
@desks.signed_in
def note(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The form, and what it sends: a sentence that is put at the end of an entry, or begins a new one."""
    sent = request.POST if request.method == "POST" else request.GET
    values = {name: " ".join(sent.get(name, "").split())[:2000] for name in ("at", "entry", "sentence", "kind")}
    cited = _cited(desk, values["at"])
    if request.method != "POST":
        return _page(request, desk, values, cited)
    try:
        outcome = noting.note(desk.story, _note(values, cited), desk.rights, horizon=desk.horizon)
    except EditError as error:
        status = 403 if isinstance(error, NotAllowedError) else 422
        return _page(request, desk, values, cited, said=str(error), status=status)
    if outcome.sort == "waits":
        return desks.page(request, desk, "wiki/entry_waits.html", {"slug": outcome.slug})
    if outcome.sort not in ("saved", "same"):
        said = " ".join(one.sentence for one in outcome.troubles) or _("Somebody else saved just now; send it again.")
        return _page(request, desk, values, cited, said=said, status=422)
    messages.success(request, _("Your note is in."))
    response = HttpResponseRedirect(reverse("wiki:entry-detail", args=[desk.story.slug, outcome.slug]))
    response.status_code = 303
    return response


def _page(
    request: HttpRequest,
    desk: Desk,
    values: dict[str, str],
    cited: suggesting.ParagraphOffer | None,
    *,
    said: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "values": values,
        "cited": cited,
        "said": said,
        "kinds": suggesting.kinds(desk.story, desk.horizon),
        "names": suggesting.names(desk.story, "", desk.horizon, limit=60),
        "may_edit": desk.rights.may_edit(),
        "has_begun": suggesting.has_begun(desk.horizon),
    }
    return desks.page(request, desk, "wiki/note.html", context, status=status)


def _cited(desk: Desk, said: str) -> suggesting.ParagraphOffer | None:
    """The paragraph that the note is about, if it was read."""
    try:
        return suggesting.paragraph(desk.story, parse_point(said), desk.horizon)
    except PointError:
        return None


def _note(values: dict[str, str], cited: suggesting.ParagraphOffer | None) -> noting.Note:
    return noting.Note(values["entry"], values["kind"] or "character", values["sentence"], cited.point if cited else "")
