"""Which blocks show at a horizon."""

from dataclasses import dataclass
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.wiki.text.parts import bodies
from wiki.text.blocks import cut
from wiki.text.gating import NEVER
from wiki.text.showing import is_heading, shows, visible


@dataclass(frozen=True, slots=True)
class Row:
    """A stored block, as far as showing goes; points are plain numbers here."""

    name: str
    since: int
    kind: str = "paragraph"
    marks: str = ""
    level: int = 0
    until: int | None = None


def heading(name: str, since: int, level: int = 1) -> Row:
    return Row(name, since, "heading", "", level)


A = Row("a", 1)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([A, Row("b", 6), Row("c", 5)], "ac"),
        ([Row("b", 1, until=5), Row("c", 1, until=6), Row("d", NEVER)], "c"),
        ([heading("H", 1), Row("b", 6)], ""),
        ([heading("H", 1), A], "Ha"),
        ([heading("H", 1), heading("I", 1, 2), A], "HIa"),
        ([heading("H", 1, 2), heading("I", 1, 1), A], "Ia"),
        ([heading("H", 1), heading("I", 6), A], "a"),
        ([heading("H", 6), A], "a"),
        ([Row("T", 1, "head", "|n"), Row("r", 6, "row", ".|n"), A], "a"),
        ([Row("T", 1, "head", "|n"), Row("r", 6, "row", ".|n"), Row("s", 5, "row", ".|n")], "Ts"),
        ([Row("T", 6, "head", "|n"), Row("s", 5, "row", ".|n")], "s"),
        ([A, Row("-", 1, "rule"), Row("b", 6)], "a"),
        ([Row("b", 6), Row("-", 1, "rule"), A], "a"),
        ([A, Row("-", 1, "rule"), Row("b", 6), Row("=", 1, "rule"), A], "a-a"),
        ([A, Row("-", 1, "rule"), heading("H", 1), A], "aHa"),
        ([heading("H", 1), Row("-", 1, "rule")], ""),
    ],
)
def test_blocks_show_with_what_they_stand_above(rows: list[Row], expected: str) -> None:
    assert "".join(row.name for row in visible(rows, 5)) == expected


def test_item_below_a_hidden_one_takes_its_place() -> None:
    rows = [Row("a", 1, marks="-"), Row("b", 6, marks="-"), Row("c", 1, marks=".- -")]
    assert [row.marks for row in visible(rows, 5)] == ["-", "-"]
    assert [row.marks for row in visible(rows, 6)] == ["-", "-", ".- -"]


def test_heading_in_a_list_shows_like_any_block() -> None:
    assert visible([Row("H", 1, "heading", "-", 1)], 5)


@given(bodies, st.randoms(use_true_random=False), st.integers(0, 5))
def test_nothing_shows_early_and_everything_shows_when_due(body: str, random: Random, horizon: int) -> None:
    def any_point() -> int:
        return random.randint(0, 5)

    rows = [
        Row(str(index), any_point(), block.kind, block.marks, block.level, any_point() or None)
        for index, block in enumerate(cut(body).blocks)
    ]
    shown = visible(rows, horizon)
    assert all(row.since <= horizon and (row.until is None or horizon < row.until) for row in shown)
    names = [row.name for row in shown]
    due = [row.name for row in rows if shows(row, horizon)]
    assert [name for name in names if name in due] == names
    plain = [row.name for row in rows if row.kind not in ("head", "rule") and not is_heading(row)]
    assert [name for name in names if name in plain] == [name for name in due if name in plain]
