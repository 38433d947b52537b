"""Writes a block's stamp, or the end of its time, into its source, so that they outlive saves, merges and export."""

import re
from collections.abc import Callable
from dataclasses import replace

from reader.text.points import format_point

from .marks import aligns
from .markup import render
from .shape import Block
from .tables import read_cells, write_row

_UNTIL = re.compile(r"[ \n]*\{until [^{}\n]*\}")
_LAST_STAMP = re.compile(r"(?:^| )\{since [0-9][0-9:.-]*\}$")


def stamp_block(block: Block, point: int) -> Block:
    """The block with ``{since point}`` in its source; itself if it says so, or later, already. A rule takes none.

    >>> stamp_block(Block("paragraph", "She ran."), 3 << 32 | 40 << 8).source
    'She ran. {since 3:40}'
    """
    since = render(block).since
    if block.kind == "rule" or (since is not None and since >= point):
        return block
    return replace(block, source=stamp_source(block, point))


def stamp_source(block: Block, point: int) -> str:
    """The block's source with the stamp at its end, in place of one that stands there.

    >>> stamp_source(Block("row", "| a | b {since 1} |", "|nn"), 3 << 32 | 40 << 8)
    '| a | b {since 3:40} |'
    """
    return _at_end(block, lambda text: f"{_LAST_STAMP.sub('', text)} {{since {format_point(point)}}}".lstrip(" "))


def end_source(block: Block, point: int) -> str:
    """The block's source with the point at which its time ends, in place of one that it says.

    >>> end_source(Block("paragraph", "She ran. {1:2} {until 9:1}"), 3 << 32 | 40 << 8)
    'She ran. {1:2} {until 3:40}'
    """
    bare = replace(block, source=_UNTIL.sub("", block.source))
    return _at_end(bare, lambda text: f"{text} {{until {format_point(point)}}}".lstrip(" "))


def _at_end(block: Block, write: Callable[[str], str]) -> str:
    """The source with something written where its last words end."""
    if block.kind in ("row", "head"):
        *cells, last = read_cells(block.source, len(aligns(block.marks)) or block.source.count("|"))
        return write_row([*cells, write(last)])
    if block.kind == "code":
        first, _, rest = block.source.partition("\n")
        return f"{write(first)}\n{rest}"
    return write(block.source)
