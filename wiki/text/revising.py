"""What becomes of a body when somebody who sees a part of it saves that: the rest keeps place, source, gate, key.

The rules are DESIGN §3.4 and §5. Knows blocks, points and names; not who saves, nor how blocks are stored.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from reader.errors import PointError
from reader.text.align import align
from reader.text.points import format_point, parse_point
from wiki.text.blocks import cut, join
from wiki.text.gating import Gate, NamesKnown, Reason, gate, heading_gates
from wiki.text.marks import go_on
from wiki.text.markup import render
from wiki.text.masking import unveil, veil
from wiki.text.merge import merge_blocks
from wiki.text.shape import Block, Problem
from wiki.text.showing import keep
from wiki.text.stamping import end_source, stamp_block
from wiki.text.stored import Stored
from wiki.text.weaving import settled, weave

MOST: Final = 200_000
"""Characters of a body."""
_STAMP: Final = re.compile(r"[ \n]*\{since [^{}\n]*\}")
_UNTIL: Final = re.compile(r"[ \n]*\{until ([^{}\n]*)\}")
_DATING: Final = re.compile(r"\{(?:since )?[0-9][0-9:.-]*\}")


@dataclass(frozen=True, slots=True)
class Shown:
    """A block as the form of somebody at one horizon holds it."""

    stored: Stored
    block: Block


@dataclass(frozen=True, slots=True)
class Clash:
    """A block that two people changed in ways that do not go together: all three texts whole; empty = taken out."""

    key: str
    base: str
    mine: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Revised:
    """The whole body after the save, hidden blocks among it; with problems or clashes it must not be stored."""

    blocks: tuple[Stored, ...] = ()
    problems: tuple[Problem, ...] = ()
    clashes: tuple[Clash, ...] = ()


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A block that is to stand in the visible body: as stored (`same`), or changed or new."""

    block: Block
    own: Stored | None = None
    is_same: bool = False


@dataclass(slots=True)
class Writer:
    """Whoever saves: the point as of which they write, the names they have met, the stamp of what they do not date."""

    horizon: int
    names: NamesKnown
    stamp: int
    picture_known: Callable[[str], int | None] = field(default=lambda identity: None)
    is_met: Callable[[str], bool] = field(default=lambda name: True)


def shown(stored: Sequence[Stored], horizon: int, is_met: Callable[[str], bool] = lambda name: True) -> list[Shown]:
    """The blocks that show at a horizon, as a form holds them: with nothing in them that comes later.

    `is_met` is asked for the folded targets of links in other words.

    >>> from reader.text.points import chapter_end
    >>> rain = Stored("a", "paragraph", "", "Rain. {1:1} {until 3}", 1, chapter_end(3))
    >>> [one.block.source for one in shown([rain], 2)]
    ['Rain. {1:1}']
    """
    kept = [one.shows_at(horizon) for one in stored]
    whole = [Block(one.kind, veil(without_until(one.source, one.until, horizon), is_met), one.marks) for one in stored]
    visible = keep(whole, kept)
    again = cut(join(visible)).blocks
    # Reading what was written may set marks otherwise (a list that begins in its middle); the comparison is with that.
    blocks = again if len(again) == len(visible) else visible
    owners = [one for one, is_kept in zip(stored, kept, strict=True) if is_kept]
    return [Shown(owner, replace(block, line=0)) for owner, block in zip(owners, blocks, strict=True)]


def form_body(stored: Sequence[Stored], horizon: int, is_met: Callable[[str], bool] = lambda name: True) -> str:
    """The body that the form of somebody at a horizon holds."""
    return join([one.block for one in shown(stored, horizon, is_met)])


