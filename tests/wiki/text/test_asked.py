"""Whatever is typed into a search box is taken apart into something sensible."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiki.text.asked import LONGEST, MOST, Asked, parse


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("", Asked()),
        ('"', Asked()),
        ("- -- -!", Asked()),
        ("low tide", Asked(("low", "tide"))),
        ("tide tide", Asked(("tide",))),
        ("“low tide” lamp", Asked(("lamp",), ("low tide",))),
        ('"lamp"', Asked(("lamp",))),
        ('"low tide', Asked((), ("low tide",))),
        ('low"grey tide"sea', Asked(("low", "sea"), ("grey tide",))),
        ('lamp -tower -"low tide"', Asked(("lamp",), (), ("tower", "low tide"))),
        ("lamp −tower", Asked(("lamp",), (), ("tower",))),
        ("well-known", Asked(("well", "known"))),
        ("Jonah’s nan", Asked(("Jonah's", "nan"))),
        ("'; DROP TABLE x; -- & | ! <-> :*", Asked(("DROP", "TABLE", "x"))),
        ("\x00lamp\ud800\u202e", Asked(("lamp",))),
        ("กิน हिन्दी 猫の目", Asked(("กิน", "हिन्दी", "猫の目"))),
    ],
)
def test_parse_takes_apart_what_was_typed(typed: str, asked: Asked) -> None:
    assert parse(typed) == asked


def test_parse_leaves_out_what_is_too_much() -> None:
    assert parse(" ".join(map(str, range(100)))) == Asked(tuple(map(str, range(MOST))))
    assert parse("x" * 10_000).words == ("x" * LONGEST,)
    assert parse("a b c d e f g h i j k l -m") == Asked(tuple("abcdefghijkl"))


@given(st.text(max_size=300))
def test_parse_takes_anything(typed: str) -> None:
    asked = parse(typed)
    every = [*asked.words, *asked.phrases, *asked.without]
    assert len(every) <= MOST
    assert all(one and "\x00" not in one and one == one.strip() for one in every)
    "".join(every).encode()  # no halves of characters
    assert sum(map(len, every)) <= LONGEST
    assert set(parse(asked.plain).plain.split()) == set(asked.plain.split())
