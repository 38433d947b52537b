"""Numbers as chapter headings write them: 12, XII, twelve, the twelfth. Knows English words up to ninety-nine."""

import re
from collections.abc import Sequence

_UNITS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_NTH_UNITS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
_ODD_TEENS = ("ten", "eleven", "twelve")
_NTH_ODD_TEENS = ("tenth", "eleventh", "twelfth")
_TEENS = (*_ODD_TEENS, *(f"{stem}teen" for stem in ("thir", "four", "fif", "six", "seven", "eigh", "nine")))
_NTH_TEENS = (*_NTH_ODD_TEENS, *(f"{teen}th" for teen in _TEENS[3:]))
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_NTH_TENS = tuple(word.removesuffix("y") + "ieth" for word in _TENS)


def _spell_out(units: Sequence[str], teens: Sequence[str], tens_alone: Sequence[str]) -> dict[str, int]:
    words = {word: number for number, word in enumerate([*units, *teens], start=1)}
    for tens, (word, alone) in enumerate(zip(_TENS, tens_alone, strict=True), start=2):
        words[alone] = tens * 10
        words |= {f"{word} {unit}": tens * 10 + number for number, unit in enumerate(units, start=1)}
    return words


_CARDINALS = _spell_out(_UNITS, _TEENS, _TENS)
_ORDINALS = _spell_out(_NTH_UNITS, _NTH_TEENS, _NTH_TENS)
_ROMAN = re.compile(r"(?=.)C{0,3}(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})", re.IGNORECASE)
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


def _either(words: dict[str, int]) -> str:
    longest_first = sorted(words, key=len, reverse=True)
    return "(?:" + "|".join(word.replace(" ", "[- ]") for word in longest_first) + r")(?!\w)"


#: A regular expression (to be used without regard to case) for any number that parse_number understands.
NUMBER = rf"\d{{1,4}}(?:\.\d{{1,3}})?(?!\w)|[ivxlc]{{1,12}}(?!\w)|{_either(_CARDINALS)}|the {_either(_ORDINALS)}"


def parse_roman(text: str) -> int | None:
    """The value of a well-formed roman number up to 399, or None.

    >>> parse_roman("XIV"), parse_roman("IIII"), parse_roman("civil")
    (14, None, None)
    """
    if not _ROMAN.fullmatch(text):
        return None
    values = [_ROMAN_VALUES[letter] for letter in text.upper()]
    followers = [*values[1:], 0]
    return sum(-value if value < after else value for value, after in zip(values, followers, strict=True))


def parse_number(text: str) -> int | None:
    """The value of a number in figures, roman figures or words ("the" before ordinals), or None.

    >>> [parse_number(text) for text in ("12", "xii", "Twenty-One", "the Third", "twelvish")]
    [12, 12, 21, 3, None]
    """
    words = text.lower().replace("-", " ")
    if words[:1].isdigit():
        figures = words.partition(".")[0]
        return int(figures) if figures.isdecimal() else None
    if words.startswith("the "):
        return _ORDINALS.get(words.removeprefix("the "))
    return _CARDINALS.get(words) or parse_roman(text)
