"""The one question about what lies ahead of a reader: the same words whether what was asked for exists or not."""

from typing import Any

from django.urls import reverse

from reader.models import Story
from reader.text import points
from reader.views.visitor import spoken_point


def question(story: Story, point: int, *, next_url: str) -> dict[str, Any]:
    """What the question about a point needs; the answer “yes” goes on at `next_url`."""
    return {
        "point": points.format_point(point),
        "point_label": spoken_point(point),
        "post_url": reverse("reader:reached", args=[story.slug]),
        "next_url": next_url,
        "back_url": paragraph_url(story, point),
    }


def paragraph_url(story: Story, point: int) -> str:
    """The paragraph at a point, or the chapter that ends there."""
    chapter, number, sub = points.split(point)
    if point == points.chapter_end(chapter):
        return reverse("reader:chapter-page", args=[story.slug, chapter])
    return reverse("reader:paragraph-detail", args=[story.slug, chapter, points.format_number(number, sub)])
