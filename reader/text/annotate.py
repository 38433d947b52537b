"""Links set into a paragraph: offsets of its plain text in, well-formed HTML with the same text out.

Knows our own inner HTML only (escaped text, em, strong, code, span, br, dt, dd), and nothing of what a link means.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape, unescape
from typing import NamedTuple

_TOKEN = re.compile(r"<[^<>]*>|&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[a-zA-Z][a-zA-Z0-9]*);|[^<&]+|[<&]")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)(?=[\s/>])[^<>]*>")
_ATTRIBUTE = re.compile(r"[a-zA-Z_][-a-zA-Z0-9_.:]*")
_INSIDE_LINKS = frozenset({"em", "strong", "code", "span"})  # a link may hold these whole; others it is parted by


@dataclass(frozen=True, slots=True)
class Span:
    """A link from character `start` up to, not including, `end` of the plain text; `attrs` are more attributes.

    `about` is whatever its maker wants to know of it again.
    """

    start: int
    end: int
    href: str
    attrs: Mapping[str, str] = field(default_factory=dict)
    about: object = field(default=None, compare=False)


class _Token(NamedTuple):
    """A piece of HTML, the plain text that it stands for, and where in the plain text that begins."""

    html: str
    text: str
    start: int
    name: str = ""  # of a tag
    closes: bool = False

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def plain(html: str) -> str:
    """The text of a paragraph's inner HTML: no tags, no entities, `<br>` as a line end.

    >>> plain("Tom &amp; <em>Jerry</em><br>ran")
    'Tom & Jerry\\nran'
    """
    if "<" not in html and "&" not in html:
        return html
    return "".join(token.text for token in _tokens(html))


def annotate(html: str, spans: Sequence[Span]) -> str:
    """The same paragraph with its spans as links; a link that crosses the border of an element is parted there.

    An `id` among the attributes stands on the first part only. Raises ValueError for spans that overlap, are empty or
    lie outside the text, and for attributes that are no names or repeat `href`. Time is linear.

    >>> annotate("He saw <em>Lighthouse Bay</em> twice.", [Span(7, 17, "/wiki/x/"), Span(18, 21, "/wiki/y/")])
    'He saw <em><a href="/wiki/x/">Lighthouse</a> <a href="/wiki/y/">Bay</a></em> twice.'
    """
    if not spans:
        return html
    tokens = _tokens(html)
    ordered = _checked(spans, size=tokens[-1].end if tokens else 0)
    writer = _Writer(ordered)
    ends = _element_ends(tokens)
    for index, token in enumerate(tokens):
        if not token.name or token.text:
            writer.text(token)
        elif token.closes:
            writer.close_tag(token)
        else:
            writer.open_tag(token, element_end=ends.get(index, token.start))
    return "".join(writer.out)


def _tokens(html: str) -> list[_Token]:
    """Tags, entities and stretches of text."""
    tokens = []
    at = 0
    for match in _TOKEN.finditer(html):
        piece = match[0]
        tag = _TAG.fullmatch(piece) if piece[0] == "<" else None
        if tag is not None:
            name = tag[2].lower()
            token = _Token(piece, "\n" if name == "br" else "", at, name, closes=bool(tag[1]))
        else:
            token = _Token(piece, unescape(piece) if piece[0] == "&" and len(piece) > 1 else piece, at)
        tokens.append(token)
        at = token.end
    return tokens


def _element_ends(tokens: Sequence[_Token]) -> dict[int, int]:
    """Where in the text each element ends, by the index of its opening tag."""
    ends: dict[int, int] = {}
    opened: list[int] = []
    for index, token in enumerate(tokens):
        if not token.name or token.text:
            continue
        if not token.closes:
            opened.append(index)
        elif opened:
            ends[opened.pop()] = token.start
    return ends


def _checked(spans: Sequence[Span], *, size: int) -> list[Span]:
    """The spans in their order, or ValueError."""
    ordered = sorted(spans, key=lambda span: (span.start, span.end))
    end = 0
    for span in ordered:
        if not 0 <= span.start < span.end <= size:
            raise ValueError(f"The span {span.start}–{span.end} does not lie in a text of {size} characters.")
        if span.start < end:
            raise ValueError(f"The span {span.start}–{span.end} overlaps the one before it.")
        if any(name.lower() == "href" or not _ATTRIBUTE.fullmatch(name) for name in span.attrs):
            raise ValueError(f"The span {span.start}–{span.end} has an attribute that it cannot have.")
        end = span.end
    return ordered


class _Writer:
    """Writes tokens, opening and closing the links on its way."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self.out: list[str] = []
        self.spans = spans
        self.at = 0  # the span that is open or comes next
        self.is_open = False
        self.is_continued = False  # a part of this span was written before
        self.depth = 0  # elements that were opened within the open link

    def text(self, token: _Token) -> None:
        """Text is cut at the borders of spans; an entity and a line end are one piece."""
        if token.html != token.text or len(token.text) == 1:
            self._piece(token.html, token.start, token.end)
            return
        at = token.start
        while at < token.end:
            span = self.spans[self.at] if self.at < len(self.spans) else None
            border = token.end if span is None else span.start if at < span.start else span.end
            stop = min(border, token.end)
            self._piece(token.text[at - token.start : stop - token.start], at, stop)
            at = stop

    def open_tag(self, token: _Token, *, element_end: int) -> None:
        """An element that lies wholly in the span goes into its link, otherwise the link is parted before it."""
        span = self.spans[self.at] if self.at < len(self.spans) else None
        fits = span is not None and token.name in _INSIDE_LINKS and element_end <= span.end
        if fits and (self.is_open or (span is not None and span.start <= token.start < element_end)):
            self._open()
            self.depth += 1
        else:
            self._close()
        self.out.append(token.html)

    def close_tag(self, token: _Token) -> None:
        """The end of an element that was opened before the link parts the link."""
        if self.depth:
            self.depth -= 1
            self.out.append(token.html)
            self._finish(token.start)
        else:
            self._close()
            self.out.append(token.html)

    def _piece(self, html: str, start: int, end: int) -> None:
        if self.at < len(self.spans) and self.spans[self.at].start <= start:
            self._open()
        self.out.append(html)
        self._finish(end)

    def _finish(self, at: int) -> None:
        """Go on to the next span once this one has ended and no element is open in it."""
        while self.at < len(self.spans) and self.spans[self.at].end <= at and not self.depth:
            self._close()
            self.at, self.is_continued = self.at + 1, False

    def _open(self) -> None:
        if self.is_open:
            return
        span = self.spans[self.at]
        attributes = {"href": span.href, **span.attrs}
        if self.is_continued:
            attributes = {name: value for name, value in attributes.items() if name.lower() != "id"}
        self.out.append("<a" + "".join(f' {name}="{escape(value)}"' for name, value in attributes.items()) + ">")
        self.is_open = self.is_continued = True

    def _close(self) -> None:
        if self.is_open:
            self.out.append("</a>")
            self.is_open = False
