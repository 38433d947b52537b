"""What holds for the differences of any texts and any blocks."""

import re
from html import unescape
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from wiki.text.diff import Row, blocks, html, rows, words
from wiki.text.matching import match, tokens
from wiki.text.rising import rising

SOME = [
    "a",
    "b",
    "She",
    "rain",
    "’",
    "'",
    ".",
    ". ",
    ", ",
    " ",
    "\n",
    "{6:1}",
    "{",
    "}",
    "雨",
    "\u0301",
    "<b>",
    "&",
    "_",
]
texts = st.lists(st.sampled_from(SOME), max_size=30).map("".join) | st.text(max_size=20)
sources = st.sampled_from(["One.", "Two words.", "Two other words.", "", "One."])
versions = st.dictionaries(st.sampled_from("abcdefgh"), sources).flatmap(
    lambda found: st.permutations(list(found.items()))
)


@settings(max_examples=300, deadline=None)
@given(texts, texts)
def test_pieces_rebuild_both_texts(old: str, new: str) -> None:
    pieces = words(old, new)
    assert "".join(piece.text for piece in pieces if piece.sort != "add") == old
    assert "".join(piece.text for piece in pieces if piece.sort != "cut") == new


@settings(max_examples=200, deadline=None)
@given(texts, texts)
def test_pieces_are_whole_and_never_of_the_sort_before(old: str, new: str) -> None:
    pieces = words(old, new)
    assert all(piece.text for piece in pieces)
    assert all(one.sort != other.sort for one, other in pairwise(pieces))
    assert ("add", "cut") not in {(one.sort, other.sort) for one, other in pairwise(pieces)}


@settings(max_examples=300, deadline=None)
@given(texts, texts)
def test_what_stays_between_changes_holds_a_word(old: str, new: str) -> None:
    inner = words(old, new)[1:-1]
    for before, piece, after in zip(inner, inner[1:], inner[2:], strict=False):
        if before.sort != "same" and piece.sort == "same" and after.sort != "same":
            assert match(tokens(piece.text), tokens(piece.text))


@given(texts)
def test_a_text_is_the_same_as_itself(text: str) -> None:
    assert [(piece.sort, piece.text) for piece in words(text, text)] == ([("same", text)] if text else [])
    assert unescape(html(words(text, text))) == text


@settings(max_examples=300, deadline=None)
@given(texts, texts)
def test_html_without_its_tags_is_the_text(old: str, new: str) -> None:
    pieces = words(old, new)
    bare = re.sub("</?(?:del|ins)>", "", html(pieces))
    assert "<" not in bare
    blank = re.compile(r"[·↵␣\s\W]")  # a change of blanks alone shows marks in their place
    assert blank.sub("", unescape(bare)) == blank.sub("", "".join(piece.text for piece in pieces))


@given(texts)
def test_html_of_a_change_with_words_in_it_is_exactly_its_text(text: str) -> None:
    assert unescape(html(words("", f"x{text}"))) == f"<ins>x{text}</ins>"
    assert unescape(html(words(f"x{text}", ""))) == f"<del>x{text}</del>"


@settings(max_examples=200, deadline=None)
@given(versions, versions)
def test_every_block_of_both_versions_is_told_once(old: list[tuple[str, str]], new: list[tuple[str, str]]) -> None:
    found = blocks(old, new)
    assert [(one.key, one.new) for one in found if one.sort != "removed"] == new
    assert sorted((one.key, one.old) for one in found if one.sort != "added") == sorted(old)
    stayed = [one.key for one in found if one.sort == "removed" or one.sort == "same"]
    assert stayed == [key for key, _ in old if key in stayed]
    assert [one.sort for one in blocks(old, old)] == ["same"] * len(old)


@settings(max_examples=200, deadline=None)
@given(versions, versions)
def test_rows_are_told_as_blocks_are(old: list[tuple[str, str]], new: list[tuple[str, str]]) -> None:
    as_rows = rows([Row(key, "Label", text) for key, text in old], [Row(key, "Label", text) for key, text in new])
    assert [(one.sort, one.old, one.new, one.pieces) for one in as_rows] == [
        (one.sort, one.old, one.new, one.pieces) for one in blocks(old, new)
    ]


@given(st.permutations(range(7)))
def test_rising_is_as_long_as_any_choice(numbers: list[int]) -> None:
    best = [1] * len(numbers)
    for at, number in enumerate(numbers):
        best[at] += max((best[before] for before in range(at) if numbers[before] < number), default=0)
    chosen = [number for number in numbers if number in rising(numbers)]
    assert chosen == sorted(chosen)
    assert len(chosen) == max(best)


@given(texts)
def test_tokens_are_the_text(text: str) -> None:
    assert "".join(tokens(text)) == text
