"""Marks: how a block says which quotes, list items and table it stands in (see ``shape.Block``), so that neighbours can
be put together again, whichever of them may be seen. Knows nothing of sources, HTML or points."""

from collections.abc import Sequence
from typing import NamedTuple


class Nest(NamedTuple):
    """One quote, item or table around a block; all blocks in it share its number."""

    number: int
    mark: str  # without a dot

    @property
    def is_item(self) -> bool:
        return is_item(self.mark)


def is_item(mark: str) -> bool:
    """Whether it is the mark of a list item, new or gone on with.

    >>> is_item("-"), is_item(".3."), is_item(">"), is_item("|lr")
    (True, True, False, False)
    """
    return bare(mark)[0] in "-*+0123456789"


def bare(mark: str) -> str:
    """The mark without its dot.

    >>> bare(".3."), bare("-")
    ('3.', '-')
    """
    return mark.removeprefix(".")


def is_kept(mark: str) -> bool:
    """Whether it goes on with what is open."""
    return mark.startswith(".")


def depth(marks: str) -> int:
    """How many lists a block stands in.

    >>> depth("> .- 1.")
    2
    """
    return sum(map(is_item, marks.split()))


def aligns(marks: str) -> str:
    """One letter for each column of a row's table: left, centre, right or none said.

    >>> aligns("> .|lrn")
    'lrn'
    """
    last = bare(marks.rsplit(maxsplit=1)[-1]) if marks else ""
    return last[1:] if last.startswith("|") else ""


def go_on(marks: str) -> str:
    """The marks of a block that comes to stand after another in all that the other stands in: what replaces it.

    >>> go_on("> -")
    '.> .-'
    """
    return " ".join("." + bare(mark) for mark in marks.split())


def nests(all_marks: Sequence[str]) -> list[tuple[Nest, ...]]:
    """What each block stands in, numbered, so that blocks can be left out.

    >>> nests(["-", ".- -"])
    [(Nest(number=0, mark='-'),), (Nest(number=0, mark='-'), Nest(number=1, mark='-'))]
    """
    found: list[tuple[Nest, ...]] = []
    opened: tuple[Nest, ...] = ()
    count = 0
    for marks in all_marks:
        path: list[Nest] = []
        for level, mark in enumerate(marks.split()):
            known = opened[level] if len(opened) > level and list(opened[:level]) == path else None
            if is_kept(mark) and known and known.mark == bare(mark):
                path.append(known)
            else:
                path.append(Nest(count, bare(mark)))
                count += 1
        opened = tuple(path)
        found.append(opened)
    return found


def settle(all_marks: Sequence[str], kept: Sequence[bool] | None = None) -> list[str]:
    """The marks that the kept blocks have when the others are gone, in their order; without ``kept``, all stay.

    An item of which nothing stays but lists inside it gives its place to them, so that no empty item tells of it.

    >>> settle(["-", "-", ".- -", ".-"], [True, False, True, False])
    ['-', '-']
    """
    paths = [path for path, keep in zip(nests(all_marks), kept or [True] * len(all_marks), strict=True) if keep]
    filled = {next((nest.number for nest in reversed(path) if nest.is_item), -1) for path in paths}
    settled = []
    before: tuple[Nest, ...] = ()
    for whole in paths:
        path = tuple(nest for nest in whole if not nest.is_item or nest.number in filled)
        same = 0
        while same < min(len(path), len(before)) and path[same].number == before[same].number:
            same += 1
        settled.append(" ".join(["." * (level < same) + nest.mark for level, nest in enumerate(path)]))
        before = path
    return settled
