"""From when a block shows, and why: the latest point of all that it cites, prints and stands in. Knows nothing of who
has read what; what its writer has met is asked of ``NamesKnown``."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal, NamedTuple, Protocol

from reader.text.points import EVERYTHING, NOTHING, format_point

from .marks import nests
from .markup import Rendered
from .shape import Block

NEVER: Final = EVERYTHING
"""As ``since``: shows to nobody."""


class Printed(NamedTuple):
    """A name that a text prints, from character ``start`` up to, not including, ``end``, and since when it is known."""

    start: int
    end: int
    shown: str
    known: int


class NamesKnown(Protocol):
    """The names that one writer has met, and no others."""

    def find(self, text: str) -> Iterable[Printed]:
        """The names that a text prints."""
        ...

    def known(self, name: str) -> int | None:
        """Since when a name that stands in ``[[ ]]`` is known, also one that is found only by hand; None if not met."""
        ...


@dataclass(frozen=True, slots=True)
class Reason:
    """A part of why a block shows from when it does, or until when, in words that follow "this block"."""

    kind: Literal["cites", "prints", "pictures", "inside", "stamp", "until", "below", "problem"]
    words: str
    point: int


@dataclass(frozen=True, slots=True)
class Gate:
    """A block shows when ``since`` ≤ horizon < ``until``."""

    since: int
    until: int | None = None
    reasons: tuple[Reason, ...] = ()
    needs_stamp: bool = False  # nothing in its source dates it: ``stamp_block`` must write the stamp there

    @property
    def deciding(self) -> tuple[Reason, ...]:
        """The reasons without which it would show earlier.

        >>> Gate(5, reasons=(Reason("stamp", "stamped 1", 3), Reason("cites", "cites 2", 5))).deciding[0].kind
        'cites'
        """
        return tuple(reason for reason in self.reasons if reason.point == self.since and reason.kind != "until")

    @property
    def never_shows(self) -> bool:
        """Whether no reader at all could see it."""
        return self.since == NEVER or (self.until is not None and self.until <= self.since)


def gate(
    rendered: Rendered,
    *,
    container: int | None,
    names: NamesKnown,
    stamp: int | None,
    picture_known: Callable[[str], int | None] = lambda identity: None,
) -> Gate:
    """The gate of one block. ``stamp`` is for a block that nothing dates; None for a structural one, which takes none.

    ``picture_known`` tells since when a picture that its writer has met shows. A block with problems never
    shows, for a slip of the pen may have been its gate.

    >>> class Nobody:
    ...     find = staticmethod(lambda text: [])
    ...     known = staticmethod(lambda name: None)
    >>> cited = Rendered("", "", citations=(6 << 32 | 120 << 8,))
    >>> gate(cited, container=None, names=Nobody(), stamp=1).reasons[0].words
    'cites 6:120'
    """
    reasons = [Reason("cites", f"cites {format_point(point)}", point) for point in dict.fromkeys(rendered.citations)]
    printed = {(name.shown, name.known): None for name in names.find(rendered.text)}
    by_hand = [(link.shown, names.known(link.target)) for link in rendered.links if link.prints_name]
    for shown, known in [*printed, *((shown, known) for shown, known in by_hand if known is not None)]:
        reasons.append(Reason("prints", f"prints “{shown}”, known from {format_point(known)}", known))
    pictures = [point for point in map(picture_known, dict.fromkeys(rendered.images)) if point is not None]
    reasons += [Reason("pictures", f"has a picture that shows from {format_point(point)}", point) for point in pictures]
    if container is not None:
        reasons.append(Reason("inside", f"inside “since {format_point(container)}”", container))
    needs_stamp = stamp is not None and container is None and rendered.since is None and not rendered.citations
    own = rendered.since if rendered.since is not None else stamp if needs_stamp else None
    if own is not None:
        reasons.append(Reason("stamp", f"stamped {format_point(own)}", own))
    reasons += [Reason("problem", problem, NEVER) for problem in rendered.problems]
    since = max((reason.point for reason in reasons), default=NOTHING)
    if rendered.until is not None:
        reasons.append(Reason("until", f"until {format_point(rendered.until)}", rendered.until))
    return Gate(since, rendered.until, tuple(dict.fromkeys(reasons)), needs_stamp)


def heading_gates(gated: Sequence[tuple[Block, Gate]], *, empty: int = NEVER) -> list[Gate]:
    """The gates of all blocks of a body, those of its structural blocks raised to the earliest point below them.

    Below a heading is all up to the next of its level or a higher one, below a table's head its rows, below a rule all
    up to the next rule or heading. ``empty`` is for those with nothing below them. Other gates come back as they are.

    >>> heading_gates([(Block("heading", "# A"), Gate(0)), (Block("paragraph", "b"), Gate(7 << 32))])[0].since >> 32
    7
    """
    below = dict.fromkeys(range(7), NEVER)  # by the level of a heading; 0 for a rule
    rows: dict[int, int] = {}  # by the number of a table
    paths = nests([block.marks for block, _ in gated])
    found: list[Gate] = []
    for (block, own), path in zip(reversed(gated), reversed(paths), strict=True):
        table = path[-1].number if path else -1
        if not block.is_structural:
            below = {level: min(least, own.since) for level, least in below.items()}
            if block.kind == "row":
                rows[table] = min(rows.get(table, NEVER), own.since)
            found.append(own)
            continue
        least = rows.get(table, NEVER) if block.kind == "head" else below[block.level]
        found.append(_raise(own, empty if least == NEVER else least))
        if block.kind == "heading":
            below |= {level: NEVER for level in below if level >= block.level or level == 0}
        elif block.kind == "rule":
            below[0] = NEVER
    return found[::-1]


def _raise(own: Gate, below: int) -> Gate:
    words = "shows to nobody" if below == NEVER else f"shows from {format_point(below)}"
    reason = Reason("below", f"stands above what {words}", below)
    return replace(own, since=max(own.since, below), reasons=(*own.reasons, reason))
