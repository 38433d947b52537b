"""Runs of paragraphs as people write them: `6:110-130`. Order and spelling only; knows no story."""

from collections.abc import Iterable

from reader.errors import PointError
from reader.text.points import chapter_end, parse_point, point, split


def parse_span(text: str) -> tuple[int, int]:
    """The first and the last point of `6:110-130`, `6:110-7:5`, `6:110` or `6` (the whole chapter).

    Raises PointError for what is neither, and for a span that ends before it begins.

    >>> parse_span("6:110-130") == (parse_point("6:110"), parse_point("6:130"))
    True
    >>> parse_span("6") == (point(6), chapter_end(6))
    True
    """
    left, dash, right = text.partition("-")
    first = parse_point(left)
    chapter, *_ = split(first)
    if ":" in left and dash and ":" not in right:
        right = f"{chapter}:{right}"
    last = parse_point(right) if dash else first
    if first == chapter_end(chapter):
        first = point(chapter)
    if last < first:
        raise PointError("The last paragraph stands before the first.")
    return first, last


def spell_runs(numbers: Iterable[int]) -> str:
    """Rising numbers, with neighbours drawn together.

    >>> spell_runs([3, 1, 2, 7, 9, 10])
    '1–3, 7, 9–10'
    """
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in runs)
