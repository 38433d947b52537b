"""Rows of tables: parting a line into cells, writing cells as a line, and the block rule that finds a table. A row is
one block, so the rule keeps lines whole and never fills up short rows: no more comes out than went in."""

from collections.abc import Sequence

from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.table import escapedSplit, getLine
from markdown_it.rules_block.table import table as begins_table

from .wikilinks import protect_bars, restore_bars

_DELIMITERS = {"l": ":---", "c": ":---:", "r": "---:", "n": "---"}


def read_cells(line: str, columns: int) -> list[str]:
    """The cells of a row's line, at most so many: what is too much goes into the last, so that no word is lost.

    The bars of links do not part cells.

    >>> read_cells("| [[a|b]] | c | d |", 2)
    ['[[a|b]]', 'c | d']
    """
    cells = escapedSplit(protect_bars(line).strip())
    if cells and cells[0] == "":
        cells.pop(0)
    if cells and cells[-1] == "":
        cells.pop()
    cells = [restore_bars(cell.strip()) for cell in cells]
    if len(cells) > columns:
        cells[columns - 1 :] = [" | ".join(cells[columns - 1 :])]
    return cells


def write_row(cells: Sequence[str]) -> str:
    """A row's line with these cells.

    >>> write_row(["[[a|b]]", "c | d"])
    '| [[a|b]] | c \\\\| d |'
    """
    written = [restore_bars(protect_bars(cell).replace("|", "\\|")) for cell in cells]
    return f"| {' | '.join(written)} |"


def write_delimiters(aligns: str) -> str:
    """The line under a table's head.

    >>> write_delimiters("lrn")
    '| :--- | ---: | --- |'
    """
    return write_row([_DELIMITERS[align] for align in aligns])


def table_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 – markdown-it calls it
    """A table as one token: ``meta`` has its alignments and its rows as (line, text), the head first."""
    if not begins_table(state, start, end, silent=True):
        return False
    if silent:
        return True
    delimiters = [cell.strip() for cell in getLine(state, start + 1).strip().strip("|").split("|")]
    aligns = "".join("nlrc"[cell.startswith(":") + 2 * cell.endswith(":")] for cell in delimiters)
    rows = [(start, getLine(state, start))]
    terminators = state.md.block.ruler.getRules("blockquote")
    outer, state.parentType = state.parentType, "table"
    line = start + 2
    while line < end and state.sCount[line] >= state.blkIndent and not state.isEmpty(line):
        if any(rule(state, line, end, True) for rule in terminators):  # noqa: FBT003 – as markdown-it does
            break
        rows.append((line, getLine(state, line)))
        line += 1
    state.parentType = outer
    token = state.push("table", "", 0)
    token.map = [start, line]
    token.meta = {"aligns": aligns, "rows": rows}
    state.line = line
    return True
