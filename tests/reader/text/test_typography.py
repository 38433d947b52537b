import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.text.typography import clean, curl, set_type

MESSY = st.text(st.sampled_from("ab \t\xa0\ufeff\u202f\u3000;!«»\"'(—-*\\")) | st.text()
STRAIGHT = str.maketrans("“”‘’", "\"\"''")


@given(MESSY)
def test_clean_changes_no_word(text: str) -> None:
    visible = text.replace("\ufeff", "")
    assert clean(text).split() == visible.split() or not visible.strip(
        " \u00ad\u200b\u200c\u200d\u200e\u200f\u2060\xa0\t\n"
    )


@given(MESSY)
def test_clean_done_twice_is_clean_done_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(MESSY)
def test_curl_changes_nothing_but_quotes(text: str) -> None:
    assert curl(text).translate(STRAIGHT) == text.translate(STRAIGHT)


@given(MESSY)
def test_curl_done_twice_is_curl_done_once(text: str) -> None:
    assert curl(curl(text)) == curl(text)


@pytest.mark.parametrize(
    ("messy", "tidy"),
    [
        ("a\xa0b", "a b"),
        ("a\t\tb \xa0 c", "a b c"),
        ("\xa0 a \xa0", "a"),
        ("a\ufeffb", "ab"),
        ("«\xa0Non\u202f!\xa0»", "«\xa0Non\u202f!\xa0»"),
        ("Quoi\xa0?", "Quoi\xa0?"),
        ("\u200b", ""),
    ],
)
def test_clean_tidies_blanks(messy: str, tidy: str) -> None:
    assert clean(messy) == tidy


@pytest.mark.parametrize(
    ("straight", "curly"),
    [
        ('"Yes," he said.', "“Yes,” he said."),
        ("it's the cats' own", "it’s the cats’ own"),
        ("'tis the '90s, rock 'n' roll", "’tis the ’90s, rock ’n’ roll"),
        ("'So,' he said", "‘So,’ he said"),
        ('a—"b"', "a—“b”"),
        ('("b")', "(“b”)"),
        ('*"b"*', "*“b”*"),
        ("\"'Go,' she said.\"", "“‘Go,’ she said.”"),
        ('6 o"clock', "6 o”clock"),
        ("“kept”", "“kept”"),
    ],
)
def test_curl_follows_the_rules_of_english(straight: str, curly: str) -> None:
    assert curl(straight) == curly


def test_set_type_leaves_quotes_alone_unless_asked() -> None:
    assert (set_type(' "a" ', "keep"), set_type(' "a" ', "curly")) == ('"a"', "“a”")
