"""What a citation is checked against."""

import pytest

from reader.text.points import EVERYTHING, NOTHING, chapter_end, point
from wiki.text.standing import Paragraphs, Trouble

HERE = Paragraphs(
    [point(1, 1), point(1, 4), point(2, 1)],
    {point(1, 2): point(1, 3), point(1, 3): point(2, 1), point(1, 5): None, point(1, 6): point(1, 6)},
)


@pytest.mark.parametrize("at", [point(1, 1), point(2, 1), chapter_end(1), chapter_end(2)])
def test_paragraphs_take_what_stands(at: int) -> None:
    assert (HERE.trouble(at), HERE.trouble(at, is_date=True)) == (None, None)


@pytest.mark.parametrize("at", [NOTHING, EVERYTHING, point(2)])
def test_paragraphs_take_more_for_a_date_than_for_a_citation(at: int) -> None:
    assert HERE.trouble(at, is_date=True) is None
    assert HERE.trouble(at) is not None


@pytest.mark.parametrize(
    ("at", "trouble"),
    [
        (point(1, 2), Trouble("which was moved to 2:1", "write 2:1", point(2, 1))),
        (
            point(1, 5),
            Trouble("which was taken out of the text", "say where it is told now, or take it out too", point(1, 5)),
        ),
        (
            point(1, 6),
            Trouble("which was taken out of the text", "say where it is told now, or take it out too", point(1, 6)),
        ),
        (point(1, 9), Trouble("which is not there", "the last paragraph of chapter 1 is 1:4", point(1, 4))),
        (point(3, 1), Trouble("and there is no chapter 3", "the last paragraph that is there is 2:1", point(2, 1))),
    ],
)
def test_paragraphs_say_what_is_wrong_and_where_it_went(at: int, trouble: Trouble) -> None:
    assert HERE.trouble(at) == trouble
