"""Bodies written from blocks; that they are cut alike again is tested with cutting."""

from wiki.text.blocks import Block, cut, join


def test_nothing_is_joined_to_nothing() -> None:
    assert join([]) == ""


def test_items_are_counted_from_the_first() -> None:
    assert join([Block("paragraph", word, "7)") for word in "ab"]) == "7) a\n8) b\n"


def test_items_left_out_leave_no_gap_in_the_count() -> None:
    blocks = cut("1. a\n2. b\n3. c").blocks
    assert join([blocks[1], blocks[2]]) == "1. b\n2. c\n"


def test_rows_without_their_head_get_an_empty_one() -> None:
    blocks = cut("| A |\n|--:|\n| 1 |\n| 2 |").blocks
    assert join(blocks[1:]) == "|  |\n| ---: |\n| 1 |\n| 2 |\n"


def test_neighbours_share_a_container() -> None:
    blocks = [
        Block("paragraph", "a", container=6 << 32 | 120 << 8),
        Block("paragraph", "b", container=6 << 32 | 120 << 8),
    ]
    assert join(blocks) == "::: since 6:120\n\na\n\nb\n\n:::\n"


def test_code_in_an_item_is_indented_and_its_blank_lines_are_empty() -> None:
    assert join([Block("code", "```\na\n\n b\n```", "-")]) == "- ```\n  a\n\n   b\n  ```\n"
    assert join([Block("code", "```\na\n\n b\n```", ">")]) == "> ```\n> a\n>\n>  b\n> ```\n"
