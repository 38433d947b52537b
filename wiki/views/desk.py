"""What every page for those who write shares: who asks, how far they have read, what they may do; kept nowhere."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from reader import places
from reader.models import Story, User
from reader.refusing import asks_by_script
from reader.views.visitor import visitor_in_story
from wiki.editing.rights import Rights, rights_of
from wiki.views import kept, lowered


@dataclass(frozen=True, slots=True)
class Desk:
    """A signed-in person before one story's wiki; `horizon` is what this request may see."""

    story: Story
    user: User
    rights: Rights
    horizon: int
    reached: int

    @property
    def is_lowered(self) -> bool:
        """Whether the page stands as of an earlier point than its reader has reached."""
        return self.horizon < self.reached


def signed_in(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Decorator: give the view a Desk; whoever is signed out goes to sign in and comes back, a script is told so (401).

    The answer to who is signed out is the same for every entry, met, unmet or unknown.
    """

    @wraps(view)
    def asked(request: HttpRequest, story: str, **kwargs: str) -> HttpResponse:
        row = kept.story_called(story)
        if row is None:
            raise Http404
        user = request.user
        if not isinstance(user, User):
            return unkept(_to_sign_in(request))
        seen = places.current(request, row).horizon
        horizon = places.lowered(seen, request.GET.get("as"))
        return unkept(view(request, Desk(row, user, rights_of(user, row), horizon, seen), **kwargs))

    return asked


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    if asks_by_script(request):
        said = _("You are signed out: sign in in another window, then go on here. Nothing was lost.")
        return JsonResponse({"error": said}, status=401)
    here = request.get_full_path()
    if request.method not in {"GET", "HEAD"}:  # back to the page that the form stood on
        came_from = request.headers.get("Referer", "")
        is_ours = url_has_allowed_host_and_scheme(came_from, {request.get_host()}, require_https=request.is_secure())
        parts = urlsplit(came_from if is_ours else reverse("reader:library"))
        here = f"{parts.path}?{parts.query}" if parts.query else parts.path
    return redirect_to_login(here)


def page(
    request: HttpRequest, desk: Desk, template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """A page rendered for this person."""
    story = desk.story
    standing = places.current(request, story)
    shared = {
        "story": story,
        "section": "wiki",
        "rights": desk.rights,
        "is_lowered": desk.is_lowered,
        "as_label": lowered.label_of(desk.horizon),
        "reached_label": lowered.label_of(desk.reached),
        "visitor": visitor_in_story(request, slug=story.slug, title=story.title, standing=standing),
    }
    return render(request, template, shared | context, status=status)


def unkept(response: HttpResponse) -> HttpResponse:
    """Kept by nobody, found by nobody."""
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
