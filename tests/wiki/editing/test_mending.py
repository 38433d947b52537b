"""Where the parts of a preview end in the body that was typed."""

import pytest

from wiki.editing.mending import NOWHERE, ends
from wiki.text.stored import Stored


def part(source: str, kind: str = "paragraph") -> Stored:
    return Stored("", kind, "", source, 1)


def test_ends_are_the_last_lines_of_paragraphs_and_items() -> None:
    body = "One\ntwo.\n\n## Head\n\n- An item.\n- Another.\n\nLast. {since 3}"
    parts = [part("One\ntwo."), part("## Head", "heading"), part("An item."), part("Another."), part("Last. {since 3}")]

    assert ends(body, parts) == [
        (2, "two."),
        NOWHERE,
        (6, "An item."),
        (7, "Another."),
        (9, "Last. {since 3}"),
    ]


def test_ends_know_words_split_from_the_block_that_they_were_added_to() -> None:
    assert ends("Cited. {1:2} Added.", [part("Cited. {1:2}"), part("Added. {since 3}")])[1] == (
        1,
        "Cited. {1:2} Added.",
    )


def test_ends_tell_equal_paragraphs_apart() -> None:
    assert ends("Rain.\n\nRain.", [part("Rain."), part("Rain.")]) == [(1, "Rain."), (3, "Rain.")]


@pytest.mark.parametrize(
    ("source", "kind"), [("| a | b |", "row"), ("![a](image:b)", "image"), ("Elsewhere.", "paragraph")]
)
def test_ends_are_nowhere_for_what_has_no_line_of_its_own(source: str, kind: str) -> None:
    assert ends("| h | i |\n|---|---|\n| a | b |\n\n![a](image:b)\n\nHere.", [part(source, kind)]) == [NOWHERE]
