"""The library and the page of one story."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.core.paginator import Paginator
from django.db.models import Count, Q, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from reader import bookmarks, outline, paging, places
from reader.annotators import registry
from reader.models import Chapter, Paragraph, Story
from reader.text import points
from reader.text.standing import Standing
from reader.views.places import picker_of
from reader.views.visitor import visitor_in_story

ROWS = 100  # lines of contents on one page
SHELF = 48  # stories on one page of the library


@dataclass(frozen=True, slots=True)
class ShelfItem:
    """One story on the shelf, for one reader."""

    story: Story
    continue_url: str
    continue_label: str
    state: str
    state_label: str
    length_label: str
    quote_html: SafeString
    axis: outline.Axis | None


@require_safe
def library(request: HttpRequest) -> HttpResponse:
    """All stories; the one most recently read stands on top, with the paragraph where the reader left off."""
    now, standings = timezone.now(), places.all_current(request)
    stories = Story.objects.on_shelf().annotate(
        chapter_total=Count("chapters", filter=Q(chapters__published_at__lte=now)),
        word_total=Sum("chapters__words", filter=Q(chapters__published_at__lte=now), default=0),
        second_total=Sum("chapters__seconds", filter=Q(chapters__published_at__lte=now), default=0),
    )
    page = Paginator(stories.filter(chapter_total__gt=0), SHELF).get_page(request.GET.get("page"))
    begun = {key: value for key, value in standings.items() if value.has_begun}
    current = None
    if begun and page.number == 1:
        known = stories.filter(public_id__in=begun, chapter_total__gt=0)
        story = max(known, key=lambda story: begun[story.public_id].at, default=None)
        if story is not None:
            standing = begun[story.public_id]
            chapters = list(story.chapters.published(at=now).in_order().defer("note_before", "note_after"))
            current = replace(
                _shelf_item(story, standing),
                axis=outline.axis(chapters, standing),
                quote_html=_quote(story, standing, now),
            )
    shelf = [
        _shelf_item(story, standings.get(story.public_id, Standing()))
        for story in page
        if current is None or story.pk != current.story.pk
    ]
    context = {"current": current, "shelf": shelf, "is_newcomer": not begun, "page": page}
    return render(request, "reader/library.html", context)


@require_safe
def story_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Contents, length, progress, and “How far have you read?”."""
    story = get_object_or_404(Story, slug=slug)
    now, standing = timezone.now(), places.current(request, story)
    owner, horizon = places.is_owner(request, story), places.horizon(request, story)
    chapters = list(story.chapters.visible(at=now, is_owner=owner).in_order().defer("note_before", "note_after"))
    last = len(chapters)
    here = min(outline.continue_point(standing)[0], last or 1)
    start = (here - 1) // ROWS if "from" not in request.GET else _number(request.GET["from"]) // ROWS
    start = min(start, max(last - 1, 0) // ROWS) * ROWS
    rows = chapters[start : start + ROWS]
    context = {
        "visitor": visitor_in_story(request, slug=story.slug, title=story.title, standing=standing),
        "story": story,
        "axis": outline.axis(chapters, standing),
        "facts_line": outline.facts_line(story, chapters, standing),
        "continue_url": outline.continue_url(story, standing, last_chapter=last) if last else "",
        "continue_label": outline.continue_label(standing, last_chapter=last),
        "contents": outline.contents(
            story,
            rows,
            standing,
            horizon=horizon,
            here_page=_page_here(standing, chapters),
            at=now,
            is_owner=owner,
        ),
        "contents_label": _("Chapters %(first)d to %(last)d of %(count)d")
        % {"first": start + 1, "last": start + len(rows), "count": last},
        "contents_previous_url": f"?from={start - ROWS}" if start else "",
        "contents_next_url": f"?from={start + ROWS}" if start + ROWS < last else "",
        "picker": picker_of(story, standing, last_chapter=last),
        "panels": registry.panels(request, story, horizon),
        "bookmarks_url": reverse("reader:bookmark-list", args=[story.slug]),
        "bookmark_count": bookmarks.of_visitor(request).filter(story=story).count(),
        "canonical_url": request.build_absolute_uri(story.get_absolute_url()),
    }
    return render(request, "reader/story_detail.html", context)


def _shelf_item(story: Story, standing: Standing) -> ShelfItem:
    last = int(getattr(story, "chapter_total", 0))
    length = _("%(words)s, %(time)s") % {
        "words": outline.words_label(int(getattr(story, "word_total", 0))),
        "time": outline.duration(int(getattr(story, "second_total", 0))),
    }
    is_done = standing.reached >= points.chapter_end(last)
    state = "unread" if not standing.has_begun else "done" if is_done else "reading"
    chapter = min(points.split(standing.reached)[0], last)
    labels = {
        "unread": _("Not begun"),
        "done": _("All read"),
        "reading": _("Read to chapter %(chapter)d of %(count)d") % {"chapter": chapter, "count": last},
    }
    if state == "reading" and not chapter:  # somebody who jumped ahead, or shows everything
        labels["reading"] = _("Everything is shown") if standing.shows_all else _("Looked into")
    return ShelfItem(
        story=story,
        continue_url=outline.continue_url(story, standing, last_chapter=last),
        continue_label=outline.continue_label(standing, last_chapter=last),
        state=state,
        state_label=labels[state],
        length_label=length,
        quote_html=mark_safe(""),
        axis=None,
    )


def _quote(story: Story, standing: Standing, now: datetime) -> SafeString:
    """The paragraph at the reader's place; what lies ahead of it is never quoted."""
    found = (
        Paragraph.objects.live()
        .filter(
            chapter__story=story,
            chapter__published_at__lte=now,
            chapter__number=points.split(standing.place)[0],
            point__lte=standing.place,
        )
        .order_by("-point")
        .first()
    )
    return mark_safe(found.html if found and found.kind != "message" else "")  # noqa: S308


def _page_here(standing: Standing, chapters: list[Chapter]) -> int | None:
    """The page of the reader's place inside its chapter."""
    number, point = outline.continue_point(standing)
    if point == points.NOTHING:
        return 1
    home = next((chapter for chapter in chapters if chapter.number == number), None)
    return paging.page_of_point(chapter=home, point=point) if home else None


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0
