"""What became of a save or an act, said once in the bar of the page that follows, with a way to take it back.

A page that is kept whole has a hole for the bar.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl, urlencode

from django.contrib import messages
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

COOKIE = "messages"
SAVED = "saved"
"""Tag of what is said after a save: the browser keeps no draft any more."""
_UNDO: Final = "undo:"


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence; where something can be taken back, the address and the fields of the form that does it."""

    sentence: str
    tags: tuple[str, ...] = ()
    undo_url: str = ""
    undo: tuple[tuple[str, str], ...] = ()


def tell(request: HttpRequest, sentence: str, *, undo_url: str = "", undo: Iterable[tuple[str, str]] = ()) -> None:
    """Have a sentence said on the page that follows."""
    tag = f"{_UNDO}{undo_url}?{urlencode(list(undo))}" if undo_url else ""
    messages.success(request, sentence, extra_tags=tag)


def said(request: HttpRequest) -> tuple[Said, ...]:
    """The sentences that wait for this visitor, and wait no more; without a cookie none, and no query."""
    if COOKIE not in request.COOKIES:
        return ()
    return tuple(_said(str(one), one.tags.split()) for one in messages.get_messages(request))


def said_bar(request: HttpRequest, *, is_sticky: bool = False) -> SafeString:
    """The same as a bar over the page, or nothing; a sticky one is seen in the middle of a page too."""
    found = said(request)
    if not found:
        return mark_safe("")
    context = {"said": found, "is_saved": any(SAVED in one.tags for one in found), "is_sticky": is_sticky}
    return mark_safe(render_to_string("wiki/components/said_bar.html", context))  # noqa: S308 - by a template


def _said(sentence: str, tags: list[str]) -> Said:
    url, _mark, query = next((tag for tag in tags if tag.startswith(_UNDO)), "").removeprefix(_UNDO).partition("?")
    return Said(sentence, tuple(tags), url, tuple(parse_qsl(query)))
