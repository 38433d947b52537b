import pytest

from reader.errors import ManuscriptError
from reader.text.pattern import ChapterLines, compile_pattern


def titles(pattern: str, *lines: str) -> list[str | None]:
    compiled = compile_pattern(pattern)
    assert compiled
    chapter_lines = ChapterLines(compiled)
    found = [chapter_lines.title_in(line) for line in lines]
    chapter_lines.check()
    return found


@pytest.mark.parametrize(
    ("pattern", "title"),
    [
        (r"== (?P<title>.*) (=)=", "Fog"),
        (r"== (\w+) ==", "Fog"),
        (r"==( x)? Fog ==", ""),
        (r"== .* ==", "== Fog =="),
    ],
)
def test_title_in_takes_the_group_or_the_line(pattern: str, title: str) -> None:
    assert titles(pattern, "== Fog ==", "text") == [title, None]


def test_title_in_without_a_group_knows_what_a_heading_says() -> None:
    assert titles("Chapter .*", "Chapter 3: Fog", "text") == ["Fog", None]


def test_title_in_matches_whole_lines_only() -> None:
    assert titles("Fog", "Fog", "Fog and rain", "More Fog") == ["Fog", None, None]


def test_title_in_takes_a_long_line_for_text() -> None:
    assert titles("a+", "a", "a" * 501, "b") == ["a", None, None]


@pytest.mark.parametrize("pattern", ["(", "a{99999999999999999999}", "[z-a]", "(?P<1>a)"])
def test_compile_pattern_refuses_what_is_none(pattern: str) -> None:
    with pytest.raises(ManuscriptError, match=r"is not a regular expression: .*\.$"):
        compile_pattern(pattern)


@pytest.mark.parametrize(
    ("pattern", "sentence"), [("zzz", "matches no line"), ("", "matches no line"), (".*", "matches every line")]
)
def test_check_refuses_a_pattern_that_parts_nothing(pattern: str, sentence: str) -> None:
    with pytest.raises(ManuscriptError, match=sentence):
        titles(pattern, "one", "two " * 200)
