"""Finds what a body defines, ``[label]: address`` and ``[^label]: words of a footnote``, and where it is used: rules
for markdown-it, which do nothing in a text without definitions. ``definitions`` writes them out."""

import re
from dataclasses import dataclass, field
from typing import Final

from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.table import getLine
from markdown_it.rules_inline import StateInline, image, link

from .wikilinks import restore_bars

USES: Final = "uses"  # in env: the Uses of the text that is parsed
NOTES: Final = "notes"  # in env: key → Note
_BEGINS = re.compile(r"\[\^([^\[\]\s]{1,100})\]:[ \t]*")
_REFERS = re.compile(r"\[\^([^\[\]\s]{1,100})\]")
_PLAIN_ADDRESS = re.compile(r"[^\s()<>]+")


@dataclass(slots=True)
class Note:
    """A footnote as defined; the line is counted from 0."""

    text: str
    line: int


@dataclass(slots=True)
class Uses:
    """What a text uses: (start, end, words in its place, key of the definition)."""

    source: str
    found: list[tuple[int, int, str, str]] = field(default_factory=list)


def note_definition_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001
    """``[^label]: words``, with the lines that go on with it and, after a blank line, indented ones."""
    at = state.bMarks[start] + state.tShift[start]
    match = _BEGINS.match(state.src, at, state.eMarks[start])
    if match is None:
        return False
    if silent:
        return True
    words = [state.src[match.end() : state.eMarks[start]]]
    terminators = state.md.block.ruler.getRules("paragraph")
    line = start + 1
    while line < end:
        after_blank = state.isEmpty(line - 1)
        if state.isEmpty(line):
            line += 1
            continue
        indent = state.sCount[line] - state.blkIndent
        if indent < 0 or (after_blank and indent < 2):
            break
        if any(rule(state, line, end, True) for rule in terminators):  # noqa: FBT003 – as markdown-it does
            break
        words.append(getLine(state, line))
        line += 1
    text = restore_bars(" ".join(" ".join(words).split()))
    notes = state.env.setdefault(NOTES, {})
    key = key_of(match[1])
    notes[key if key not in notes else f"{key} {start}"] = Note(text, start)
    state.line = line
    return True


def note_reference_rule(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 – markdown-it calls it
    """``[^label]`` where such a footnote is defined, outside other footnotes."""
    match = _REFERS.match(state.src, state.pos, state.posMax) if NOTES in state.env else None
    uses = state.env.get(USES)
    if match is None or key_of(match[1]) not in state.env[NOTES] or not isinstance(uses, Uses):
        return False
    if not silent:
        state.pending += match[0]
        if state.src is uses.source:
            key = key_of(match[1])
            uses.found.append((match.start(), match.end(), f"^[{state.env[NOTES][key].text}]", f"^{key}"))
    state.pos = match.end()
    return True


def link_rule(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 – markdown-it calls it
    """markdown-it's links, noting those whose address is defined elsewhere."""
    start = state.pos
    if not link(state, silent):
        return False
    if not silent and _is_asked(state):
        _note_use(state, state.md.helpers.parseLinkLabel(state, start, True) + 1)  # noqa: FBT003 – links hold no links
    return True


def image_rule(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 – markdown-it calls it
    """markdown-it's images, noting those whose address is defined elsewhere."""
    start = state.pos + 1
    if not image(state, silent):
        return False
    if not silent and _is_asked(state):
        _note_use(state, state.md.helpers.parseLinkLabel(state, start) + 1)
    return True


def _is_asked(state: StateInline) -> bool:
    """Whether this very text is looked through, not the words for a picture in it."""
    uses = state.env.get(USES)
    return isinstance(uses, Uses) and state.src is uses.source


def _note_use(state: StateInline, label_end: int) -> None:
    """Notes the link or picture that has just been read, if its address was not in it."""
    open_ones = (token for token in reversed(state.tokens) if token.type in ("link_open", "image"))
    token = next(token for token in open_ones if "seen" not in token.meta)
    token.meta["seen"] = True
    if "label" not in token.meta:
        return
    address = str(token.attrs.get("href") or token.attrs.get("src"))
    address = address if _PLAIN_ADDRESS.fullmatch(address) else f"<{address}>"
    title = " ".join(str(token.attrs.get("title", "")).replace("\\", "\\\\").replace('"', '\\"').split())
    words = f'({address} "{title}")' if title else f"({address})"
    state.env[USES].found.append((label_end, state.pos, words, token.meta["label"]))


def key_of(label: str) -> str:
    """The key of a footnote's definition."""
    return label.casefold()
