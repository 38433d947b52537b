"""Renders a block from its own source alone: safe HTML, plain words, and all that its gate is worked out from. Links,
citations and pictures stay open until ``resolve`` is told what a reader has met."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from .marks import aligns
from .plain import plain
from .resolving import Picture, Target, resolve
from .shape import Block
from .tables import read_cells
from .wikilinks import WikiLink
from .writing import Sheet, parse

__all__ = ["Picture", "Rendered", "Target", "WikiLink", "render", "resolve"]

_KEPT: Final = 4096  # blocks whose rendering a process remembers,
_KEPT_LENGTH: Final = 1_000  # characters that such a block has at most: some 25 MB in all
_ALIGNED = {"l": ' class="left"', "c": ' class="centre"', "r": ' class="right"', "n": ""}


@dataclass(frozen=True, slots=True)
class Rendered:
    """A block made ready to store. ``citations`` and ``images`` are in the order of the source, with repetitions."""

    html: str
    text: str  # as ``plain`` tells
    links: tuple[WikiLink, ...] = ()  # by the numbers in data-link
    citations: tuple[int, ...] = ()
    since: int | None = None  # the latest that its source says
    until: int | None = None  # the earliest
    images: tuple[str, ...] = ()  # ids
    problems: tuple[str, ...] = ()  # for which it is hidden


def render(block: Block) -> Rendered:
    """One block as HTML: a ``<p>``, ``<h2>``, ``<tr>`` …, without what it stands in. Time is linear.

    >>> rendered = render(Block("paragraph", "[[Anna]] *ran*. {6:120} {since 3}"))
    >>> rendered.html
    '<p><a data-link="0">Anna</a> <em>ran</em>. <a class="cite" data-cite="6:120">6:120</a></p>'
    >>> rendered.text, len(rendered.links), rendered.since == 3 << 32 | 0xFFFFFFFF
    ('Anna ran.', 1, True)
    """
    return _remembered(block) if len(block.source) <= _KEPT_LENGTH else _render(block)


def _render(block: Block) -> Rendered:
    sheet = Sheet()
    html = _WRITERS[block.kind](block, sheet)
    return Rendered(
        html,
        plain(html),
        tuple(sheet.links),
        tuple(sheet.citations),
        max(sheet.since, default=None),
        min(sheet.until, default=None),
        tuple(sheet.images),
        tuple(dict.fromkeys(filter(None, [block.hidden, *sheet.problems]))),
    )


# A save and a preview look at each block several times, and at most blocks again with the next word that is typed.
_remembered = lru_cache(maxsize=_KEPT)(_render)


def _paragraph(block: Block, sheet: Sheet) -> str:
    return f"<p>{sheet.write(block.source)}</p>"


def _heading(block: Block, sheet: Sheet) -> str:
    """The page's own title is the only ``<h1>``, so that the two highest levels look alike."""
    tag = f"h{max(2, block.level)}"
    return f"<{tag}>{sheet.write(block.source.lstrip('#'))}</{tag}>"


def _row(block: Block, sheet: Sheet) -> str:
    tag, scope = ("th", ' scope="col"') if block.kind == "head" else ("td", "")
    columns = aligns(block.marks) or "n" * block.source.count("|")
    cells = zip(columns, read_cells(block.source, len(columns)), strict=False)
    return f"<tr>{''.join(f'<{tag}{scope}{_ALIGNED[align]}>{sheet.write(cell)}</{tag}>' for align, cell in cells)}</tr>"


def _image(block: Block, sheet: Sheet) -> str:
    """Pictures with their captions, which are the titles in the source and what follows."""
    pictures, captions, braces = [], [], []
    for token in parse(block.source):
        if token.type == "image":
            pictures.append(sheet.picture(token, is_alone=True))
            captions.append(str(token.attrs.get("title", "")))
        elif token.type == "braces":
            braces.append(token.content)
    caption = " ".join(filter(None, [*map(_escape, captions), sheet.write(" ".join(braces))]))
    caption = f"<figcaption>{caption}</figcaption>" if caption else ""
    return f'<figure class="picture">{"".join(pictures)}{caption}</figure>'


def _code(block: Block, sheet: Sheet) -> str:
    first, *lines = block.source.split("\n")
    code = "\n".join(lines[:-1])
    caption = sheet.write(" ".join(_braces_in(first.lstrip("`~"))))
    html = f"<pre><code>{_escape(code)}</code></pre>"
    return f'<figure class="code">{html}<figcaption>{caption}</figcaption></figure>' if caption else html


def _rule(block: Block, sheet: Sheet) -> str:
    return "<hr>"


def _braces_in(source: str) -> list[str]:
    return [token.content for token in parse(source) if token.type == "braces"]


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


_WRITERS = {
    "paragraph": _paragraph,
    "heading": _heading,
    "head": _row,
    "row": _row,
    "image": _image,
    "code": _code,
    "rule": _rule,
}
