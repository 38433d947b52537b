"""Puts the lines of a plain text together to paragraphs: one a line, or several where they are broken at a fixed width.
Knows lines and blank lines; nothing of chapters."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from .scenes import is_scene_break

_NARROWEST, _WIDEST = 40, 120  # characters; what people and programs break lines at
# In a text broken at a width, most of the characters in lines that have a next one stand in full lines (a verse weighs
# little), and such lines are no rarity.
_FULL_SHARE, _BROKEN_SHARE = 0.75, 0.2
_FEWEST_BREAKS = 3
_NEARLY_FULL = 0.75  # of the width: a line this long may have been mended by hand after it was broken
_LONGEST_WORD = 25  # characters


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph that begins at ``index``, ``gap`` blank lines after the one before; text "" is a scene break."""

    index: int
    text: str
    gap: int


def find_width(raw: Sequence[str], lines: Sequence[str]) -> int:
    """The width in characters at which the text is broken into lines, or 0 if each line is a paragraph.

    It is broken if nearly each line that is followed by another would have had no room for that one's first word.
    ``lines`` are ``raw`` cleaned; an indented line begins a paragraph.

    >>> find_width(["One line.", "Another."], ["One line.", "Another."])
    0
    """
    breaks = [
        (len(raw[at].rstrip()), _first_word(after))
        for at, (line, after) in enumerate(pairwise(lines))
        if line and after and not raw[at + 1][0].isspace()
    ]
    filled = sum(1 for line in lines if line)
    if len(breaks) < max(_FEWEST_BREAKS, _BROKEN_SHARE * filled):
        return 0
    # Not the longest line: a web address may stick out.
    width = sorted(length for length, _ in breaks)[int(0.98 * (len(breaks) - 1))]
    full = sum(length for length, word in breaks if length + 1 + word > width)
    is_broken = full >= _FULL_SHARE * sum(length for length, _ in breaks)
    return width if is_broken and _NARROWEST <= width <= _WIDEST else 0


def _first_word(line: str) -> int:
    end = line.find(" ", 0, _LONGEST_WORD)
    return end if end >= 0 else min(len(line), _LONGEST_WORD)


def lay_out(
    raw: Sequence[str], lines: Sequence[str], start: int, end: int, *, width: int, number: Callable[[int], int]
) -> Iterator[Piece]:
    """The paragraphs of ``lines[start:end]`` in order; ``number`` gives the line numbers by which gaps are counted.

    >>> [piece.text for piece in lay_out(["A", "", "B"], ["A", "", "B"], 0, 3, width=0, number=int)]
    ['A', 'B']
    """
    last = start - 1
    index = start
    while index < end:
        line = lines[index]
        if not line:
            index += 1
            continue
        gap = max(0, number(index) - number(last) - 1) if last >= start else 0
        if is_scene_break(line):
            yield Piece(index, "", gap)
            last = index
        elif not width:
            yield Piece(index, line, gap)
            last = index
        else:
            stop = index + 1
            while stop < end and lines[stop] and not is_scene_break(lines[stop]):
                stop += 1
            yield from _join_block(raw, lines, range(index, stop), width=width, gap=gap)
            last = stop - 1
        index = last + 1


def _join_block(raw: Sequence[str], lines: Sequence[str], block: range, *, width: int, gap: int) -> Iterator[Piece]:
    """The paragraphs of lines with no blank one among them: parted at indents, else joined if they fill the width."""
    start, stop = block.start, block.stop
    indented = [raw[index][0].isspace() for index in block]
    by_indent = any(indented) and not all(indented)
    begins = [start]
    begins += (index for index in range(start + 1, stop) if by_indent and indented[index - start])
    for begin, end in zip(begins, [*begins[1:], stop], strict=True):
        ends_full = sum(
            len(lines[index]) + 1 + _first_word(lines[index + 1]) > _NEARLY_FULL * width
            for index in range(begin, end - 1)
        )
        if ends_full * 2 >= end - 1 - begin:
            yield Piece(begin, " ".join(lines[begin:end]), gap)
        else:
            for index in range(begin, end):
                yield Piece(index, lines[index], gap if index == begin else 0)
        gap = 0