def revise(now: Sequence[Stored], *, base: Sequence[Stored], body: str, writer: Writer) -> Revised:
    """The body after a save. `base` is what was stored when the form was made, `now` what is stored today.

    What the writer does not see keeps its key, source and gate and stays after the same neighbour.
    """
    found = cut(body)
    mine = _without_containers(found.blocks)
    before = shown(base, writer.horizon, writer.is_met)
    today = before if now is base else shown(now, writer.horizon, writer.is_met)
    stored = {(one.block.kind, one.block.marks, one.block.source) for one in before}
    written = [one for one in mine if not one.hidden and (one.kind, one.marks, one.source) not in stored]
    problems = [*found.problems, *(Problem(one.line, text) for one in written for text in render(one).problems)]
    if problems:
        return Revised(problems=tuple(sorted(problems, key=lambda problem: problem.line)))
    wanted, clashes = _wanted(before, mine, today)
    if clashes:
        return Revised(clashes=clashes)
    visible, marks = [], []
    for each in wanted:
        made = _stored(each, writer)
        visible += made
        marks += [each.block.marks, *(one.marks for one in made[1:])]
    woven = weave(now, [one.stored.key for one in today], _headed(visible, writer), marks)
    return Revised(tuple(settled(woven, writer.horizon)))


def _without_containers(blocks: Sequence[Block]) -> list[Block]:
    """A container is a way of typing: each block in it says `{since}` itself from now on."""
    return [
        block if block.container is None else replace(stamp_block(block, block.container), container=None)
        for block in blocks
    ]


def without_until(source: str, until: int | None, horizon: int) -> str:
    """A block's source without the end of its time (`until`, a point), where that lies ahead.

    >>> from reader.text.points import chapter_end
    >>> without_until("Rain. {1:1} {until 3}", chapter_end(3), 2)
    'Rain. {1:1}'
    """
    if until is None or until <= horizon:
        return source
    return _UNTIL.sub(lambda match: "" if _says(match[1], until) else match[0], source)


def _says(words: str, point: int | None) -> bool:
    try:
        return parse_point(words.strip()) == point
    except PointError:
        return False


def _plain(source: str) -> str:
    """What two versions of a block are compared by."""
    return _STAMP.sub("", source).strip()


def _wanted(
    before: Sequence[Shown], mine: Sequence[Block], today: Sequence[Shown]
) -> tuple[list[_Wanted], tuple[Clash, ...]]:
    """The visible body that is to be, each block with the stored one that it continues."""
    keys = _recognise(before, mine)
    of_today = {one.stored.key: one for one in today}
    if before is today or [(one.stored.key, one.block) for one in before] == [
        (one.stored.key, one.block) for one in today
    ]:
        return [_want(block, of_today.get(key)) for block, key in zip(mine, keys, strict=True)], ()
    mine = _as_added(mine, keys, before, today)
    merged = merge_blocks(
        [(one.stored.key, one.block.source) for one in before],
        [(key, block.source) for block, key in zip(mine, keys, strict=True)],
        [(one.stored.key, one.block.source) for one in today],
    )
    clashes = tuple(Clash(one.key, one.base or "", one.mine or "", one.theirs or "") for one in merged.conflicts)
    blocks = dict(zip(keys, mine, strict=True))
    marks_before = {one.stored.key: one.block.marks for one in before}
    new = [block for block, key in zip(mine, keys, strict=True) if not key]
    wanted = []
    for one in merged.blocks:
        own, my = of_today.get(one.key), blocks.get(one.key)
        if not one.key:  # the same new block may have been put in by both, and then stands once, as theirs
            my = next(block for block in new if block.source == one.source)
            new.remove(my)
        if own is None:
            block = replace(my, source=one.source) if my else Block("paragraph", one.source)
        elif my is None or my.marks == marks_before.get(one.key):
            kind = my.kind if my and my.source == one.source else own.block.kind
            block = replace(own.block, source=one.source, kind=kind)
        else:
            block = replace(my, source=one.source)
        wanted.append(_want(block, own))
    return wanted, clashes


