"""Puts the blocks that somebody sees back among those that they do not, so that neither can be told by the other."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from wiki.text.marks import is_kept, settle
from wiki.text.stored import Stored


@dataclass(frozen=True, slots=True)
class Placed:
    """A block of the woven body, and the marks that it has in the form; None for what is not in the form."""

    stored: Stored
    marks: str | None = None


def weave(now: Sequence[Stored], today: Sequence[str], visible: Sequence[Stored], marks: Sequence[str]) -> list[Placed]:
    """The whole body: each hidden block after the visible one that it stands after now, or the nearest that is left.

    New blocks come before the hidden ones that follow the same neighbour, so that no hidden heading gets them below it;
    but what goes on with its neighbour's item, quote or table stays in it. None parts what goes on in the form (by
    its `marks`, one for each of the visible) from what it goes on with. `today` are the keys of what is seen now.
    """
    seen = set(today)
    left = {one.key for one in visible if one.key}
    followers: dict[str, list[Stored]] = {}
    anchor = ""
    for one in now:
        if one.key not in seen:
            followers.setdefault(anchor, []).append(one)
        elif one.key in left:
            anchor = one.key
    body: list[Placed] = []
    waiting = list(followers.get("", []))
    for at, (one, mark) in enumerate(zip(visible, marks, strict=True)):
        if one.key:
            body += _leave(waiting, before=mark)
        body.append(Placed(one, mark))
        if one.key:
            waiting += followers.get(one.key, [])
            following = marks[at + 1] if at + 1 < len(marks) else ""
            body += _leave(waiting, before=following, only_going_on=True)
    return [*body, *map(Placed, waiting)]


def settled(body: Sequence[Placed], horizon: int) -> list[Stored]:
    """The body, in which whoever sees a part of it sees the lists, quotes and tables of the form.

    What goes on with something hidden would go on with something else, where that is not before it any more.
    """
    blocks = [one.stored for one in body]
    kept = [one.marks is not None and one.stored.shows_at(horizon) for one in body]
    wanted = [one.marks or "" for one, is_kept in zip(body, kept, strict=True) if is_kept]
    if settle([one.marks for one in blocks], kept) == settle(wanted):
        return blocks
    return [
        replace(one.stored, marks=one.marks) if one.marks is not None and one.stored.marks != one.marks else one.stored
        for one in body
    ]


def _leave(waiting: list[Stored], *, before: str, only_going_on: bool = False) -> list[Placed]:
    """Take those from the front of the waiting that may stand before a block with these marks."""
    taken = []
    needed = before.split()[: _levels_kept(before)]
    while waiting:
        marks = waiting[0].marks.split()
        if marks[: len(needed)] != needed or (only_going_on and not _levels_kept(waiting[0].marks)):
            break
        taken.append(Placed(waiting.pop(0)))
    return taken


def _levels_kept(marks: str) -> int:
    """With how many of the quotes, items and tables around it a block goes on."""
    kept = 0
    for mark in marks.split():
        if not is_kept(mark):
            break
        kept += 1
    return kept
