"""Writes blocks as one body, the opposite of cutting: for forms and for export. Blank lines come out one way only."""

from collections.abc import Sequence
from dataclasses import dataclass
from operator import is_

from .containers import inside
from .marks import aligns, bare, is_item, is_kept, settle
from .shape import Block
from .tables import write_delimiters, write_row

_LARGEST = 999_999_999  # of a list item's number


@dataclass(slots=True)
class _Level:
    """A quote or item that is open, and its marker as it was written."""

    mark: str
    marker: str

    @property
    def rest(self) -> str:
        """What lines after the first begin with."""
        return "> " if self.mark == ">" else " " * len(self.marker)


def join(blocks: Sequence[Block]) -> str:
    """A body that ``cut`` takes apart into the same blocks; containers are written, what is hidden is not hidden.

    From blocks with others left out, ``cut`` makes as many blocks with the same sources; their marks may then differ.

    >>> join([Block("paragraph", "one", "-"), Block("paragraph", "two", ".- >"), Block("rule", "___")])
    '- one\\n\\n  > two\\n\\n___\\n'
    """
    writer = _Writer()
    for block, marks in zip(blocks, settle([block.marks for block in blocks]), strict=True):
        writer.write(block, marks)
    return writer.finish()


class _Writer:
    """Writes blocks one after the other."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self.open: list[_Level] = []
        self.before: Block | None = None
        self.before_marks: list[str] = []

    def write(self, block: Block, marks: str) -> None:
        container = self.before.container if self.before else None
        if block.container != container:
            self._close_container()
            if block.container is not None:
                self.out.append(f"\n{inside(block.container)}\n")
        new = marks.split()
        levels, first = self._levels(new)
        begins_table = block.kind in ("head", "row") and not (new and is_kept(new[-1]) and self.before)
        self.out.append(self._gap(block, new))
        rest = "".join(level.rest for level in levels)
        lines = block.source.split("\n")
        if begins_table:
            columns = aligns(marks)
            lines = [write_row([""] * len(columns))] if block.kind == "row" else lines
            lines += [write_delimiters(columns), *([block.source] if block.kind == "row" else [])]
        self.out.append(f"{first}{lines[0]}\n")
        self.out += [f"{rest}{line}\n" if line else f"{rest.rstrip(' ')}\n" for line in lines[1:]]
        self.open, self.before, self.before_marks = levels, block, new

    def finish(self) -> str:
        self._close_container()
        return "".join(self.out).lstrip("\n")

    def _close_container(self) -> None:
        if self.before and self.before.container is not None:
            self.out.append("\n:::\n")
        self.open, self.before, self.before_marks = [], None, []

    def _levels(self, marks: list[str]) -> tuple[list[_Level], str]:
        """The quotes and items that a block stands in, and what its first line begins with."""
        levels: list[_Level] = []
        first = ""
        for index, mark in enumerate(marks):
            if mark.startswith(("|", ".|")):
                continue
            known = self.open[index] if index < len(self.open) and self.open[index].mark == bare(mark) else None
            if is_kept(mark) and known:
                levels.append(known)
                first += known.rest
                continue
            marker = f"{bare(mark)} "
            if is_item(mark) and mark[-1] in ".)":
                number = int(bare(mark)[:-1])
                # The list goes on only inside the very quote or item that is open, not in a new one that looks alike.
                if known and len(levels) == index and all(map(is_, levels, self.open)):
                    number = min(int(known.marker[:-2]) + 1, _LARGEST)
                marker = f"{number}{mark[-1]} "
            levels.append(_Level(bare(mark), marker))
            first += marker
        return levels, first

    def _gap(self, block: Block, marks: list[str]) -> str:
        """What parts a block from the one before it: a blank line, unless both belong to one table or list."""
        if self.before is None:
            return "\n" if self.out else ""
        same = 0
        while same < len(marks) and is_kept(marks[same]):
            same += 1
        if block.kind == "row" and same == len(marks):
            return ""
        if self.before.kind in ("paragraph", "image") and same < len(marks) and is_item(marks[same]):
            is_sibling = len(self.before_marks) > same and bare(self.before_marks[same]) == marks[same]
            is_child = len(self.before_marks) == same and same and marks[same] in ("-", "*", "+", "1.", "1)")
            if is_sibling or is_child:
                return ""
        return "".join(level.rest for level in self.open[:same]).rstrip(" ") + "\n"
