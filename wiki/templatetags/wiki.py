"""Small tags of the wiki's templates: addresses of pictures and of points, hues of kinds. Sees dataclasses of the gate,
never rows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django import template
from django.contrib.humanize.templatetags.humanize import intcomma
from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from reader.text import points
from wiki import gate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.models import Story
    from wiki.gate import KindRef, PictureRef
    from wiki.gate.shapes import Heading
    from wiki.search.shapes import Count
    from wiki.text.lines import Run

register = template.Library()

# The blank before a citation or the arrow of a note, unless another citation stands before it.
LOOSE = re.compile(r' (?=<a (?:class="cite"|href="#(?:part-[0-9]+-)?note-back))(?<!\d</a> )')

HEADING = re.compile(r'<(h[2-6]) id="([^"]+)">.*?</\1>', re.DOTALL)

HUE_STEP = 5  # degrees from one class of components/hues.css to the next


@register.simple_tag
def picture_url(story: Story, picture: PictureRef, width: int) -> str:
    """Where a picture is served at one of its widths (pixels)."""
    return reverse("wiki:picture", args=[story.slug, picture.public_id, width])


@register.simple_tag
def face_url(story: Story, slug: str, point: str) -> str:
    """The small picture of an entry as it is known in a paragraph (`6:19`) that names it."""
    return f"{reverse('wiki:entry-face', args=[story.slug, slug])}?at={point}"


@register.simple_tag
def point_url(story: Story, point: int, back: str = "") -> str:
    """The paragraph at a point, or the chapter that ends there; `back` is the entry to which it offers the way back."""
    chapter, number, sub = points.split(point)
    way_back = f"?back={back}" if back else ""
    if chapter == 0:
        return story.get_absolute_url()
    if number == 0 or point == points.chapter_end(chapter):
        return reverse("reader:chapter-page", args=[story.slug, chapter]) + way_back
    number_label = points.format_number(number, sub)
    return reverse("reader:paragraph-detail", args=[story.slug, chapter, number_label]) + way_back


@register.simple_tag
def marked(title: str, marks: Sequence[tuple[int, int]]) -> SafeString:
    """A title with these pieces of it (start, end) marked as what was searched."""
    pieces, done = [], 0
    for start, end in marks:
        pieces.append(format_html("{}<mark>{}</mark>", title[done:start], title[start:end]))
        done = end
    return format_html("{}{}", mark_safe("".join(pieces)), title[done:])  # noqa: S308 - each piece is escaped


@register.filter
def runs_marked(runs: Sequence[Run]) -> SafeString:
    """The pieces of a line, with those marked that were searched."""
    return mark_safe("".join(f"<mark>{escape(run.text)}</mark>" if run.is_name else escape(run.text) for run in runs))  # noqa: S308


@register.filter
def counted(count: Count) -> str:
    """How many, as one reads it: `2,000+` where counting stopped there."""
    number = intcomma(count.number)
    return _("%(number)s+") % {"number": number} if count.is_more else str(number)


@register.filter
def point_label(point: int) -> str:
    """A point as people read it, as `6:19`."""
    return points.format_point(point)


@register.filter
def hue(kind: KindRef) -> str:
    """The class that carries the hue of a kind, to the nearest step: an inline style would need a weaker policy."""
    return f"hue-{round(kind.hue / HUE_STEP) * HUE_STEP % 360}"


@register.filter
def role_said(role: str) -> str:
    """What an entry does in a paragraph, in words."""
    return str(gate.ROLES[role])


@register.filter
def cites_kept(body: SafeString) -> SafeString:
    """A body whose citations do not begin a line: each stays with the word before it, further ones may go."""
    return mark_safe(LOOSE.sub("\u00a0", body))  # noqa: S308 - blanks changed, nothing else


@register.simple_tag
def sections_edited(body: SafeString, headings: Sequence[Heading], edit_url: str, language: str) -> SafeString:
    """A body with a link to edit its section beside each heading; the link is in the interface's `language`."""
    found = {one.anchor: one for one in headings if one.key}
    join = "&" if "?" in edit_url else "?"

    def beside(match: re.Match[str]) -> str:
        one = found.get(match[2])
        if one is None:
            return match[0]
        return format_html(
            '<div class="section-head section-{}">{}<a class="section-edit" href="{}{}section={}" rel="nofollow" '
            'lang="{}">{}<span class="visually-hidden"> {}</span></a></div>',
            match[1],
            mark_safe(match[0]),  # noqa: S308 - as it was
            edit_url,
            join,
            one.key,
            language,
            _("Edit"),
            one.text,
        )

    return mark_safe(HEADING.sub(beside, body))  # noqa: S308 - what is put in is escaped


@register.filter
def anchor(where: str) -> str:
    """The id of the place in an edit form at which something is wrong: `names.0` as `names-0`."""
    return where.replace(".", "-")
