"""What every page that acts on a wiki shares: who may post, how often, and how a refusal is told."""

from collections.abc import Callable, Collection
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from reader.throttling import throttled
from reader.views.guards import same_origin_writes
from wiki import gate
from wiki.errors import EditError, GoneError, NotAllowedError
from wiki.views import desk as desks
from wiki.views.desk import Desk

View = Callable[..., HttpResponse]
BOTH = ("GET", "HEAD", "POST")


def acting(what: str = "decide", *, methods: Collection[str] = BOTH) -> Callable[[View], View]:
    """Decorator: the view gets a Desk; posts from elsewhere, too many of them, and what its errors say are answered.

    What is gone is the same 404 as what never was.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def told(request: HttpRequest, desk: Desk, **kwargs: str) -> HttpResponse:
            try:
                return view(request, desk, **kwargs)
            except GoneError as error:
                raise Http404 from error
            except EditError as error:
                status = 403 if isinstance(error, NotAllowedError) else 400
                context = {"said": str(error), "is_refused": status == 403}
                return desks.page(request, desk, "wiki/refused.html", context, status=status)

        return same_origin_writes(require_http_methods(list(methods))(throttled(what)(desks.signed_in(told))))

    return decorate


def entry_of(desk: Desk, slug: str) -> gate.EntryRef:
    """The entry at an address. Raises Http404 alike for the unknown and the unmet."""
    entry = gate.exists(desk.story, slug, desk.horizon)
    if entry is None:
        raise Http404
    return entry


def to(name: str, desk: Desk, *args: str) -> HttpResponse:
    """On to another page of this wiki, after something was done."""
    response = HttpResponseRedirect(reverse(f"wiki:{name}", args=[desk.story.slug, *args]))
    response.status_code = 303
    return response
