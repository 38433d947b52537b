"""Makes paragraphs of the lines of a Markdown manuscript: joined prose, and what stands between ``:::`` lines. Knows no
chapters."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from .inline import Inline, render
from .scenes import is_scene_break
from .source import Quotes, Remark, SourceParagraph
from .typography import clean, curl

_MESSAGE = re.compile(r"(?P<sender>[^:]{1,40}?)(?<!\\):\s+(?P<words>\S.*)")
_COLON = '<span class="colon">: </span>'
_QUOTED = re.compile(r">\s?")
_SIGNED = re.compile(r"(?:--|—)\s+")

Numbered = tuple[int, str]  # a line and its number


@dataclass(slots=True)
class Group:
    """What stood between two ``:::`` lines."""

    paragraphs: list[SourceParagraph] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)


def set_prose(raw: Sequence[str], quotes: Quotes) -> Inline:
    """A paragraph of these lines: joined by spaces, but for two blanks or a backslash at a line's end, which break it.

    >>> set_prose(["The wind", "blew,  ", "and blew."], "keep").html
    'The wind blew,<br>and blew.'
    """
    if len(raw) == 1:
        source = clean(raw[0])
    else:
        parts: list[str] = []
        for line in raw[:-1]:
            breaks, words = _split_break(line)
            parts += (clean(words), "\n" if breaks else " ")
        source = "".join([*parts, clean(raw[-1])])
    return render(curl(source) if quotes == "curly" else source)


def _split_break(line: str) -> tuple[bool, str]:
    if line.endswith("  "):
        return True, line
    backslashes = len(line) - len(line.rstrip("\\"))
    return (True, line[:-1]) if backslashes % 2 else (False, line)


def read_messages(lines: Sequence[Numbered], quotes: Quotes) -> Group:
    """One paragraph a line: ``Sender: words``, or a line without a sender, which tells a time or names the talk.

    >>> [(p.text, p.role) for p in read_messages([(2, "Tuesday, 10:42"), (3, "Pru: up?")], "keep").paragraphs]
    [('Tuesday, 10:42', 'time'), ('Pru: up?', '')]
    """
    group = Group()
    scene_break = False
    for number, raw in lines:
        line = clean(raw)
        if not line or is_scene_break(line):
            scene_break |= bool(line)
            continue
        line = curl(line) if quotes == "curly" else line
        match = _MESSAGE.fullmatch(line)
        words = render(match["words"] if match else line)
        group.remarks += picture_remarks(words, number)
        if not words.text.strip():
            continue
        text, html = words.text, words.html
        if match:
            sender = render(match["sender"])
            text, html = f"{sender.text}: {text}", f"<dt>{sender.html}{_COLON}</dt><dd>{html}</dd>"
        role, opens = "" if match else "time", not group.paragraphs
        group.paragraphs.append(SourceParagraph("message", text, html, number, role, scene_break, opens))
        scene_break = False
    return group


def read_letter(lines: Sequence[Numbered], quotes: Quotes) -> Group:
    """Paragraphs parted by blank lines, line ends kept; ``> `` marks the dateline, ``-- `` or ``— `` the signature.

    >>> read_letter([(2, "> Wick, May"), (3, ""), (4, "-- Pru")], "keep").paragraphs[1].role
    'signature'
    """
    group = Group()
    scene_break = False
    for number, texts in _parted(lines):
        if len(texts) == 1 and is_scene_break(texts[0]):
            scene_break = True
            continue
        role, mark = "", None
        if all(text.startswith(">") for text in texts):
            role, mark = "dateline", _QUOTED
        elif _SIGNED.match(texts[0]):
            role, mark = "signature", _SIGNED
        source = "\n".join(
            filter(None, (mark.sub("", text, count=1) if mark and mark.match(text) else text for text in texts))
        )
        inline = render(curl(source) if quotes == "curly" else source)
        group.remarks += picture_remarks(inline, number)
        if inline.text.strip():
            opens = not group.paragraphs
            group.paragraphs.append(
                SourceParagraph("letter", inline.text, inline.html, number, role, scene_break, opens)
            )
            scene_break = False
    return group


def read_note(lines: Sequence[Numbered], quotes: Quotes) -> tuple[str, list[Remark]]:
    """An author's note as HTML paragraphs.

    >>> read_note([(2, "Thank *you*."), (3, ""), (4, "More soon.")], "keep")[0]
    '<p>Thank <em>you</em>.</p><p>More soon.</p>'
    """
    html: list[str] = []
    remarks: list[Remark] = []
    for number, texts in _parted(lines, cleaned=False):
        inline = set_prose(texts, quotes)
        remarks += picture_remarks(inline, number)
        if inline.text.strip():
            html.append(f"<p>{inline.html}</p>")
    return "".join(html), remarks


def picture_remarks(inline: Inline, number: int) -> list[Remark]:
    """One remark for each picture that the paragraph at line ``number`` had.

    >>> picture_remarks(render("![a map](map.png)"), 7)
    [Remark(line=7, text='The picture “a map” was left out.')]
    """
    return [
        Remark(number, f"The picture “{words}” was left out." if words else "A picture was left out.")
        for words in inline.pictures
    ]


def _parted(lines: Sequence[Numbered], *, cleaned: bool = True) -> Iterator[tuple[int, list[str]]]:
    """The runs of lines that are not blank, each with the number of its first."""
    for filled, run in groupby(lines, key=lambda line: bool(clean(line[1]))):
        if filled:
            numbered = list(run)
            yield numbered[0][0], [clean(text) if cleaned else text for _, text in numbered]
