"""Writes a block's stamp into its source, so that the stamp outlives saves, merges and export."""

import re
from dataclasses import replace

from reader.text.points import format_point

from .marks import aligns
from .markup import render
from .shape import Block
from .tables import read_cells, write_row

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
    if block.kind in ("row", "head"):
        *cells, last = read_cells(block.source, len(aligns(block.marks)) or block.source.count("|"))
        return write_row([*cells, _append(last, point)])
    if block.kind == "code":
        first, _, rest = block.source.partition("\n")
        return f"{_append(first, point)}\n{rest}"
    return _append(block.source, point)


def _append(text: str, point: int) -> str:
    return f"{_LAST_STAMP.sub('', text)} {{since {format_point(point)}}}".lstrip(" ")
