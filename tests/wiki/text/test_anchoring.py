"""Words are found again where they stand, or not at all: never inside another word, never at another's place."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from wiki.text.anchoring import Anchor, Held, anchor, find_again, find_all_again

words = st.sampled_from(
    ["Ann", "ann", "Anna", "Lee", "e\u0301", "Ann Lee", "said", "勇", "ß", "’s", ".", " ", "\n", "-"]
)
texts = st.lists(words, min_size=1, max_size=10).map("".join)


@st.composite
def selections(draw: st.DrawFn) -> tuple[str, int, int]:
    """A text and a stretch of it."""
    text = draw(texts)
    start = draw(st.integers(0, len(text) - 1))
    return text, start, draw(st.integers(start + 1, len(text)))


@settings(max_examples=400, deadline=None)
@given(selections())
@example(("an an an", 3, 8))
@example(("aaaa", 1, 3))
def test_words_are_found_again_in_the_same_text(selection: tuple[str, int, int]) -> None:
    assert find_again(anchor(*selection), selection[0]) == selection[1]


@settings(max_examples=400, deadline=None)
@given(selections(), texts)
def test_what_is_found_is_those_words(selection: tuple[str, int, int], changed: str) -> None:
    text, start, end = selection
    at = find_again(anchor(text, start, end), changed)
    assert at is None or changed[at : at + end - start] == text[start:end]


@given(selections(), texts)
def test_words_that_are_gone_are_lost(selection: tuple[str, int, int], changed: str) -> None:
    text, start, end = selection
    found = find_again(anchor(text, start, end), changed.replace(text[start:end], "|"))
    assert found is None


@given(selections(), st.sampled_from(["Then ", "“", "One day, "]), st.sampled_from(["", " So.", "”"]))
def test_words_are_found_again_in_a_text_that_grew_at_its_ends(
    selection: tuple[str, int, int], before: str, after: str
) -> None:
    text, start, end = selection
    text = f" {text} "
    found = find_again(anchor(text, start + 1, end + 1), before + text + after)
    assert found in {len(before) + start + 1, None}


@pytest.mark.parametrize(
    ("text", "word", "changed", "found"),
    [
        ("Ann sang.", "Ann", "Then Ann sang.", 5),
        ("Ann sang.", "Ann", "Anna sang.", None),
        ("Ann sang.", "Ann", "Anna sang of Ann.", 13),
        ("Ann sang.", "Ann", "An\u0301n sang.", None),
        ("Ann sang.", "Ann", "Ann\u0301 sang.", None),
        ("Ann sang.", "Ann", "Ann’s song.", 0),
        ("Ann sang.", "Ann", "Lee sang.", None),
        ("Ann sang.", "Ann", "Ann danced and Ann sang.", 15),  # the same word beside it
        ("Ann sang.", "Ann", "Ann sang and Ann sang.", 0),  # the text begins with it
        ("Ann sang.", "Ann", "So Ann sang and Ann sang.", None),  # who can say which
        ("Ann sang.", "Ann", "So Ann, so Ann.", None),
        ("Ann sang, Lee laughed.", "Lee", "Lee laughed, Ann sang.", 0),
        ("Anna sang.", "Ann", "Anna danced.", 0),  # half a word was chosen, and half a word it is
    ],
)
def test_find_again(text: str, word: str, changed: str, found: int | None) -> None:
    start = text.index(word)
    assert find_again(anchor(text, start, start + len(word)), changed) == found


def test_sentences_that_change_places_keep_their_words_or_lose_them() -> None:
    first, second = anchor("Ann sang while Ann danced on", 0, 3), anchor("Ann sang while Ann danced on", 15, 18)
    assert find_again(second, "So while Ann danced on Ann sang") == 9
    assert find_again(first, "So Ann danced on; Ann sang while it rained") is None  # the first, or that which sang


def held(text: str, start: int, end: int, entry: int = 10, rank: int = 1, **said: bool | int) -> Held:
    values = {"is_link": True, "since": 5, **said}
    return Held(anchor(text, start, end), entry, rank=rank, **values)  # type: ignore[arg-type]


def test_words_that_take_one_anothers_places_are_all_found() -> None:
    """The first one comes to stand where the second one stood."""
    text = "Ann saw Ann"
    both = [held(text, 0, 3), held(text, 8, 11)]
    assert find_all_again(both, "So it is Ann saw Ann") == [9, 17]
    assert find_all_again(both[::-1], "It was: Ann saw Ann") == [16, 8]


def test_of_two_links_that_come_to_overlap_the_newer_one_stands() -> None:
    text = "Ann Lee"
    old, new = held(text, 0, 3, rank=1), held(text, 0, 7, entry=20, rank=2)
    assert find_all_again([old._replace(is_lost=True), new], text) == [None, 0]
    assert find_all_again([old, new._replace(is_lost=True)], text) == [None, 0]
    assert find_all_again([old._replace(is_lost=True, is_link=False), new], text) == [0, 0]


def test_links_that_stand_side_by_side_stay_so() -> None:
    """Each was made by somebody who could not see the other."""
    text = "Ann Lee"
    assert find_all_again([held(text, 0, 3), held(text, 0, 7, entry=20, rank=2, since=9)], text) == [0, 0]


@settings(deadline=None)
@given(st.data(), texts, texts)
def test_what_is_known_later_puts_nothing_out_of_its_place(data: st.DataObject, text: str, changed: str) -> None:
    def draw(rank: int) -> Held:
        start = data.draw(st.integers(0, len(text) - 1))
        end = data.draw(st.integers(start + 1, len(text)))
        entry, since = data.draw(st.integers(1, 2)), data.draw(st.integers(1, 3))
        link, lost = data.draw(st.booleans()), data.draw(st.booleans())
        return Held(anchor(text, start, end), entry, link, since, rank, lost)

    every = [draw(rank) for rank in range(data.draw(st.integers(0, 5)))]
    horizon = data.draw(st.integers(1, 3))
    known = [one for one in every if one.since <= horizon]
    places = dict(zip(every, find_all_again(every, changed), strict=True))
    assert [places[one] for one in known] == find_all_again(known, changed)


def test_a_place_that_was_kept_without_saying_so_is_a_whole_word() -> None:
    assert find_again(Anchor("Ann", 0, 1, "", "sang"), "So Ann sang") == 3
