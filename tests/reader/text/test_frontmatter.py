import pytest

from reader.errors import ManuscriptError
from reader.text.frontmatter import read_front_matter
from reader.text.source import Remark


def test_read_front_matter_gives_the_metadata_and_where_the_text_begins() -> None:
    lines = ["+++", 'title = "Fog"', 'warnings = ["rain"]', "show_titles = false", "+++", "text"]
    assert read_front_matter(lines) == ({"title": "Fog", "warnings": ["rain"], "show_titles": False}, 5, [])


@pytest.mark.parametrize("lines", [["text"], ["---", "text"], ["", "+++"], [""]])
def test_read_front_matter_finds_none(lines: list[str]) -> None:
    assert read_front_matter(lines) == ({}, 0, [])


def test_read_front_matter_remarks_on_unknown_keys() -> None:
    assert read_front_matter(["+++", "mood = 1", "+++"])[2] == [Remark(1, "The front matter has an unknown key: mood.")]


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        (["+++", 'title = "a"'], "Line 1: .* no closing"),
        (["+++", 'title = "a"', "author = b", "+++"], "Line 3: .* not valid TOML"),
        (["+++", "title = ", "+++"], "Line 2: .* not valid TOML"),
        (["+++", "title = 3", "+++"], "“title” must be a text"),
        (["+++", 'warnings = "a"', "+++"], "“warnings” must be a list"),
        (["+++", "show_titles = 1", "+++"], "“show_titles” must be true or false"),
        (["---", "title: a", "---"], "Line 1: .* YAML"),
    ],
)
def test_read_front_matter_refuses_in_one_sentence(lines: list[str], sentence: str) -> None:
    with pytest.raises(ManuscriptError, match=sentence):
        read_front_matter(lines)
