"""Two versions that began from one are brought together, or both are kept."""

import time

import pytest

from tests.wiki.text.test_diff import long_texts
from wiki.text.merge import (
    Conflict,
    MergedBlock,
    MergedRow,
    MergedRows,
    RowConflict,
    merge_blocks,
    merge_rows,
    merge_text,
)

BASE = [("a", "One rainy day."), ("b", "Two."), ("c", "Three.")]


def merged(mine: list[tuple[str, str]], theirs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The outcome where nothing is disputed."""
    found = merge_blocks(BASE, mine, theirs)
    assert found.conflicts == ()
    return [(block.key, block.source) for block in found.blocks]


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "expected"),
    [
        ("A red door stood open.", "A blue door stood open.", "A red door stood ajar.", "A blue door stood ajar."),
        ("A red door.", "A blue door.", "A blue door.", "A blue door."),
        ("A red door.", "A blue door.", "A red door.", "A blue door."),
        ("A red door.", "A red door.", "A blue door.", "A blue door."),
        ("One two three.", "Zero one two three.", "One two three four.", "Zero one two three four."),
        ("A red door.", "A blue door.", "A green door.", None),  # the same word
        ("A red door.", "A blue door.", "A red gate.", None),  # the word beside it
        ("A red door.", "A door.", "A dark red door.", None),  # put in beside what was taken out
        ("Rain.", "Rain and sun.", "Rain and snow.", None),  # both at the same place
        ("It rained.", "", "It rained hard.", None),
        ("Rain. {6:120}", "Rain. {7:120}", "Rain. {6:121}", None),  # a citation is one word
        ("Rain fell. {6:120}", "Snow fell. {6:120}", "Rain fell. {7:2}", "Snow fell. {7:2}"),
        ("", "Mine.", "Theirs.", None),
        ("", "Both.", "Both.", "Both."),
    ],
)
def test_merge_text(base: str, mine: str, theirs: str, expected: str | None) -> None:
    assert merge_text(base, mine, theirs) == expected


def test_changes_of_different_blocks_are_both_there() -> None:
    mine = [("a", "One dry day."), *BASE[1:]]
    theirs = [*BASE[:2], ("c", "Three!")]
    assert merged(mine, theirs) == [("a", "One dry day."), ("b", "Two."), ("c", "Three!")]


def test_changes_of_different_words_in_one_block_are_both_there() -> None:
    mine, theirs = [("a", "First rainy day."), *BASE[1:]], [("a", "One rainy night."), *BASE[1:]]
    assert merged(mine, theirs) == [("a", "First rainy night."), *BASE[1:]]


def test_a_block_that_both_changed_differently_is_a_conflict_that_holds_both() -> None:
    mine, theirs = [("a", "One dry day."), *BASE[1:]], [("a", "One cold day."), *BASE[1:]]

    found = merge_blocks(BASE, mine, theirs)

    assert found.conflicts == (Conflict("a", "One rainy day.", "One dry day.", "One cold day."),)
    assert found.blocks[0] == MergedBlock("a", "One cold day.", is_disputed=True)


def test_a_block_that_one_took_out_is_out() -> None:
    assert merged(BASE[1:], BASE) == BASE[1:]
    assert merged(BASE, BASE[1:]) == BASE[1:]
    assert merged(BASE[1:], BASE[1:]) == BASE[1:]


def test_a_block_that_one_took_out_and_the_other_changed_is_a_conflict_in_its_place() -> None:
    changed = [BASE[0], ("b", "Two!"), BASE[2]]
    without = [BASE[0], BASE[2]]

    by_mine, by_theirs = merge_blocks(BASE, changed, without), merge_blocks(BASE, without, changed)

    assert by_mine.conflicts == (Conflict("b", "Two.", "Two!", None),)
    assert by_theirs.conflicts == (Conflict("b", "Two.", None, "Two!"),)
    expected = (MergedBlock(*BASE[0]), MergedBlock("b", "Two!", is_disputed=True), MergedBlock(*BASE[2]))
    assert by_mine.blocks == by_theirs.blocks == expected


def test_new_blocks_stand_after_the_same_neighbour_and_after_theirs() -> None:
    mine = [("", "First."), BASE[0], ("", "Mine."), ("", "Mine too."), *BASE[1:]]
    theirs = [BASE[0], ("x", "Theirs."), *BASE[1:], ("y", "Last.")]
    assert merged(mine, theirs) == [
        ("", "First."),
        BASE[0],
        ("x", "Theirs."),
        ("", "Mine."),
        ("", "Mine too."),
        *BASE[1:],
        ("y", "Last."),
    ]


def test_a_new_block_whose_neighbour_is_gone_stands_after_the_one_before() -> None:
    mine, theirs = [*BASE[:2], ("", "Mine."), BASE[2]], [BASE[0], BASE[2]]
    assert merged(mine, theirs) == [BASE[0], ("", "Mine."), BASE[2]]


def test_the_same_new_block_in_the_same_place_stands_once() -> None:
    mine = [BASE[0], ("", "Mine."), ("", "Both."), *BASE[1:], ("", "Far.")]
    theirs = [("y", "Far."), BASE[0], ("x", "Both."), *BASE[1:]]
    assert merged(mine, theirs) == [
        ("y", "Far."),
        BASE[0],
        ("", "Mine."),
        ("x", "Both."),
        *BASE[1:],
        ("", "Far."),
    ]


def test_a_block_that_i_moved_stands_where_i_put_it() -> None:
    mine, theirs = [BASE[2], *BASE[:2]], [BASE[0], ("b", "Two!"), ("c", "Three!")]
    assert merged(mine, theirs) == [("c", "Three!"), BASE[0], ("b", "Two!")]


def test_a_block_that_they_moved_stays_there() -> None:
    mine, theirs = [*BASE, ("", "New.")], [BASE[2], *BASE[:2]]
    assert merged(mine, theirs) == [BASE[2], ("", "New."), *BASE[:2]]


def test_a_form_sent_twice_is_saved_once() -> None:
    mine = [("", "New."), BASE[2], ("", "New."), ("", "Newer."), ("a", "One fine day."), ("", "New.")]
    theirs = [(key or f"x{at}", source) for at, (key, source) in enumerate(mine)]
    assert merged(mine, theirs) == theirs


def test_a_key_that_stands_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="stands once"):
        merge_blocks(BASE, [*BASE, BASE[0]], BASE)
    with pytest.raises(ValueError, match="stands once"):
        merge_blocks(BASE, BASE, [("", "No key.")])


AGE = {"label": "Age", "value": "17", "since": "6:1"}


def test_rows_merge_field_by_field() -> None:
    mine = [("1", AGE | {"value": "18"}), ("", {"label": "Dog"})]
    theirs = [("1", AGE | {"since": "6:2"}), ("2", {"label": "Cat"})]
    assert merge_rows([("1", AGE)], mine, theirs) == MergedRows(
        (
            MergedRow("1", {"label": "Age", "value": "18", "since": "6:2"}),
            MergedRow("2", {"label": "Cat"}),
            MergedRow("", {"label": "Dog"}),
        )
    )


def test_rows_whose_field_both_changed_are_a_conflict_that_holds_both() -> None:
    mine, theirs = AGE | {"value": "18", "since": "6:3"}, AGE | {"value": "19"}
    assert merge_rows([("1", AGE)], [("1", mine)], [("1", theirs)]) == MergedRows(
        (MergedRow("1", AGE | {"value": "19", "since": "6:3"}, is_disputed=True),),
        (RowConflict("1", AGE, mine, theirs, ("value",)),),
    )


def test_rows_taken_out_by_one_and_changed_by_the_other_are_a_conflict() -> None:
    mine = AGE | {"value": "18"}
    assert merge_rows([("1", AGE)], [("1", mine)], []) == MergedRows(
        (MergedRow("1", mine, is_disputed=True),), (RowConflict("1", AGE, mine, None),)
    )
    assert merge_rows([("1", AGE)], [("1", AGE)], []) == MergedRows(())


def test_rows_sent_twice_are_saved_once() -> None:
    mine, theirs = [("", AGE), ("", AGE)], [("1", AGE), ("2", AGE)]
    assert merge_rows([], mine, theirs) == MergedRows((MergedRow("1", AGE), MergedRow("2", AGE)))


def test_a_field_that_is_gone_stays_gone() -> None:
    without = {"label": "Age", "value": "17"}
    found = merge_rows([("1", AGE)], [("1", without)], [("1", AGE | {"value": "18"})])
    assert found == MergedRows((MergedRow("1", {"label": "Age", "value": "18"}),))


@pytest.mark.parametrize("name", list(long_texts()))
def test_merge_is_quick_whatever_the_texts(name: str) -> None:
    base, theirs = long_texts()[name]
    start = time.process_time()

    merge_text(base, theirs[: len(theirs) // 2], theirs)

    assert time.process_time() - start < 10  # less than one on a machine at rest


def test_many_new_blocks_on_both_sides_are_merged_quickly() -> None:
    mine, theirs = [("", f"m{at}") for at in range(20_000)], [(f"k{at}", f"t{at}") for at in range(20_000)]
    start = time.process_time()

    assert len(merge_blocks([], mine, theirs).blocks) == 40_000

    assert time.process_time() - start < 10
