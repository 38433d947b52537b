"""What the editor offers while one types, as JSON: names that are met, paragraphs that were read."""

from dataclasses import asdict

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from reader.throttling import throttled
from wiki.editing import suggesting
from wiki.views import desk as desks
from wiki.views.desk import Desk


@require_safe
@throttled("suggest", methods=("GET", "HEAD"))
@desks.signed_in
def suggest_names(request: HttpRequest, desk: Desk) -> HttpResponse:
    """{"results": [{"name", "title", "kind", "kind_name", "slug"}]}: the same for what is unmet and for what is not."""
    found = suggesting.names(desk.story, request.GET.get("q", "")[:80], desk.horizon)
    return JsonResponse({"results": [asdict(one) for one in found]})


@require_safe
@throttled("suggest", methods=("GET", "HEAD"))
@desks.signed_in
def suggest_paragraphs(request: HttpRequest, desk: Desk) -> HttpResponse:
    """{"results": [{"point", "words"}]}: the paragraphs read last, the latest first."""
    found = suggesting.paragraphs(desk.story, desk.horizon)
    return JsonResponse({"results": [asdict(one) for one in found]})
