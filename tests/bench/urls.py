"""The site's addresses, and `/-/constant/?size=N`: the same server returning N bytes that never change."""

from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from django.urls import path

from config.urls import urlpatterns as site


@lru_cache(maxsize=4)
def page(size: int) -> bytes:
    """That many bytes of text that compress about as prose does."""
    words = b"the tide came in over the wall and nobody on the stairs said what it meant to do next "
    return (b"<!doctype html><title>x</title><p>" + words * (size // len(words) + 1))[:size]


def constant(request: HttpRequest) -> HttpResponse:
    """The page to compare with."""
    return HttpResponse(page(int(request.GET["size"])))


urlpatterns = [path("-/constant/", constant), *site]
