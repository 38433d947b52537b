"""Entry pages kept in memory, and the story's row with them: a page asked for again costs no query.

Kept by the exact horizon: whoever stands at the same point gets the same bytes, and nobody else does.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language

from reader.models import Story
from reader.pagecache import cache, filled
from reader.views import visitor
from wiki.views.said import COOKIE

HOLE = re.compile(r"\0([a-z_]+)\0")


@dataclass(frozen=True, slots=True)
class KeptStory:
    """A story's row; it is small beside a page."""

    story: Story
    size: int = 2000
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A page cut at its holes."""

    parts: tuple[bytes, ...]
    holes: tuple[str, ...]
    until: datetime | None = None

    @property
    def size(self) -> int:
        """Bytes."""
        return sum(map(len, self.parts))


def story_called(slug: str) -> Story | None:
    """The story with this slug: from memory, or with one query."""
    key = (slug, "story")
    kept = cache.get(key, now=timezone.now())
    if isinstance(kept, KeptStory):
        return kept.story
    epoch = cache.epoch
    story = Story.objects.filter(slug=slug).first()
    if story is not None:
        cache.put(key, KeptStory(story), epoch=epoch)
    return story


def page(
    request: HttpRequest, story: Story, *, horizon: int, make: Callable[[], tuple[str, dict[str, Any]] | HttpResponse]
) -> KeptPage | HttpResponse:
    """The page at this path and horizon: from memory, or from `make` (template and context, or another answer).

    `until` in the context is when a scheduled chapter makes the page old.
    Who has just saved (a sentence waits for them) gets it made anew: another process may not have heard of it yet.
    """
    host = f"{request.scheme}://{request.get_host()}"
    key = (story.slug, "wiki", request.path, horizon, get_language() or "", host)
    kept = None if COOKIE in request.COOKIES else cache.get(key, now=timezone.now())
    if isinstance(kept, KeptPage):
        return kept
    epoch = cache.epoch
    made = make()
    if isinstance(made, HttpResponse):
        return made
    template, context = made
    pieces = HOLE.split(render_to_string(template, context | {"visitor": visitor.TOKENS}))
    parts = tuple(piece.encode() for piece in pieces[0::2])
    found = KeptPage(parts, tuple(pieces[1::2]), context.get("until"))
    cache.put(key, found, epoch=epoch)
    return found


def joined(kept: KeptPage, pieces: visitor.Visitor) -> bytes:
    """The page for one visitor."""
    return filled(kept.parts, kept.holes, pieces.as_bytes())
