"""While the site is read-only, a request that would change something is answered with one sentence; reading goes on."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from reader import switching
from reader.refusing import refused

READS = {"GET", "HEAD", "OPTIONS"}
# What these change lies in the visitor's cookies; the row of an account is left alone by reader/places.py.
MOVES_ONLY = {"look", "reader:reached"}
RETRY_SECONDS = 300


def refuse_changes(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware; stands before sessions, so that a refusal costs one query. A request that reads costs none."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method in READS or _only_moves(request):
            return get_response(request)
        closed = switching.read_only_for(request)
        if closed is None:
            return get_response(request)
        sentence = _(
            "Nothing can be changed just now, though everything can be read; "
            "what you wrote is still in your browser: go back, keep it, and send it again later."
        )
        return refused(
            request, template="503.html", sentence=sentence, status=503, seconds=RETRY_SECONDS, note=closed.sentence
        )

    return middleware


def _only_moves(request: HttpRequest) -> bool:
    try:
        return resolve(request.path_info).view_name in MOVES_ONLY
    except Resolver404:
        return False
