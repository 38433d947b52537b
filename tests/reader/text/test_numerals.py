import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.text.numerals import NUMBER, parse_number, parse_roman


def to_roman(number: int) -> str:
    signs = {100: "C", 90: "XC", 50: "L", 40: "XL", 10: "X", 9: "IX", 5: "V", 4: "IV", 1: "I"}
    text = ""
    for value, sign in signs.items():
        text += sign * (number // value)
        number %= value
    return text


@given(st.integers(1, 399))
def test_parse_roman_reads_each_number(number: int) -> None:
    assert parse_roman(to_roman(number)) == parse_number(to_roman(number).lower()) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("7", 7),
        ("12.5", 12),
        ("one", 1),
        ("Nineteen", 19),
        ("FORTY", 40),
        ("ninety-nine", 99),
        ("Thirty Two", 32),
        ("the first", 1),
        ("the Twelfth", 12),
        ("the thirteenth", 13),
        ("the fortieth", 40),
        ("the twenty-first", 21),
        ("first", None),
        ("IIX", None),
        ("", None),
    ],
)
def test_parse_number_reads_figures_and_words(text: str, number: int | None) -> None:
    assert parse_number(text) == number
    assert number is None or re.fullmatch(NUMBER, text, re.IGNORECASE)
