"""The first sentence of a statement, and what of it there is room for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiki.text.sentences import LONGEST, first_sentence


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("", ""),
        ("A keeper", "A keeper"),
        ("A keeper. He sings.", "A keeper."),
        ("“A keeper.” He sings.", "“A keeper.”"),
        ("Works for Mr. Crane. Sings.", "Works for Mr. Crane."),
        ("Written by J. R. Crane. Sings.", "Written by J. R. Crane."),
        ("Costs 3.50 a night. Sings.", "Costs 3.50 a night."),
        ("What? Yes!", "What?"),
        ("Wait… He sings.", "Wait…"),
        ("Ends with Prof. Crane", "Ends with Prof. Crane"),
        ("Fond of Mme. de Staël", "Fond of Mme."),  # English abbreviations only
    ],
)
def test_first_sentence(text: str, first: str) -> None:
    assert first_sentence(text) == first


def test_a_long_sentence_is_cut_between_words() -> None:
    assert first_sentence("one two three four. five", longest=10) == "one two …"
    assert first_sentence("one two three", longest=7) == "one two …"
    assert first_sentence("one two.", longest=8) == "one two."


def test_a_sentence_without_blanks_is_cut_all_the_same() -> None:
    assert first_sentence("勇" * 500) == "勇" * LONGEST + " …"


pieces = st.sampled_from(["Mr.", "A.", "sang.", "“", "”", "!", " ", "\n", "Crane", "e\u0301", "…", "3.5"])


@given(st.lists(pieces, max_size=120).map("".join), st.integers(1, 40))
def test_it_is_the_beginning_of_the_text_and_fits(text: str, longest: int) -> None:
    found = first_sentence(text, longest=longest)
    assert text.startswith(found) or (found.endswith(" …") and text.startswith(found[:-2]))
    assert len(found.removesuffix(" …")) <= longest
    assert first_sentence(found, longest=longest) == found or found.endswith(" …")


def test_a_long_text_of_initials_takes_no_time() -> None:
    assert first_sentence("A. " * 100_000, longest=10**6).startswith("A. A. ")
