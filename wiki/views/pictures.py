"""Pictures, each behind the gate of the paragraph from which it may be seen."""

from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from reader import places
from wiki import gate, picturing
from wiki.editing import reviewing
from wiki.editing.rights import rights_of
from wiki.views import kept as pages


@require_safe
def picture(request: HttpRequest, story: str, public_id: str, width: int) -> HttpResponseBase:
    """One picture at one width; unknown and not yet shown are the same 404."""
    row = pages.story_called(story)
    if row is None or width not in picturing.WIDTHS:
        raise Http404
    user = places.account_of(request)
    found = gate.picture(row, public_id, places.horizon(request, row), viewer=user.pk if user else 0)
    if found is None and user is not None:  # an editor looks at a proposal
        found = reviewing.picture(row, public_id, rights_of(user, row), places.horizon(request, row))
    if found is None:
        raise Http404
    path = picturing.folder_of(row.public_id) / picturing.file_name(public_id, found, width)
    try:
        response = FileResponse(path.open("rb"), content_type="image/webp")
    except FileNotFoundError:
        raise Http404 from None
    response["Cache-Control"] = "private, max-age=86400"
    response["Vary"] = "Cookie"
    return response
