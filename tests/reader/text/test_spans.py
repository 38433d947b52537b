"""Runs of paragraphs as people write them."""

import pytest

from reader.errors import PointError
from reader.text.points import chapter_end, point
from reader.text.spans import parse_span, spell_runs


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("6:110-130", point(6, 110), point(6, 130)),
        ("6:110-7:5", point(6, 110), point(7, 5)),
        ("6:110", point(6, 110), point(6, 110)),
        ("6:110.128-111", point(6, 110, 128), point(6, 111)),
        ("6", point(6), chapter_end(6)),
        ("6-7", point(6), chapter_end(7)),
    ],
)
def test_parse_span_reads_both_ends(text: str, first: int, last: int) -> None:
    assert parse_span(text) == (first, last)


@pytest.mark.parametrize("text", ["", "-", "6:", "6:130-110", "7-6", "six", "6:1-2-3-4"])
def test_parse_span_refuses_what_is_none(text: str) -> None:
    with pytest.raises(PointError):
        parse_span(text)


def test_spell_runs_draws_neighbours_together() -> None:
    assert spell_runs([5, 1, 2, 3, 3, 8, 9]) == "1–3, 5, 8–9"
    assert spell_runs([]) == ""
