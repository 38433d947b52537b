"""Cutting bodies into blocks and joining them again; the single shapes are golden cases."""

from collections.abc import Sequence
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tests.wiki.text.parts import bodies, page_of, simple_bodies
from wiki.text.blocks import Block, cut, join
from wiki.text.marks import settle
from wiki.text.markup import render
from wiki.text.plain import plain
from wiki.text.showing import keep

WHOLE = MarkdownIt("commonmark").enable(["table"]).disable("code")


def words_of(blocks: Sequence[Block]) -> list[str]:
    return " ".join(render(block).text for block in blocks).split()


@given(simple_bodies)
def test_simple_body_has_no_problems(body: str) -> None:
    assert cut(body).problems == ()


@given(st.lists(st.sampled_from(["Ann", "ran *far*", "- one", "  - two", "1. three", "> said", "## Head", "", ""])))
def test_cutting_keeps_all_words_in_their_order(lines: list[str]) -> None:
    body = "\n".join(lines)
    assert words_of(cut(body).blocks) == plain(WHOLE.render(body)).split()


@given(simple_bodies)
def test_joined_blocks_are_cut_into_the_same_blocks(body: str) -> None:
    blocks = cut(body).blocks
    assert cut(join(blocks)).blocks == blocks


@given(bodies)
def test_any_body_without_problems_is_cut_joined_and_cut_alike(body: str) -> None:
    found = cut(body)
    assume(not found.problems)
    assert cut(join(found.blocks)) == found
    assert join(cut(join(found.blocks)).blocks) == join(found.blocks)


@given(simple_bodies | bodies, st.randoms(use_true_random=False))
def test_some_of_the_blocks_are_cut_into_as_many_of_the_same_sources(body: str, random: Random) -> None:
    found = cut(body)
    assume(not found.problems)
    kept = keep(found.blocks, [random.random() < 0.6 for _ in found.blocks])
    again = cut(join(kept))
    assert not again.problems
    assert [(block.source, block.container) for block in again.blocks] == [
        (block.source, block.container) for block in kept
    ]


@given(simple_bodies, simple_bodies, simple_bodies)
def test_block_renders_alike_whatever_stands_around_it(before: str, body: str, after: str) -> None:
    assume(not (before + body + after).count("- |"))
    alone = [render(block).html for block in cut(body).blocks]
    among = [render(block).html for block in cut(f"{before}\n\n# -\n\n{body}\n\n# -\n\n{after}").blocks]
    edges = [index for index, html in enumerate(among) if html == "<h2>-</h2>"]
    assert among[edges[0] + 1 : edges[-1]] == alone


@given(bodies)
def test_marks_of_cut_blocks_are_settled(body: str) -> None:
    marks = [block.marks for block in cut(body).blocks]
    assert settle(marks) == marks


@given(bodies)
def test_lines_of_blocks_and_problems_lie_in_the_body_and_rise(body: str) -> None:
    found = cut(body)
    last = body.count("\n") + 1
    for lines in ([block.line for block in found.blocks], [problem.line for problem in found.problems]):
        assert lines == sorted(lines)
        assert all(1 <= line <= last for line in lines)


@pytest.mark.parametrize(
    "body", ["::: since 6\n{}", "::: sinc 6\n{}\n:::", "- a\n\n  ::: since 9\n\n  {}", "{}\n\n:::"]
)
@pytest.mark.parametrize(
    "held", ["secret", "- secret\n- secret", "> secret", "# secret", "| secret |\n|--|\n| secret |"]
)
def test_faulty_container_hides_all_that_it_may_hold(body: str, held: str) -> None:
    found = cut(body.format(held.replace("\n", "\n  ") if body[0] == "-" else held))
    assert found.problems
    secrets = [block for block in found.blocks if "secret" in block.source]
    assert secrets
    assert all(block.hidden for block in secrets)
    assert "secret" not in page_of(found.blocks).html


@pytest.mark.parametrize("fence", ["```", "~~~~"])
def test_container_lines_in_a_fence_are_code(fence: str) -> None:
    found = cut(f"{fence}\n::: since 6\n:::\n::: x\n{fence}\n\nafter")
    assert found.problems == ()
    assert [(block.kind, block.container) for block in found.blocks] == [("code", None), ("paragraph", None)]


def test_latest_of_nested_containers_holds() -> None:
    body = "::: since 2\n::: since 9\na\n:::\nb\n::: since 1\nc\n:::\n:::\nd"
    points = [block.container for block in cut(body).blocks]
    assert points == [(9 << 32) + 0xFFFFFFFF, (2 << 32) + 0xFFFFFFFF, (2 << 32) + 0xFFFFFFFF, None]


def test_definition_moved_out_of_a_container_keeps_its_point() -> None:
    body = "x[^n] [y][l]\n\n::: since 9\n[^n]: z\n\n[l]: http://z\n:::"
    (block,) = cut(body).blocks
    assert block.source == "x^[z{since 9}] [y](http://z){since 9}"


def test_short_text_cannot_be_written_out_to_a_very_long_one() -> None:
    found = cut(f"[a]: http://x/{'y' * 1000}\n\n" + "[a] " * 20_000)
    assert [problem.line for problem in found.problems] == [3]
    assert sum(len(block.source) for block in found.blocks) < 100_000
