"""In which blocks of chapters something lies, and which blocks make up all that was read.

A row keeps the block of each size that its chapter lies in (1, 4, 16 … chapters); “up to chapter 6” is then a few
blocks, which an inverted index can look up as it looks up words. So the index itself leaves out what lies ahead.
"""

from typing import Final

from reader.text.points import split

STEP: Final = 2
"""Bits by which each size of blocks is larger than the one before."""
SIZES: Final = 9
"""Sizes of blocks: from one chapter to 65,536, which is all of a story."""
NEAREST: Final = 4
"""Chapters, at least, that are looked through first; a block's worth."""
LAST: Final = (1 << STEP * (SIZES - 1)) - 1
"""The last chapter that has a block of its own; later ones share it."""


def blocks_of(story: int, point: int) -> list[int]:
    """The blocks, one of each size, in which a point of a story (by primary key) lies.

    >>> from reader.text.points import parse_point
    >>> blocks_of(1, parse_point("6:120"))[:3] == [_block(1, 0, 6), _block(1, 1, 1), _block(1, 2, 0)]
    True
    """
    chapter = _chapter(point)
    return [_block(story, size, chapter >> STEP * size) for size in range(SIZES)]


def blocks_up_to(story: int, horizon: int, *, first: int = 0) -> list[int]:
    """The fewest blocks that hold every chapter from `first` up to that of `horizon`, whole.

    The horizon's own chapter is cut by `since` once more.

    >>> from reader.text.points import EVERYTHING, parse_point
    >>> blocks_up_to(1, parse_point("6:120")) == [_block(1, 1, 0), _block(1, 0, 4), _block(1, 0, 5), _block(1, 0, 6)]
    True
    >>> blocks_up_to(1, parse_point("6"), first=4) == [_block(1, 0, 4), _block(1, 0, 5), _block(1, 0, 6)]
    True
    >>> blocks_up_to(1, EVERYTHING) == [_block(1, SIZES - 1, 0)]
    True
    """
    at, end, found = min(first, LAST), _chapter(horizon) + 1, []
    while at < end:
        size = next(
            one for one in reversed(range(SIZES)) if at % (1 << STEP * one) == 0 and at + (1 << STEP * one) <= end
        )
        found.append(_block(story, size, at >> STEP * size))
        at += 1 << STEP * size
    return found


def stretches_back(story: int, horizon: int, *, first: int = 0, last: int = LAST) -> list[list[int]]:
    """All chapters as in `blocks_up_to`, in stretches: the last ones first, each three times as long as the one before.

    Of what stands everywhere, the first stretches hold enough. After chapter `last` there is nothing, as far as is
    known.

    >>> [len(blocks) for blocks in stretches_back(1, 22 << 32)]
    [4, 3, 1]
    >>> sorted(sum(stretches_back(1, 22 << 32, first=19), [])) == sorted(blocks_up_to(1, 22 << 32, first=19))
    True
    """
    found: list[list[int]] = []
    end, many = horizon, NEAREST
    start = min(_chapter(horizon), last) + 1
    while start > first or not found:
        start = max(first, (start - many) // NEAREST * NEAREST)
        found.append(blocks_up_to(story, end, first=start))
        end, many = (start - 1) << 32, 3 * many
    return found


def _chapter(point: int) -> int:
    return min(split(point)[0], LAST)


def _block(story: int, size: int, number: int) -> int:
    return story << 20 | size << 16 | number
