"""Suggestions as a script draws them: one flat object for each, with finished words and addresses."""

from collections.abc import Sequence
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _

from reader.text import points
from wiki.search.shapes import Suggestion
from wiki.templatetags.wiki import hue, picture_url

PICTURE: Final = 96  # px, for 40 on a screen with two points to each


def rows(found: Sequence[Suggestion], *, as_point: str, is_one_story: bool) -> list[dict[str, Any]]:
    """`marks` are pairs of places in `name`; `seen` a point such as `6:19`; `story` is empty where there is but one.

    Addresses go on with `as_point` where the search is lowered to it.
    """
    return [_row(one, as_point=as_point, is_one_story=is_one_story) for one in found]


def _row(one: Suggestion, *, as_point: str, is_one_story: bool) -> dict[str, Any]:
    entry, story = one.entry, one.story
    url = reverse("wiki:entry-detail", args=[story.slug, entry.slug])
    return {
        "name": entry.title,
        "kind": entry.kind.name,
        "url": f"{url}?as={as_point}" if as_point else url,
        "picture": picture_url(story, entry.picture, PICTURE) if entry.picture else "",
        "why": one.why,
        "seen": _("last seen %(point)s") % {"point": points.format_point(one.seen)} if one.seen else "",
        "marks": [list(mark) for mark in one.marks],
        "icon": entry.kind.icon,
        "hue": hue(entry.kind),
        "initial": entry.initial,
        "round": entry.kind.slug == "character",
        "story": "" if is_one_story else story.title,
        "lang": story.language,
    }
