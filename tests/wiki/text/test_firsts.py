"""Where names first stand in a text."""

import pytest

from wiki.text.firsts import FirstStands
from wiki.text.lintshape import NameRow


def firsts(texts: list[str], *names: str, **marks: bool) -> dict[str, int]:
    """The number (from 1) of the text in which each name first stands."""
    found = FirstStands(NameRow(at, "", name, "title", 0, **marks) for at, name in enumerate(names))
    for number, text in enumerate(texts, start=1):
        found.read(number, text)
    return {names[key]: point for key, point in found.found.items()}


@pytest.mark.parametrize(
    ("texts", "names", "wanted"),
    [
        (["Ines Tarrant.", "Ines."], ["Ines", "Ines Tarrant"], {"Ines": 1, "Ines Tarrant": 1}),
        (["Ines.", "Ines Tarrant."], ["Ines", "Ines Tarrant", "Tarrant"], {"Ines": 1, "Ines Tarrant": 2, "Tarrant": 2}),
        (
            ["I. M. Tarrant."],
            ["I. M. Tarrant", "M. Tarrant", "Tarrant"],
            dict.fromkeys(["I. M. Tarrant", "M. Tarrant", "Tarrant"], 1),
        ),
        (["Maria."], ["Mari"], {}),
        (["The captain.", "Captain Hosken."], ["Captain"], {"Captain": 2}),
        (["Jonah’s mother."], ["Jonah’s mother", "Jonah"], {"Jonah’s mother": 1, "Jonah": 1}),
    ],
)
def test_first_stands_finds_names_alone_and_within_longer_ones(
    texts: list[str], names: list[str], wanted: dict[str, int]
) -> None:
    assert firsts(texts, *names) == wanted


def test_first_stands_counts_a_common_word_that_begins_a_sentence() -> None:
    assert firsts(["the frost", "Frost lay there.", "Miss Frost"], "Frost", only_capital=True) == {"Frost": 2}


def test_first_stands_reads_messages_of_people_who_type_no_capitals() -> None:
    found = FirstStands([NameRow(1, "", "Skerrow", "title", 0)])
    found.read(1, "Pru: skerrow is far")
    assert not found.is_done
    found.read(2, "Pru: skerrow is far", is_message=True)
    assert (found.found, found.is_done) == ({1: 2}, True)
