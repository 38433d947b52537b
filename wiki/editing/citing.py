"""Checks what a text cites against the paragraphs that its writer has read; of what lies ahead it says nothing."""

from collections.abc import Collection

from django.utils import timezone
from django.utils.translation import gettext as _

from reader.models import Chapter, Paragraph, Story
from reader.text.points import chapter_end, format_point


def troubles(story: Story, cited: Collection[int], horizon: int) -> dict[int, str]:
    """By point, in a sentence, what is wrong with citing it; two queries.

    A point beyond the horizon is told to be that, whether there is a paragraph or not.
    """
    wanted = set(cited)
    if not wanted:
        return {}
    found = {point: _ahead(point) for point in wanted if point > horizon}
    near = wanted - found.keys()
    chapters = Chapter.objects.filter(story=story).published(at=timezone.now())
    ends = {chapter_end(number) for number in chapters.values_list("number", flat=True)}
    rows = Paragraph.objects.filter(chapter__in=chapters, point__in=near)
    state = {point: (gone, moved) for point, gone, moved in rows.values_list("point", "is_retired", "moved_to__point")}
    for point in near - ends:
        if point not in state:
            found[point] = _("%(point)s is not there: no such paragraph.") % {"point": format_point(point)}
        elif state[point][0]:
            found[point] = _gone(point, state[point][1], horizon)
    return found


def images_in(body: str) -> list[str]:
    """The public ids of the pictures that a body shows.

    >>> images_in("![A lamp](image:a1b2) and ![](image:c3)")
    ['a1b2', 'c3']
    """
    return [part.split(")", 1)[0].split()[0] for part in body.split("](image:")[1:] if part.split(")", 1)[0].strip()]


def _ahead(point: int) -> str:
    said = _("%(point)s lies further on than you have read: this shows to those who have come there.")
    return said % {"point": format_point(point)}


def _gone(point: int, moved: int | None, horizon: int) -> str:
    if moved is not None and moved <= horizon:
        said = _("%(point)s was moved: write %(moved)s.")
        return said % {"point": format_point(point), "moved": format_point(moved)}
    return _("%(point)s was taken out of the text; say where it is told now.") % {"point": format_point(point)}
