"""Examples for the style guide: one of each thing that templates are given, with words of its own.

It owns nothing that a reader ever sees outside that page.
"""

from datetime import UTC, datetime

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from reader.models import Story
from reader.outline import Axis, ContentsRow, Segment
from reader.paging import Group, Para
from reader.views.places import Picker

register = template.Library()

WIDTHS = (9.0, 7.5, 11.0, 7.0, 8.5, 10.0, 8.0, 8.5, 7.5, 11.5, 6.5, 5.0)


@register.filter
def words(value: str, separator: str = " ") -> list[str]:
    """The parts of a text between separators.

    >>> words("ink paper")
    ['ink', 'paper']
    """
    return value.split(separator)


@register.simple_tag
def guide_examples() -> dict[str, object]:
    """What the guide's templates show, by name."""
    return {
        "story": _story("the-string-shop", _("The String Shop"), "Ada Fenn"),
        "stories": [_story(f"a-story-{number}", _("Story %d") % number, _("An author")) for number in range(1, 9)],
        "ribbons": [
            {"label": "6", "state": "filled"},
            {"label": "3", "state": "outlined"},
            {"label": _("all"), "state": "all"},
            {"label": "1284", "state": "filled"},
        ],
        "axes": [_axis(0), _axis(5.4), _axis(12)],
        "contents": _contents(),
        "pickers": [_picker(12, 6), _picker(300, 118), _picker(5, None, shows_all=True)],
        "groups": _groups(),
        "previous": {"url": "#p1", "label": _("Page %(page)d") % {"page": 1}},
        "next": {"url": "#p1", "label": _("Chapter %(number)d") % {"number": 7}},
        "pages": [{"number": one, "url": "#p1", "is_current": one == 2} for one in range(1, 5)],
        "page": {"number": 2, "count": 4},
        "chapter": {"number": 6, "title": _("What the Surveyor Wanted")},
        "finished": {"post_url": "#p1", "point": "12", "next_url": "/"},
    }


def _story(slug: str, title: str, author: str) -> Story:
    return Story(slug=slug, title=title, author=author, language="en")


def _axis(chapters_read: float) -> Axis:
    x, ribbon, segments = 0.0, None, []
    for number, width in enumerate(WIDTHS, start=1):
        read = min(1.0, max(0.0, chapters_read - number + 1))
        if read:
            ribbon = x + width * read
        segments.append(Segment(number, x, width, read, str(number)))
        x += width
    return Axis(tuple(segments), ribbon, _("A story of twelve chapters, %d of them read.") % int(chapters_read))


def _contents() -> list[ContentsRow]:
    later = datetime(2030, 1, 6, 18, tzinfo=UTC)
    page = _("You are on page %(page)d of %(count)d") % {"page": 1, "count": 4}
    return [
        ContentsRow(1, _("A Thumb’s Width of Slack"), "#p1", _("22 min"), "read", "", False, None),  # noqa: FBT003
        ContentsRow(2, _("What the Surveyor Wanted"), "#p1", _("18 min"), "here", page, False, None),  # noqa: FBT003
        ContentsRow(3, "", "#p1", _("25 min"), "unread", "", False, None),  # noqa: FBT003
        ContentsRow(4, _("The Third Tray"), "#p1", _("16 min"), "unread", "", True, later),  # noqa: FBT003
    ]


def _picker(count: int, reached: int | None, *, shows_all: bool = False) -> Picker:
    label = _("Everything is shown.") if shows_all else _("You have read as far as chapter %d.") % (reached or 0)
    chapters = tuple(range(1, count + 1)) if count <= 60 else ()
    return Picker("#g-reader", chapters, count, label, "/", shows_all, reached)


def _groups() -> list[Group]:
    plain = iter(range(1, 99))

    def para(html: str, kind: str = "prose", role: str = "", classes: str = "") -> Para:
        number = next(plain)
        return Para(f"p{number}", f"6:{number}", f"#p{number}", _safe(html), kind, role, classes)

    def line(sender: str, said: str) -> Para:
        return para(f'<dt>{sender}<span class="colon">: </span></dt><dd>{said}</dd>', "message")

    def prose(html: str, classes: str = "", *, scene_break: bool = False) -> Group:
        return Group("prose", scene_break, (para(html, classes=classes),))

    opening = _(
        "On Mondays she counted the second tray by touch. She had done it that way since the winter the fuses failed, "
        "and saw no reason to go back to looking. If the cord was wrong the drawer shook, and if the drawer shook "
        "Tobias would climb the steps to say so, and then he would want to <em>sit down</em>."
    )
    dateline, signature = _("The Rope Walk, Sallow<br>29 September"), _("Yours, at the end of the line,<br>M. K.")
    letter = _("You cannot know me, though you have sold me more string than anybody living.")
    return [
        prose(opening, "plain first"),
        prose(_("“Nine,” said Perrin, who had his ear to the pipe. “Ten with the dog.”")),
        prose(_("Nobody had painted the sign since."), "plain", scene_break=True),
        Group("messages", False, (  # noqa: FBT003
            para(_("Monday, 20:12"), "message", "time"),
            line("Wren", _("are you still at the shop")),
            line("Perrin", _("its ten past eight")),
        )),
        prose(_("Then she took the letter from behind the clock.")),
        Group("letter", False, (  # noqa: FBT003
            para(dateline, "letter", "dateline"), para(letter, "letter"), para(signature, "letter", "signature"),
        )),
        Group("heading", False, (para(_("A list found under the tray"), "heading"),)),  # noqa: FBT003
        prose(_("Four balls of twine, and one of something else."), "plain"),
    ]  # fmt: skip


def _safe(html: str) -> SafeString:
    """Our own words with our own tags."""
    return mark_safe(html)  # noqa: S308
