"""What the gate gives out: frozen values made of what shows at one horizon, and of nothing else."""

from dataclasses import dataclass, field

from django.utils.safestring import SafeString

from reader.text import points


@dataclass(frozen=True, slots=True)
class KindRef:
    """A kind as lists and labels show it."""

    slug: str
    name: str
    plural: str
    icon: str
    hue: int


@dataclass(frozen=True, slots=True)
class PictureRef:
    """A picture by its random id; its alt text is gated with it."""

    public_id: str
    alt: str


@dataclass(frozen=True, slots=True)
class EntryRef:
    """An entry as others name it; `title` is the name as known so far, `since` the point at which it was met."""

    slug: str
    title: str
    kind: KindRef
    since: int
    picture: PictureRef | None = None
    note: str = ""

    @property
    def sort_key(self) -> str:
        """The title as an index sorts it, without its article."""
        folded = self.title.casefold()
        for article in ("the ", "a ", "an "):
            if folded.startswith(article):
                return folded[len(article) :]
        return folded

    @property
    def initial(self) -> str:
        """What stands for a picture that does not exist."""
        return self.sort_key[:1].upper()

    @property
    def met(self) -> str:
        """Where it was met, as `6:19`."""
        return points.format_point(self.since)


@dataclass(frozen=True, slots=True)
class FactValue:
    """One value of a fact; `html` is resolved for the horizon."""

    html: SafeString
    text: str
    since: int

    @property
    def cite(self) -> str:
        """Its point, as `6:19`."""
        return points.format_point(self.since)


@dataclass(frozen=True, slots=True)
class FactRow:
    """A label with the values that show."""

    label: str
    values: tuple[FactValue, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the body, for the contents beside it; `key` names its section to the edit form."""

    anchor: str
    text: str
    level: int
    key: str = ""


@dataclass(frozen=True, slots=True)
class EntryPage:
    """All that one page shows. `others` are entries with the same address that are met too.

    `key` is for other functions of the gate, which need not look the entry up again; it is never shown.
    """

    entry: EntryRef
    also: tuple[str, ...]
    facts: tuple[FactRow, ...]
    body: SafeString
    headings: tuple[Heading, ...]
    related: tuple[EntryRef, ...]
    others: tuple[EntryRef, ...]
    redirect_to: str = ""
    summary: str = ""
    key: int = field(default=0, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class KindList:
    """A kind with entries that are met, and how many there are of them."""

    kind: KindRef
    entries: tuple[EntryRef, ...]
    count: int
