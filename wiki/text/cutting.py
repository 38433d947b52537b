"""Goes through the tokens of a body and makes a block of each part that can be shown alone. For ``blocks.cut`` only."""

import re
from collections.abc import Iterator
from typing import Any

from markdown_it.token import Token

from .containers import DIRECTIVE, Containers
from .definitions import Definitions
from .engine import MARKDOWN, clean
from .marks import settle
from .shape import Block, Cut, Problem
from .tables import read_cells, write_row
from .wikilinks import protect_bars, restore_bars
from .writing import is_picture

_DEEPEST = 14
"""markdown-it's levels (a quote is one, a list two); it drops what stands deeper than 20."""
_UNDERLINE = re.compile(r"(?:=+|[-:|][-:| \t]*)[ \t]*")
_OPENS = ("blockquote_open", "bullet_list_open", "ordered_list_open", "list_item_open")
_CLOSES = ("blockquote_close", "bullet_list_close", "ordered_list_close", "list_item_close")


class Cutter:
    """Cuts one body, once."""

    def __init__(self, body: str) -> None:
        source = protect_bars(clean(body)).removesuffix("\n") + "\n"
        env: dict[str, Any] = {}
        self.tokens: list[Token] = []
        MARKDOWN.block.parse(source, MARKDOWN, env, self.tokens)
        self.containers = Containers(self.tokens, source.count("\n"))
        self.definitions = Definitions(MARKDOWN, env, self.containers)
        self.problems: list[Problem] = []
        self.marks: list[str] = []  # of the quotes, lists and items that are open; those of lists stand for their items
        self.deep = 0

    def cut(self) -> Cut:
        blocks = list(self._blocks())
        marks = settle([block.marks for block in blocks])
        settled = tuple(
            Block(block.kind, block.source, mark, block.container, block.hidden, block.line)
            for block, mark in zip(blocks, marks, strict=True)
        )
        problems = [*self.problems, *self.containers.problems, *self.definitions.unused()]
        return Cut(settled, tuple(sorted(problems, key=lambda problem: problem.line)))

    def _blocks(self) -> Iterator[Block]:
        before: Token | None = None
        for token in self.tokens:
            if token.type in _OPENS:
                self._open(token)
            elif token.type in _CLOSES:
                self.marks.pop()
            elif token.type == "inline" and before is not None:
                yield from self._words(token, before)
            elif token.type == "fence":
                yield self._fence(token)
            elif token.type == "hr":
                yield self._block("rule", "___", token)
            elif token.type == "table":
                yield from self._rows(token)
            before = token

    def _open(self, token: Token) -> None:
        if token.level > _DEEPEST and not self.deep:
            self.deep = _line(token)
            self.problems.append(Problem(self.deep, "Quotes and lists stand too deep in each other here."))
        if token.type == "list_item_open":
            self.marks[-1] = self.marks[-1].removeprefix(".")
            self.marks.append("")
        elif token.type == "ordered_list_open":
            self.marks.append(f"{token.attrs.get('start', 1)}{token.markup}")
        else:
            self.marks.append(token.markup)

    def _words(self, token: Token, before: Token) -> Iterator[Block]:
        content = restore_bars(token.content)
        if before.type == "heading_open":
            if content:
                yield self._block("heading", f"{'#' * int(before.tag[1])} {_one_line(content)}", token)
            return
        hidden = ""
        for offset, line in enumerate(content.split("\n")):
            if not hidden and DIRECTIVE.match(line):
                hidden = "A “:::” line stands alone, not indented and with nothing before it."
                self.problems.append(Problem(_line(token) + offset, hidden))
        yield self._block("paragraph", _joined(content), token, hidden)

    def _fence(self, token: Token) -> Block:
        content = restore_bars(token.content)
        start, end = token.map or (0, 0)
        hidden = ""
        if end - start < 2 + content.count("\n"):
            hidden = f"The code that begins here is not closed by a line of {token.markup}."
            self.problems.append(Problem(start + 1, hidden))
        info = restore_bars(token.info).strip()
        info = f" {info}" if info.startswith("{") else info
        return self._block("code", f"{token.markup}{info}\n{content}{token.markup}", token, hidden)

    def _rows(self, token: Token) -> Iterator[Block]:
        aligns: str = token.meta["aligns"]
        self.marks.append("|" + aligns)
        rows = [(line, read_cells(text, len(aligns))) for line, text in token.meta["rows"]]
        head, *filled = [(line, cells) for line, cells in rows if any(cells) or line == rows[0][0]]
        for line, cells in [head, *filled] if any(head[1]) else filled:
            kind = "head" if filled and line == head[0] else "row"  # a head without rows would show to nobody
            yield self._block(kind, write_row(cells), Token("", "", 0, map=[line, line + 1]))
        self.marks.pop()

    def _block(self, kind: str, source: str, token: Token, hidden: str = "") -> Block:
        line = _line(token)
        if kind in ("row", "head"):
            cells = [self.definitions.write_out(cell) for cell in read_cells(source, source.count("|"))]
            source, faults = write_row([cell for cell, _ in cells]), [fault for _, fault in cells if fault]
        elif kind in ("paragraph", "heading"):
            source, fault = self.definitions.write_out(source)
            faults = [fault] if fault else []
        else:
            faults = []
        if kind == "paragraph" and is_picture(source):
            kind = "image"
        if faults and not self.containers.hidden(line - 1):
            self.problems.append(Problem(line, faults[0]))
        marks = " ".join(filter(None, self.marks))
        self.marks = [mark and "." + mark.removeprefix(".") for mark in self.marks]
        hidden = hidden or self.containers.hidden(line - 1) or "".join(faults[:1])
        if self.deep and not hidden:
            hidden = "It stands in too many quotes and lists."
        return Block(kind, source, marks, self.containers.since(line - 1), hidden, line)


def _line(token: Token) -> int:
    return token.map[0] + 1 if token.map else 1


def _joined(content: str) -> str:
    """A paragraph whose lines mean the same wherever it stands.

    A line that is indented far never begins another block and never underlines a heading: it stays so, or
    becomes so, by four spaces. What would underline the head of a table goes on the line before.
    """
    first, *more = content.split("\n")
    pieces = [first]
    for line in more:
        words = line.lstrip(" \t")
        indent = line[: len(line) - len(words)]
        is_underline = _UNDERLINE.fullmatch(words)
        is_far = is_underline or len(indent) > 3 or "\t" in indent
        pieces.append((" " if is_underline and "|" in pieces[-1] else "\n    " if is_far else "\n") + words)
    return "".join(pieces)


def _one_line(content: str) -> str:
    """The words of a heading that was underlined, as they stand after number signs."""
    *lines, last = content.split("\n")
    words = " ".join(filter(None, [*(line.removesuffix("\\").strip() for line in lines), last.strip()]))
    return re.sub(r"(?<=\s)(#+)$|^(#+)$", r"\\\g<0>", words)
