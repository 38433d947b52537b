"""How far have you read: the picker, the reports of reading pages, and what a visitor has read at all."""

import base64
import re
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from reader import bookmarks, outline, paging, places
from reader.annotators import registry
from reader.errors import PointError
from reader.models import Chapter, Paragraph, Story
from reader.text import points
from reader.text.standing import Standing
from reader.views.guards import is_from_here, same_origin_writes
from reader.views.visitor import spoken_point, visitor_in_story

PIXEL = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")
SEEN_PAGE = re.compile(r"([1-9][0-9]{0,8})/(all|[1-9][0-9]{0,8})")
BUTTONS_AT_MOST = 60  # a story with more chapters gets a number field


@dataclass(frozen=True, slots=True)
class Picker:
    """What “How far have you read?” needs to know."""

    post_url: str
    chapters: tuple[int, ...]
    last_chapter: int
    current_label: str
    next_url: str
    show_all: bool
    reached_value: int | None


def picker_of(story: Story, standing: Standing, *, last_chapter: int, next_url: str = "") -> Picker:
    """The picker of one story for one reader."""
    chapter = points.split(standing.reached)[0]
    if standing.shows_all:
        label = _("Everything is shown.")
    elif standing.reached:
        label = _("You have read as far as %(point)s.") % {"point": spoken_point(standing.reached)}
    else:
        label = _("You have not begun.")
    return Picker(
        post_url=reverse("reader:reached", args=[story.slug]),
        chapters=tuple(range(1, last_chapter + 1)) if last_chapter <= BUTTONS_AT_MOST else (),
        last_chapter=last_chapter,
        current_label=label,
        next_url=next_url or story.get_absolute_url(),
        show_all=standing.shows_all,
        reached_value=chapter if standing.reached and standing.reached == points.chapter_end(chapter) else None,
    )


@same_origin_writes
@require_http_methods(["GET", "HEAD", "POST"])
def reached(request: HttpRequest, slug: str) -> HttpResponse:
    """GET: the picker's page. POST: a report (`by=reading`), the picker's answer, “just looking”, or “forget”."""
    story = get_object_or_404(Story, slug=slug)
    if request.method != "POST":
        return _reached_page(request, story)
    if request.POST.get("by") == "reading":
        return _report(request, story)
    response = HttpResponseRedirect(_next(request, story.get_absolute_url()))
    value = request.POST.get("point", "")
    if request.POST.get("looking"):
        places.look_around(request, response, story)
    elif value == "forget":
        places.forget(request, response, story)
    elif value == "all":
        places.show_everything(request, response, story)
        registry.opened(request, story)
    else:
        try:
            point = _within(request, story, points.parse_point(value.strip()))
        except PointError as error:
            return _reached_page(request, story, problem=str(error), value=value)
        places.choose(request, response, story, point=point)
    return response


def _reached_page(request: HttpRequest, story: Story, *, problem: str = "", value: str = "") -> HttpResponse:
    standing = places.current(request, story)
    owner = places.is_owner(request, story)
    last_chapter = story.chapters.visible(at=timezone.now(), is_owner=owner).count()
    next_url = _next(request, story.get_absolute_url())
    context = {
        "visitor": visitor_in_story(request, slug=story.slug, title=story.title, standing=standing),
        "story": story,
        "proposal": _proposal(request, last_chapter),
        "picker": picker_of(story, standing, last_chapter=last_chapter, next_url=next_url),
        "place_label": spoken_point(standing.place) if standing.place else "",
        "place_url": outline.continue_url(story, standing, last_chapter=last_chapter),
        "forget": {"post_url": reverse("reader:reached", args=[story.slug])} if standing.has_begun else None,
        "form_error": problem,
        "value": value[:40],
    }
    return render(request, "reader/reached.html", context, status=400 if problem else 200)


def _proposal(request: HttpRequest, last_chapter: int) -> dict[str, str] | None:
    """A link may propose a point (`?point=4`); nothing changes before the reader has pressed the button."""
    try:
        point = points.parse_point(request.GET.get("point", ""))
    except PointError:
        return None
    if not 0 < points.split(point)[0] <= last_chapter:
        return None
    return {"value": points.format_point(point), "label": spoken_point(point)}


