"""Which old paragraph each new one continues."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.text.align import align
from reader.text.likeness import near, profile

WORDS = [
    "amber",
    "basin",
    "candle",
    "dwarf",
    "ember",
    "ferry",
    "grove",
    "harbour",
    "island",
    "jacket",
    "kettle",
    "lamp",
]
lines = st.lists(st.sampled_from(WORDS), min_size=1, max_size=14).map(" ".join)
chapters = st.lists(st.sampled_from(["Yes.", "No.", "He nodded."]) | lines, max_size=25)


def line(seed: int) -> str:
    """A paragraph of twelve words, unlike that of any other seed."""
    sign = "".join(chr(97 + seed // 26**place % 26) * 3 for place in range(3))
    return " ".join(word + sign for word in WORDS) + "."


@settings(deadline=None)
@given(chapters, chapters)
def test_matches_rise_and_are_equal_or_near(old: list[str], new: list[str]) -> None:
    matched = align(old, new)
    assert len(matched) == len(new)
    found = [at for at in matched if at is not None]
    assert all(one < other for one, other in pairwise(found))
    for at, text in zip(matched, new, strict=True):
        assert at is None or old[at] == text or near(profile(old[at]), profile(text)) > 0


@settings(deadline=None)
@given(chapters)
def test_same_text_continues_itself(texts: list[str]) -> None:
    assert align(texts, list(texts)) == list(range(len(texts)))


@settings(deadline=None)
@given(chapters, st.data())
def test_what_is_left_after_removals_is_all_matched_by_equal_texts(texts: list[str], data: st.DataObject) -> None:
    kept = [text for text in texts if data.draw(st.booleans())]
    matched = align(texts, kept)
    assert [at is None or texts[at] == text for at, text in zip(matched, kept, strict=True)] == [True] * len(kept)


@settings(deadline=None)
@given(chapters, chapters, st.data())
def test_gone_text_is_continued_by_an_equal_one_only(old: list[str], new: list[str], data: st.DataObject) -> None:
    gone = [data.draw(st.booleans()) for _ in old]
    matched = align(old, new, gone=gone)
    found = [at for at in matched if at is not None]
    assert all(one < other for one, other in pairwise(found))
    assert all(old[at] == text for at, text in zip(matched, new, strict=True) if at is not None and gone[at])


@settings(deadline=None)
@given(chapters, chapters)
def test_answer_is_always_the_same(old: list[str], new: list[str]) -> None:
    assert align(old, new) == align(tuple(old), tuple(new))


def test_nothing_continues_nothing() -> None:
    assert align([], []) == []
    assert align([], ["a"]) == [None]
    assert align(["a"], []) == []


def test_insertion_removal_and_change_leave_the_others_alone() -> None:
    old = [line(seed) for seed in range(10)]
    changed = old[7].replace("amber", "copper")
    new = [*old[:3], line(50), *old[3:5], *old[6:7], changed, *old[8:]]
    assert align(old, new) == [0, 1, 2, None, 3, 4, 6, 7, 8, 9]


def test_yes_is_not_continued_by_no() -> None:
    assert align([line(1), "“Yes.”", line(2)], [line(1), "“No.”", line(2)]) == [0, None, 2]


def test_long_corrected_paragraph_outweighs_a_short_equal_one() -> None:
    assert align(["“Yes.”", line(1)], [line(1) + " Indeed.", "“Yes.”"]) == [1, None]


def test_gone_paragraph_that_is_there_again_outweighs_a_similar_one() -> None:
    similar = line(1).replace(".", " and more.")
    assert align([line(1), similar], [line(1)], gone=[True, False]) == [0]
    assert align([line(1), similar], [line(1)], gone=[False, True]) == [0]


def test_paragraph_cut_in_two_is_continued_by_its_larger_part() -> None:
    words = line(3).split()
    assert align([line(3)], [" ".join(words[:8]), " ".join(words[8:])]) == [0, None]


def test_every_paragraph_corrected_in_a_long_chapter_is_still_found() -> None:
    old = [line(seed) for seed in range(300)]
    new = [text.replace("amber", "copper").replace("ferry", "boat") for text in old]
    assert align(old, [line(900), *new]) == [None, *range(300)]


def test_quotes_changed_throughout_keep_even_the_short_paragraphs() -> None:
    old = ["“Yes.”", "“No.”", "“Oh?”"] * 200
    assert align(old, [text.replace("“", "«").replace("”", "»") for text in old]) == list(range(600))


@pytest.mark.parametrize("more", [0, 10])
def test_thousands_of_equal_lines_are_matched(more: int) -> None:
    old = ["The same line, again."] * 3000
    matched = align(old, [*old[:1000], "Another.", *old[:2000], *["The same line, again."] * more])
    assert sum(at is not None for at in matched) == 3000


def test_two_wholly_different_long_chapters_share_nothing() -> None:
    assert align([line(seed) for seed in range(1500)], [line(seed) for seed in range(5000, 6500)]) == [None] * 1500