def _as_added(
    mine: Sequence[Block], keys: Sequence[str], before: Sequence[Shown], today: Sequence[Shown]
) -> list[Block]:
    """My blocks; one that is in today's body word for word, because it was sent before, with the stamp it has there."""
    old = {one.stored.key for one in before}
    added = {_plain(one.block.source): one.block.source for one in today if one.stored.key not in old}
    return [
        block if key else replace(block, source=added.get(_plain(block.source), block.source))
        for block, key in zip(mine, keys, strict=True)
    ]


def _want(block: Block, own: Shown | None) -> _Wanted:
    if own is None:
        return _Wanted(block)
    theirs = own.block
    words = (block.kind, block.marks, block.source) == (theirs.kind, theirs.marks, theirs.source)
    return _Wanted(block, own.stored, is_same=words or _lost_only_its_stamp(block, theirs))


def _lost_only_its_stamp(block: Block, theirs: Block) -> bool:
    """Who takes a stamp away has not dated the block otherwise: it keeps the one that it had."""
    return (
        (block.kind, block.marks) == (theirs.kind, theirs.marks)
        and not _STAMP.search(block.source)
        and block.source.strip() == _plain(theirs.source)
        and not render(block).citations
    )


def _recognise(before: Sequence[Shown], mine: Sequence[Block]) -> list[str]:
    """The key of the block that each of mine continues, or ""; also of one that was moved with all its words."""
    old = [_plain(one.block.source) for one in before]
    new = [_plain(block.source) for block in mine]
    keys = [""] * len(mine)
    left: dict[str, list[int]] = {}
    taken = set[int]()
    for index, at in enumerate(align(old, new)):
        if at is not None and before[at].block.kind == mine[index].kind:
            keys[index] = before[at].stored.key
            taken.add(at)
    for index, at in _rewritten(before, mine, keys):
        if at not in taken and _share(old[at], new[index]):
            keys[index] = before[at].stored.key
            taken.add(at)
    for at in reversed(range(len(before))):
        if at not in taken:
            left.setdefault(f"{before[at].block.kind} {old[at]}", []).append(at)
    for index, key in enumerate(keys):
        if not key and (moved := left.get(f"{mine[index].kind} {new[index]}")):
            keys[index] = before[moved.pop()].stored.key
    return keys


def _rewritten(before: Sequence[Shown], mine: Sequence[Block], keys: Sequence[str]) -> list[tuple[int, int]]:
    """Blocks of mine, and of those before, that stand alone between the same neighbours: one for one, and of a kind."""
    place = {one.stored.key: at for at, one in enumerate(before)}
    pairs = []
    begin = -1
    for index, key in enumerate([*keys, ""]):
        is_end = index == len(keys)
        if not (key or is_end):
            continue
        first, last = place[keys[begin]] if begin >= 0 else -1, len(before) if is_end else place[key]
        if index - begin == last - first:
            pairs += list(zip(range(begin + 1, index), range(first + 1, last), strict=True))
        begin = index
    return [(index, at) for index, at in pairs if mine[index].kind == before[at].block.kind]


def _share(old: str, new: str) -> bool:
    """Whether a third of the words of the shorter stand in the other: a block that was rewritten, not replaced."""
    one, other = set(old.casefold().split()), set(new.casefold().split())
    return 3 * len(one & other) >= min(len(one), len(other))


def _stored(wanted: _Wanted, writer: Writer) -> list[Stored]:
    """What is kept of a wanted block: itself, and beside it what must not be lost or shown too early."""
    own = wanted.own
    if own is not None and wanted.is_same:
        return [own]
    if own is None:
        return [_compiled(_unveiled(wanted.block, ""), writer, key="")]
    block = _unveiled(wanted.block, own.source)
    if block.is_structural:
        return [_compiled(block, writer, key=own.key)]
    head, tail = _split(block, own)
    made = [_compiled(_with_until(head, own, writer), writer, key=own.key)]
    if made[0].since > own.since and _words(made[0]) != _words(own):
        # Readers between the two points keep the words that they have.
        made = [_ended(own, made[0].since), replace(made[0], key="", marks=go_on(made[0].marks))]
    elif _words(made[0]) == _words(own) and made[0].source == own.source:
        made = [replace(own, marks=block.marks) if own.marks != block.marks else own]
    if tail is not None:
        made.append(_compiled(tail, writer, key=""))
    return made


