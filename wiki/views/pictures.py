"""Pictures, each behind the gate of the paragraph from which it may be seen."""

from typing import Final

from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from reader import places
from reader.errors import PointError
from reader.models import Paragraph, Story
from reader.text import points
from wiki import gate, picturing
from wiki.editing import reviewing
from wiki.editing.rights import rights_of
from wiki.views import kept as pages

DAY: Final = 86_400
SHORT: Final = 600
"""Seconds for which a browser keeps a picture whose address stays when it is replaced."""


@require_safe
def picture(request: HttpRequest, story: str, public_id: str, width: int) -> HttpResponseBase:
    """One picture at one width; unknown and not yet shown are the same 404."""
    row = pages.story_called(story)
    if row is None or width not in picturing.WIDTHS:
        raise Http404
    user = places.account_of(request)
    horizon = places.horizon(request, row)
    found = gate.picture(row, public_id, horizon, viewer=user.pk if user else 0)
    if found is None and user is not None:  # an editor looks at a proposal
        found = reviewing.picture(row, public_id, rights_of(user, row), horizon)
    return _file(row, public_id, found, width, seconds=DAY)


@require_safe
def entry_face(request: HttpRequest, story: str, slug: str) -> HttpResponseBase:
    """The small picture of an entry as it is known in the paragraph `?at=`; else a 404, always the same.

    Where the text links the entry it opens for all, as the text does; elsewhere for those who have read as far.
    """
    row = pages.story_called(story)
    try:
        point = points.parse_point(request.GET.get("at", ""))
    except PointError:
        raise Http404 from None
    if row is None or (point > places.horizon(request, row) and not _is_linked(row, slug, point)):
        raise Http404
    entry = gate.exists(row, slug, point)
    if entry is None or entry.picture is None:
        raise Http404
    public_id = entry.picture.public_id
    return _file(row, public_id, gate.picture(row, public_id, point), min(picturing.WIDTHS), seconds=SHORT)


def _is_linked(story: Story, slug: str, point: int) -> bool:
    """Whether the paragraph at a point, which anybody may open, names this entry."""
    chapters = story.chapters.published(at=timezone.now())
    rows = Paragraph.objects.live().filter(chapter__in=chapters, point=point)
    links = gate.text_links(story, dict(rows.values_list("pk", "point")))
    return any(link.entry.slug == slug for many in links.values() for link in many)


def _file(story: Story, public_id: str, digest: str | None, width: int, *, seconds: int) -> HttpResponseBase:
    if digest is None:
        raise Http404
    path = picturing.folder_of(story.public_id) / picturing.file_name(public_id, digest, width)
    try:
        response = FileResponse(path.open("rb"), content_type="image/webp")
    except FileNotFoundError:
        raise Http404 from None
    response["Cache-Control"] = f"private, max-age={seconds}"
    response["Vary"] = "Cookie"
    return response
