"""Cuts the body of an entry into blocks, the units that are gated, and joins blocks to a body again."""

from .cutting import Cutter
from .joining import join
from .shape import Block, Cut, Problem

__all__ = ["Block", "Cut", "Problem", "cut", "join"]


def cut(body: str) -> Cut:
    """The blocks of a body in CommonMark with tables, footnotes and ``:::`` containers, in their order.

    Footnotes and addresses that are defined elsewhere are written out in the blocks that use them. Each block can be
    rendered from its own source; lines of problems are those of the body. Time is linear.

    >>> [(block.kind, block.source, block.marks) for block in cut("# Anna\\n\\n- one\\n- two {6:120}").blocks]
    [('heading', '# Anna', ''), ('paragraph', 'one', '-'), ('paragraph', 'two {6:120}', '-')]
    """
    return Cutter(body).cut()
