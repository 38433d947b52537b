"""Compiles the body of an entry: cut, render, gate, stamp; what an earlier version had keeps its key and its gate.

Knows sources and points. What the results are stored as, and whose names are known, is told from outside.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from reader.errors import PointError
from reader.text.align import align
from reader.text.points import NOTHING
from wiki.text.blocks import cut
from wiki.text.gating import Gate, NamesKnown, Reason, gate, heading_gates
from wiki.text.keeping import take_kept
from wiki.text.lexicon import folded
from wiki.text.marks import nests
from wiki.text.markup import Rendered, render
from wiki.text.shape import Block, Problem
from wiki.text.stamping import stamp_block, stamp_source

_STAMP: Final = re.compile(r"[ \n]*\{since ([^{}\n]*)\}")


@dataclass(frozen=True, slots=True)
class Before:
    """A block as it is stored."""

    key: str
    kind: str
    source: str
    since: int
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Compiled:
    """A block ready to store; `key` is empty for a new one, `nests` number what `marks` name (`placing`),
    `links` are folded targets by number."""

    key: str
    kind: str
    marks: str
    source: str
    html: str
    text: str
    since: int
    until: int | None
    is_stamped: bool
    reasons: tuple[Reason, ...]
    nests: tuple[int, ...] = ()
    links: tuple[str, ...] = ()
    images: tuple[str, ...] = ()
    citations: tuple[int, ...] = ()
    line: int = field(default=0, compare=False)


@dataclass(slots=True)
class _Draft:
    """A block on its way."""

    block: Block
    rendered: Rendered
    kept: int | None
    own: Before | None = None
    is_same: bool = False


def compile_body(
    body: str,
    *,
    names: NamesKnown,
    stamp: int,
    before: Sequence[Before] = (),
    picture_known: Callable[[str], int | None] = lambda identity: None,
) -> tuple[list[Compiled], list[Problem]]:
    """The blocks of a body, and what is wrong with it: with any problem nothing may be stored.

    `stamp` is the point for what nothing dates; `before` the stored blocks in their order. A block whose source is the
    same as before keeps its key, stamp and gate, whatever is known today; a changed one keeps its key.

    >>> from wiki.text.lexicon import Lexicon
    >>> blocks, problems = compile_body("Rain. {2}\\n\\nSun.", names=Lexicon([]), stamp=9 << 32)
    >>> [(one.source, one.since >> 32) for one in blocks]
    [('Rain. {2}', 2), ('Sun. {since 9:0}', 9)]
    """
    found = cut(body)
    problems = list(found.problems)
    drafts = []
    for block in found.blocks:
        try:
            bare, kept = take_kept(block)
        except PointError as error:
            problems.append(Problem(block.line, str(error)))
            continue
        # A container is a way of typing: each block in it says `{since}` itself from now on.
        if bare.container is not None:
            bare = replace(stamp_block(bare, bare.container), container=None)
        drafts.append(_Draft(bare, render(bare), kept))
    _recognise(drafts, before)
    gates = [_as_kept(draft, _gate(draft, names, stamp, picture_known)) for draft in drafts]
    gates = heading_gates([(draft.block, one) for draft, one in zip(drafts, gates, strict=True)])
    compiled = []
    paths = nests([draft.block.marks for draft in drafts])
    for draft, worked_out, path in zip(drafts, gates, paths, strict=True):
        one = _as_kept(draft, worked_out)
        if not draft.block.hidden:  # what hides it is a problem of the body already
            problems += [Problem(draft.block.line, problem) for problem in draft.rendered.problems]
        if one.until is not None and one.until <= one.since and not draft.block.is_structural:
            problems.append(Problem(draft.block.line, "Nobody could ever see this: it shows until before it shows."))
        compiled.append(_finish(draft, one, stamp, tuple(nest.number for nest in path)))
    return compiled, sorted(problems, key=lambda problem: problem.line)


def _recognise(drafts: Sequence[_Draft], before: Sequence[Before]) -> None:
    """Find each block's earlier self, by its words without stamps."""
    old = [_STAMP.sub("", one.source) for one in before]
    new = [_STAMP.sub("", draft.block.source) for draft in drafts]
    for draft, at in zip(drafts, align(old, new), strict=True):
        if at is not None and before[at].kind == draft.block.kind:
            draft.own = before[at]
            draft.is_same = old[at] == _STAMP.sub("", draft.block.source) and _is_same(draft.block, before[at])


