"""``::: since 6:120`` … ``:::`` around blocks: the block rule that finds such lines, and what each line of a body
stands in. As many colons close a container as opened it. What is unknown, left open or closes nothing hides all that
it may have held."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Final, NamedTuple

from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from reader.errors import PointError
from reader.text.points import format_point, parse_point

from .shape import Problem

DIRECTIVE: Final = re.compile(r"[ \t]*(:{3,})[ \t]*([^\n]*)")


class _Open(NamedTuple):
    colons: int
    since: int | None  # the latest of this and of those around it
    line: int
    words: str


def directive_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001
    """A line that begins with three colons or more; it ends whatever stands before it."""
    at = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith(":::", at):
        return False
    if not silent:
        match = DIRECTIVE.match(state.src, at, state.eMarks[start])
        token = state.push("directive", "", 0)
        token.map = [start, start + 1]
        token.meta = {"colons": len(match[1]) if match else 3, "words": match[2].strip() if match else ""}
        state.line = start + 1
    return True


class Containers:
    """What a body's directive tokens say. Lines are counted from 0 here, and from 1 in ``problems``."""

    def __init__(self, tokens: Sequence[Token], lines: int) -> None:
        self.problems: list[Problem] = []
        self._starts: list[int] = [0]
        self._sinces: list[int | None] = [None]
        self._hidden: list[tuple[int, int, str]] = []
        self._open: list[_Open] = []
        self._lines = lines
        root_end = 0  # of the list or quote that nested tokens stand in
        for token in tokens:
            start, end = token.map or (0, 0)
            if token.level == 0 and token.map:
                root_end = end
            if token.type != "directive":
                continue
            if token.level:
                text = "A “:::” line cannot stand in a list or a quote: put it before or after the whole list or quote."
                self._fault(start, text, until=root_end)
            elif token.meta["words"]:
                self._begin(start, **token.meta)
            else:
                self._end(start, token.meta["colons"])
        while self._open:
            self._left_open(self._open.pop(), lines)
        self._close_gaps()

    def since(self, line: int) -> int | None:
        """The latest point of the containers around a line."""
        return self._sinces[bisect_right(self._starts, line) - 1]

    def hidden(self, line: int) -> str:
        """Why a line is hidden, if it is."""
        at = bisect_right(self._hidden, (line, self._lines + 1, "")) - 1
        return self._hidden[at][2] if at >= 0 and line < self._hidden[at][1] else ""

    def _begin(self, line: int, *, colons: int, words: str) -> None:
        around = self._open[-1].since if self._open else None
        name, _, spelt = words.partition(" ")
        try:
            point = parse_point(spelt.strip()) if name == "since" else None
        except PointError as error:
            point = None
            text = f"“::: {_short(words)}” needs a point: {error}"
        else:
            text = f"“::: {_short(words)}” is not known; there is “::: since 6:120”, closed by “:::”."
        since = around if point is None else max(point, around or 0)
        self._open.append(_Open(colons, since, line, words))
        if point is None:
            self.problems.append(Problem(line + 1, text))
            self._open[-1] = self._open[-1]._replace(words="")
        self._mark(line)

    def _end(self, line: int, colons: int) -> None:
        if not any(container.colons == colons for container in self._open):
            begin = self._open[-1].line if self._open else self._starts[-1]
            text = "This “:::” closes nothing: a container is closed by as many colons as it was opened with."
            self.problems.append(Problem(line + 1, text))
            self._hidden.append((begin, line, text))
            if self._open:
                self._open.pop()
        else:
            while self._open[-1].colons != colons:
                self._left_open(self._open.pop(), line)
            container = self._open.pop()
            if not container.words:
                self._hidden.append((container.line, line, "It stands in a container that is not known."))
        self._mark(line)

    def _left_open(self, container: _Open, end: int) -> None:
        text = f"“::: {_short(container.words) or '…'}” is not closed by a line of {container.colons} colons."
        self._fault(container.line, text, until=end)

    def _fault(self, line: int, text: str, *, until: int) -> None:
        self.problems.append(Problem(line + 1, text))
        self._hidden.append((line, until, text))

    def _mark(self, line: int) -> None:
        self._starts.append(line)
        self._sinces.append(self._open[-1].since if self._open else None)

    def _close_gaps(self) -> None:
        """Makes of the hidden stretches some that follow each other, so that one look finds the right one."""
        merged: list[tuple[int, int, str]] = []
        for start, end, text in sorted(self._hidden, key=lambda stretch: stretch[:2]):
            if merged and start < merged[-1][1]:
                merged[-1] = (merged[-1][0], max(end, merged[-1][1]), merged[-1][2])
            else:
                merged.append((start, end, text))
        self._hidden = merged


def inside(point: int) -> str:
    """The line that opens a container.

    >>> inside(parse_point("6:120"))
    '::: since 6:120'
    """
    return f"::: since {format_point(point)}"


def _short(words: str) -> str:
    return words if len(words) <= 40 else words[:39] + "…"
