"""Small tags of the wiki's templates: addresses of pictures and of points. Sees dataclasses of the gate, never rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.urls import reverse

from reader.text import points

if TYPE_CHECKING:
    from reader.models import Story
    from wiki.gate import PictureRef

register = template.Library()


@register.simple_tag
def picture_url(story: Story, picture: PictureRef, width: int) -> str:
    """Where a picture is served at one of its widths (pixels)."""
    return reverse("wiki:picture", args=[story.slug, picture.public_id, width])


@register.simple_tag
def point_url(story: Story, point: int) -> str:
    """The paragraph at a point, or the chapter that ends there."""
    chapter, number, sub = points.split(point)
    if chapter == 0:
        return story.get_absolute_url()
    if number == 0 or point == points.chapter_end(chapter):
        return reverse("reader:chapter-page", args=[story.slug, chapter])
    return reverse("reader:paragraph-detail", args=[story.slug, chapter, points.format_number(number, sub)])
