import random
import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.text.layout import Piece, find_width, lay_out

WORDS = [
    "wind",
    "rain",
    "a",
    "the",
    "fog",
    "lamp",
    "whenever",
    "cat",
    "kettle",
    "somebody",
    "of",
    "under",
    "yesterday",
    "or",
]
PARAGRAPHS = st.lists(
    st.builds(
        lambda seed, count: " ".join(random.Random(seed).choices(WORDS, k=count)), st.integers(), st.integers(30, 120)
    ),
    min_size=3,
    max_size=9,
)


def pieces(text: str) -> list[Piece]:
    raw = text.split("\n")
    lines = [line.strip() for line in raw]
    return list(lay_out(raw, lines, 0, len(lines), width=find_width(raw, lines), number=lambda index: index + 1))


@given(PARAGRAPHS, st.integers(50, 100))
def test_lay_out_joins_what_was_broken_at_a_width(paragraphs: list[str], width: int) -> None:
    text = "\n\n".join(textwrap.fill(paragraph, width) for paragraph in paragraphs)
    assert [piece.text for piece in pieces(text)] == paragraphs


@given(PARAGRAPHS, st.integers(50, 100))
def test_lay_out_begins_a_paragraph_at_an_indent(paragraphs: list[str], width: int) -> None:
    text = "\n".join(textwrap.fill(paragraph, width, initial_indent="   ") for paragraph in paragraphs)
    assert [piece.text for piece in pieces(text)] == paragraphs


@given(PARAGRAPHS, st.sampled_from(["\n", "\n\n"]))
def test_lay_out_takes_a_line_for_a_paragraph_else(paragraphs: list[str], between: str) -> None:
    assert [piece.text for piece in pieces(between.join(paragraphs))] == paragraphs


@pytest.mark.parametrize("line", ["“No,” she said.\n“Yes,” said he, and left the room.\n“So there.”", "a\nb", ""])
def test_find_width_is_not_misled_by_short_lines(line: str) -> None:
    lines = (line + "\n\n" + "A long line of a paragraph that goes on, and on, and on.\n").split("\n") * 5
    assert find_width(lines, lines) == 0


def test_lay_out_counts_the_blank_lines_before_each_paragraph() -> None:
    found = pieces("\n\nA\n\n\nB\n***\nC\nD")
    assert found == [Piece(2, "A", 0), Piece(5, "B", 2), Piece(6, "", 0), Piece(7, "C", 0), Piece(8, "D", 0)]
