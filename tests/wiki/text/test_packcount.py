"""Counting what a pack holds, and what of its story it rests on."""

from reader.text.points import parse_point
from wiki.text.packcount import Count, count_kinds, points_of, table, uncited, uncited_table
from wiki.text.packshape import PackEntry, PackFact, PackName

FILM = PackEntry(
    "film",
    "reel",
    (PackName("Reel", since=parse_point("1:1")),),
    (PackFact("Length", "Short", since=parse_point("1:2")),),
    body="## On fire\n\nIt burns. {1:4} {1:4}\n\n- All of it. {2:1}\n- And the box. {2}",
)
KEEPER = PackEntry("character", "wilf", (PackName("Wilf", since=parse_point("1:3")),))
ROWS = [parse_point(one) for one in ("1:1", "1:2", "1:3", "1:4", "2:1", "2:2", "2:3")]


def test_count_kinds_counts_blocks_but_no_headings_and_every_citation() -> None:
    assert count_kinds([KEEPER, FILM, KEEPER]) == {"character": Count(2, 2, 0, 0, 0), "film": Count(1, 1, 1, 3, 4)}


def test_points_of_an_entry_are_its_citations_and_dates() -> None:
    assert points_of(FILM) == {parse_point(one) for one in ("1:1", "1:2", "1:4", "2:1", "2")}


def test_uncited_takes_a_whole_chapter_for_no_paragraph() -> None:
    assert uncited(ROWS, [FILM]) == {1: [parse_point("1:3")], 2: [parse_point("2:2"), parse_point("2:3")]}
    assert uncited(ROWS, [FILM, KEEPER])[1] == []


def test_tables_have_a_row_for_all() -> None:
    assert table(count_kinds([FILM]), {"film": "Films"}).splitlines()[2:] == [
        "| Films | 1 | 1 | 1 | 3 | 4 |",
        "| **All** | 1 | 1 | 1 | 3 | 4 |",
    ]
    assert uncited_table(ROWS, [FILM, KEEPER]).splitlines()[2:] == [
        "| 1 | 4 | 0 | – |",
        "| 2 | 3 | 2 | 2–3 |",
        "| **All** | 7 | 2 | |",
    ]
