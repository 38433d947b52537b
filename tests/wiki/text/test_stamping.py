"""Stamps written into sources."""

import pytest
from hypothesis import example, given

from reader.text.points import parse_point
from tests.wiki.text.parts import bodies, simple_bodies
from wiki.text.blocks import Block, cut, join
from wiki.text.markup import render
from wiki.text.stamping import stamp_block

POINT = parse_point("77:5")


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        (Block("paragraph", "a"), "a {since 77:5}"),
        (Block("paragraph", "a {since 3}"), "a {since 77:5}"),
        (Block("paragraph", "a {since 3} b"), "a {since 3} b {since 77:5}"),
        (Block("paragraph", "a \\{since 3}"), "a \\{since 3} {since 77:5}"),
        (Block("paragraph", "a {since 78}"), "a {since 78}"),
        (Block("heading", "## a"), "## a {since 77:5}"),
        (Block("row", "| a |  |", "|nn"), "| a | {since 77:5} |"),
        (Block("head", "| a |", "|n"), "| a {since 77:5} |"),
        (Block("code", "```\na\n```"), "``` {since 77:5}\na\n```"),
        (Block("code", "~~~lua {since 3}\na\n~~~"), "~~~lua {since 77:5}\na\n~~~"),
        (Block("image", "![a](image:b)"), "![a](image:b) {since 77:5}"),
        (Block("rule", "___"), "___"),
    ],
)
def test_stamp_stands_at_the_end_of_the_source(block: Block, expected: str) -> None:
    assert stamp_block(block, POINT).source == expected


@given(bodies | simple_bodies)
def test_stamp_is_read_back_and_changes_nothing_else(body: str) -> None:
    for block in cut(body).blocks:
        stamped = stamp_block(block, POINT)
        if block.kind != "rule":
            assert (render(stamped).since or 0) >= POINT
        assert (render(stamped).html, render(stamped).text) == (render(block).html, render(block).text)
        assert stamp_block(stamped, POINT) == stamped


@given(simple_bodies)
@example("a\n\n> 1. ___\n\n> 1. ___")  # two quotes, each with a list of its own
def test_stamped_blocks_are_joined_and_cut_alike(body: str) -> None:
    stamped = tuple(stamp_block(block, POINT) for block in cut(body).blocks)
    assert cut(join(stamped)).blocks == stamped
