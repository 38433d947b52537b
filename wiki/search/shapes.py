"""What searching is asked and gives out: frozen values made of what shows at each story's horizon, of nothing else."""

from dataclasses import dataclass

from reader.models import Story
from wiki.gate import EntryRef, KindRef
from wiki.text.lines import Run


@dataclass(frozen=True, slots=True)
class Scope:
    """A story that is searched, up to where the visitor has read in it (a point)."""

    story: Story
    horizon: int


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows a search: a kind's slug, chapters from `first` to `last` (0: no bound), entries by slug that stand
    `together` in a scene, and the role that the first of these has there."""

    kind: str = ""
    first: int = 0
    last: int = 0
    together: tuple[str, ...] = ()
    role: str = ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An entry that is met. `marks` are the pieces (start, end) of its title that fit what was typed; `why` says in
    words what else fits (another name, a slip, what is told of it), empty where the title says it; `seen` is the point
    of the last paragraph read that names it."""

    story: Story
    entry: EntryRef
    marks: tuple[tuple[int, int], ...]
    why: str
    seen: int | None


@dataclass(frozen=True, slots=True)
class Count:
    """How many there are, as far as was counted: “2,000+” where `is_more`."""

    number: int = 0
    is_more: bool = False


@dataclass(frozen=True, slots=True)
class KindFacet:
    """A kind, and how many of the entries found are of it."""

    kind: KindRef
    count: Count


@dataclass(frozen=True, slots=True)
class StoryFacet:
    """A story, and how much was found in it: entries and passages."""

    story: Story
    count: Count


@dataclass(frozen=True, slots=True)
class EntryHit:
    """An entry found, with the visible sentence that fits best (empty where only a name fits) and its point."""

    story: Story
    entry: EntryRef
    marks: tuple[tuple[int, int], ...]
    why: str
    runs: tuple[Run, ...]
    point: int | None
    seen: int | None


@dataclass(frozen=True, slots=True)
class PassageHit:
    """A paragraph that was read, cut around what was found."""

    story: Story
    point: int
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Results:
    """One page of what was found; `nearest` are visible names near to what was typed, where nothing was found."""

    entries: tuple[EntryHit, ...] = ()
    passages: tuple[PassageHit, ...] = ()
    entry_count: Count = Count()
    passage_count: Count = Count()
    kinds: tuple[KindFacet, ...] = ()
    stories: tuple[StoryFacet, ...] = ()
    together: tuple[EntryRef, ...] = ()
    nearest: tuple[Suggestion, ...] = ()
    page: int = 1
    has_next: bool = False
