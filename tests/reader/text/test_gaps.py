from collections import Counter

import pytest

from reader.text.gaps import SceneFinder, usual_gap
from reader.text.layout import Piece


@pytest.mark.parametrize(
    ("gaps", "usual"),
    [
        ({}, None),
        ({0: 9}, None),
        ({1: 9}, 1),
        ({1: 1, 2: 1}, 1),
        ({0: 1, 1: 1}, 1),
        ({0: 3, 1: 1}, 0),
        ({0: 1, 1: 50, 2: 9}, 1),
        ({2: 50, 3: 2}, 2),
        ({1: 5, 2: 4, 3: 4}, None),
    ],
)
def test_usual_gap_is_the_habit_of_the_file(gaps: dict[int, int], usual: int | None) -> None:
    assert usual_gap(Counter(gaps)) == usual


def pieces(*gaps: int) -> list[Piece]:
    return [Piece(index, f"Paragraph {index}.", gap) for index, gap in enumerate(gaps)]


def test_scene_finder_takes_the_habit_of_a_long_chapter_before_that_of_the_file() -> None:
    tight, spaced = pieces(*[0] * 20, 1), pieces(*[1] * 30)
    finder = SceneFinder([tight, spaced], blank_runs=True, is_wrapped=False, number=int)
    assert [is_break for _, is_break in finder.mark(tight)] == [False] * 20 + [True]
    assert not any(is_break for _, is_break in finder.mark(spaced))
    assert [hint.line for hint in finder.hints] == [20]


def test_scene_finder_takes_the_habit_of_the_file_for_a_short_chapter() -> None:
    short, long = pieces(0, 2, 2, 1), pieces(*[1] * 30)
    finder = SceneFinder([short, long], blank_runs=True, is_wrapped=False, number=int)
    assert [is_break for _, is_break in finder.mark(short)] == [False, True, True, False]


def test_scene_finder_can_be_told_that_blank_runs_mean_nothing() -> None:
    finder = SceneFinder([pieces(0, 1, 1, 3)], blank_runs=False, is_wrapped=False, number=int)
    assert not any(is_break for _, is_break in finder.mark(pieces(0, 1, 1, 3)))
    assert (finder.hints, finder.remarks) == ([], [])
