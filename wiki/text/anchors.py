"""What one can jump to on a page that was put together: ids of headings, and footnotes gathered at its end."""

import re
from collections import defaultdict
from typing import NamedTuple

from .plain import plain

_NOTE = re.compile(r'<small class="note">(.*?)</small>', re.DOTALL)
_HEADING = re.compile(r"<(h[2-6])>(.*?)</h[2-6]>", re.DOTALL)
_NOT_WORDS = re.compile(r"[\W_]+")


class Section(NamedTuple):
    """A line of a page's contents: the level of its heading as shown (2–6), the heading's id, its words."""

    level: int
    identity: str
    title: str


class Headings:
    """Gives headings their ids, each only once; all begin with `prefix`."""

    def __init__(self, prefix: str = "") -> None:
        self.prefix = prefix
        self.found: list[Section] = []
        self.taken: set[str] = set()
        self.next_number = defaultdict[str, int](lambda: 1)

    def mark(self, html: str) -> str:
        match = _HEADING.fullmatch(html)
        if match is None:
            return html
        title = plain(_NOTE.sub("", match[2]))
        stem = f"{self.prefix}h-" + (_NOT_WORDS.sub("-", title.lower()).strip("-")[:60] or "section")
        identity = stem
        while identity in self.taken:
            self.next_number[stem] += 1
            identity = f"{stem}-{self.next_number[stem]}"
        self.taken.add(identity)
        self.found.append(Section(int(match[1][1]), identity, title))
        return f'<{match[1]} id="{identity}">{match[2]}</{match[1]}>'


def set_notes(html: str, notes: str, back: str, prefix: str = "") -> str:
    found: list[str] = []

    def number(match: re.Match[str]) -> str:
        found.append(match[1].strip())
        here = len(found)
        return f'<sup class="note"><a id="{prefix}note-back-{here}" href="#{prefix}note-{here}">{here}</a></sup>'

    html = _NOTE.sub(number, html)
    if not found:
        return html
    items = "".join(
        f'<li id="{prefix}note-{here}">{words} <a href="#{prefix}note-back-{here}" aria-label="{back}">↩</a></li>'
        for here, words in enumerate(found, start=1)
    )
    return f'{html}<section class="notes" aria-label="{notes}"><ol>{items}</ol></section>'
