"""What the properties of all parsers ask."""

import re
from collections.abc import Iterable
from html import unescape

from reader.errors import ManuscriptError
from reader.text.source import Manuscript, Options, Parser, SourceParagraph

TAGS = re.compile(r'</?(?:em|strong|dt|dd)>|<span class="colon">|</span>')


def read_or_refuse(parser: Parser, data: bytes) -> Manuscript | None:
    """None if refused, in one sentence of one line."""
    try:
        return parser(data, Options())
    except ManuscriptError as error:
        sentence = str(error)
        assert sentence.endswith(".")
        assert sentence.isprintable()
        return None


def paragraphs_of(manuscript: Manuscript) -> list[SourceParagraph]:
    return [paragraph for chapter in manuscript.chapters for paragraph in chapter.paragraphs]


def words_of(manuscript: Manuscript) -> list[str]:
    """The words of the paragraphs in order."""
    return [word for paragraph in paragraphs_of(manuscript) for word in paragraph.text.split()]


def strip_html(html: str) -> str:
    return unescape(TAGS.sub("", html.replace("<br>", "\n")))


def check_html(paragraph: SourceParagraph) -> None:
    """Nothing but the allowed tags; without them, unescaped, the HTML is the text."""
    without_tags = TAGS.sub("", paragraph.html.replace("<br>", "\n"))
    assert "<" not in without_tags
    assert ">" not in without_tags
    assert unescape(without_tags) == paragraph.text


def is_subsequence(words: list[str], of: Iterable[str]) -> bool:
    """Whether the words stand in the other ones in this order."""
    others = iter(of)
    return all(word in others for word in words)
