"""What a pack says, as frozen values: a story's wiki, its kinds, its entries. Knows neither files nor tables.

Points are integers (`reader.text.points`); None stands for "not said", which the importer answers with a stamp. Lines
(1-based, in the file) are only for faults and do not count when two values are compared.
"""

from dataclasses import dataclass, field
from typing import Final

SORTS: Final = ("title", "alias", "nickname", "misspelling", "described")


@dataclass(frozen=True, slots=True)
class PackName:
    """How the entry is called; `is_stamped` when `since` was never said but is the stamp of an earlier import."""

    text: str
    sort: str = "title"
    since: int | None = None
    until: int | None = None
    only_by_hand: bool = False
    only_capital: bool = False
    is_stamped: bool = False
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class PackFact:
    """One value of the infobox, in inline mark-up."""

    label: str
    value: str
    since: int | None = None
    until: int | None = None
    is_many: bool = False
    is_stamped: bool = False
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class PackPicture:
    """A portrait: `file` is its path in the pack."""

    file: str
    alt: str
    since: int | None = None
    until: int | None = None
    is_stamped: bool = False
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class PackEntry:
    """One file under entries/: `redirects` are addresses that it had before, `body_line` is where its body begins.

    Two entries may share a slug only where one of them says so (`shares_slug`).
    """

    kind: str
    slug: str
    names: tuple[PackName, ...]
    facts: tuple[PackFact, ...] = ()
    pictures: tuple[PackPicture, ...] = ()
    body: str = ""
    redirects: tuple[str, ...] = ()
    shares_slug: bool = False
    body_line: int = field(default=1, compare=False)
    kind_line: int = field(default=1, compare=False)
    slug_line: int = field(default=1, compare=False)


@dataclass(frozen=True, slots=True)
class PackKind:
    """A sort of entries beyond the built-in ones: `hue` in degrees, `icon` of the sprite, `labels` its usual facts."""

    slug: str
    name: str
    plural: str
    icon: str
    hue: int
    labels: tuple[str, ...] = ()
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class PackStory:
    """story.toml: whose wiki it is, and what may be said before anything is read."""

    story: str
    premise: str = ""
    kinds: tuple[PackKind, ...] = ()


def first_known(names: tuple[PackName, ...]) -> PackName | None:
    """The name by which the entry is met: of the dated ones the earliest, else the first.

    >>> first_known((PackName("Ines", since=9), PackName("the woman", since=3), PackName("?"))).text
    'the woman'
    """
    dated = [name for name in names if name.since is not None]
    return min(dated, key=lambda name: name.since or 0) if dated else (names[0] if names else None)
