"""Which blocks of a body show to a reader, once their gates are known, and what they then stand in."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Protocol, TypeVar, cast

from .gating import NEVER
from .marks import nests, settle


class Marked(Protocol):
    """Any frozen dataclass with a block's marks."""

    @property
    def marks(self) -> str: ...


class Gated(Marked, Protocol):
    """Any frozen dataclass with a block's kind, marks and gate."""

    @property
    def kind(self) -> str: ...
    @property
    def level(self) -> int: ...
    @property
    def since(self) -> int: ...
    @property
    def until(self) -> int | None: ...


M = TypeVar("M", bound=Marked)
G = TypeVar("G", bound=Gated)


def visible(blocks: Sequence[G], horizon: int) -> list[G]:
    """The blocks of a whole body that show at a horizon, in their order, with the marks that they have by themselves.

    Headings, heads of tables and rules show only where something that they stand for does.
    """
    kept = [shows(block, horizon) for block in blocks]
    _drop_heads(blocks, kept)
    _drop_headings(blocks, kept)
    _drop_rules(blocks, kept)
    return keep(blocks, kept)


def shows(block: Gated, horizon: int) -> bool:
    """Whether its own gate is open."""
    return block.since <= horizon and block.since != NEVER and (block.until is None or horizon < block.until)


def keep(blocks: Sequence[M], kept: Sequence[bool]) -> list[M]:
    """The blocks that are kept, with the marks that they have without the others."""
    marks = settle([block.marks for block in blocks], kept)
    chosen = [block for block, is_kept in zip(blocks, kept, strict=True) if is_kept]
    return [
        block if block.marks == mark else cast("M", replace(cast("Any", block), marks=mark))
        for block, mark in zip(chosen, marks, strict=True)
    ]


def _drop_heads(blocks: Sequence[Gated], kept: list[bool]) -> None:
    paths = nests([block.marks for block in blocks])
    filled = {
        path[-1].number
        for block, path, is_kept in zip(blocks, paths, kept, strict=True)
        if is_kept and path and block.kind == "row"
    }
    for index, (block, path) in enumerate(zip(blocks, paths, strict=True)):
        if block.kind == "head" and not (path and path[-1].number in filled):
            kept[index] = False


def _drop_headings(blocks: Sequence[Gated], kept: list[bool]) -> None:
    filled = dict.fromkeys(range(1, 7), False)  # whether something shows below, by the level of the heading above it
    for index in reversed(range(len(blocks))):
        block = blocks[index]
        if is_heading(block):
            kept[index] &= filled[block.level]
            filled |= {level: False for level in filled if level >= block.level}
        elif kept[index] and block.kind != "rule":
            filled = dict.fromkeys(filled, True)


def _drop_rules(blocks: Sequence[Gated], kept: list[bool]) -> None:
    """A rule shows between two blocks of one section, and once."""
    last = -1  # the rule that waits for something to part
    is_filled = False
    for index, block in enumerate(blocks):
        if not kept[index]:
            continue
        if block.kind == "rule":
            if is_filled:
                last = index
            kept[index] = is_filled = False
        elif is_heading(block):
            last, is_filled = -1, False
        else:
            if last >= 0:
                kept[last] = True
            last, is_filled = -1, True


def is_heading(block: Gated) -> bool:
    """Whether it heads a section; a heading in a list or a quote does not."""
    return block.kind == "heading" and not block.marks
