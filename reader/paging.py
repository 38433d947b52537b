"""Loads what a reading page shows, in at most three queries whatever the chapter's size. Renders nothing."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.db.models import Max, Min, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from reader.annotators import PageList, registry
from reader.models import Chapter, Paragraph, Story
from reader.text import points
from reader.text.annotate import Span, annotate

TAG = re.compile(r"<[^>]*>")
WHOLE = 0  # the page number that stands for the whole chapter


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph as the template sets it; `html` is safe."""

    anchor: str
    label: str
    url: str
    html: SafeString
    kind: str
    role: str
    classes: str


@dataclass(frozen=True, slots=True)
class Group:
    """Neighbours that are set together: one prose paragraph, or the lines of one letter or one exchange of messages."""

    kind: str
    scene_break: bool
    paragraphs: tuple[Para, ...]


@dataclass(frozen=True, slots=True)
class PageContent:
    """One page (or, with `page` = 0, one chapter) and its neighbourhood; points as in DESIGN §2."""

    story: Story
    chapter: Chapter
    page: int
    groups: tuple[Group, ...]
    margin: tuple[PageList, ...]
    previous: Chapter | None
    following: Chapter | None
    first: int
    last: int
    previous_first: int
    changes_at: datetime | None


def load_page(*, slug: str, number: int, page: int, at: datetime, is_owner: bool) -> PageContent | None:
    """The page, the last page when `page` lies beyond it, or None when there is no such story or chapter."""
    upcoming = Chapter.objects.filter(story=OuterRef("story"), published_at__gt=at).order_by("published_at")
    near = {
        chapter.number: chapter
        for chapter in Chapter.objects.visible(at=at, is_owner=is_owner)
        .filter(story__slug=slug, number__range=(number - 1, number + 1))
        .select_related("story")
        .annotate(changes_at=Subquery(upcoming.values("published_at")[:1]))
    }
    chapter = near.get(number)
    if chapter is None:
        return None
    page = min(page, chapter.page_count)
    paragraphs = list(_paragraphs(chapter, page))
    spans = registry.spans(chapter.story, paragraphs)
    return PageContent(
        story=chapter.story,
        chapter=chapter,
        page=page,
        groups=tuple(_groups(chapter, paragraphs, spans, slug=slug)),
        margin=tuple(registry.page_lists(chapter.story, paragraphs, spans)),
        previous=near.get(number - 1),
        following=near.get(number + 1),
        first=paragraphs[0].point if paragraphs else points.point(number),
        last=_reached_at_end(chapter, paragraphs),
        previous_first=_previous_first(chapter, near.get(number - 1), page),
        changes_at=getattr(chapter, "changes_at", None),
    )


def page_of_point(*, chapter: Chapter, point: int) -> int:
    """The page that holds a point of this chapter, or the nearest before it."""
    row = chapter.paragraphs.live().filter(point__lte=point).order_by("-point").values_list("page", flat=True).first()
    return row or 1


def previous_first_of(*, story: Story, point: int, at: datetime, is_owner: bool) -> int | None:
    """The first point of the page before the one that holds `point`; None when no visible chapter holds it."""
    number = points.split(point)[0]
    near = {
        chapter.number: chapter
        for chapter in story.chapters.visible(at=at, is_owner=is_owner).filter(number__in=(number - 1, number))
    }
    chapter = near.get(number)
    if chapter is None:
        return None
    return _previous_first(chapter, near.get(number - 1), page_of_point(chapter=chapter, point=point))


def _paragraphs(chapter: Chapter, page: int) -> Iterable[Paragraph]:
    rows = chapter.paragraphs.live().in_order() if page == WHOLE else chapter.paragraphs.on_page(page)
    return rows.defer("text") if not registry.annotators else rows


def _reached_at_end(chapter: Chapter, paragraphs: Sequence[Paragraph]) -> int:
    last = paragraphs[-1].point if paragraphs else 0
    return points.chapter_end(chapter.number) if last >= chapter.last_point else last


def _previous_first(chapter: Chapter, previous: Chapter | None, page: int) -> int:
    if page > 1:
        before = Q(chapter=chapter, page=page - 1)
    elif previous is not None:
        before = Q(chapter=previous, page=previous.page_count)
    else:
        return points.NOTHING
    found = Paragraph.objects.live().filter(before).aggregate(first=Min("point"))["first"]
    return int(found or points.NOTHING)


def _groups(
    chapter: Chapter, paragraphs: Sequence[Paragraph], spans: dict[int, list[Span]], *, slug: str
) -> Iterable[Group]:
    after_break = True
    opening = paragraphs[0].pk if paragraphs and has_drop_cap(paragraphs[0]) else None
    for _, rows in groupby(_with_run(paragraphs), key=lambda pair: pair[0]):
        run = [row for _, row in rows]
        kind = {"message": "messages"}.get(run[0].kind, run[0].kind)
        starts_plain = after_break or run[0].scene_break
        yield Group(
            kind=kind,
            scene_break=run[0].scene_break,
            paragraphs=tuple(
                _para(
                    chapter,
                    row,
                    spans.get(row.pk, []),
                    slug=slug,
                    is_plain=starts_plain and index == 0,
                    opens_chapter=row.pk == opening,
                )
                for index, row in enumerate(run)
            ),
        )
        after_break = kind != "prose"


def _with_run(paragraphs: Sequence[Paragraph]) -> Iterable[tuple[int, Paragraph]]:
    """Each paragraph with the number of the group that it stands in."""
    run, before = 0, ""
    for row in paragraphs:
        joins = row.kind == before and row.kind in {"message", "letter"} and not row.opens and not row.scene_break
        run += 0 if joins else 1
        before = row.kind
        yield run, row


def has_drop_cap(row: Paragraph) -> bool:
    """Whether a chapter's first page opens with a drop cap: prose that begins with a letter that has a capital."""
    opening = TAG.sub("", row.html[:200])[:1]
    return row.page == 1 and row.kind == "prose" and opening.lower() != opening.upper()


def _para(
    chapter: Chapter, row: Paragraph, spans: list[Span], *, slug: str, is_plain: bool, opens_chapter: bool
) -> Para:
    number = points.format_number(row.number, row.sub)
    classes = "plain" if is_plain else ""
    return Para(
        anchor=f"p{number}",
        label=points.format_point(row.point),
        url=reverse("reader:paragraph-detail", args=[slug, chapter.number, number]),
        # The importer escapes every character of a manuscript; only its own few tags are in here.
        html=mark_safe(annotate(row.html, spans) if spans else row.html),  # noqa: S308
        kind=row.kind,
        role=row.role,
        classes=f"{classes} first".strip() if opens_chapter else classes,
    )


def last_point_of(story: Story, *, at: datetime) -> int:
    """The end of the story as published at that moment."""
    number = story.chapters.published(at=at).aggregate(last=Max("number"))["last"]
    return points.chapter_end(number) if number else points.NOTHING
