"""The rules of ours inside a line, for markdown-it: links between entries, braces, footnotes in place. They leave
tokens and know nothing of HTML."""

from typing import Final

from markdown_it.rules_inline import StateInline

from .braces import PATTERN as BRACES
from .braces import read_braces
from .wikilinks import PATTERN as LINK
from .wikilinks import WikiLink, read_target

_PLAIN: Final = frozenset(["text", "text_special", "code_inline", "em_open", "em_close", "strong_open", "strong_close"])
IN_NOTE: Final = "in_note"  # in env while the words of a footnote are parsed


def wikilink_rule(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 – markdown-it calls it
    """``[[Name]]`` and ``[[Target|shown words]]``; the words may be emphasised. It cannot stand inside another link."""
    if not state.src.startswith("[[", state.pos):
        return False
    match = LINK.match(state.src, state.pos, state.posMax)
    target = read_target(match[1]) if match else ""
    if match is None or not target:
        return False
    if not silent:
        token = state.push("wikilink", "", 0)
        shown = " ".join(match[2].split()) if match[2] else ""
        token.children = []
        if shown:
            state.md.inline.parse(shown, state.md, {}, token.children)
        if not all(child.type in _PLAIN for child in token.children):
            token.children = []
        token.content = "".join(child.content for child in token.children) or shown or target
        token.meta = {"link": WikiLink(target, token.content, prints_name=not shown)}
    state.pos = match.end()
    return True


def braces_rule(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 – markdown-it calls it
    """Citations and stamps; other words in braces are left to be text."""
    if state.src[state.pos] != "{":
        return False
    match = BRACES.match(state.src, state.pos, state.posMax)
    braces = read_braces(match[1]) if match else None
    if match is None or braces is None:
        return False
    if not silent:
        token = state.push("braces", "", 0)
        token.content = match[0]
        token.meta = {"braces": braces, "is_words": state.linkLevel > 0}
    state.pos = match.end()
    return True


def note_rule(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 – markdown-it calls it
    """A footnote in its place, ``^[words]``; not inside another."""
    start = state.pos
    if not state.src.startswith("^[", start, state.posMax) or state.env.get(IN_NOTE):
        return False
    end = state.md.helpers.parseLinkLabel(state, start + 1)
    if end < 0 or not state.src[start + 2 : end].strip():
        return False
    if not silent:
        maximum, state.pos, state.posMax = state.posMax, start + 2, end
        state.push("note_open", "small", 1)
        state.env[IN_NOTE] = True
        state.md.inline.tokenize(state)
        state.env[IN_NOTE] = False
        state.push("note_close", "small", -1)
        state.posMax = maximum
    state.pos = end + 1
    return True
