"""Words and reading time, in scripts with and without blanks between words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.text.counting import count_words, reading_seconds, seconds_for, weight

spaced = st.text(st.characters(max_codepoint=0x0DFF) | st.sampled_from(" \n“”—’…😀한글"))


@given(spaced)
def test_words_are_those_between_blanks(text: str) -> None:
    assert count_words(text) == len(text.split()) == weight(text)


@given(st.text(st.sampled_from("これは本です猫。、「」")), st.text(st.sampled_from("これは本です猫。、「」")))
def test_words_of_joined_texts_add_up_in_cjk(one: str, other: str) -> None:
    one, other = f"本{one}", f"本{other}"
    assert count_words(one + other) == count_words(one) + count_words(other)
    assert weight(one + other) == weight(one) + weight(other)


@given(st.text())
def test_counts_are_never_negative_and_nothing_is_heavier_than_its_words(text: str) -> None:
    assert 0 <= weight(text) <= count_words(text)
    assert reading_seconds(text) == seconds_for(weight(text))


@pytest.mark.parametrize(
    ("text", "words", "heft"),
    [
        ("", 0, 0.0),
        ("  \n\t ", 0, 0.0),
        ("She said — nothing.", 4, 4.0),
        ("一二三四", 4, 2.0),
        ("彼女は「はい」と言った。", 9, 4.5),
        ("コーヒー", 4, 2.0),
        ("iPhone 15 を買った", 6, 4.0),
        ("iPhoneを買った", 5, 3.0),
        ("안녕 세상", 2, 2.0),  # hangul has blanks
        ("สวัสดี ครับ", 7, 7 / 4.5),  # letters only: vowel and tone marks above and below are not counted
        ("𠮷野家", 3, 1.5),
        ("ជំរាបសួរ", 5, 5 / 4.5),
    ],
)
def test_words_and_weight(text: str, words: int, heft: float) -> None:
    assert count_words(text) == words
    assert weight(text) == pytest.approx(heft)


def test_reading_time_of_a_thousand_words_is_above_four_minutes() -> None:
    assert reading_seconds("word " * 1000) == 261


def test_reading_time_of_a_thousand_japanese_characters_is_above_two_minutes() -> None:
    assert reading_seconds("あ" * 1000) == 130
