"""Where an entry stands in the text, as its pages say it: chapters with counts, the strip over them, lines of text."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Final

from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reader import outline
from reader.models import Chapter, Story
from reader.outline import Segment
from reader.text import points
from reader.text.standing import Standing
from wiki import gate
from wiki.text.lines import Run, Spot, lines_of
from wiki.views import strips

LATEST: Final = 8  # chapters on the page of an entry
NAMED: Final = "named"  # what needs no word


@dataclass(frozen=True, slots=True)
class ChapterRow:
    """A chapter in which an entry appears, how often; `title` is empty where there is none."""

    number: int
    title: str
    count: int


@dataclass(frozen=True, slots=True)
class Appearing:
    """An entry in the text up to a horizon: chapters with the latest first, and the strip with its chapter numbers.

    `until` is when a scheduled chapter makes all this old.
    """

    where: gate.Appearances
    rows: tuple[ChapterRow, ...]
    strip: strips.Strip
    numbers: tuple[Segment, ...]
    until: datetime | None

    @property
    def is_met_there(self) -> bool:
        """Whether it is known from the paragraph in which it is first seen."""
        return self.where.first == self.where.entry.since

    @property
    def latest(self) -> tuple[ChapterRow, ...]:
        """The chapters that there is room for on the page of the entry: all, if it is hardly more."""
        return self.rows if len(self.rows) <= LATEST + 2 else self.rows[:LATEST]

    @property
    def times(self) -> str:
        """How often it appears, as “1,024 times”."""
        count = self.where.count
        return ngettext("%(count)s time", "%(count)s times", count) % {
            "count": number_format(count, force_grouping=True)
        }


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line of the text with the words that mean an entry; `label` as `6:19`, once for each paragraph."""

    point: int
    label: str
    runs: tuple[Run, ...]
    role: str


def appearing(story: Story, where: gate.Appearances, horizon: int) -> Appearing:
    """What pages show of an entry's appearances. One query."""
    now = timezone.now()
    fields = ("story", "number", "title", "words", "last_point", "published_at")
    chapters = list(story.chapters.in_order().only(*fields))
    out = [one for one in chapters if one.published_at <= now]
    return Appearing(
        where=where,
        rows=_rows(story, where, out, horizon),
        strip=strips.strip(where.points, strips.lengths(out), at=horizon, sentence=_sentence(where)),
        numbers=tuple(one for one in outline.axis(out, Standing(horizon, horizon)).segments if one.label),
        until=min((one.published_at for one in chapters if one.published_at > now), default=None),
    )


def lines(passages: Iterable[gate.Passage]) -> list[LineRow]:
    """Passages as lines, in their order; what stands in the line of another is marked there, if it does the same."""
    found = []
    for (point, role), many in groupby(passages, key=lambda one: (one.point, one.role)):
        spots = [Spot(one.start, one.line.before, one.line.words, one.line.after) for one in many]
        for _spot, runs in lines_of(spots):
            said = "" if role == NAMED else str(gate.ROLES[role])
            found.append(LineRow(point, points.format_point(point), runs, said))
    return found


def _rows(story: Story, where: gate.Appearances, chapters: Sequence[Chapter], horizon: int) -> tuple[ChapterRow, ...]:
    """The latest first; a title from its chapter's first paragraph on."""
    titles = {
        one.number: one.title for one in chapters if outline.knows_title(story, one, horizon=horizon, is_owner=False)
    }
    return tuple(ChapterRow(one.number, titles.get(one.number, ""), one.count) for one in where.chapters[::-1])


def _sentence(where: gate.Appearances) -> str:
    """The strip in words."""
    count = len(where.points)
    counted = ngettext("Named in %(count)d paragraph so far", "Named in %(count)d paragraphs so far", count)
    first, last = points.format_point(where.first), points.format_point(where.last)
    return _("%(counted)s, from %(first)s to %(last)s.") % {
        "counted": counted % {"count": count},
        "first": first,
        "last": last,
    }
