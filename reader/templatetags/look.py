"""Small tags for what is seen: icons and drawn covers.

It owns mark-up that a template cannot write by itself. It must not know models, readers or requests.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from functools import lru_cache

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

# Ground, first ink, second ink of a drawn cover: paper cuts are flat and have no third ink.
PALETTES: tuple[tuple[str, str, str], ...] = (
    ("#143a45", "#1f5661", "#f2e8c6"),
    ("#dfe0c3", "#2f4a33", "#a8542e"),
    ("#37345a", "#5b5788", "#e8e4d8"),
    ("#8c4528", "#6f331c", "#ecdcc0"),
    ("#b9cbd3", "#26333f", "#f4f4ee"),
    ("#e6d5bb", "#3c2a16", "#7f5a2a"),
    ("#2c4030", "#45604a", "#dfe3cc"),
    ("#d9cfe0", "#43345c", "#8a6f9e"),
)


@register.filter
def static_url(path: str) -> str:
    """The address of a static file that the database names, or nothing when the file is no longer there."""
    try:
        return static(path) if path else ""
    except ValueError:  # the manifest does not know it
        return ""


@register.simple_tag
def icon(name: str) -> SafeString:
    """The icon of that name from the sprite, hidden from screen readers: a word always stands by it.

    Arrows get the class ``icon-turns`` so that they turn round where text runs from right to left.
    """
    return _drawn(static("img/icons.svg"), name)


@lru_cache(maxsize=500)
def _drawn(sprite: str, name: str) -> SafeString:
    extra = " icon-turns" if name.startswith("arrow-") else ""
    return format_html('<svg class="icon{}" aria-hidden="true"><use href="{}#{}"/></svg>', extra, sprite, name)


def _waves(draw: Callable[[int], int], near: str, far: str) -> str:
    """Lines of sea under a disc."""
    disc = f'<circle cx="{60 + draw(80)}" cy="{110 + draw(24)}" r="{18 + draw(16)}" fill="{far}"/>'
    lines = (
        f'<path d="M-20 {170 + 15 * i}q15-9 30 0t30 0 30 0 30 0 30 0 30 0 30 0 30 0" fill="none" '
        f'stroke="{near}" stroke-width="{2 + i}"/>'
        for i in range(6)
    )
    return disc + "".join(lines)


def _orchard(draw: Callable[[int], int], near: str, far: str) -> str:
    """Rows of dots, one of them in the other ink."""
    odd = draw(30)
    return "".join(
        f'<circle cx="{25 + 30 * (i % 6) + (15 if (i // 6) % 2 else 0)}" cy="{110 + 28 * (i // 6)}" r="9" '
        f'fill="{far if i == odd else near}"/>'
        for i in range(30)
        if not ((i // 6) % 2 and i % 6 == 5)
    )


def _rows(draw: Callable[[int], int], near: str, far: str) -> str:
    """Lines of uneven length, as in a timetable."""
    return "".join(
        f'<rect x="20" y="{112 + 16 * i}" width="{60 + draw(100)}" height="{3 if i % 3 else 6}" '
        f'fill="{near if i % 3 else far}"/>'
        for i in range(9)
    )


def _hills(draw: Callable[[int], int], near: str, far: str) -> str:
    """Two hills and a small house of light."""
    x = 40 + draw(100)
    return (
        f'<path d="M0 {200 + draw(20)}Q70 {130 + draw(30)} 200 {210 + draw(20)}V300H0Z" fill="{near}"/>'
        f'<rect x="{x}" y="150" width="16" height="40" fill="{far}"/><path d="M{x - 5} 152h26l-13-18z" fill="{far}"/>'
        f'<path d="M0 {250 + draw(10)}Q120 {195 + draw(20)} 200 262V300H0Z" fill="{far}" opacity=".35"/>'
    )


def _rays(draw: Callable[[int], int], near: str, far: str) -> str:
    """A beam from one window."""
    y = 130 + draw(30)
    return (
        f'<path d="M160 {y}L0 {y + 60}V{y + 130}Z" fill="{far}"/><rect x="0" y="242" width="200" height="58" '
        f'fill="{near}"/><rect x="148" y="{y - 14}" width="28" height="28" fill="{near}"/>'
        f'<rect x="156" y="{y - 5}" width="10" height="10" fill="{far}"/>'
    )


PATTERNS = (_waves, _orchard, _rows, _hills, _rays)


@register.simple_tag
def cover_art(slug: str) -> SafeString:
    """A flat 2:3 picture drawn from the slug, always the same for the same slug; it carries no words."""
    seed = zlib.crc32(slug.encode())
    ground, near, far = PALETTES[seed % len(PALETTES)]
    pattern = PATTERNS[seed // len(PALETTES) % len(PATTERNS)]
    state = [seed]

    def draw(below: int) -> int:
        state[0] = (state[0] * 1103515245 + 12345) & 0x7FFFFFFF
        return state[0] // 65536 % below

    # The author stands on whatever the pattern puts at the foot.
    words, foot = _words_on(ground), _words_on(near if pattern in (_hills, _rays) else ground)
    shapes = mark_safe(pattern(draw, near, far))  # noqa: S308 - numbers and our own colours only
    field = format_html('<rect width="200" height="300" fill="{}"/>', ground)
    classes = f"cover-art cover-words-{words} cover-foot-{foot}"
    return format_html('<svg class="{}" viewBox="0 0 200 300">{}{}</svg>', classes, field, shapes)


def _words_on(colour: str) -> str:
    """Whether words on a colour (#rrggbb) are dark or light."""
    return "dark" if sum(int(colour[at : at + 2], 16) for at in (1, 3, 5)) > 384 else "light"
