"""What is said about a story from outside its text: lengths, contents, progress. Renders nothing.

Titles are withheld here: a chapter's title is known from its first paragraph (DESIGN §3.10).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reader.models import Chapter, Story
from reader.text import points
from reader.text.standing import Standing

SEGMENTS_AT_MOST = 200
LABELS_AT_MOST = 24  # chapter numbers under an axis before they are thinned out


@dataclass(frozen=True, slots=True)
class Segment:
    """One chapter on the axis: `x` and `width` in percent of it, `read` from 0 to 1."""

    number: int
    x: float
    width: float
    read: float
    label: str

    @property
    def read_to(self) -> float:
        """Where the solid line of this chapter ends, in percent of the axis."""
        return round(self.x + self.width * self.read, 3)

    @property
    def x_end(self) -> float:
        """Where the chapter ends, in percent of the axis."""
        return round(self.x + self.width, 3)

    @property
    def middle(self) -> float:
        """Where its number stands, in percent of the axis."""
        return round(self.x + self.width / 2, 3)


@dataclass(frozen=True, slots=True)
class Axis:
    """A story as wide as its words, read part solid; `sentence` says the same in words."""

    segments: tuple[Segment, ...]
    ribbon_x: float | None
    sentence: str


@dataclass(frozen=True, slots=True)
class ContentsRow:
    """One line of the contents; `title` is empty while it is withheld."""

    number: int
    title: str
    url: str
    minutes_label: str
    state: str
    here_label: str
    is_scheduled: bool
    published_at: datetime | None


def duration(seconds: int) -> str:
    """“12 min”, or “about 4 hours” from an hour and a half on."""
    minutes = max(1, round(seconds / 60))
    if minutes < 90:
        return _("%(count)d min") % {"count": minutes}
    hours = round(minutes / 60)
    return ngettext("about %(count)d hour", "about %(count)d hours", hours) % {"count": hours}


def words_label(count: int) -> str:
    """“59,800 words”; hundreds are round enough from a thousand on."""
    rounded = round(count, -2) if count >= 1000 else count
    return ngettext("%(count)s word", "%(count)s words", rounded) % {
        "count": number_format(rounded, force_grouping=True)
    }


def fraction_read(chapter: Chapter, reached: int) -> float:
    """How much of the chapter lies behind the reader, 0 to 1, by paragraph numbers."""
    if reached >= points.chapter_end(chapter.number) or (chapter.last_point and reached >= chapter.last_point):
        return 1.0
    number, paragraph, _sub = points.split(reached)
    if number != chapter.number:
        return 0.0
    last = points.split(chapter.last_point)[1] or 1
    return min(paragraph / last, 1.0)


def axis(chapters: Sequence[Chapter], standing: Standing) -> Axis:
    """The story's axis. Chapters of no words still get a sliver."""
    weights = [max(chapter.words, 1) for chapter in chapters]
    total = sum(weights) or 1
    # The chapter reached is labelled in any case, the rest at a regular distance.
    step = max(1, -(-len(chapters) // LABELS_AT_MOST))
    reached_chapter = points.split(standing.reached)[0]
    # Of thousands of chapters several share a segment: the line is not wider for them.
    share = -(-len(chapters) // SEGMENTS_AT_MOST) or 1
    segments: list[Segment] = []
    done, ribbon = 0, None
    for chapter, weight in zip(chapters, weights, strict=True):
        x, width = 100 * done / total, 100 * weight / total
        read = fraction_read(chapter, standing.reached)
        if chapter.number == reached_chapter:
            ribbon = round(x + width * read, 3)
        label = str(chapter.number) if (chapter.number - 1) % step == 0 or step == 1 else ""
        segment = Segment(chapter.number, round(x, 3), round(width, 3), round(read, 3), label)
        if segments and (chapter.number - 1) % share:
            segments[-1] = _joined(segments[-1], segment)
        else:
            segments.append(segment)
        done += weight
    if standing.reached and ribbon is None:
        ribbon = 100.0
    return Axis(tuple(segments), ribbon, progress_sentence(len(chapters), standing))


def _joined(left: Segment, right: Segment) -> Segment:
    """Two neighbours as one segment, read as far as both together."""
    width = left.width + right.width
    read = (left.width * left.read + right.width * right.read) / width if width else left.read
    return Segment(left.number, left.x, round(width, 3), round(read, 3), left.label or right.label)


def progress_sentence(count: int, standing: Standing) -> str:
    """Where the reader stands, in words."""
    chapter = min(points.split(standing.reached)[0], count)
    if not standing.reached:
        return ngettext("%(count)d chapter, not begun.", "%(count)d chapters, not begun.", count) % {"count": count}
    if chapter == count and standing.reached >= points.chapter_end(count):
        return ngettext("%(count)d chapter, all read.", "%(count)d chapters, all read.", count) % {"count": count}
    return _("You have read to chapter %(chapter)d of %(count)d.") % {"chapter": chapter, "count": count}


def contents(
    story: Story,
    chapters: Sequence[Chapter],
    standing: Standing,
    *,
    horizon: int,
    here_page: int | None,
    at: datetime,
    is_owner: bool,
) -> list[ContentsRow]:
    """The lines of the contents for one reader; titles as of `horizon`, `here_page` the page of their place."""
    here = continue_point(standing)[0]
    return [
        ContentsRow(
            number=chapter.number,
            title=chapter.title if knows_title(story, chapter, horizon=horizon, is_owner=is_owner) else "",
            url=reverse("reader:chapter-page", args=[story.slug, chapter.number]),
            minutes_label=duration(chapter.seconds),
            state=_state(chapter, standing, here),
            here_label=_here_label(chapter, here_page) if chapter.number == here and standing.has_begun else "",
            is_scheduled=chapter.published_at > at,
            published_at=chapter.published_at if chapter.published_at > at else None,
        )
        for chapter in chapters
    ]


def knows_title(story: Story, chapter: Chapter, *, horizon: int, is_owner: bool) -> bool:
    """A title is known from the chapter's first paragraph on, or always if the owner says so."""
    return story.show_titles or is_owner or horizon >= points.point(chapter.number, 0, 1)


def continue_point(standing: Standing) -> tuple[int, int]:
    """Chapter and point at which reading goes on: the place, or the chapter after one that is finished."""
    chapter = points.split(standing.place)[0]
    if chapter == 0:
        return 1, points.NOTHING
    if standing.place == points.chapter_end(chapter):
        return chapter + 1, points.NOTHING
    return chapter, standing.place


def continue_url(story: Story, standing: Standing, *, last_chapter: int) -> str:
    """The address where reading goes on; after the end, the beginning."""
    chapter, point = continue_point(standing)
    if chapter > last_chapter:
        return reverse("reader:chapter-page", args=[story.slug, 1])
    if point == points.NOTHING:
        return reverse("reader:chapter-page", args=[story.slug, chapter])
    _chapter, number, sub = points.split(point)
    return reverse("reader:paragraph-detail", args=[story.slug, chapter, points.format_number(number, sub)])


def continue_label(standing: Standing, *, last_chapter: int) -> str:
    """The words on the main button."""
    if not standing.has_begun or standing.place == points.NOTHING:
        return _("Begin reading")
    chapter = continue_point(standing)[0]
    if chapter > last_chapter:
        return _("Read again")
    if continue_point(standing)[1] == points.NOTHING:
        return _("Go on to chapter %(chapter)d") % {"chapter": chapter}
    return _("Continue chapter %(chapter)d") % {"chapter": chapter}


def facts_line(story: Story, chapters: Sequence[Chapter], standing: Standing) -> str:
    """“12 chapters, finished. 59,800 words, about 4 hours; about 2 hours left for you.”"""
    count = len(chapters)
    seconds = sum(chapter.seconds for chapter in chapters)
    left = sum(round(chapter.seconds * (1 - fraction_read(chapter, standing.reached))) for chapter in chapters)
    chapters_label = ngettext("%(count)d chapter", "%(count)d chapters", count) % {"count": count}
    words = words_label(sum(chapter.words for chapter in chapters))
    length = _("%(words)s, %(time)s") % {"words": words, "time": duration(seconds)}
    head = _("%(chapters)s, %(status)s.") % {"chapters": chapters_label, "status": story.get_status_display()}
    if not standing.reached:
        return f"{head} {length}."
    if left < 30:
        return f"{head} {length}."
    rest = _("%(length)s; %(left)s left for you.") % {"length": length, "left": duration(left)}
    return f"{head} {rest}"


def _state(chapter: Chapter, standing: Standing, here: int) -> str:
    if chapter.number == here and standing.has_begun:
        return "here"
    return "read" if standing.reached >= points.point(chapter.number, 0, 1) else "unread"


def _here_label(chapter: Chapter, page: int | None) -> str:
    if page is None or chapter.page_count < 2:
        return _("You are here")
    return _("You are on page %(page)d of %(count)d") % {"page": page, "count": chapter.page_count}
