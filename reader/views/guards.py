"""Who may write: only our own pages. For addresses without a form token, because their pages are cached whole."""

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

View = Callable[..., HttpResponse]


def is_from_here(request: HttpRequest, *, fallback: str = "HTTP_ORIGIN") -> bool:
    """Whether the browser says that one of our pages asks.

    Sec-Fetch-Site decides (browsers send it, pages cannot change it); where it is absent, the fallback header's host
    must be ours.
    """
    site = request.META.get("HTTP_SEC_FETCH_SITE")
    if site is not None:
        return bool(site == "same-origin")
    try:
        asked_by = urlsplit(request.META.get(fallback, ""))
    except ValueError:
        return False
    scheme = "https" if request.is_secure() else "http"
    return (asked_by.scheme, asked_by.netloc) == (scheme, request.get_host())


def same_origin_writes(view: View) -> View:
    """Refuse a POST that does not come from our own pages, with a sentence and 403."""

    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if request.method not in {"GET", "HEAD", "OPTIONS"} and not is_from_here(request):
            reason = _("This change did not come from a page of this site, so nothing was changed.")
            return render(request, "403.html", {"reason": reason}, status=403)
        return view(request, *args, **kwargs)

    return guarded
