"""TOML with lines, and written so that it reads back the same."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wiki.text.tomlfile import TomlError, read, split_front_matter, write


@given(
    st.one_of(
        st.text(st.characters(exclude_categories=["Cs"])),
        st.booleans(),
        st.integers(0, 10**6),
        st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=5), max_size=4),
    )
)
def test_write_reads_back_the_same(value: str | int | bool | list[str]) -> None:
    assert tomllib.loads(f"key = {write(value)}")["key"] == value


def test_read_finds_the_line_of_every_key_and_none_inside_texts() -> None:
    text = 'a = """\n[[b]]\nc = 1\n"""\n[[b]]\n"c d" = 1 # x = 2\ne = \'\'\'f = 1\n\'\'\'\n[[b]]\nc = "[["\n'

    toml = read(text, first_line=10)

    assert dict(toml.lines) == {
        ("a",): 10,
        ("b", 0): 14,
        ("b", 0, "c d"): 15,
        ("b", 0, "e"): 16,
        ("b", 1): 18,
        ("b", 1, "c"): 19,
    }
    assert (toml.line("b", 1, "nothing"), toml.line("nothing")) == (18, 0)


def test_split_front_matter_counts_lines_of_any_ending() -> None:
    toml, body, line = split_front_matter("\ufeff+++\r\na = 1\r\n+++\r\n\r\nOne.\r\n\r\nTwo.\r\n\r\n")

    assert (toml.values, body, line) == ({"a": 1}, "One.\n\nTwo.", 5)


@pytest.mark.parametrize(
    ("text", "line", "begins"),
    [
        ("", 1, "The file must begin with a line of +++"),
        ("kind = 1", 1, "The file must begin with a line of +++"),
        ("+++\nkind = 1", 1, "The front matter that begins here has no closing"),
        ("+++\nkind = 1\nkind = 2\n+++", 3, "This is not valid TOML: Cannot overwrite a value"),
        ('+++\n\nkind = "\n+++', 3, "This is not valid TOML: Unterminated string"),
    ],
)
def test_split_front_matter_names_the_line_of_what_is_wrong(text: str, line: int, begins: str) -> None:
    with pytest.raises(TomlError) as caught:
        split_front_matter(text)

    assert (caught.value.line, caught.value.sentence[: len(begins)]) == (line, begins)
