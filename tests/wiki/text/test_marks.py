"""What blocks stand in, and what is left of it when some of them go."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiki.text.marks import go_on, nests, settle

any_marks = st.lists(
    st.lists(st.sampled_from([">", ".>", "-", ".-", "1.", ".1."]), max_size=4).map(" ".join), max_size=12
)


@pytest.mark.parametrize(
    ("marks", "kept", "expected"),
    [
        (["-", ".- -"], "01", ["-"]),
        (["-", ".- -"], "11", ["-", ".- -"]),
        (["-", ".-"], "01", ["-"]),
        (["-", "-", ".- -", ".- -"], "1011", ["-", "-", "-"]),
        (["-", ".- 1.", ".- 1."], "011", ["1.", "1."]),
        ([">", ".>", ".> -"], "011", [">", ".> -"]),
        (["|ln", ".|ln"], "01", ["|ln"]),
        (["-", "", "-"], "101", ["-", "-"]),
        ([".-", ".> .-"], "11", ["-", "> -"]),
    ],
)
def test_marks_of_what_is_left_stand_by_themselves(marks: list[str], kept: str, expected: list[str]) -> None:
    assert settle(marks, [letter == "1" for letter in kept]) == expected


def test_block_that_replaces_another_shares_its_item_with_what_is_below() -> None:
    marks = ["-", go_on("-"), ".- -"]
    assert settle(marks, [True, False, True]) == settle(marks, [False, True, True]) == ["-", ".- -"]


@given(any_marks)
def test_settled_marks_settle_to_themselves(marks: list[str]) -> None:
    assert settle(settle(marks)) == settle(marks)


@given(any_marks, st.randoms(use_true_random=False))
def test_leaving_out_twice_is_leaving_out_once(marks: list[str], random: Random) -> None:
    first = [random.random() < 0.7 for _ in marks]
    left = settle(marks, first)
    second = [random.random() < 0.7 for _ in left]
    rest = iter(second)
    both = [keep and next(rest) for keep in first]
    assert settle(left, second) == settle(marks, both)


@given(any_marks)
def test_every_quote_and_item_is_one_run_of_blocks(marks: list[str]) -> None:
    paths = nests(marks)
    for number in {nest.number for path in paths for nest in path}:
        inside = [any(nest.number == number for nest in path) for path in paths]
        first, last = inside.index(True), len(inside) - inside[::-1].index(True)
        assert all(inside[first:last])
