"""Fills in what a rendered block leaves open: entries, citations and pictures, as far as one reader has met them."""

import re
from collections.abc import Callable, Sequence
from html import escape, unescape
from typing import Final, NamedTuple

from reader.text.points import parse_point

from .plain import ATTRIBUTES

_OPEN: Final = re.compile(
    rf'<a data-link="(?P<link>[0-9]+)">|<a class="cite" data-cite="(?P<cite>[0-9:.]+)">'
    rf'|<img data-image="(?P<image>[^"]*)" alt="(?P<alt>[^"]*)">|(?P<other><a\b{ATTRIBUTES}>)|(?P<end></a>)'
)
_FIGURE = re.compile(r'<figure class="picture">(?P<inner>.*?)</figure>', re.DOTALL)


class Target(NamedTuple):
    """Where a met entry stands, and its kind."""

    href: str
    kind: str = ""


class Picture(NamedTuple):
    """A picture that the reader may see; pixels."""

    src: str
    width: int
    height: int
    srcset: str = ""


def resolve(
    html: str,
    *,
    links: Sequence[Target | None] = (),
    cite: Callable[[int], str | None] = lambda point: None,
    image: Callable[[str], Picture | None] = lambda identity: None,
) -> str:
    """The HTML for one reader; ``links`` are by number, None for entries that are unmet or are not: both print words.

    A picture that may not be seen goes with its words, and with its frame when that has no other.

    >>> resolve('<a data-link="0">Anna</a>, <a data-link="1">Ben</a>', links=[Target("/anna/", "character"), None])
    '<a class="entry" href="/anna/" data-kind="character">Anna</a>, Ben'
    """
    ends: list[str] = []

    def write(match: re.Match[str]) -> str:
        if match["end"]:
            return ends.pop() if ends else ""
        if match["image"] is not None:
            return _write_picture(image(unescape(match["image"])), match["alt"])
        if match["link"]:
            number = int(match["link"])
            begin = _write_entry(links[number] if number < len(links) else None)
        elif match["cite"]:
            href = cite(parse_point(match["cite"]))
            begin = f'<a class="cite" href="{escape(href)}">' if href else '<span class="cite">'
        else:
            begin = match["other"]
        ends.append("" if not begin else "</span>" if begin.startswith("<span") else "</a>")
        return begin

    return _FIGURE.sub(lambda match: match[0] if "<img" in match["inner"] else "", _OPEN.sub(write, html))


def _write_entry(target: Target | None) -> str:
    if target is None:
        return ""
    kind = f' data-kind="{escape(target.kind)}"' if target.kind else ""
    return f'<a class="entry" href="{escape(target.href)}"{kind}>'


def _write_picture(picture: Picture | None, alt: str) -> str:
    if picture is None:
        return ""
    srcset = f' srcset="{escape(picture.srcset)}"' if picture.srcset else ""
    size = f'width="{picture.width}" height="{picture.height}"'
    return f'<img src="{escape(picture.src)}"{srcset} {size} alt="{alt}" loading="lazy" decoding="async">'
