"""What the gate gives out of histories: saves, comparisons, and lists of what leads where, all of what shows."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.safestring import SafeString

from wiki.gate.shapes import EntryRef, PictureRef


@dataclass(frozen=True, slots=True)
class Count:
    """How many rows of a sort a save touched; `order` stands for a text in another order."""

    sort: str
    number: int


@dataclass(frozen=True, slots=True)
class Saved:
    """One save, as far as it shows. `editor` is "" for a former editor and for a pack, which `is_pack` tells apart.

    `grown` is by how many characters the text and the facts are longer. Outside of one entry's own history `entry` is
    what was saved, None for one that is gone, whose `title` is left.
    """

    public_id: str
    editor: str
    is_pack: bool
    accepted_by: str
    when: datetime
    sort: str
    label: str
    summary: str
    counts: tuple[Count, ...]
    grown: int
    is_first: bool = False
    entry: EntryRef | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class Saves:
    """A page of saves, newest first; `older` is the `page` that goes on, "" at the end."""

    rows: tuple[Saved, ...]
    older: str = ""
    is_first: bool = True


@dataclass(frozen=True, slots=True)
class History:
    """The saves of one entry."""

    entry: EntryRef
    saves: Saves


@dataclass(frozen=True, slots=True)
class DiffRow:
    """A name, fact, picture, kind or address: what became of it. `words` and `dates` mark what changed."""

    sort: str
    label: str
    old_label: str
    words: SafeString
    dates: SafeString
    old_picture: PictureRef | None = None
    new_picture: PictureRef | None = None


@dataclass(frozen=True, slots=True)
class DiffGroup:
    """The rows of one sort that are not the same."""

    sort: str
    rows: tuple[DiffRow, ...]


@dataclass(frozen=True, slots=True)
class DiffBlock:
    """A block of the body; `kind` is heading, paragraph and so on."""

    sort: str
    kind: str
    html: SafeString


@dataclass(frozen=True, slots=True)
class DiffRun:
    """Neighbouring blocks; a long run of unchanged ones is folded."""

    blocks: tuple[DiffBlock, ...]
    is_folded: bool = False


@dataclass(frozen=True, slots=True)
class EntryDiff:
    """Two versions of an entry compared; `older` is None for what the newer one found, `newer` for the present."""

    entry: EntryRef
    older: Saved | None
    newer: Saved | None
    groups: tuple[DiffGroup, ...]
    runs: tuple[DiffRun, ...]

    @property
    def is_same(self) -> bool:
        """Whether there is no difference to see."""
        return not self.groups and all(block.sort == "same" for run in self.runs for block in run.blocks)


@dataclass(frozen=True, slots=True)
class Contributor:
    """Who saved how often, and when last; `name` is "" for all former editors together."""

    name: str
    saves: int
    last: datetime


@dataclass(frozen=True, slots=True)
class LinksHere:
    """The entries that lead to one."""

    entry: EntryRef
    entries: tuple[EntryRef, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A name that links print and that leads to nothing met; in how many places."""

    name: str
    count: int
