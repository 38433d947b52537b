"""The mark-up inside a Markdown paragraph: emphasis, escapes, code and links; all else is text. Knows no blocks.

Emphasis follows CommonMark 0.31 §6.2 (flanking runs, the rule of three) in one pass, so a line of 20 MB takes seconds.
"""

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field
from html import escape

from .typography import clean

_MARKS = re.compile(r"[\\`*_\[]")
_TOKEN = re.compile(r"\\[!-/:-@\[-`{-~]|`+|\*+|_+")
_BACKTICKS = re.compile("`+")
# Everything is bounded: an unclosed bracket costs no more than these characters.
_LINK = re.compile(
    r"""(?<!\\)(?P<image>!?)\[(?P<words>[^\[\]\n]{0,1000})\]
    \((?:<[^<>\n]{0,2000}>|[^\s()<>]{0,2000}(?:\([^\s()]{0,500}\)[^\s()]{0,2000})?)
    (?:\ (?:"[^"\n]{0,500}"|'[^'\n]{0,500}'))?\ ?\)""",
    re.VERBOSE,
)
_DEEPEST = 32  # open emphases that are looked through for the one that a mark closes
_MOST_TOKENS = 1_000_000  # in one paragraph; beyond, its marks are text


@dataclass(slots=True)
class _Run:
    """A run of ``*`` or ``_``; what it becomes is written to ``pieces[index]`` at the end."""

    index: int
    mark: str
    length: int
    opens: bool
    closes: bool
    left: int
    end_tags: list[str] = field(default_factory=list)
    start_tags: list[str] = field(default_factory=list)  # the innermost first


@dataclass(frozen=True, slots=True)
class Inline:
    """A rendered paragraph; ``pictures`` are the descriptions of those left out."""

    text: str
    html: str
    pictures: tuple[str, ...] = ()


def render(source: str) -> Inline:
    """The text and the HTML of a paragraph; a line end in it becomes ``<br>``.

    >>> render("She *never* saw [the sea](https://example.org) & <b>.")
    Inline(text='She never saw the sea & <b>.', html='She <em>never</em> saw the sea &amp; &lt;b&gt;.', pictures=())
    """
    pictures: tuple[str, ...] = ()
    if "](" in source:
        source, pictures = _unlink(source)
    if not _MARKS.search(source):
        return Inline(source, _break_lines(escape(source, quote=False)), pictures)
    text, html = _emphasise(source)
    return Inline(text, _break_lines(html), pictures)


def _break_lines(html: str) -> str:
    return html.replace("\n", "<br>") if "\n" in html else html


def _unlink(source: str) -> tuple[str, tuple[str, ...]]:
    pictures: list[str] = []

    def keep_words(match: re.Match[str]) -> str:
        if not match["image"]:
            return match["words"]
        pictures.append(match["words"])
        return ""

    lines = (clean(line) for line in _LINK.sub(keep_words, source).split("\n"))
    return "\n".join(filter(None, lines)), tuple(pictures)


def _emphasise(source: str) -> tuple[str, str]:
    text: list[str] = []
    html: list[str] = []
    runs: list[_Run] = []
    closings: dict[int, list[int]] | None = None
    position = 0
    while token := _TOKEN.search(source, position):
        plain = source[position : token.start()]
        text.append(plain)
        html.append(escape(plain, quote=False))
        position, word = token.end(), token[0]
        if word[0] == "\\":
            shown = word[1]
        elif word[0] == "`":
            closings = _backticks_by_length(source) if closings is None else closings
            shown, position = _read_code(source, position, len(word), closings)
        else:
            shown = ""
            opens, closes = _flanks(source, token.start(), token.end(), word[0])
            runs.append(_Run(len(html), word[0], len(word), opens, closes, len(word)))
        text.append(shown)
        html.append(escape(shown, quote=False))
        if len(html) > 2 * _MOST_TOKENS:
            return source, escape(source, quote=False)
    _pair(runs)
    for run in runs:
        text[run.index] = run.mark * run.left
        html[run.index] = "".join([*run.end_tags, run.mark * run.left, *reversed(run.start_tags)])
    rest = source[position:]
    return "".join(text) + rest, "".join(html) + escape(rest, quote=False)


def _backticks_by_length(source: str) -> dict[int, list[int]]:
    """Where the runs of backticks start, by their length, the last first."""
    starts: dict[int, list[int]] = defaultdict(list)
    for run in _BACKTICKS.finditer(source):
        starts[len(run[0])].append(run.start())
    return {length: positions[::-1] for length, positions in starts.items()}


def _read_code(source: str, position: int, length: int, closings: dict[int, list[int]]) -> tuple[str, int]:
    """What a run of ``length`` backticks ending at ``position`` shows, and where to go on."""
    starts = closings.get(length, [])
    while starts and starts[-1] < position:
        starts.pop()
    if not starts:
        return "`" * length, position
    return source[position : starts[-1]].strip() or "`" * length, starts[-1] + length


def _flanks(source: str, start: int, end: int, mark: str) -> tuple[bool, bool]:
    """Whether a run may open and may close emphasis."""
    before = source[start - 1] if start else " "
    after = source[end] if end < len(source) else " "
    blank_before, blank_after = before.isspace(), after.isspace()
    sign_before, sign_after = _is_sign(before), _is_sign(after)
    left = not blank_after and (not sign_after or blank_before or sign_before)
    right = not blank_before and (not sign_before or blank_after or sign_after)
    if mark == "*":
        return left, right
    return left and (not right or sign_before), right and (not left or sign_after)


def _is_sign(character: str) -> bool:
    return not character.isalnum() and unicodedata.category(character)[0] in "PS"


def _pair(runs: list[_Run]) -> None:
    """Finds the opening run of each closing one and notes the tags on both."""
    stack: list[_Run] = []
    for run in runs:
        while run.closes and run.left:
            depth = _find_opening(stack, run)
            if depth is None:
                break
            del stack[depth + 1 :]
            opening = stack[-1]
            used = 2 if opening.left >= 2 and run.left >= 2 else 1
            tag = "strong" if used == 2 else "em"
            opening.start_tags.append(f"<{tag}>")
            run.end_tags.append(f"</{tag}>")
            opening.left -= used
            run.left -= used
            if not opening.left:
                stack.pop()
        if run.opens and run.left:
            stack.append(run)


def _find_opening(stack: list[_Run], run: _Run) -> int | None:
    for depth in range(len(stack) - 1, max(-1, len(stack) - 1 - _DEEPEST), -1):
        opening = stack[depth]
        if opening.mark != run.mark:
            continue
        either = opening.closes or run.opens
        if either and (opening.length + run.length) % 3 == 0 and (opening.length % 3 or run.length % 3):
            continue
        return depth
    return None
