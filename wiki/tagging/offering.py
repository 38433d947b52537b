"""What the pages for tagging by hand show: words in their paragraph, and the tags that lie there.

Everything is asked as of a horizon; what goes out are dataclasses, never rows.
"""

import re
from dataclasses import dataclass
from typing import Final

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from reader.models import Chapter, Paragraph, Story
from reader.text.points import format_point
from wiki.editing.rights import Rights
from wiki.gate.history import entry_at
from wiki.gate.naming import known_of, visible_names
from wiki.gate.shapes import EntryRef
from wiki.gate.textshapes import Line
from wiki.models import Tagging
from wiki.text.passages import line_around

WIDTH: Final = 140
"""Characters of the paragraph on either side of the words."""
PLACES: Final = 20
_NARROW: Final = 64


@dataclass(frozen=True, slots=True)
class Words:
    """Words of a paragraph that was read, from `start` to `end`, trimmed; "" where none are chosen."""

    point: int
    start: int
    end: int
    line: Line

    @property
    def words(self) -> str:
        """The words themselves."""
        return self.line.words

    @property
    def label(self) -> str:
        """The paragraph as `6:19`."""
        return format_point(self.point)


@dataclass(frozen=True, slots=True)
class Tag:
    """What is said of some words: they mean this entry, perhaps, or not; by the finder or (`by`) by somebody.

    `state` is linked, doubtful or rejected; `since` says from when it is known, if later than the paragraph.
    """

    entry: EntryRef
    words: Words
    role: str
    state: str
    is_by_hand: bool
    by: str = ""
    since: str = ""
    may_take_back: bool = False

    @property
    def role_name(self) -> str:
        """The role in words."""
        return str(Tagging.Role(self.role).label)


@dataclass(frozen=True, slots=True)
class EntryTags:
    """All that is said of one entry in one paragraph, in the order of the text."""

    entry: EntryRef
    point: int
    tags: tuple[Tag, ...]

    @property
    def label(self) -> str:
        """The paragraph as `6:19`."""
        return format_point(self.point)


def words_at(story: Story, point: int, start: int, end: int, horizon: int) -> Words | None:
    """The words there, without the blanks at their ends; None for a paragraph that is not there, or was not read."""
    text = _text(story, point, horizon)
    return None if text is None else _words(text, point, start, end)


def places_of(story: Story, point: int, words: str, horizon: int) -> tuple[Words, ...]:
    """Where these words stand in a paragraph, in whatever case; as parts of longer words only if nowhere else."""
    text = _text(story, point, horizon) or ""
    if not words.strip():
        return ()
    every = [one.span() for one in re.finditer(re.escape(words), text, re.IGNORECASE)]
    whole = [span for span in every if not _is_part(text, *span)]
    return tuple(_words(text, point, *span, width=_NARROW) for span in whole or every)[:PLACES]


def tags_across(story: Story, words: Words, rights: Rights, horizon: int) -> tuple[Tag, ...]:
    """What is said of these words, or of some of them; nothing is, as long as they are only in doubt."""
    rows = _rows(story, words.point, horizon).filter(start__lt=words.end, end__gt=words.start)
    rows = rows.exclude(state=Tagging.State.DOUBTFUL)
    return _tags(story, rows, rights, horizon)


def entry_tags(story: Story, slug: str, point: int, rights: Rights, horizon: int) -> EntryTags | None:
    """The tags of one entry in one paragraph; None alike for the unknown and the unmet, entry or paragraph."""
    found = entry_at(story, slug, horizon)
    if found is None or _text(story, point, horizon) is None:
        return None
    entry, ref = found
    return EntryTags(ref, point, _tags(story, _rows(story, point, horizon).filter(entry=entry), rights, horizon))


def _text(story: Story, point: int, horizon: int) -> str | None:
    published = Chapter.objects.filter(story=story).published(at=timezone.now())
    rows = Paragraph.objects.live().filter(chapter__in=published, point=point, point__lte=horizon)
    return rows.values_list("text", flat=True).first()


def _is_part(text: str, start: int, end: int) -> bool:
    return text[:start][-1:].isalnum() or text[end:][:1].isalnum()


def _words(text: str, point: int, start: int, end: int, *, width: int = WIDTH) -> Words:
    if not 0 <= start < end <= len(text):
        start = end = 0
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    line = line_around(text, start, end, width=width) if end else line_around(text, 0, 0, width=3 * WIDTH)
    return Words(point, start, end, Line(*line))


def _rows(story: Story, point: int, horizon: int) -> "QuerySet[Tagging]":
    rows = Tagging.objects.at(horizon).filter(story=story, point=point, is_lost=False, paragraph__is_retired=False)
    rows = rows.filter(paragraph__chapter__published_at__lte=timezone.now(), entry__since__lte=horizon)
    return rows.exclude(state=Tagging.State.COVERED)


def _tags(story: Story, rows: "QuerySet[Tagging]", rights: Rights, horizon: int) -> tuple[Tag, ...]:
    found = list(rows.select_related("paragraph", "editor").order_by("start", "end", "-origin", "pk"))
    refs = known_of(visible_names(story, horizon).filter(entry__in={row.entry_id for row in found})).refs
    return tuple(_tag(row, refs[row.entry_id], rights) for row in found if row.entry_id in refs)


def _tag(row: Tagging, entry: EntryRef, rights: Rights) -> Tag:
    is_by_hand = row.origin == Tagging.Origin.HAND
    is_own = row.editor_id is not None and rights.user is not None and row.editor_id == rights.user.pk
    by = row.editor.get_username() if row.editor else _("a former editor")
    return Tag(
        entry=entry,
        words=_words(row.paragraph.text, row.point, row.start, row.end),
        role=row.role,
        state=row.state,
        is_by_hand=is_by_hand,
        by=by if is_by_hand else "",
        since=format_point(row.since) if row.since > row.point else "",
        may_take_back=is_by_hand and row.before is not None and (is_own or rights.is_moderator),
    )
