"""Words of names and of what is typed, and the spellings that are one slip away."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiki.text.fitting import Fit, fits, held, marks
from wiki.text.slips import START, Slips, is_slip, slips
from wiki.text.spelling import (
    LONGEST_WORD,
    MOST_WORDS,
    Spot,
    Typed,
    initials,
    keys_of,
    spots,
    told_words,
    typed,
    words_of,
)
from wiki.text.stretches import united, without

WORDS = st.text(alphabet="abcdeé", min_size=3, max_size=9)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", []),
        ("\x00 ?! — …", []),
        ("Zoë’s  Café", ["zoe", "cafe"]),
        ("the parents’ house", ["the", "parents", "house"]),
        ("O’Brien-Lee", ["obrien", "lee"]),
        ("4 o'clock", ["4", "oclock"]),
        ("Łódź, Straße", ["lodz", "strasse"]),
        ("Виктор Никифоров", ["виктор", "никифоров"]),
        ("\u202eabc\u200fdef", ["abcdef"]),
        ("half\ud800way", ["half", "way"]),
        ("🐕 Makkachin 🐩", ["makkachin"]),
        ("a" * 250, ["a" * LONGEST_WORD]),
    ],
)
def test_words_of_a_text_are_folded_and_without_marks(text: str, words: list[str]) -> None:
    assert words_of(text) == words


@given(st.text())
def test_spots_are_the_words_in_their_places(text: str) -> None:
    found = list(spots(text))

    assert [spot.word for spot in found] == words_of(text)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert [one.start for one in found] == sorted({one.start for one in found})


def test_spots_hold_what_stands_there() -> None:
    assert list(spots("Zoë’s O’Brien")) == [Spot("zoe", 0, 3), Spot("obrien", 6, 13)]


def test_keys_of_a_name_are_its_words_initials_and_all_in_one() -> None:
    assert keys_of(["Reel and Wreck"]) == {"reel", "and", "wreck", "raw", "rw", "reelandwreck"}
    assert keys_of(["Ines"]) == {"ines"}
    assert keys_of(["The Electra"]) == {"the", "electra", "te"}
    assert keys_of(["one two three four five"]) == {"one", "two", "three", "four", "five", "ottff"}
    assert keys_of(["ヤマト号"]) == {"ヤマト号", "マト号", "ト号", "号"}
    assert initials(["ines"]) == set()


def test_words_that_tell_something_are_not_small_ones() -> None:
    assert told_words("He is at the old rink, by 5.") == ["old", "rink"]
    assert told_words("犬") == ["犬"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", Typed()),
        ("?!\x00", Typed()),
        ("Vic", Typed(("vic",), "vic")),
        ("the", Typed(("the",), "the")),
        ("the a of", Typed(("the", "a", "of"), "a")),
        ("the cat", Typed(("cat",), "cat")),
        ("cat wih a bell", Typed(("cat", "wih", "bell"), "bell")),
        ("film about dogs", Typed(("film", "dogs"), "film")),
        ("ines t", Typed(("ines", "t"), "t")),
        ("ines a", Typed(("ines", "a"), "a")),
        ("ines a ", Typed(("ines",), "ines")),
        ("V. N.", Typed(("vn",), is_initials=True)),
        ("ines ines", Typed(("ines",), "ines")),
        ("one two six ten red hot nine", Typed(("one", "two", "six", "ten", "red", "hot"), "hot")),
        ("x" * 10_000, Typed(("x" * LONGEST_WORD,), "x" * LONGEST_WORD)),
    ],
)
def test_typed_takes_anything(text: str, found: Typed) -> None:
    assert typed(text) == found


@given(st.text(max_size=300))
def test_typed_words_are_few_short_and_folded(text: str) -> None:
    words = typed(text).words

    assert len(words) <= MOST_WORDS
    assert all(0 < len(word) <= LONGEST_WORD and "%" not in word and "_" not in word for word in words)


@given(WORDS, st.data())
def test_every_slip_is_found_by_one_of_its_pieces(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(word) - 1))
    letter = data.draw(st.sampled_from(string.ascii_lowercase))
    slipped = data.draw(
        st.sampled_from(
            [
                word[:at] + word[at + 1 :],
                word[:at] + letter + word[at:],
                word[:at] + letter + word[at + 1 :],
                word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :],
            ]
        )
    )
    if slipped == word or len(slipped) < 3:
        return
    assert is_slip(slipped, word)
    assert is_slip(word, slipped)
    assert reaches(slips(slipped), slipped, word)


def reaches(found: Slips, slipped: str, word: str) -> bool:
    """Whether the lookups in the index, done by hand, find a word."""
    if any(word.startswith(start) for start in found.starts):
        return True
    for at, four, rest in found.gaps:
        if (word[:at] + word[at + 1 :])[:START] == four and word[at + 1 :].startswith(rest):
            return True
    tails = (tail.split("_") for tail in found.tails)
    return word[:START] == slipped[:START] and any(
        word[START:].startswith(before) and word[START + len(before) + 1 :].startswith(after) for before, after in tails
    )


@pytest.mark.parametrize("other", ["ines", "inesse", "senis", "", "ies i"])
def test_what_is_no_slip_is_none(other: str) -> None:
    assert not is_slip("ines", other)


def test_short_words_and_writings_without_letters_have_no_slips() -> None:
    assert slips("vn") == slips("勝生勇利") == Slips()


def test_a_name_fits_by_words_beginnings_slips_initials_and_in_one() -> None:
    name = "Reel and Wreck"

    assert fits(["wreck", "re"], name) == {"wreck": Fit(0, ((9, 14),)), "re": Fit(1, ((0, 2),))}
    assert fits(["rele"], name) == {"rele": Fit(3, ((0, 4),))}
    assert fits(["rw"], name) == {"rw": Fit(2, ((0, 1), (9, 10)))}
    assert fits(["reelandwreck"], name) == {"reelandwreck": Fit(2, ((0, 14),))}
    assert fits(["sea", "x"], name) == {}
    assert fits(["勇利"], "勝生勇利") == {"勇利": Fit(1, ((2, 4),))}


@given(st.lists(WORDS, max_size=3), st.lists(WORDS, max_size=6))
def test_what_a_text_holds_is_what_fits_its_words(words: list[str], told: list[str]) -> None:
    expected = {
        word: min(fit.how for fit in [fits([word], one).get(word) for one in told] if fit)
        for word in words
        if any(word in fits([word], one) for one in told)
    }

    assert held(words, [" ".join(told)]) == [expected]


def test_marks_that_touch_are_one() -> None:
    assert marks([Fit(1, ((4, 6),)), Fit(0, ((0, 4),)), Fit(2, ((8, 9),))]) == ((0, 6), (8, 9))


@given(st.lists(st.tuples(st.integers(0, 9), st.none() | st.integers(0, 9))), st.integers(0, 9))
def test_united_stretches_show_what_any_of_them_does(spans: list[tuple[int, int | None]], at: int) -> None:
    assert _is_in(united(spans), at) == _is_in(spans, at)


@given(
    st.tuples(st.integers(0, 9), st.none() | st.integers(0, 9)),
    st.lists(st.tuples(st.integers(0, 9), st.none() | st.integers(0, 9))),
    st.integers(0, 9),
)
def test_what_is_left_of_a_stretch_shows_outside_of_others(
    span: tuple[int, int | None], holes: list[tuple[int, int | None]], at: int
) -> None:
    assert _is_in(without(span, holes), at) == (_is_in([span], at) and not _is_in(holes, at))


def _is_in(spans: list[tuple[int, int | None]], at: int) -> bool:
    return any(since <= at and (until is None or at < until) for since, until in spans)
