"""``{kept 3:40}`` in exported files: the gate that a block was given when it was saved, where today's names would give
it another. It is taken off when the file is read, so that no stored source holds it."""

import re
from dataclasses import replace
from typing import Final

from reader.errors import PointError
from reader.text.points import format_point, parse_point
from wiki.text.blocks import cut
from wiki.text.marks import aligns
from wiki.text.shape import Block
from wiki.text.tables import read_cells, write_row

_KEPT: Final = re.compile(r"[ \n]*\{kept ([^{}\n]*)\}[ ]*$")


def write_kept(block: Block, point: int) -> Block:
    """The block with that gate at the end of its source; a rule has no place for it.

    >>> write_kept(Block("row", "| a | b |", "|nn"), 3 << 32 | 40 << 8).source
    '| a | b {kept 3:40} |'
    """
    if block.kind == "rule":
        return block
    begin, end, rest = _parts(block)
    return replace(block, source=_whole(block, begin, f"{end} {{kept {format_point(point)}}}".lstrip(" "), rest))


def take_kept(block: Block) -> tuple[Block, int | None]:
    """The block without, and the gate that it says. Raises PointError where what it says is none.

    >>> take_kept(Block("paragraph", "She ran. {6:1} {kept 3:40}"))[0].source
    'She ran. {6:1}'
    """
    if "{kept " not in block.source or block.kind == "rule":
        return block, None
    begin, end, rest = _parts(block)
    match = _KEPT.search(end)
    if match is None:
        return block, None
    try:
        point = parse_point(match[1].strip())
    except PointError as error:
        raise PointError(f"“{match[0].strip()}” keeps no gate: {error}") from None
    bare = replace(block, source=_whole(block, begin, end[: match.start()], rest))
    if bare.kind == "paragraph" and bare.source.startswith("!["):
        # With words after it, it was no longer a picture by itself.
        bare = replace(bare, kind=next((inner.kind for inner in cut(bare.source).blocks), bare.kind))
    return bare, point


def _parts(block: Block) -> tuple[list[str], str, str]:
    """What stands before the place where it is written, the text at whose end that is, and what stands after."""
    if block.kind in ("row", "head"):
        *cells, last = read_cells(block.source, len(aligns(block.marks)) or block.source.count("|"))
        return cells, last, ""
    if block.kind == "code":
        first, _, rest = block.source.partition("\n")
        return [], first, f"\n{rest}"
    return [], block.source, ""


def _whole(block: Block, begin: list[str], end: str, rest: str) -> str:
    return write_row([*begin, end]) if block.kind in ("row", "head") else f"{end}{rest}"
