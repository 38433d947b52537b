"""Puts rendered blocks together to a page: list items to lists, rows to tables, footnotes to the end. What it is given
is all there is: no trace is left of blocks that were left out."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from .anchors import Headings, Section, set_notes
from .marks import Nest, nests, settle


class Part(Protocol):
    """Any rendered block."""

    @property
    def kind(self) -> str: ...
    @property
    def marks(self) -> str: ...
    @property
    def html(self) -> str: ...


class Page(NamedTuple):
    """A body as one piece of HTML, and its headings."""

    html: str
    contents: tuple[Section, ...]


def assemble(parts: Sequence[Part], *, notes: str = "Notes", back: str = "Back to the text", prefix: str = "") -> Page:
    """The page of these blocks, in their order; ``notes`` and ``back`` are read aloud where footnotes stand.

    Blocks without HTML are left out. Ids begin with ``h-`` (headings) and ``note-``, after
    ``prefix``, which keeps them apart where a document holds several pages.
    """
    kept = [bool(part.html) for part in parts]
    marks = settle([part.marks for part in parts], kept)
    shown = [part for part, is_kept in zip(parts, kept, strict=True) if is_kept]
    headings = Headings(prefix)
    builder = _Builder()
    for part, path in zip(shown, nests(marks), strict=True):
        html = headings.mark(part.html) if part.kind == "heading" and not path else part.html
        builder.add(part.kind, path, html)
    return Page(set_notes(builder.finish(), notes, back, prefix), tuple(headings.found))


class _Builder:
    """Writes blocks, opening and closing what they stand in."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self.open: tuple[Nest, ...] = ()
        self.row = ""  # thead or tbody, when one is open

    def add(self, kind: str, path: tuple[Nest, ...], html: str) -> None:
        same = 0
        while same < min(len(path), len(self.open)) and path[same] == self.open[same]:
            same += 1
        is_sibling = (
            same < min(len(path), len(self.open)) and path[same].is_item and path[same].mark == self.open[same].mark
        )
        self._close(same, keep_list=is_sibling)
        for nest in path[same:]:
            self.out.append(_opening(nest, is_sibling=is_sibling))
            is_sibling = False
        self.open = path
        row = {"head": "thead", "row": "tbody"}.get(kind, "")
        if row != self.row:
            self._end_rows()
            self.out.append(f"<{row}>" if row else "")
            self.row = row
        if path[same:] and path[-1].is_item and kind == "paragraph":
            html = html.removeprefix("<p>").removesuffix("</p>")
        self.out.append(html)

    def finish(self) -> str:
        self._close(0, keep_list=False)
        return "".join(self.out)

    def _close(self, same: int, *, keep_list: bool) -> None:
        if len(self.open) > same:
            self._end_rows()
        for level in reversed(range(same, len(self.open))):
            self.out.append(_closing(self.open[level], keep_list=keep_list and level == same))

    def _end_rows(self) -> None:
        self.out.append(f"</{self.row}>" if self.row else "")
        self.row = ""


def _opening(nest: Nest, *, is_sibling: bool) -> str:
    if nest.mark == ">":
        return "<blockquote>"
    if nest.mark[0] == "|":
        return '<div class="table"><table>'
    if is_sibling:
        return "<li>"
    if nest.mark in "-*+":
        return "<ul><li>"
    start = nest.mark[:-1]
    return "<ol><li>" if start == "1" else f'<ol start="{start}"><li>'


def _closing(nest: Nest, *, keep_list: bool) -> str:
    if nest.mark == ">":
        return "</blockquote>"
    if nest.mark[0] == "|":
        return "</table></div>"
    if keep_list:
        return "</li>"
    return "</li></ul>" if nest.mark in "-*+" else "</li></ol>"
