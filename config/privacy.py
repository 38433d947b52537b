"""What is answered to one visitor is nobody else's: no shared cache may keep it (DESIGN §7). Knows no story."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


def private_answers(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: an answer that says nothing else is for this browser alone; what `?as=` shows is kept nowhere."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.META.get("QUERY_STRING") and "as" in request.GET:
            response["Cache-Control"] = "private, no-store"
            response["X-Robots-Tag"] = "noindex"
        elif "Cache-Control" not in response:
            response["Cache-Control"] = "private, no-cache"
        return response

    return middleware
