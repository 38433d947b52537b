from hypothesis import given
from hypothesis import strategies as st

from reader.text.plain import parse_plain
from reader.text.source import Options, SourceParagraph
from tests.reader.text.checks import check_html, is_subsequence, paragraphs_of, read_or_refuse, words_of

WORDS = st.sampled_from(["wind", "“rain", "lamp.”", "<b>", "&amp;", "it's", "…", "Élan", "*a*", "I", "雨"])
LINES = st.lists(WORDS, min_size=2, max_size=12).map(" ".join).filter(lambda line: any(map(str.isalpha, line)))
BLANKS = st.sampled_from(["\n", "\n\n", "\n\n\n", " \n\xa0\n", "\t\n \n"])
ANYTHING = st.text() | st.lists(
    st.sampled_from(["Chapter 1", "Chapter 2: Fog", "I.", "II.", "***", "#", "# Fog", "Prologue", "Chapter Text", "3"])
    | LINES
    | st.sampled_from(["", "", "  indented words", "\x0c", "a\u2028b", "\r"])
).map("\n".join)


@given(st.lists(st.tuples(LINES, BLANKS), min_size=1))
def test_parse_plain_loses_no_word_and_keeps_their_order(lines: list[tuple[str, str]]) -> None:
    text = "".join(line + blank for line, blank in lines)
    assert words_of(parse_plain(text.encode(), Options())) == text.split()


@given(st.lists(st.tuples(LINES, st.lists(LINES, min_size=1, max_size=4)), min_size=1, max_size=6))
def test_parse_plain_gives_each_chapter_its_text(chapters: list[tuple[str, list[str]]]) -> None:
    parts = [f"Chapter {n}: {title}\n\n" + "\n\n".join(lines) for n, (title, lines) in enumerate(chapters, start=1)]
    manuscript = parse_plain("\n\n".join(parts).encode(), Options())
    found = [(chapter.title, [paragraph.text for paragraph in chapter.paragraphs]) for chapter in manuscript.chapters]
    assert found == [(title, lines) for title, lines in chapters]


@given(ANYTHING)
def test_parse_plain_reads_or_refuses_any_text(text: str) -> None:
    manuscript = read_or_refuse(parse_plain, text.encode("utf-8", "ignore"))
    if manuscript is None:
        return
    assert manuscript == parse_plain(text.encode("utf-8", "ignore"), Options())
    paragraphs = paragraphs_of(manuscript)
    assert all(chapter.paragraphs for chapter in manuscript.chapters)
    assert all(paragraph.text.strip() for paragraph in paragraphs)
    assert [paragraph.line for paragraph in paragraphs] == sorted(paragraph.line for paragraph in paragraphs)
    for paragraph in paragraphs:
        check_html(paragraph)


@given(ANYTHING)
def test_parse_plain_makes_up_no_word(text: str) -> None:
    manuscript = read_or_refuse(parse_plain, text.encode("utf-8", "ignore"))
    if manuscript and all(char.isprintable() or char in "\n\r\t\x0b\x0c\xa0\u2028\u2029\u3000" for char in text):
        text_words = [word for paragraph in paragraphs_of(manuscript) for word in paragraph.text.split()]
        assert is_subsequence(text_words, text.split())


@given(st.binary())
def test_parse_plain_reads_or_refuses_any_bytes(data: bytes) -> None:
    manuscript = read_or_refuse(parse_plain, data)
    assert manuscript is None or manuscript.chapters


def test_parse_plain_escapes_all_markup() -> None:
    manuscript = parse_plain(b'<script>alert("x")</script> & *this*', Options())
    text, html = '<script>alert("x")</script> & *this*', '&lt;script&gt;alert("x")&lt;/script&gt; &amp; *this*'
    assert paragraphs_of(manuscript) == [SourceParagraph("prose", text, html, 1)]
