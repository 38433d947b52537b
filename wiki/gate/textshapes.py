"""What the gate gives out of the text's tags: links, appearances, passages, doubts; each cut at one horizon."""

from dataclasses import dataclass, field
from typing import Any, Final

from reader.text import points
from wiki.gate.shapes import EntryRef, FactRow
from wiki.models import Tagging

ROLES: Final[dict[str, Any]] = dict(Tagging.Role.choices)
"""What an entry can do in a paragraph, in words."""


@dataclass(frozen=True, slots=True)
class TextLink:
    """An entry as it is known at the paragraph where its name stands, from character `start` up to `end`.

    `turned` is the point since which it is known like that: what stands before it must not say so.
    """

    start: int
    end: int
    entry: EntryRef
    role: str
    turned: int = field(default=points.NOTHING, compare=False)


@dataclass(frozen=True, slots=True)
class ChapterCount:
    """A chapter in which an entry appears, how often, and at which points (rising, each once)."""

    number: int
    count: int
    points: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Appearances:
    """Where an entry stands in the text up to a horizon; `first` and `last` are points, 0 where it stands nowhere."""

    entry: EntryRef
    chapters: tuple[ChapterCount, ...]

    @property
    def count(self) -> int:
        """How often it appears."""
        return sum(chapter.count for chapter in self.chapters)

    @property
    def points(self) -> tuple[int, ...]:
        """All the paragraphs, rising."""
        return tuple(point for chapter in self.chapters for point in chapter.points)

    @property
    def first(self) -> int:
        """The first paragraph."""
        return self.chapters[0].points[0] if self.chapters else points.NOTHING

    @property
    def last(self) -> int:
        """The last paragraph."""
        return self.chapters[-1].points[-1] if self.chapters else points.NOTHING


@dataclass(frozen=True, slots=True)
class Line:
    """Some words in the middle of the line around them."""

    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True)
class Passage:
    """One appearance: the paragraph, the line, what the entry does there, and whether a person said so."""

    point: int
    start: int
    end: int
    line: Line
    role: str
    is_by_hand: bool

    @property
    def label(self) -> str:
        """The paragraph as `6:19`."""
        return points.format_point(self.point)


@dataclass(frozen=True, slots=True)
class Company:
    """An entry that shares scenes with another one, and how many."""

    entry: EntryRef
    scenes: int


@dataclass(frozen=True, slots=True)
class Seen:
    """An entry and the paragraph in which it was last seen, or met; its names as a filter looks for them."""

    entry: EntryRef
    last: int
    names: tuple[str, ...]

    @property
    def label(self) -> str:
        """The paragraph as `6:19`."""
        return points.format_point(self.last)


@dataclass(frozen=True, slots=True)
class Doubt:
    """Words that may mean each of these entries, or none of them."""

    point: int
    start: int
    end: int
    line: Line
    entries: tuple[EntryRef, ...]

    @property
    def label(self) -> str:
        """The paragraph as `6:19`."""
        return points.format_point(self.point)


@dataclass(frozen=True, slots=True)
class Doubts:
    """A page of doubts in the order of the text; `older` is what the next page is asked for by, "" at the end."""

    doubts: tuple[Doubt, ...]
    count: int
    after: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """What a reader may know of an entry in the very paragraph where its name stands.

    `sentence` is the first of what its page says, `earlier` the last paragraphs before this one that name it.
    """

    entry: EntryRef
    also: tuple[str, ...]
    sentence: str
    facts: tuple[FactRow, ...]
    appearances: Appearances
    earlier: tuple[int, ...]
