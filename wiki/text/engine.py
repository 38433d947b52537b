"""markdown-it as this wiki uses it: CommonMark without HTML and indented code, tables, and the rules of ours."""

import re
from typing import Final

from markdown_it import MarkdownIt

from .containers import directive_rule
from .inline import braces_rule, note_rule, wikilink_rule
from .tables import table_rule
from .uses import image_rule, link_rule, note_definition_rule, note_reference_rule
from .wikilinks import BAR

IMAGE: Final = re.compile(r"image:([A-Za-z0-9_-]{1,64})")
"""The address of an uploaded picture."""
_SCHEME = re.compile(r"\s*([A-Za-z][A-Za-z0-9+.-]*):")
_ALL = ["paragraph", "reference", "blockquote", "list"]
_LOST = re.compile(rf"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f{BAR}\ud800-\udfff]")


def is_safe_address(address: str) -> bool:
    """Whether a link may lead there: the web, this site, or an uploaded picture.

    >>> is_safe_address("https://example.org"), is_safe_address("/wiki/"), is_safe_address("javascript:alert(1)")
    (True, True, False)
    """
    scheme = _SCHEME.match(address)
    return scheme is None or scheme[1].lower() in ("http", "https", "image")


def clean(body: str) -> str:
    """The text with plain line ends and without characters that nobody can see or store.

    >>> clean("a\\r\\nb\\0")
    'a\\nb'
    """
    return _LOST.sub("", body.replace("\r\n", "\n").replace("\r", "\n"))


def _make() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False, "store_labels": True})
    markdown.enable("strikethrough").disable(["code", "html_block", "html_inline"])
    block, inline = markdown.block.ruler, markdown.inline.ruler
    block.at("table", table_rule, {"alt": ["paragraph", "reference"]})
    block.enable("table")
    block.before("table", "directive", directive_rule, {"alt": _ALL})
    block.before("reference", "note_definition", note_definition_rule, {"alt": _ALL})
    inline.at("link", link_rule)
    inline.at("image", image_rule)
    inline.before("link", "wikilink", wikilink_rule)
    inline.before("link", "note_reference", note_reference_rule)
    inline.before("link", "note", note_rule)
    inline.before("link", "braces", braces_rule)
    markdown.validateLink = is_safe_address  # type: ignore[method-assign, assignment]
    return markdown


MARKDOWN: Final = _make()
"""Made once; a parse changes nothing in it."""
