"""Chapters may be added at the end and rewritten in place, nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import NumberingError
from reader.text.editions import check_chapters

ADD_ONLY = "chapters can be added at the end, but not inserted or moved."
NOT_LESS = "chapters can be added at the end, but not taken out."


def chapter(name: str, count: int = 20) -> list[str]:
    """A chapter of its own paragraphs, among them some that stand in every chapter."""
    return [text for number in range(count) for text in (f"Paragraph {number} of chapter {name} goes here.", "“Yes.”")]


STORY = [chapter(name) for name in "ABCDE"]


@given(
    st.lists(st.lists(st.text(max_size=5), max_size=5), max_size=5), st.lists(st.lists(st.text(max_size=5)), max_size=3)
)
def test_appending_is_always_taken(old: list[list[str]], added: list[list[str]]) -> None:
    check_chapters(old, [*old, *added])


def test_chapter_rewritten_in_place_is_taken() -> None:
    check_chapters(STORY, [*STORY[:2], chapter("Z"), *STORY[3:]])
    check_chapters(STORY, [chapter(name) for name in "VWXYZ"])


def test_scene_that_goes_to_the_next_chapter_is_taken() -> None:
    check_chapters(STORY, [STORY[0], STORY[1][:16], STORY[1][16:] + STORY[2], *STORY[3:]])


def test_last_chapter_may_be_divided() -> None:
    check_chapters(STORY, [*STORY[:4], STORY[4][:18], STORY[4][18:]])


@pytest.mark.parametrize(
    ("new", "sentence"),
    [
        ([*STORY[:2], chapter("Z"), *STORY[2:]], f"Chapter 3 of the story is chapter 4 of the file: {ADD_ONLY}"),
        ([*STORY[:4], chapter("Z"), STORY[4]], f"Chapter 5 of the story is chapter 6 of the file: {ADD_ONLY}"),
        ([chapter("Z"), *STORY], f"Chapter 1 of the story is chapter 2 of the file: {ADD_ONLY}"),
        ([STORY[0], STORY[2], STORY[1], *STORY[3:]], f"Chapter 2 of the story is chapter 3 of the file: {ADD_ONLY}"),
        ([*STORY[1:], chapter("Z")], f"Chapter 2 of the story is chapter 1 of the file: {ADD_ONLY}"),
        (
            [*STORY[:2], STORY[2][:18], STORY[2][18:], *STORY[3:]],
            f"Chapter 4 of the story is chapter 5 of the file: {ADD_ONLY}",
        ),
        (
            [*STORY[:2], *STORY[3:]],
            f"The story has 5 chapters and the file only 4 (chapter 3 is missing): {NOT_LESS}",
        ),
        (
            STORY[:1],
            f"The story has 5 chapters and the file only 1: {NOT_LESS}",
        ),
        ([], f"The story has 5 chapters and the file only 0: {NOT_LESS}"),
    ],
)
def test_other_editions_are_refused_in_a_sentence(new: list[list[str]], sentence: str) -> None:
    with pytest.raises(NumberingError) as caught:
        check_chapters(STORY, new)
    assert str(caught.value) == sentence


def test_corrected_chapters_are_recognised_in_another_place() -> None:
    corrected = [[text.replace("0 of", "nought of") for text in texts] for texts in STORY]
    with pytest.raises(NumberingError):
        check_chapters(STORY, [chapter("Z"), *corrected])
    check_chapters(STORY, [*corrected, chapter("Z")])
