"""Uploads of pictures, in the shape that the editor’s script asks for."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from reader import places
from reader.throttling import throttled
from wiki.editing import uploading
from wiki.editing.rights import rights_of
from wiki.errors import NotAllowedError, PictureError
from wiki.views import kept as pages


@require_POST
@throttled("upload")
def upload(request: HttpRequest, story: str) -> HttpResponse:
    """Take one picture in: JSON `{"image_code": mark-up, "image": id}`, or `{"error": sentence}`."""
    row = pages.story_called(story)
    if row is None:
        return _refused(_("There is no such story."), 404)
    sent = request.FILES.get("image")  # reading it is what takes the request in
    if request.META.get("UPLOAD_IS_TOO_LARGE"):
        return _refused(uploading.too_large(), 413)
    try:
        identity = uploading.take(row, sent, rights_of(places.account_of(request), row))
    except NotAllowedError as error:
        return _refused(str(error), 403)
    except PictureError as error:
        return _refused(str(error), 413 if str(error) == uploading.too_large() else 400)
    alt = " ".join(request.POST.get("alt", "").split()).replace("[", "(").replace("]", ")")[:300]
    code = f"![{alt or _('what the picture shows')}](image:{identity}) "
    answer = JsonResponse({"image_code": code, "image": identity})
    answer["Cache-Control"] = "no-store"
    return answer


def _refused(sentence: str, status: int) -> JsonResponse:
    answer = JsonResponse({"error": sentence}, status=status)
    answer["Cache-Control"] = "no-store"
    return answer
