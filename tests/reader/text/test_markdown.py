from hypothesis import given
from hypothesis import strategies as st

from reader.text.markdown import parse_markdown
from reader.text.source import Options, Remark
from tests.reader.text.checks import check_html, paragraphs_of, read_or_refuse, words_of

WORDS = st.sampled_from(["wind", "“rain", "lamp.”", "<b>", "&amp;", "it's", "Élan", "雨", "(fog)"])
PROSE = st.lists(WORDS, min_size=1, max_size=20).map(" ".join)
GROUPS = [
    "::: messages\nPru: up?\n10:42\n:::",
    "::: letter\n> a\n\nb\n\n-- c\n:::",
    "::: note\nc\n:::",
    ":::",
    "::: letter",
]
LINES = ["# Fog", "# 2. Rain", "## Inside", "***", "#", "# D\n::: published 2027-01-01T18:00Z", "*a", "a_ **b*", "- c"]
PIECES = st.sampled_from([*GROUPS, *LINES, "  \nd  \ne\\\nf"])


@given(st.lists(PROSE, min_size=1))
def test_parse_markdown_loses_no_word_of_prose(paragraphs: list[str]) -> None:
    manuscript = parse_markdown("\n\n".join(paragraphs).encode(), Options())
    assert [paragraph.text for paragraph in paragraphs_of(manuscript)] == paragraphs


@given(st.lists(st.lists(st.sampled_from(["wind", "*rain*", "**fog**", "_lamp_", "`cat`"]), min_size=1), min_size=1))
def test_parse_markdown_loses_no_word_with_a_mark(paragraphs: list[list[str]]) -> None:
    manuscript = parse_markdown("\n\n".join("\n".join(words) for words in paragraphs).encode(), Options())
    assert words_of(manuscript) == [word.strip("*_`") for words in paragraphs for word in words]


@given(st.text() | st.lists(PIECES | PROSE).map("\n\n".join) | st.lists(PIECES | PROSE).map("\n".join))
def test_parse_markdown_reads_or_refuses_any_text(text: str) -> None:
    manuscript = read_or_refuse(parse_markdown, text.encode("utf-8", "ignore"))
    if manuscript is None:
        return
    assert manuscript == read_or_refuse(parse_markdown, text.encode("utf-8", "ignore"))
    paragraphs = paragraphs_of(manuscript)
    assert all(chapter.paragraphs for chapter in manuscript.chapters)
    assert all(paragraph.text.strip() for paragraph in paragraphs)
    assert [paragraph.line for paragraph in paragraphs] == sorted(paragraph.line for paragraph in paragraphs)
    assert manuscript.scene_breaks == sum(paragraph.scene_break for paragraph in paragraphs)
    for paragraph in paragraphs:
        check_html(paragraph)


def test_parse_markdown_moves_a_note_before_the_first_heading_into_its_chapter() -> None:
    chapters = parse_markdown(b"::: note\nHi.\n:::\n\n# One\n\nA.", Options()).chapters
    assert [(chapter.title, chapter.note_before) for chapter in chapters] == [("One", "<p>Hi.</p>")]


def test_parse_markdown_takes_a_time_without_zone_for_utc() -> None:
    chapters = parse_markdown(b"# One\n::: published 2027-01-01\n\nA.", Options()).chapters
    assert chapters[0].published == "2027-01-01T00:00:00+00:00"


def test_parse_markdown_says_which_chapters_do_not_continue_the_count() -> None:
    remarks = parse_markdown(b"# 1. One\n\nA.\n\n# 3. Three\n\nB.", Options()).remarks
    assert remarks == (Remark(5, "Chapter 3 comes after chapter 1."),)


def test_parse_markdown_counts_lines_of_the_whole_file() -> None:
    text = '+++\ntitle = "Fog"\n+++\n\n# One\n\nA.\nB.\n\nC.'
    assert [paragraph.line for paragraph in paragraphs_of(parse_markdown(text.encode(), Options()))] == [7, 10]
