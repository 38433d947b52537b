"""Lines of one paragraph for a list of where words stand: what stands in the line of another is not shown twice."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Spot:
    """Words that stand at `start` of a paragraph, in the line that `line_around` made of it."""

    start: int
    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a line, and whether it is one of the words that the line is about."""

    text: str
    is_name: bool


def lines_of(spots: Sequence[Spot]) -> list[tuple[Spot, tuple[Run, ...]]]:
    """The lines of one paragraph's spots, in order: what stands in the line of another is marked there, once.

    >>> spots = [Spot(0, "", "Ines", " saw that Ines was late …"), Spot(14, "Ines saw that ", "Ines", " was late …")]
    >>> [[run.text for run in runs if run.is_name] for _spot, runs in lines_of(spots)]
    [['Ines', 'Ines']]
    """
    lines: list[tuple[Spot, list[Run], int, str]] = []
    for spot in spots:
        if lines:
            first, runs, end, rest = lines[-1]
            at = spot.start - end
            if at >= 0 and rest[at : at + len(spot.words)] == spot.words:
                runs += [Run(rest[:at], is_name=False), Run(spot.words, is_name=True)]
                lines[-1] = (first, runs, spot.start + len(spot.words), rest[at + len(spot.words) :])
                continue
        runs = [Run(spot.before, is_name=False), Run(spot.words, is_name=True)]
        lines.append((spot, runs, spot.start + len(spot.words), spot.after))
    return [
        (spot, tuple(run for run in [*runs, Run(rest, is_name=False)] if run.text)) for spot, runs, _e, rest in lines
    ]
