"""Pictures, each behind the gate of the paragraph from which it may be seen."""

import re

from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_safe

from reader import places
from reader.models import Story
from reader.text import points
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
    horizon = max(places.horizon(request, row), _beside_text(request, row) if width == min(picturing.WIDTHS) else 0)
    found = gate.picture(row, public_id, horizon, viewer=user.pk if user else 0)
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


def _beside_text(request: HttpRequest, story: Story) -> int:
    """The end of the chapter whose text the picture stands beside, if the address has that chapter's key; else 0."""
    chapter = request.GET.get("at", "")
    if not re.fullmatch("[1-9][0-9]{0,4}", chapter):
        return points.NOTHING
    is_given = constant_time_compare(request.GET.get("key", ""), picturing.key_of(story.public_id, int(chapter)))
    return points.chapter_end(int(chapter)) if is_given else points.NOTHING
