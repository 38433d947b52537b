"""What an entry is at one moment, as values by key: what a save changes, history keeps and restoring brings back.

Values are plain (JSON can hold them); what is worked out from them, such as html, is left to `applying`.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any, Final

from reader.text.points import EVERYTHING
from wiki.models import Block, Change, Entry, Fact, Name, Picture, Revision, Slug

_WHY: Final = "a save compares all that an entry holds"
Values = dict[str, Any]
Rows = dict[str, Values]
SORTS: Final = ("kind", "slug", "name", "fact", "picture", "block")
"""Sorts of rows, in the order in which they are shown."""
_QUIET: Final = frozenset({"position", "reasons", "nests"})  # differing in these alone is no change


@dataclass(slots=True)
class State:
    """Rows by sort and key; blocks stand in the order of the body."""

    rows: dict[str, Rows] = field(default_factory=lambda: {sort: {} for sort in SORTS})

    def __getitem__(self, sort: str) -> Rows:
        return self.rows[sort]

    @property
    def since(self) -> int:
        """From when the entry is met: the earliest of its names; EVERYTHING without any."""
        points = [int(name["since"]) for name in self["name"].values()]
        return min(points, default=EVERYTHING)

    def copy(self) -> "State":
        """One that can be changed."""
        return State(deepcopy(self.rows))


@dataclass(frozen=True, slots=True)
class Difference:
    """What happened to one row; None where it did not exist."""

    sort: str
    key: str
    before: Values | None
    after: Values | None

    @property
    def since(self) -> int:
        """The earlier of the points from which either is known."""
        return min(int(values["since"]) for values in (self.before, self.after) if values is not None)


def read(keys: Sequence[int], *, entries: Iterable[Entry] | None = None) -> dict[int, State]:
    """The states of entries, by primary key. Six queries; five if their rows are at hand."""
    states = {key: State() for key in keys}
    if entries is None:
        entries = Entry.objects.whole(because=_WHY).filter(pk__in=keys).select_related("kind")
    for entry in entries:
        states[entry.pk]["kind"]["kind"] = {"kind": entry.kind.slug, "since": entry.since}
    for slug in Slug.objects.whole(because=_WHY).filter(entry__in=keys).order_by("pk"):
        values = {"slug": slug.slug, "since": slug.since, "is_redirect": slug.is_redirect}
        states[slug.entry_id]["slug"][slug.slug] = values
    for name in Name.objects.whole(because=_WHY).filter(entry__in=keys).order_by("position", "pk"):
        states[name.entry_id]["name"][name.key] = _values(name, _NAME)
    for fact in Fact.objects.whole(because=_WHY).filter(entry__in=keys).order_by("position", "pk"):
        states[fact.entry_id]["fact"][fact.key] = _values(fact, _FACT)
    pictures = Picture.objects.whole(because=_WHY).filter(entry__in=keys).select_related("image")
    for picture in pictures.order_by("position", "pk"):
        values = _values(picture, _PICTURE) | {"image": picture.image.public_id}
        states[picture.entry_id]["picture"][picture.key] = values
    for block in Block.objects.whole(because=_WHY).filter(entry__in=keys).order_by("position"):
        marks = {"marks": block.shape.get("marks", ""), "nests": block.shape.get("nests", [])}
        states[block.entry_id]["block"][block.key] = _values(block, _BLOCK) | marks
    return states


_NAME: Final = ("text", "sort", "since", "until", "only_by_hand", "only_capital", "is_stamped", "position")
_FACT: Final = ("label", "source", "since", "until", "is_many", "is_stamped", "position")
_PICTURE: Final = ("alt", "since", "until", "is_stamped", "position")
_BLOCK: Final = ("kind", "source", "since", "until", "is_stamped", "reasons")


def _values(row: Any, names: Iterable[str]) -> Values:
    return {name: getattr(row, name) for name in names}


def differences(before: State, after: State) -> list[Difference]:
    """The rows that are not the same; a row that only stands elsewhere is."""
    found = []
    for sort in SORTS:
        old, new = before[sort], after[sort]
        for key in dict.fromkeys([*old, *new]):
            one, other = old.get(key), new.get(key)
            if not (one and other and _loud(sort, one) == _loud(sort, other)):
                found.append(Difference(sort, key, one, other))
    return found


def _loud(sort: str, values: Values) -> Values:
    """What makes two versions of a row differ; since when an entry is met, its names say."""
    quiet = {"since"} if sort == "kind" else _QUIET
    return {name: value for name, value in values.items() if name not in quiet}


def past(entry: int, now: State, *, after: int) -> State:
    """The entry as it was right after the revision with primary key `after`, worked out back from what it is now."""
    state = now.copy()
    changes = Change.objects.whole(because=_WHY).filter(revision__entry=entry, revision__pk__gt=after)
    for change in changes.order_by("-revision__pk", "-pk"):
        if change.before is None:
            state[change.sort].pop(change.key, None)
        else:
            state[change.sort][change.key] = change.before
    orders = Revision.objects.whole(because=_WHY).filter(entry=entry, order__isnull=False)
    order = orders.filter(pk__lte=after).order_by("-pk").values_list("order", flat=True).first()
    if order is None:  # nothing was moved up to then: what the next one found
        following = orders.filter(pk__gt=after).order_by("pk").values_list("order", flat=True).first()
        order = following["before"] if following else None
    else:
        order = order["after"]
    put_in_order(state, order)
    return state


def put_in_order(state: State, order: Sequence[str] | None) -> None:
    """Blocks in that order; those that it does not name keep their neighbour before them."""
    if order is None:
        return
    at = {key: index for index, key in enumerate(order)}
    followers: dict[str, list[str]] = defaultdict(list)
    before = ""
    for key in state["block"]:
        if key in at:
            before = key
        else:
            followers[before].append(key)
    named = sorted((key for key in state["block"] if key in at), key=at.__getitem__)
    keys = [*followers[""], *(one for key in named for one in (key, *followers[key]))]
    state.rows["block"] = {key: state["block"][key] for key in keys}
