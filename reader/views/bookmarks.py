"""The pages on which bookmarks are kept, read and taken out."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_http_methods, require_POST

from reader import bookmarks, places
from reader.errors import BookmarkError, PointError
from reader.models import Paragraph, Story
from reader.text import points
from reader.views.guards import same_origin_writes
from reader.views.visitor import visitor_in_story


@same_origin_writes
@require_http_methods(["GET", "HEAD", "POST"])
def bookmark_list(request: HttpRequest, slug: str) -> HttpResponse:
    """GET: the story's bookmarks, and a form for one more (`?at=6:19`). POST: keep one."""
    story = get_object_or_404(Story, slug=slug)
    if request.method != "POST":
        return _page(request, story, at=request.GET.get("at", ""))
    response = HttpResponseRedirect(reverse("reader:bookmark-list", args=[slug]))
    value, note = request.POST.get("point", ""), request.POST.get("note", "")
    try:
        paragraph = _paragraph(request, story, points.parse_point(value.strip()))
        bookmarks.add(request, response, story, point=paragraph.point, note=note)
    except (PointError, BookmarkError) as error:
        return _page(request, story, at=value, problem=str(error), note=note)
    return response


@same_origin_writes
@require_POST
def bookmark_remove(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Take one out; one that is already gone, or somebody else's, changes nothing."""
    bookmarks.of_visitor(request).filter(public_id=public_id, story__slug=slug).delete()
    return HttpResponseRedirect(reverse("reader:bookmark-list", args=[slug]))


def _page(request: HttpRequest, story: Story, *, at: str, problem: str = "", note: str = "") -> HttpResponse:
    standing = places.current(request, story)
    marks = list(bookmarks.of_visitor(request).filter(story=story).in_order())
    rows = _paragraphs_at(request, story, {mark.point for mark in marks})
    try:
        point = points.parse_point(at) if at else standing.place
        at_label = points.format_point(_paragraph(request, story, point).point)
    except PointError:
        at_label = ""
    context = {
        "visitor": visitor_in_story(request, slug=story.slug, title=story.title, standing=standing),
        "story": story,
        "bookmarks": [
            {
                "label": points.format_point(mark.point),
                "url": _url(story, mark.point),
                "quote_html": mark_safe(rows[mark.point].html) if mark.point in rows else "",  # noqa: S308
                "note": mark.note,
                "remove_url": reverse("reader:bookmark-remove", args=[story.slug, mark.public_id]),
                "made_on": mark.created_at,
            }
            for mark in marks
        ],
        "at_label": at_label,
        "at_value": at_label or at[:40],
        "post_url": reverse("reader:bookmark-list", args=[story.slug]),
        "form_error": problem,
        "note_value": note,
    }
    return render(request, "reader/bookmark_list.html", context, status=400 if problem else 200)


def _paragraph(request: HttpRequest, story: Story, point: int) -> Paragraph:
    """The paragraph at a point, or the last one before it; PointError when there is none."""
    owner = places.is_owner(request, story)
    chapter = story.chapters.visible(at=timezone.now(), is_owner=owner).filter(number=points.split(point)[0]).first()
    rows = Paragraph.objects.filter(chapter=chapter).live() if chapter else Paragraph.objects.none()
    found = rows.filter(point__lte=point).order_by("-point").first()
    if found is None:
        raise PointError(f"There is no paragraph {points.format_point(point)} in this story so far.")
    return found


def _paragraphs_at(request: HttpRequest, story: Story, wanted: set[int]) -> dict[int, Paragraph]:
    """The live paragraphs at these points, by point, as far as the visitor may see their chapters."""
    numbers = {points.split(point)[0] for point in wanted}
    owner = places.is_owner(request, story)
    chapters = story.chapters.visible(at=timezone.now(), is_owner=owner).filter(number__in=numbers)
    return {row.point: row for row in Paragraph.objects.live().filter(chapter__in=chapters, point__in=wanted)}


def _url(story: Story, point: int) -> str:
    chapter, number, sub = points.split(point)
    return reverse("reader:paragraph-detail", args=[story.slug, chapter, points.format_number(number, sub)])
