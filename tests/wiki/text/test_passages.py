"""A line of the text around some words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiki.text.passages import line_around

TEXT = "The lamp was lit by Wilf before it rained again."


@pytest.mark.parametrize(
    ("width", "line"),
    [
        (99, ("The lamp was lit by ", "Wilf", " before it rained again.")),
        (20, ("The lamp was lit by ", "Wilf", " before it rained …")),
        (12, ("… was lit by ", "Wilf", " before it …")),
        (2, ("… ", "Wilf", " …")),
    ],
)
def test_line_is_cut_between_words(width: int, line: tuple[str, str, str]) -> None:
    assert line_around(TEXT, 20, 24, width=width) == line


def test_line_of_lines_is_one_line() -> None:
    assert line_around("one\ntwo\u00a0Wilf\nthree", 8, 12) == ("one two ", "Wilf", " three")
    assert line_around("long-ago\ntwo Wilf two\nlong-ago", 13, 17, width=6) == ("… two ", "Wilf", " two …")


def test_line_without_blanks_is_cut_all_the_same() -> None:
    assert line_around("勇" * 50 + "Wilf" + "勇" * 50, 50, 54, width=5) == ("… 勇勇勇勇勇", "Wilf", "勇勇勇勇勇 …")


def test_line_of_a_text_that_was_changed_meanwhile_is_short() -> None:
    assert line_around("Wilf", 20, 24) == ("Wilf", "", "")


@given(st.text("ab .\n\u0301勇", max_size=60), st.data())
def test_line_is_of_the_text_and_fits(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    width = data.draw(st.integers(1, 30))
    before, words, after = line_around(text, start, end, width=width)
    one_line = text.replace("\n", " ")
    assert words == text[start:end]
    assert one_line[:start].endswith(before.removeprefix("… "))
    assert one_line[end:].startswith(after.removesuffix(" …"))
    assert max(len(before), len(after)) <= width + 2
