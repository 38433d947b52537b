"""The shapes of a manuscript that has been read, and what a parser is. Knows nothing of files or the database."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, Protocol

_LONG = 50_000  # characters: no paragraph of a story, rather a file whose line ends were lost
Quotes = Literal["keep", "curly"]


@dataclass(frozen=True, slots=True)
class SourceParagraph:
    """One paragraph: taking the tags out of ``html`` (``<br>`` = a line end) and unescaping it gives ``text``."""

    kind: str  # "prose" | "heading" | "message" | "letter"
    text: str
    html: str
    line: int  # 1-based
    role: str = ""  # message: "" | "time"; letter: "" | "dateline" | "signature"
    scene_break: bool = False  # one stands before it
    opens: bool = False  # the first of its ::: group


@dataclass(frozen=True, slots=True)
class SourceChapter:
    """One chapter: ``title`` is "" when it has none, the notes are HTML paragraphs, ``published`` an ISO time or ""."""

    title: str
    line: int
    paragraphs: tuple[SourceParagraph, ...]
    note_before: str = ""
    note_after: str = ""
    published: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """A warning, hint or note for the person who imports; line 0 means the whole file."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Manuscript:
    """What a file was read as: at least one chapter, and no chapter without a paragraph."""

    chapters: tuple[SourceChapter, ...]
    remarks: tuple[Remark, ...]
    scene_breaks: int
    metadata: Mapping[str, Any]  # TOML front matter of a Markdown file


@dataclass(frozen=True, slots=True)
class Options:
    """What the person who imports decides: see ``manuscript.parse``."""

    chapter_pattern: re.Pattern[str] | None = None
    blank_runs: bool = True
    quotes: Quotes = "keep"


class Parser(Protocol):
    """Reads the bytes of one kind of file; raises ManuscriptError, in one sentence, when it cannot."""

    def __call__(self, data: bytes, options: Options) -> Manuscript: ...


def build_manuscript(
    chapters: list[SourceChapter],
    remarks: list[Remark],
    *,
    hints: list[Remark] | None = None,
    metadata: Mapping[str, Any] | None = None,
) -> Manuscript:
    """The manuscript of these chapters, its remarks by line, then its hints by line, and its scene breaks counted.

    >>> build_manuscript([], [Remark(9, "b"), Remark(2, "a")]).remarks[0].text
    'a'
    """
    scene_breaks = sum(paragraph.scene_break for chapter in chapters for paragraph in chapter.paragraphs)
    ordered = [*sorted([*remarks, *_remark_on_length(chapters)], key=_line), *sorted(hints or [], key=_line)]
    return Manuscript(tuple(chapters), tuple(ordered), scene_breaks, metadata or {})


def _remark_on_length(chapters: list[SourceChapter]) -> Iterator[Remark]:
    for chapter in chapters:
        for paragraph in chapter.paragraphs:
            if len(paragraph.text) > _LONG:
                yield Remark(paragraph.line, f"The paragraph that begins here has {len(paragraph.text):,} characters.")


def _line(remark: Remark) -> int:
    return remark.line
