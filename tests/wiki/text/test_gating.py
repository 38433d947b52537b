"""From when blocks show, and the reasons given."""

from hypothesis import given
from hypothesis import strategies as st

from reader.text.points import format_point, parse_point
from tests.wiki.text.parts import Met
from wiki.text.blocks import Block, cut
from wiki.text.gating import NEVER, Gate, gate, heading_gates
from wiki.text.markup import render

NOBODY = Met({})
REEL = Met(
    {"The Lantern Reel": parse_point("5:14"), "Ann": parse_point("1:2"), "May": 9 << 32 | 1 << 8}, frozenset({"May"})
)
STAMP = parse_point("3:40")


def gate_of(source: str, *, names: Met = NOBODY, container: str = "", stamp: int | None = STAMP) -> Gate:
    point = parse_point(container) if container else None
    return gate(render(Block("paragraph", source)), container=point, names=names, stamp=stamp)


def told(found: Gate) -> tuple[str, list[str], bool]:
    since = "never" if found.since == NEVER else format_point(found.since)
    return since, [reason.words for reason in found.reasons], found.needs_stamp


def test_citations_date_a_block_by_the_latest() -> None:
    assert told(gate_of("a {6:120} b {2}")) == ("6:120", ["cites 6:120", "cites 2"], False)


def test_names_that_are_printed_hold_a_block_back() -> None:
    words = ["cites 1:1", "prints “The Lantern Reel”, known from 5:14", "prints “Ann”, known from 1:2"]
    assert told(gate_of("Ann made The *Lantern* Reel. {1:1}", names=REEL)) == ("5:14", words, False)


def test_link_prints_its_name_but_its_target_does_not_gate() -> None:
    assert gate_of("[[The Lantern Reel]] {1:1}", names=REEL).since == parse_point("5:14")
    assert gate_of("[[The Lantern Reel|it]] {1:1}", names=REEL).since == parse_point("1:1")


def test_name_found_only_by_hand_gates_where_it_is_linked() -> None:
    assert gate_of("It was May. {1:1}", names=REEL).since == parse_point("1:1")
    assert gate_of("It was [[May]]. {1:1}", names=REEL).since == parse_point("9:1")
    assert told(gate_of("[[Ann]] {1:1}", names=REEL))[1] == ["cites 1:1", "prints “Ann”, known from 1:2"]


def test_words_for_a_picture_and_captions_gate() -> None:
    assert gate_of("![The Lantern Reel](image:a) {1:1}", names=REEL).since == parse_point("5:14")
    block = Block("image", '![x](image:a "The Lantern Reel") {1:1}')
    assert gate(render(block), container=None, names=REEL, stamp=1).since == parse_point("5:14")


def test_picture_holds_its_block_back() -> None:
    rendered = render(Block("image", "![x](image:a) ![y](image:b) {1:1}"))
    found = gate(rendered, container=None, names=NOBODY, stamp=1, picture_known={"a": parse_point("4:2")}.get)
    assert told(found) == ("4:2", ["cites 1:1", "has a picture that shows from 4:2"], False)


def test_container_dates_a_block() -> None:
    assert told(gate_of("a", container="6:120")) == ("6:120", ["inside “since 6:120”"], False)
    assert told(gate_of("a {7}", container="6:120"))[0] == "7"


def test_own_since_dates_a_block() -> None:
    assert told(gate_of("a {since 2:1}")) == ("2:1", ["stamped 2:1"], False)
    assert told(gate_of("a {since 0}")) == ("0", ["stamped 0"], False)


def test_undated_block_needs_its_stamp_though_it_prints_names() -> None:
    assert told(gate_of("a")) == ("3:40", ["stamped 3:40"], True)
    assert told(gate_of("Ann", names=REEL)) == ("3:40", ["prints “Ann”, known from 1:2", "stamped 3:40"], True)


def test_structural_block_takes_no_stamp() -> None:
    assert told(gate_of("a", stamp=None)) == ("0", [], False)


def test_until_is_the_earliest_and_no_reason_to_wait() -> None:
    found = gate_of("a {2:1} {until 6:1} {until 5}")
    assert (found.since, found.until, found.never_shows) == (parse_point("2:1"), parse_point("5"), False)
    assert [reason.words for reason in found.deciding] == ["cites 2:1"]
    assert gate_of("a {6} {until 6}").never_shows


def test_slip_of_the_pen_shows_to_nobody() -> None:
    assert gate_of("a {1:1} {6:}").since == NEVER
    assert gate_of("a {1:1} {6}").since == parse_point("6")
    assert gate(render(cut("::: since 6\na {1:1}").blocks[0]), container=None, names=NOBODY, stamp=1).since == NEVER


@given(st.lists(st.sampled_from(["{6:120}", "{2}", "Ann", "[[The Lantern Reel]]", "{since 4:1}", "x"]), max_size=6))
def test_gate_is_the_latest_of_its_reasons(words: list[str]) -> None:
    found = gate_of(" ".join(words) or "x", names=REEL, container="1:1")
    assert found.since == max(reason.point for reason in found.reasons)
    assert found.deciding


def gates_of(body: str, *, empty: int = NEVER) -> list[str]:
    blocks = cut(body).blocks
    gated = [
        (block, gate(render(block), container=None, names=REEL, stamp=None if block.is_structural else STAMP))
        for block in blocks
    ]
    return [
        "never" if found.since == NEVER else format_point(found.since) for found in heading_gates(gated, empty=empty)
    ]


def test_heading_takes_the_earliest_below_it_down_to_the_next_as_high() -> None:
    body = "# A\n\n## B\n\nb {5}\n\n### C\n\nc {3}\n\n## D\n\nd {4}\n\n# E\n\ne {1}"
    assert gates_of(body) == ["3", "3", "5", "3", "3", "4", "4", "1", "1"]


def test_heading_that_prints_a_name_waits_for_it() -> None:
    assert gates_of("# The Lantern Reel\n\na {1:1}") == ["5:14", "1:1"]


def test_heading_with_nothing_below_shows_to_nobody_unless_told() -> None:
    assert gates_of("# A\n\n## B") == ["never", "never"]
    assert gates_of("# A\n\n## B", empty=STAMP) == ["3:40", "3:40"]


def test_head_of_a_table_takes_the_earliest_of_its_rows() -> None:
    assert gates_of("| a |\n|---|\n| b {4} |\n| c {2} |\n\nd {1}") == ["2", "4", "2", "1"]


def test_rule_takes_the_earliest_down_to_the_next_rule_or_heading() -> None:
    assert gates_of("a {1}\n\n---\n\nb {5}\n\nc {4}\n\n---\n\nd {2}\n\n# E\n\ne {1}") == list("14542211")


def test_heading_in_a_list_is_dated_like_any_block() -> None:
    assert gates_of("- # A\n- b {1}") == ["3:40", "1"]
