import pytest

from reader.text.chapters import divide, remark_on_order
from reader.text.source import Remark


def headings(text: str, *, by_line: bool = True) -> list[tuple[int, str]]:
    division = divide(text.split("\n"), by_line=by_line, number=lambda index: index + 1)
    return [(separator.index + 1, separator.heading.title) for separator in division.separators]


def remarks(text: str) -> list[Remark]:
    return divide(text.split("\n"), by_line=True, number=lambda index: index + 1).remarks


def test_divide_takes_one_form_of_heading() -> None:
    text = "Chapter 1\n\na\n\nI.\n\nb\n\nII.\n\nc\n\nChapter 2\n\nI.\n\nd\n\nII.\n\ne"
    assert headings(text) == [(1, ""), (13, "")]
    assert [remark.line for remark in remarks(text)] == []


def test_divide_says_which_headings_of_another_form_stay_text() -> None:
    text = "Chapter 1\n\na\n\nChapter 2\n\nb\n\n# Notes\n\nc"
    sentence = "“# Notes” looks like a chapter heading, but the chapters of this file begin otherwise; it is text."
    assert (headings(text), remarks(text)) == ([(1, ""), (5, "")], [Remark(9, sentence)])


@pytest.mark.parametrize(
    "text",
    [
        "a\n\nI.\n\nb",
        "a\n\nII.\n\nb\n\nI.\n\nc",
        "a\n\nI. Eggs\n\nII. Milk\n\nIII. Bread\n\nb",
        "a\n\n1.\n2.\n3.\n\nb",
        "a\n\nC.\n\nb\n\nD.\n\nc\n\nM.\n\nd",
        "a\nPrologue\nb",
        "a\nChapter 3\nb",
    ],
)
def test_divide_is_not_misled(text: str) -> None:
    assert headings(text) == []


def test_divide_takes_a_heading_in_turn_where_each_line_is_a_paragraph() -> None:
    text = "Chapter 1\na\nChapter 2\nb\nChapter 7\nc\nChapter 3\nd"
    assert headings(text) == [(1, ""), (3, ""), (7, "")]
    assert headings(text, by_line=False) == [(1, "")]


def test_divide_takes_one_hash_title_over_numerals_for_the_story() -> None:
    assert headings("# Fog\n\nI.\n\na\n\nII.\n\nb") == [(3, ""), (7, "")]


def test_divide_takes_parts_where_there_are_no_chapters() -> None:
    assert headings("Part One\n\na\n\nPart Two: Fog\n\nb") == [(1, ""), (5, "Fog")]


def test_divide_takes_the_line_under_a_heading_for_its_title() -> None:
    text = "CHAPTER I.\nFog\n\na\n\nCHAPTER II.\nIt was a sentence.\n\nb\n\nCHAPTER III.\n\nRain\n\nc"
    assert headings(text) == [(1, "Fog"), (6, ""), (11, "")]


def test_divide_joins_a_prologue_to_chapters_but_not_to_an_archive_paste() -> None:
    assert headings("Prologue\n\na\n\nChapter 1\n\nb") == [(1, "Prologue"), (5, "")]
    assert headings("a\n\nChapter Text\n\nPrologue\n\nb") == [(3, "")]


def test_divide_takes_a_prologue_alone() -> None:
    assert headings("a\n\nEpilogue\n\nb") == [(3, "Epilogue")]


def test_divide_leaves_out_headings_without_text_and_says_so() -> None:
    text = "Chapter 1\n\nChapter 2\n\na\n\nChapter 3\n\n***"
    division = divide(text.split("\n"), by_line=True, number=lambda index: index + 1)
    assert [separator.index for separator in division.separators] == [2]
    assert sorted(division.left_out) == [0, 6]
    assert [remark.line for remark in division.remarks] == [1, 7]


def test_remark_on_order_names_each_step_that_is_not_one() -> None:
    found = remark_on_order([(1, 2), (5, 3), (9, None), (12, 3), (15, 4)])
    assert found == [Remark(12, "Chapter 3 comes after chapter 3.")]
