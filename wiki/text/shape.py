"""The shapes that an entry's body takes once it is cut: blocks and problems. Knows nothing of Markdown or of gates."""

from dataclasses import dataclass, field
from typing import Final

KINDS: Final = ("paragraph", "heading", "head", "row", "image", "code", "rule")
"""``head`` and ``row`` are rows of a table; what stands in a list or a quote is told by ``marks``."""


@dataclass(frozen=True, slots=True)
class Block:
    """The gated unit of a body: ``source`` is its own Markdown, without what it stands in, which ``marks`` tell.

    ``marks`` are the containers around it, outermost first, parted by spaces: ``>`` a quote, ``-`` ``*`` ``+`` an item,
    ``3.`` ``3)`` an item of a list that is counted from 3, ``|lcrn`` a table with its columns' alignments. A mark opens
    a new quote, item or table, with a dot before it (``.-``) it goes on with the open one. See ``marks``.
    """

    kind: str
    source: str
    marks: str = ""
    container: int | None = None  # the latest point of the ``::: since`` containers around it
    hidden: str = ""  # why nobody may see it: what its faults are
    line: int = field(default=0, compare=False)  # 1-based, in the body it was cut from

    @property
    def level(self) -> int:
        """1–6 for a heading, else 0."""
        return len(self.source) - len(self.source.lstrip("#")) if self.kind == "heading" else 0

    @property
    def is_structural(self) -> bool:
        """Whether it takes no stamp but follows what stands below it: headings, heads of tables, rules."""
        return self.kind in ("head", "rule") or (self.kind == "heading" and not self.marks)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that a body cannot be saved with, in one sentence; the line is 1-based."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Cut:
    """What a body was cut into; with problems, the blocks that they touch are hidden."""

    blocks: tuple[Block, ...]
    problems: tuple[Problem, ...] = ()
