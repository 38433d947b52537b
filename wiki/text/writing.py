"""The HTML of the words inside a line, and what is learnt on the way: links, citations, stamps, pictures, slips."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Final

import nh3
from markdown_it.token import Token

from reader.text.points import format_point

from .braces import Braces
from .engine import IMAGE, MARKDOWN
from .wikilinks import WikiLink

_CLEANER: Final = nh3.Cleaner(
    tags={"a", "br", "code", "em", "img", "s", "small", "strong"},
    attributes={"a": {"href", "rel", "data-link", "data-cite"}, "img": {"alt", "data-image"}},
    allowed_classes={"a": {"cite"}, "small": {"note"}},
    url_schemes={"http", "https"},
    link_rel=None,  # ours is written already, on links to elsewhere only
)
_SIMPLE: Final = {
    "em_open": "<em>",
    "em_close": "</em>",
    "strong_open": "<strong>",
    "strong_close": "</strong>",
    "s_open": "<s>",
    "s_close": "</s>",
    "note_open": '<small class="note"> ',
    "note_close": " </small>",
    "link_close": "</a>",
    "softbreak": "\n",
    "hardbreak": "<br>\n",
}


@dataclass(slots=True)
class Sheet:
    """What a block's source says beside its words, gathered while it is written."""

    links: list[WikiLink] = field(default_factory=list)
    citations: list[int] = field(default_factory=list)
    since: list[int] = field(default_factory=list)
    until: list[int] = field(default_factory=list)
    images: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def write(self, source: str) -> str:
        """The HTML of Markdown inside a line, safe to print.

        >>> sheet = Sheet()
        >>> sheet.write("<b>*Ann*a & [[Ben]]"), sheet.links[0].target
        ('&lt;b&gt;<em>Ann</em>a &amp; <a data-link="0">Ben</a>', 'Ben')
        """
        html = self._write(parse(source))
        return _CLEANER.clean(html).strip() if "<" in html else html.strip()

    def picture(self, token: Token, *, is_alone: bool = False) -> str:
        """An uploaded picture; any other address leaves nothing but the words for it."""
        words = self._words(token.children or [])
        address = IMAGE.fullmatch(str(token.attrs.get("src", "")))
        if address is None:
            self.problems.append("A picture can only be one that was uploaded here.")
            return escape(words)
        self.images.append(address[1])
        html = f'<img data-image="{address[1]}" alt="{escape(words)}">'
        return html if not is_alone else _CLEANER.clean(html)

    def _write(self, tokens: Sequence[Token]) -> str:
        return "".join([self._token(token) for token in tokens])

    def _token(self, token: Token) -> str:
        match token.type:
            case "braces":
                return self._braces(token)
            case "wikilink":
                return self._wikilink(token)
            case "image":
                return self.picture(token)
        return _write_simple(token)

    def _wikilink(self, token: Token) -> str:
        words = self._write(token.children) if token.children else escape(token.content, quote=False)
        self.links.append(token.meta["link"])
        return f'<a data-link="{len(self.links) - 1}">{words}</a>'

    def _braces(self, token: Token) -> str:
        braces: Braces = token.meta["braces"]
        if braces.kind == "wrong":
            self.problems.append(braces.problem)
            return escape(token.content, quote=False)
        if braces.kind != "cite":
            (self.since if braces.kind == "since" else self.until).extend(braces.points)
            return ""
        self.citations += braces.points
        labels = [format_point(point) for point in braces.points]
        if token.meta["is_words"]:
            return ", ".join(labels)
        return " ".join(f'<a class="cite" data-cite="{label}">{label}</a>' for label in labels)

    def _words(self, tokens: Sequence[Token]) -> str:
        """The words of tokens without any mark-up, for where no HTML can stand; what they say counts all the same."""
        words = []
        for token in tokens:
            if token.type == "braces":
                self._braces(token)
            elif token.type == "wikilink":
                self.links.append(token.meta["link"])
                words.append(token.content)
            elif token.type == "image":
                words.append(self._words(token.children or []))
            else:
                words.append(token.content if token.content else " " * token.type.endswith("break"))
        return " ".join("".join(words).split())


def _write_simple(token: Token) -> str:
    """A token that says nothing beside its words. A link to a picture's address leads nowhere."""
    match token.type:
        case "text" | "text_special":
            return escape(token.content, quote=False)
        case "code_inline":
            return f"<code>{escape(token.content, quote=False)}</code>"
        case "link_open":
            href = str(token.attrs.get("href", ""))
            return "<a>" if IMAGE.match(href) else f'<a href="{escape(href)}" rel="nofollow noopener ugc">'
    return _SIMPLE[token.type]


def is_picture(source: str) -> bool:
    """Whether a paragraph is nothing but uploaded pictures and what dates them.

    >>> is_picture("![Ann](image:a1) {6:120}"), is_picture("See ![Ann](image:a1)")
    (True, False)
    """
    if not (source.startswith("![") and "image:" in source):
        return False
    tokens = [token for token in parse(source) if token.type not in ("braces", "softbreak")]
    words = [token for token in tokens if token.type != "text" or token.content.strip()]
    return all(token.type == "image" and IMAGE.fullmatch(str(token.attrs.get("src", ""))) for token in words)


def parse(source: str) -> list[Token]:
    """The tokens of Markdown inside a line.

    >>> [token.type for token in parse("a [[b]]")]
    ['text', 'wikilink']
    """
    return MARKDOWN.parseInline(source)[0].children or []
