"""Decisions of the spoiler lint that need no tables."""

import pytest

from reader.text.points import point
from wiki.text.lexicon import KnownName, Lexicon
from wiki.text.linting import check_entry, check_name, check_part, excerpt
from wiki.text.lintshape import Finding, Linked, NameRow, Part
from wiki.text.standing import Paragraphs

EARLY, LATE = point(1, 1), point(2, 1)
HERE = Paragraphs([EARLY, LATE], {})
NAMES = Lexicon([KnownName("Ines", EARLY), KnownName("Theo", LATE), KnownName("the lamp", LATE, only_by_hand=True)])
TARGETS = {"ines": "Ines", "theo": "Theo", "the lamp": "the lamp"}


def sorts(part: Part) -> list[str]:
    """What the lint finds."""
    return [finding.sort for finding in check_part(part, NAMES, HERE, TARGETS)]


@pytest.mark.parametrize(
    ("since", "text", "links", "found"),
    [
        (EARLY, "Ines ran.", (), []),
        (EARLY, "Theo ran.", (), ["early"]),
        (LATE, "Theo ran.", (), []),
        (EARLY, "He ran.", (Linked("theo", "He", prints_name=False),), []),
        (EARLY, "By the lamp.", (), []),
        (EARLY, "By the lamp.", (Linked("the lamp", "the lamp", prints_name=True),), ["early"]),
        (EARLY, "Bo ran.", (Linked("bo", "Bo", prints_name=True),), ["dead-link"]),
    ],
)
def test_check_part_holds_a_block_against_what_is_known(
    since: int, text: str, links: tuple[Linked, ...], found: list[str]
) -> None:
    assert sorts(Part("block", "x", "The block", (text,), since, links=links)) == found


def test_check_part_looks_at_label_and_value_of_a_fact_each_by_itself() -> None:
    assert sorts(Part("fact", "x", "The fact", ("Theo", "Ines"), EARLY)) == ["early"]
    assert sorts(Part("fact", "x", "The fact", ("The", "o"), EARLY)) == []


def test_check_part_tells_from_where_a_stamped_block_could_show() -> None:
    part = Part("block", "x", "The block “Theo ran.”", ("Theo ran.",), point(9, 1), is_stamped=True)
    assert [finding.mend for finding in check_part(part, NAMES, HERE, TARGETS)] == [
        "cite the paragraph that tells it (what it names is known from 2:1)"
    ]


def test_check_name_takes_a_name_that_stands_before_it_is_dated() -> None:
    assert check_name(NameRow(1, "ines", "Ines", "title", LATE), EARLY) is None
    assert check_name(NameRow(1, "ines", "Ines", "title", EARLY), LATE) == Finding(
        "early-name", "ines", EARLY, LATE, "The title “Ines” is dated 1:1, but first stands in 2:1.", 'since = "2:1"'
    )


def test_check_entry_finds_nothing_where_it_is_cited_and_linked() -> None:
    assert list(check_entry("ines", EARLY, is_cited=True, is_linked=True)) == []
    assert [one.sort for one in check_entry("ines", EARLY, is_cited=False, is_linked=False)] == ["uncited", "orphan"]


def test_excerpt_ends_at_a_word() -> None:
    assert excerpt("short") == "“short”"
    assert excerpt("word, " * 20) == f"“{'word, ' * 9}word…”"