def _report(request: HttpRequest, story: Story) -> HttpResponse:
    """A reading page says which paragraphs went by: from `start` to `point`, the eye being at `place` now."""
    try:
        point = points.parse_point(request.POST.get("point", ""))
        start = points.parse_point(request.POST.get("start", "") or request.POST.get("point", ""))
        place = points.parse_point(request.POST.get("place", "") or request.POST.get("point", ""))
    except PointError as error:
        return JsonResponse({"error": str(error)}, status=400)
    owner = places.is_owner(request, story)
    previous_first = paging.previous_first_of(story=story, point=start, at=timezone.now(), is_owner=owner)
    if previous_first is None or len({points.split(one)[0] for one in (start, point, place)}) > 1:
        return JsonResponse({"error": _("That page is not part of the story.")}, status=404)
    response = HttpResponse(status=204)
    places.move(
        request,
        response,
        story,
        point=_normal(story, point),
        place=place,
        previous_first=previous_first,
    )
    return response


@require_safe
def seen(request: HttpRequest, slug: str) -> HttpResponse:
    """The picture in `<noscript>`: a page without scripts says that it was opened, up to its end."""
    response = HttpResponse(PIXEL, content_type="image/gif")
    response["Cache-Control"] = "no-store"
    asked = SEEN_PAGE.fullmatch(request.GET.get("page", ""))
    is_prefetch = "prefetch" in request.headers.get("Sec-Purpose", request.headers.get("Purpose", ""))
    if asked is None or is_prefetch or not is_from_here(request, fallback="HTTP_REFERER"):
        return response
    story = get_object_or_404(Story, slug=slug)
    number, page = int(asked[1]), paging.WHOLE if asked[2] == "all" else int(asked[2])
    content = paging.load_page(
        slug=slug, number=number, page=page, at=timezone.now(), is_owner=places.is_owner(request, story)
    )
    if content is not None and content.page == page and content.groups:
        places.move(
            request, response, story, point=content.last, place=content.first, previous_first=content.previous_first
        )
    return response


@require_safe
def reading_list(request: HttpRequest) -> HttpResponse:
    """“What have I read?”: every story in which this visitor has a place or a bookmark."""
    standings, marks = places.all_current(request), bookmarks.counts(request)
    stories = Story.objects.filter(public_id__in=standings) | Story.objects.filter(pk__in=marks)
    now, items = timezone.now(), []
    for story in stories.distinct().on_shelf():
        standing = standings.get(story.public_id, Standing())
        last_chapter = story.chapters.published(at=now).count()
        items.append(
            {
                "story": story,
                "state_label": outline.progress_sentence(last_chapter, standing),
                "picker_url": reverse("reader:reached", args=[story.slug]),
                "place_url": outline.continue_url(story, standing, last_chapter=last_chapter),
                "place_label": outline.continue_label(standing, last_chapter=last_chapter),
                "bookmark_count": marks.get(story.pk, 0),
                "bookmarks_url": reverse("reader:bookmark-list", args=[story.slug]),
            }
        )
    context = {"items": items, "forget_all_url": reverse("reader:forget") if items else ""}
    return render(request, "reader/reading_list.html", context)


@same_origin_writes
@require_POST
def forget(request: HttpRequest) -> HttpResponse:
    """“Forget what I read”, for all stories; bookmarks go too when the form says so."""
    response = HttpResponseRedirect(reverse("reader:reading-list"))
    places.forget_all(request, response)
    if request.POST.get("bookmarks"):
        bookmarks.of_visitor(request).delete()
        response.delete_cookie(bookmarks.COOKIE)
    return response


def _next(request: HttpRequest, default: str) -> str:
    """Where to go on: an address of this site, or the default."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) and wanted.startswith("/")
    return wanted if is_ours else default


def _normal(story: Story, point: int) -> int:
    """Reaching the last paragraph of a chapter is reaching its end."""
    chapter = Chapter.objects.filter(story=story, number=points.split(point)[0]).first()
    if chapter is not None and chapter.last_point and point >= chapter.last_point:
        return points.chapter_end(chapter.number)
    return point


def _within(request: HttpRequest, story: Story, point: int) -> int:
    """A chosen point, which must lie in the story as it is published."""
    number = points.split(point)[0]
    owner = places.is_owner(request, story)
    last = story.chapters.visible(at=timezone.now(), is_owner=owner).count()
    if number > last:
        raise PointError(_("The story has no chapter %(number)d so far.") % {"number": number})
    point = _normal(story, point)
    is_there = point in {points.NOTHING, points.chapter_end(number)}
    if not is_there and not Paragraph.objects.filter(chapter__story=story, point=point).exists():
        raise PointError(_("The story has no paragraph %(point)s.") % {"point": points.format_point(point)})
    return point
