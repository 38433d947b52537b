"""Definitions, ``[label]: address`` and ``[^label]: words of a footnote``, written out where they are used: a block is
rendered from its own source alone, so that no definition is left outside of its gate."""

from typing import Any, Final

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from reader.text.points import format_point

from .containers import Containers
from .inline import IN_NOTE
from .shape import Problem
from .uses import NOTES, USES, Note, Uses

LONGEST: Final = 400_000
"""Characters that definitions may be written out to in one body: a little text can ask for very much."""


class Definitions:
    """What a body defines, once its blocks are parsed; writes it out, and tells what is used nowhere."""

    def __init__(self, markdown: MarkdownIt, env: dict[str, Any], containers: Containers) -> None:
        self._markdown, self._env, self._containers = markdown, env, containers
        notes: dict[str, Note] = env.get(NOTES, {})
        self._lines: dict[str, int] = {key: link["map"][0] for key, link in env.get("references", {}).items()}
        self._lines |= {f"^{key}": note.line for key, note in notes.items()}
        self._unused = {*self._lines.values(), *(link["map"][0] for link in env.get("duplicate_refs", []))}
        self._left = LONGEST
        self._faults: dict[str, str] = {}  # of footnotes, by key
        for key, note in notes.items():
            written, self._faults[f"^{key}"] = self.write_out(note.text, in_note=True)
            note.text = self._enclosed(written)

    def write_out(self, source: str, *, in_note: bool = False) -> tuple[str, str]:
        """The source with what it uses in its place, and why it must be hidden, if so.

        What was defined in a container keeps its gate, as a stamp.
        """
        if not self._lines or "[" not in source:
            return source, ""
        uses = Uses(source)
        tokens: list[Token] = []
        self._markdown.inline.parse(source, self._markdown, {**self._env, USES: uses, IN_NOTE: in_note}, tokens)
        pieces, at, hidden = [], 0, ""
        for start, end, words, key in uses.found:
            line = self._lines[key]
            self._unused.discard(line)
            since = self._containers.since(line)
            stamp = f"{{since {format_point(since)}}}" if since is not None else ""
            pieces += [source[at:start], f"{words[:-1]}{stamp}]" if key[0] == "^" else words + stamp]
            at, hidden = end, hidden or self._containers.hidden(line) or self._faults.get(key, "")
            self._left -= len(words)
        if self._left < 0:
            return source, "The definitions that this text uses are too long, written out in each place."
        written = "".join([*pieces, source[at:]])
        notes = sum(use[3][0] == "^" for use in uses.found)
        if notes and self._count_notes(written) != notes + self._count_notes(source):
            return source, "A footnote cannot stand here: what is around it has a stray ` or bracket."
        return written, hidden

    def unused(self) -> list[Problem]:
        """A problem for each definition that would be lost, for no block uses it."""
        return [Problem(line + 1, "What is defined here is used nowhere.") for line in sorted(self._unused)]

    def _count_notes(self, source: str) -> int:
        tokens: list[Token] = []
        self._markdown.inline.parse(source, self._markdown, {}, tokens)
        return sum(token.type == "note_open" for token in tokens)

    def _enclosed(self, text: str) -> str:
        """The words of a footnote so that they can stand between brackets."""
        tokens: list[Token] = []
        self._markdown.inline.parse(text, self._markdown, {}, tokens)
        if any("`" in token.content for token in tokens if token.type == "text"):
            text = text.replace("`", "\\`")
        state = StateInline(f"[{text}]", self._markdown, {}, [])
        if self._markdown.helpers.parseLinkLabel(state, 0) == len(text) + 1:
            return text
        return text.replace("[", "(").replace("]", ")")