def _unveiled(block: Block, before: str) -> Block:
    return replace(block, source=unveil(block.source, before))


def _words(one: Stored) -> str:
    return render(Block(one.kind, one.source, one.marks)).text


def _compiled(block: Block, writer: Writer, *, key: str) -> Stored:
    rendered = render(block)
    stamp = None if block.is_structural else writer.stamp
    found = gate(rendered, container=None, names=writer.names, stamp=stamp, picture_known=writer.picture_known)
    if found.needs_stamp:
        block = stamp_block(block, writer.stamp)
    return Stored(
        key,
        block.kind,
        block.marks,
        block.source,
        found.since,
        found.until,
        not block.is_structural and not rendered.citations,
        found.reasons,
    )


def _with_until(block: Block, own: Stored, writer: Writer) -> Block:
    """The end of a block's time stays, if its writer could not see it and has not said another."""
    if own.until is None or own.until <= writer.horizon or render(block).until is not None:
        return block
    return replace(block, source=end_source(block, own.until))


def _ended(own: Stored, point: int) -> Stored:
    """The old words, which show until the new ones do."""
    if own.until is not None and own.until <= point:
        return own
    source = end_source(Block(own.kind, own.source, own.marks), point)
    reasons = (
        *(one for one in own.reasons if one.kind != "until"),
        Reason("until", f"until {format_point(point)}", point),
    )
    return replace(own, source=source, until=point, reasons=reasons)


def _split(block: Block, own: Stored) -> tuple[Block, Block | None]:
    """A changed block, and apart from it the words that were added after its last date: nothing dates them.

    Where the two cannot be parted, the whole gets a stamp.
    """
    ends = [match.end() for match in _DATING.finditer(block.source)]
    if not ends or block.kind not in ("paragraph", "row"):
        return block, None
    head, tail = block.source[: ends[-1]], _UNTIL.sub("", block.source[ends[-1] :])
    old = own.source[([match.end() for match in _DATING.finditer(own.source)] or [0])[-1] :]
    if not any(char.isalnum() for char in tail) or _UNTIL.sub("", old).strip() == tail.strip():
        return block, None
    first, second = replace(block, source=head), Block(block.kind, tail.strip(), go_on(block.marks))
    parted = f"{render(first).text} {render(second).text}".split() == render(block).text.split()
    if block.kind == "row" or not parted or [one.kind for one in cut(second.source).blocks] != ["paragraph"]:
        return block, None
    return first, second


def _headed(visible: Sequence[Stored], writer: Writer) -> list[Stored]:
    """Headings, heads of tables and rules take the earliest point of the visible below them, else the writer's stamp.

    What is hidden below has no say: it comes later anyway, and must not show by the heading's date.
    """
    pairs = []
    for one in visible:
        block = Block(one.kind, one.source, one.marks)
        reasons = (
            tuple(reason for reason in one.reasons if reason.kind != "below") if block.is_structural else one.reasons
        )
        points = [reason.point for reason in reasons if reason.kind != "until"]
        since = max(points, default=0) if block.is_structural else one.since
        pairs.append((block, Gate(since, one.until, reasons)))
    gates = heading_gates(pairs, empty=writer.stamp)
    return [_at_most(one, found) for one, found in zip(visible, gates, strict=True)]


def _at_most(one: Stored, found: Gate) -> Stored:
    """A heading is lowered, not raised, by what comes and goes below: above nothing visible it does not show."""
    if found.since == one.since or not Block(one.kind, one.source, one.marks).is_structural:
        return one
    was_dated = any(reason.kind == "below" for reason in one.reasons)
    if was_dated and one.since < found.since:
        return one
    return replace(one, since=found.since, reasons=found.reasons)


__all__ = ["MOST", "Clash", "Revised", "Shown", "Stored", "Writer", "form_body", "revise", "shown", "without_until"]
