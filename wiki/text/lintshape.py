"""What the spoiler lint reads and what it says: the parts of a wiki that have gates of their own, and findings.

Knows neither tables nor how a finding comes about.
"""

from dataclasses import dataclass
from typing import Final, Literal

from reader.text.points import format_point

Sort = Literal[
    "early", "unmet-link", "early-name", "absent-name", "citation", "dead-link", "stamped", "uncited", "orphan"
]
SORTS: Final[dict[Sort, str]] = {
    "early": "names something known only later",
    "unmet-link": "fact that links to what is not met yet",
    "early-name": "name dated before it stands in the text",
    "absent-name": "name that never stands in the text",
    "citation": "citation of a paragraph that is not there",
    "dead-link": "link to nothing",
    "stamped": "dated by nothing but a stamp",
    "uncited": "entry that cites nothing",
    "orphan": "entry that nothing links to",
}
"""Every sort of finding, those that spoil something first."""

IN_TEXT: Final = ("title", "alias", "nickname", "misspelling")
"""The sorts of names that are dated by where they stand; a described title is dated by a citation."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at. `point` is from when the part shows; `known` is the point that somebody must have reached
    to be told of the finding, since its sentence names what is known there."""

    sort: Sort
    entry: str
    point: int
    known: int
    sentence: str
    mend: str

    def __str__(self) -> str:
        return f"{self.entry} · {format_point(self.point)} · {self.sentence} Mend: {self.mend}."


@dataclass(frozen=True, slots=True)
class Linked:
    """A link in a part: the folded name that it leads to, and whether the words that are read are that name."""

    target: str
    shown: str
    prints_name: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A block, fact, picture or name as one part of an entry that shows from a point on.

    `title` begins a sentence (“The fact “Work””); `texts` are the words that it prints; `citations` and `dates` are
    points, `dates` those that its `since` and `until` say.
    """

    what: Literal["block", "fact", "name", "picture", "premise"]
    entry: str
    title: str
    texts: tuple[str, ...]
    since: int
    is_stamped: bool = False
    links: tuple[Linked, ...] = ()
    citations: tuple[int, ...] = ()
    dates: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class NameRow:
    """A name of an entry; `key` tells it from all others."""

    key: int
    entry: str
    text: str
    sort: str
    since: int
    only_capital: bool = False
    is_stamped: bool = False
