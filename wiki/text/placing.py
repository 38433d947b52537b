"""Puts marks right when only some blocks of a body are at hand: what a block stands in is numbered when it is saved, so
that nothing has to be known of the neighbours that are not shown."""

from collections.abc import Sequence

from wiki.text.marks import bare


def marks_again(parts: Sequence[tuple[str, Sequence[int]]]) -> list[str]:
    """The marks of some blocks, in order, given each one's marks and the numbers of what it stands in (`marks.nests`).

    The second block stood in an item that is not here, so that it begins one.

    >>> marks_again([("-", [0]), (".-", [1]), (".-", [1])])
    ['-', '-', '.-']
    """
    found = []
    before: tuple[int, ...] = ()
    for marks, numbers in parts:
        same = 0
        while same < min(len(numbers), len(before)) and numbers[same] == before[same]:
            same += 1
        found.append(" ".join("." * (level < same) + bare(mark) for level, mark in enumerate(marks.split())))
        before = tuple(numbers)
    return found
