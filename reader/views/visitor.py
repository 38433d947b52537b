"""What differs from visitor to visitor on a page that is otherwise the same for all: look, account, ribbon, bar, foot.

The same pieces go into templates as strings and into cached pages as bytes.
"""

import re
from dataclasses import dataclass, fields
from functools import lru_cache
from urllib.parse import quote

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from reader.models import User
from reader.text import points
from reader.text.standing import Standing

LOOK_COOKIE = "look"
NOWHERE = "leads_nowhere"
# Each setting, its choices, and the one that needs no attribute.
LOOK_CHOICES: dict[str, tuple[str, ...]] = {
    "theme": ("system", "light", "sepia", "dark", "black"),
    "face": ("literata", "serif", "plain"),
    "size": ("auto", *map(str, range(16, 29))),
    "leading": ("book", "close", "open"),
    "width": ("book", "narrow", "wide"),
    "turn": ("pages", "scroll"),
    "names": ("lines", "plain"),
    "keys": ("on", "off"),
}
LOOK_PAIR = re.compile(r"([a-z]+):([a-z0-9]+)")


@dataclass(frozen=True, slots=True)
class Visitor:
    """Finished pieces of mark-up; on a page that will be cached they are the tokens of its holes."""

    html_attrs: str = ""
    account: str = ""
    ribbon: str = ""
    bar: str = ""
    foot: str = ""

    def as_bytes(self) -> dict[str, bytes]:
        """What fills the holes of a kept page, by their names."""
        return {hole: str(getattr(self, hole)).encode() for hole in HOLES}


HOLES = tuple(one.name for one in fields(Visitor))


def token(hole: str) -> SafeString:
    """What stands in a template's output where a hole is cut later; NUL can come from nowhere else."""
    return mark_safe(f"\0{hole}\0")  # noqa: S308


TOKENS = Visitor(**{hole: token(hole) for hole in HOLES})


@lru_cache(maxsize=512)
def parse_look(cookie: str) -> dict[str, str]:
    """The settings in a `look` cookie that are known and differ from the usual; anything else is ignored."""
    pairs = dict(LOOK_PAIR.findall(cookie[:200]))
    return {
        name: pairs[name]
        for name, choices in LOOK_CHOICES.items()
        if pairs.get(name) in choices and pairs[name] != choices[0]
    }


def look_of(request: HttpRequest) -> dict[str, str]:
    """The visitor's look."""
    return parse_look(request.COOKIES.get(LOOK_COOKIE, ""))


@lru_cache(maxsize=512)
def html_attrs(cookie: str) -> SafeString:
    """The look as attributes of `<html>`, so that the first paint is right without any script."""
    return mark_safe("".join(f' data-{name}="{value}"' for name, value in parse_look(cookie).items()))  # noqa: S308


def visitor(request: HttpRequest) -> dict[str, Visitor]:
    """Context processor: pages that belong to no story have a look and an account, and nothing else."""
    look = html_attrs(request.COOKIES.get(LOOK_COOKIE, ""))
    return {"visitor": Visitor(html_attrs=look, account=account_of(request))}


def account_of(request: HttpRequest) -> SafeString:
    """“Sign in”, which leads back to here, or the name of who is signed in. No query without a session.

    An address that leads nowhere (`nowhere` marks its request) is not repeated: all such pages are the same.
    """
    user = getattr(request, "user", None)  # an error may be answered before anybody has looked
    if isinstance(user, User):
        return account(user.get_username(), "", get_language())
    is_way_back = request.method in {"GET", "HEAD"} and not request.path.startswith("/account/")
    return account("", request.path if is_way_back and not hasattr(request, NOWHERE) else "", get_language())


def nowhere(request: HttpRequest) -> None:
    """Say that the address of this request leads nowhere."""
    setattr(request, NOWHERE, True)


@lru_cache(maxsize=4096)
def account(name: str, here: str, language: str | None) -> SafeString:
    """The account's link in the header."""
    url = reverse("account-overview") if name else reverse("account_login")
    context = {"name": name, "url": url + (f"?next={quote(here, safe='/')}" if here else "")}
    return mark_safe(render_to_string("components/account_link.html", context).strip())  # noqa: S308


def visitor_in_story(request: HttpRequest, *, slug: str, title: str, standing: Standing, bar: str = "") -> Visitor:
    """The pieces for a page of one story."""
    if standing.shows_all:
        bar = everything_bar(slug, get_language()) + mark_safe(bar)  # noqa: S308 - rendered by us
    return Visitor(
        html_attrs=html_attrs(request.COOKIES.get(LOOK_COOKIE, "")),
        account=account_of(request),
        ribbon=ribbon(slug, standing.reached, standing.shows_all, get_language()),
        bar=bar,
        foot=foot(title, standing.reached, standing.shows_all, get_language()),
    )


@lru_cache(maxsize=4096)
def ribbon(slug: str, reached: int, shows_all: bool, language: str | None) -> SafeString:  # noqa: FBT001
    """The ribbon with the chapter reached; nothing for whoever has read nothing. `language` is part of the key only."""
    if not shows_all and reached == points.NOTHING:
        return mark_safe("")
    label, state = (_("all"), "all") if shows_all else (str(points.split(reached)[0]), "filled")
    context = {"url": reverse("reader:reached", args=[slug]), "label": label, "state": state}
    return mark_safe(render_to_string("components/ribbon.html", context).strip())  # noqa: S308


@lru_cache(maxsize=1024)
def everything_bar(slug: str, language: str | None) -> SafeString:
    """The banner that stands on every page of a story while everything is shown."""
    context = {"url": reverse("reader:reached", args=[slug])}
    return mark_safe(render_to_string("components/everything_bar.html", context).strip())  # noqa: S308


@lru_cache(maxsize=4096)
def foot(title: str, reached: int, shows_all: bool, language: str | None) -> SafeString:  # noqa: FBT001
    """The footer's sentence about this story."""
    if shows_all:
        return format_html(_("This site shows you everything about {}."), title)
    if reached == points.NOTHING:
        return format_html(_("You have not begun {}."), title)
    return format_html(_("This site has shown you {} as far as {}."), title, spoken_point(reached))


@lru_cache(maxsize=1024)
def jump_bar(slug: str, reached: int, page_last: int, path: str, language: str | None) -> SafeString:
    """The one quiet question after a jump ahead."""
    chapter, number, sub = points.split(reached)
    is_end = reached == points.chapter_end(chapter) if chapter else False
    if reached == points.NOTHING:
        came_from = reverse("reader:story-detail", args=[slug])
    elif is_end:
        came_from = reverse("reader:chapter-page", args=[slug, chapter + 1])
    else:
        came_from = reverse("reader:paragraph-detail", args=[slug, chapter, points.format_number(number, sub)])
    context = {
        "story_url": reverse("reader:story-detail", args=[slug]),
        "came_from_label": points.format_point(reached) if reached else "",
        "came_from_url": came_from,
        "reached_post_url": reverse("reader:reached", args=[slug]),
        "point": points.format_point(page_last),
        "next_url": quote(path, safe="/?=&#"),
    }
    return mark_safe(render_to_string("components/jump_bar.html", context).strip())  # noqa: S308


def spoken_point(point: int) -> str:
    """“chapter 6”, or “chapter 6, paragraph 19”."""
    chapter, number, sub = points.split(point)
    if point == points.chapter_end(chapter):
        return _("chapter %(chapter)d") % {"chapter": chapter}
    label = points.format_number(number, sub).replace("-", ".")
    return _("chapter %(chapter)d, paragraph %(number)s") % {"chapter": chapter, "number": label}
