"""Points on pages: which page holds one, what comes before, where the story ends."""

from collections.abc import Callable
from datetime import UTC, datetime

from reader import paging
from reader.models import Chapter, Paragraph, Story
from reader.text import points

from .visits import schedule

NOW = datetime(2026, 1, 1, tzinfo=UTC)
ImportText = Callable[..., Story]


def test_page_of_point_is_the_page_that_holds_it_or_the_nearest_before(story: Story) -> None:
    chapter = Chapter.objects.get(number=2)
    Paragraph.objects.filter(chapter=chapter, number=11).update(is_retired=True, page=0)

    wanted = ("2:1", "2:10", "2:11", "2:12", "2:30", "2:31", "2", "1:5")
    found = [paging.page_of_point(chapter=chapter, point=points.parse_point(point)) for point in wanted]

    assert found == [1, 1, 1, 2, 3, 3, 3, 1]


def test_previous_first_of_follows_the_pages_back(story: Story) -> None:
    schedule(story, 5)

    def before(point: str, *, is_owner: bool = False) -> int | None:
        return paging.previous_first_of(story=story, point=points.parse_point(point), at=NOW, is_owner=is_owner)

    found = [before(point) for point in ("1:1", "1:15", "2:1", "2", "5:1", "0", "9")]
    assert found == [0, *map(points.parse_point, ("1:1", "1:21", "2:11")), None, None, None]
    assert before("5:1", is_owner=True) == points.parse_point("4:21")


def test_last_point_of_is_the_end_of_what_is_published(story: Story, import_text: ImportText) -> None:
    found = [paging.last_point_of(story, at=NOW)]
    schedule(story, 4, 5)
    found.append(paging.last_point_of(story, at=NOW))
    schedule(story, 1, 2, 3)
    found.append(paging.last_point_of(story, at=NOW))

    assert found == [points.chapter_end(5), points.chapter_end(3), points.NOTHING]
