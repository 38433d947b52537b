"""The site's own pages: look, about, colophon, health, robots, and the pages for errors."""

import logging

from django.conf import settings
from django.core.validators import slug_re
from django.db import DatabaseError, connection
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    HttpResponseServerError,
    JsonResponse,
)
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from reader import places
from reader.models import Story
from reader.views.guards import same_origin_writes
from reader.views.places import picker_of
from reader.views.visitor import LOOK_CHOICES, LOOK_COOKIE, look_of, nowhere, visitor_in_story
from wiki.views.nearby import as_asked, near_names

logger = logging.getLogger(__name__)


@same_origin_writes
@require_http_methods(["GET", "HEAD", "POST"])
def look(request: HttpRequest) -> HttpResponse:
    """GET: how the site looks, as a form that needs no script. POST: keep it in a cookie and go back."""
    wanted = request.POST.get("next") or request.GET.get("next") or request.META.get("HTTP_REFERER", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    back = wanted if is_ours else reverse("reader:library")
    if request.method != "POST":
        now = {name: look_of(request).get(name, choices[0]) for name, choices in LOOK_CHOICES.items()}
        response = render(request, "look.html", {"look": now, "choices": LOOK_CHOICES, "next_url": back})
        response["Vary"] = "Cookie"
        return response
    chosen = {name: request.POST.get(name, look_of(request).get(name, "")) for name in LOOK_CHOICES}
    if "auto" in request.POST.getlist("size"):  # the slider beside the box always says something
        chosen["size"] = "auto"
    kept = [
        f"{name}:{value}"
        for name, value in chosen.items()
        if value in LOOK_CHOICES[name] and value != LOOK_CHOICES[name][0]
    ]
    response = HttpResponseRedirect(back)
    if kept:
        response.set_cookie(
            LOOK_COOKIE,
            ".".join(kept),
            max_age=settings.PLACE_COOKIE_SECONDS,
            secure=settings.PLACE_COOKIE_SECURE,
            samesite="Lax",
        )
    else:
        response.delete_cookie(LOOK_COOKIE)
    return response


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What the gate is, and what the site promises."""
    return render(request, "about.html")


@require_safe
def colophon(request: HttpRequest) -> HttpResponse:
    """Faces, licences and software."""
    return render(request, "colophon.html")


@require_safe
def style_guide(request: HttpRequest) -> HttpResponse:
    """Every component in every state; only under DEBUG."""
    return render(request, "style_guide.html", {"choices": LOOK_CHOICES})


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 when the database answers, else 503; for a host's monitor."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"database": "unreachable"}, status=503)
    return JsonResponse({"database": "ok"})


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Crawlers may read the stories; what is one visitor's own they leave alone."""
    lines = [
        "User-agent: *",
        "Disallow: /look/",
        "Disallow: /account/",
        "Disallow: /search/",
        "Disallow: /read/*/reached/",
        "Disallow: /read/*/bookmarks/",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The same words for what does not exist and what is not known yet; inside a story, a way on."""
    nowhere(request)
    context: dict[str, object] = {"suggestions": [{"label": _("The library"), "url": reverse("reader:library")}]}
    story = _story_of(request)
    if story is not None:
        standing = places.current(request, story)
        last = story.chapters.published(at=timezone.now()).count()
        is_wiki = request.path_info.startswith("/wiki/")
        portal = {"label": _("All you have met so far"), "url": reverse("wiki:portal", args=[story.slug])}
        context |= {
            "section": "wiki" if is_wiki else "read",
            "visitor": visitor_in_story(request, slug=story.slug, title=story.title, standing=standing),
            "story": story,
            "picker": picker_of(story, standing, last_chapter=last),
            "near": near_names(request, story, standing),
            **as_asked(request, standing),
            "suggestions": [
                *([portal] if is_wiki else []),
                {"label": _("Contents of %(title)s") % {"title": story.title}, "url": story.get_absolute_url()},
                {"label": _("The library"), "url": reverse("reader:library")},
            ],
        }
    return render(request, "404.html", context, status=404)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, without the details of what was wrong: they are in the log."""
    return HttpResponse(render_to_string("400.html"), status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403."""
    return render(request, "403.html", {"reason": _("This page is not open to you.")}, status=403)


def form_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form without a fresh token: it lay open for too long, or another site sent it."""
    sentence = _("This form was open for too long, or came from elsewhere. Load its page anew, and send it again.")
    return render(request, "403.html", {"reason": sentence}, status=403)


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """429: a throttle has answered, and says when to come back."""
    response = render(request, "429.html", status=429)
    response["Retry-After"], response["Cache-Control"] = "300", "private, no-store"
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """500: a plain page that needs neither database nor session."""
    return HttpResponseServerError(render_to_string("500.html"))


def _story_of(request: HttpRequest) -> Story | None:
    """The story in whose part of the site the address lies, even if the rest of it leads nowhere."""
    parts = request.path_info.strip("/").split("/")
    if len(parts) < 2 or parts[0] not in {"read", "wiki"} or not slug_re.fullmatch(parts[1]):
        return None
    return Story.objects.filter(slug=parts[1]).first()
