"""How a request that cannot be met now is answered: a page for people, JSON for scripts. Decides nothing."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import ngettext


def asks_by_script(request: HttpRequest) -> bool:
    """Whether the answer goes to a script rather than into a window."""
    return (
        "application/json" in request.headers.get("Accept", "")
        or request.headers.get("X-Requested-With") in {"XMLHttpRequest", "fetch"}
        or request.headers.get("Sec-Fetch-Dest") == "empty"
    )


def refused(
    request: HttpRequest, *, template: str, sentence: str, status: int, seconds: int, note: str = ""
) -> HttpResponse:
    """The refusal, with `Retry-After` in seconds; the template is given `sentence` and `note`."""
    response: HttpResponse
    if asks_by_script(request):
        response = JsonResponse({"error": f"{sentence} {note}".strip()}, status=status)
    else:
        page = render_to_string(template, {"sentence": sentence, "note": note}, request=request)
        response = HttpResponse(page, status=status)
    response["Retry-After"] = str(seconds)
    response["Cache-Control"] = "private, no-store"
    return response


def spoken_wait(seconds: int) -> str:
    """A wait as people say it, rounded up: minutes, from two hours on hours."""
    minutes = max(1, -(-seconds // 60))
    if minutes < 120:
        return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}
    hours = -(-minutes // 60)
    return ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}