def _is_same(block: Block, own: Before) -> bool:
    """Whether the block says no more than its earlier self, but perhaps for the stamp that it was given."""
    if block.source == own.source:
        return True
    stamps = _STAMP.findall(own.source)
    if not stamps or _STAMP.search(block.source):
        return False
    return own.source == _stamped(block, stamps[-1])


def _stamped(block: Block, words: str) -> str:
    """The block's source with a stamp spelt as it was."""
    return _STAMP.sub(f" {{since {words}}}", stamp_source(block, 0)).lstrip(" ")


def _gate(draft: _Draft, names: NamesKnown, stamp: int, picture_known: Callable[[str], int | None]) -> Gate:
    block = draft.block
    if draft.is_same and draft.own is not None:
        if not block.is_structural:
            return Gate(draft.own.since, draft.rendered.until, draft.own.reasons)
        # What stands below may be other blocks now; its own words gate as they did.
        reasons = tuple(reason for reason in draft.own.reasons if reason.kind != "below")
        points = (reason.point for reason in reasons if reason.kind != "until")
        return Gate(max(points, default=NOTHING), draft.rendered.until, reasons)
    return gate(
        draft.rendered,
        container=None,
        names=names,
        stamp=None if block.is_structural else stamp,
        picture_known=picture_known,
    )


def _as_kept(draft: _Draft, one: Gate) -> Gate:
    return one if draft.kept is None else replace(one, since=draft.kept)


def _finish(draft: _Draft, one: Gate, stamp: int, path: tuple[int, ...]) -> Compiled:
    """The block with its stamp in its source."""
    block = draft.block
    if draft.is_same and draft.own is not None:
        block = replace(block, source=draft.own.source)
    elif one.needs_stamp:
        block = stamp_block(block, stamp)
    rendered = draft.rendered
    return Compiled(
        key=draft.own.key if draft.own else "",
        kind=block.kind,
        marks=block.marks,
        source=block.source,
        html=rendered.html,
        text=rendered.text,
        since=one.since,
        until=one.until,
        is_stamped=not block.is_structural and not rendered.citations,
        reasons=one.reasons,
        nests=path,
        links=tuple(folded(link.target) for link in rendered.links),
        images=rendered.images,
        citations=rendered.citations,
        line=block.line,
    )


@dataclass(frozen=True, slots=True)
class Inline:
    """The value of a fact, ready to store; `nests` number what `marks` name (`placing`),
    `links` are folded targets by number."""

    html: str
    text: str
    links: tuple[str, ...] = ()


def compile_inline(value: str) -> tuple[Inline, list[str]]:
    """A fact's value, on one line, and what is wrong with it: its `since` dates it, so it cites and stamps nothing.

    >>> compile_inline("At [[The Electra]]")[0]
    Inline(html='At <a data-link="0">The Electra</a>', text='At The Electra', links=('the electra',))
    """
    rendered = render(Block("paragraph", " ".join(value.split())))
    problems = list(rendered.problems)
    if rendered.citations or rendered.since is not None or rendered.until is not None:
        problems.append("A fact is dated by its “since” and “until”, not inside its value.")
    if rendered.images:
        problems.append("A fact cannot hold a picture.")
    html = rendered.html.removeprefix("<p>").removesuffix("</p>")
    return Inline(html, rendered.text, tuple(folded(link.target) for link in rendered.links)), problems
