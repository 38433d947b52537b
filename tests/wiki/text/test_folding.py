"""Folding: what becomes equal, and the way back to the original."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiki.text.folding import INVISIBLE, fold

letters = st.sampled_from(
    ["A", "b", "’", "‑", " ", "\xa0", "\n", "é", "e\u0301", "ß", "İ", "ﬃ", "勇", "🦢", "\u200b", "Æ"]
)
texts = st.lists(letters | st.characters(), max_size=20).map("".join)


def _slow_fold(text: str) -> str:
    return re.sub(r" +", " ", "".join(fold(char).text for char in text))


@given(texts)
def test_fold_is_character_by_character_but_for_blanks(text: str) -> None:
    assert fold(text).text == _slow_fold(text)


@given(texts)
def test_fold_twice_is_fold_once(text: str) -> None:
    assert fold(fold(text).text).text == fold(text).text


def test_fold_of_every_character_is_folded() -> None:
    every = (chr(code) for code in range(0x30000))  # behind these come planes of ideographs and of nothing
    changed = {char: folded for char in every if (folded := fold(char).text) != char}
    assert len(changed) > 2000
    assert [char for char, folded in changed.items() if folded != fold(folded).text] == []


@given(texts)
def test_fold_takes_composed_and_decomposed_for_one(text: str) -> None:
    latin = "".join(char for char in text if ord(char) < 0x250)
    assert fold(unicodedata.normalize("NFD", latin)).text == fold(unicodedata.normalize("NFC", latin)).text


@given(texts)
def test_origins_rise_from_the_beginning_to_the_end(text: str) -> None:
    folded = fold(text)
    origins = [folded.origin(at) for at in range(len(folded.text) + 1)]
    assert origins == sorted(origins)
    assert origins[-1] == len(text)
    assert origins[0] == 0 or not fold(text[: origins[0]]).text


@given(texts)
def test_the_original_stretch_of_a_character_folds_to_it(text: str) -> None:
    folded = fold(text)
    for at, char in enumerate(folded.text):
        first, last = folded.span(at, at + 1)
        if first < last and char != " ":
            assert fold(text[first:last]).text.startswith(char)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("INES", "ines"),
        ("Zoë", "zoe"),
        ("Zoe\u0308", "zoe"),
        ("Nguyễn", "nguyen"),
        ("Straße", "strasse"),
        ("STRAẞE", "strasse"),
        ("İstanbul", "istanbul"),
        ("ﬁlm ﬄ", "film ffl"),
        ("O’Brien O‘Brien Oʼ", "o'brien o'brien o'"),
        ("Jean‐Luc‑Marc", "jean-luc-marc"),
        ("“Snow” „Snow‟", '"snow" "snow"'),
        ("a\xa0b\n\nc\u2009 \td \u200b\u0301 e", "a b c d e"),
        ("Tar\u00adrant\u200b", "tarrant"),
        ("❤\ufe0f", "❤"),
        ("Øre Łódź Đorđe Œuvre", "ore lodz dorde oeuvre"),
        ("Ёлка", "елка"),
        ("Σίσυφος", "σισυφοσ"),
        ("שָׁלוֹם", "שלום"),
    ],
)
def test_fold_makes_equal(text: str, folded: str) -> None:
    assert fold(text).text == fold(folded).text == folded


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ann-Lee", "Ann–Lee"), ("が", "か"), ("กา", "กิ"), ("कि", "की"), ("Ann Lee", "AnnLee"), ("n", "ñg")],
)
def test_fold_keeps_apart(one: str, other: str) -> None:
    assert fold(one).text != fold(other).text


def test_fold_of_even_length_needs_no_way_back() -> None:
    assert fold("Zoë’s “coat”").steps == fold("plain").steps == ()


def test_span_ends_with_the_accent_and_without_the_invisible() -> None:
    folded = fold("Groß Zoe\u0301\u00ad\u200b!")
    assert folded.text == "gross zoe!"
    assert folded.span(0, 5) == (0, 4)
    assert folded.span(6, 9) == (5, 9)
    assert folded.original[5:9] == "Zoe\u0301"


def test_invisible_characters_are_folded_away() -> None:
    assert fold(INVISIBLE).text == ""
