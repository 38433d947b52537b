"""Reads a Markdown manuscript: a small dialect of chapters, prose, messages, letters and author's notes. Whatever it
does not know is text. What stands inside a paragraph is for ``inline``, what between ``:::`` lines for ``groups``."""

import re
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from reader.errors import ManuscriptError

from .chapters import remark_on_order
from .decoding import Decoded, decode
from .frontmatter import read_front_matter
from .groups import Group, Numbered, picture_remarks, read_letter, read_messages, read_note, set_prose
from .headings import split_title
from .inline import render
from .pattern import ChapterLines
from .scenes import is_scene_break
from .source import Manuscript, Options, Remark, SourceChapter, SourceParagraph, build_manuscript
from .typography import set_type

_BEGINS_BLOCK = frozenset("#:*-–—_~⁂⁎⁑∗=+•·§※❦❧☙◊◆◇♦✻✼✽✦★☆○●♥♡⸻")
_DIRECTIVE = re.compile(r":{3,}\s*(?P<name>\S*)\s*(?P<rest>.*)")
_OTHER_MARKDOWN = re.compile(r"(?:>|[-+*]|\d{1,9}[.)])\s|```|\|.*\|$")
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,200}>")


def parse_markdown(data: bytes, options: Options) -> Manuscript:
    """The manuscript in a Markdown file; raises ManuscriptError, with its line, for what the dialect does not allow.

    >>> parse_markdown(b"# 1. Wind\\n\\nIt *blew*.", Options()).chapters[0].paragraphs[0].html
    'It <em>blew</em>.'
    """
    decoded = decode(data)
    metadata, start, remarks = read_front_matter(decoded.lines)
    reader = _Reader(decoded, options)
    reader.read(start)
    chapters = reader.finish()
    return build_manuscript(chapters, [*decoded.remarks, *remarks, *reader.remarks], metadata=metadata)


@dataclass(slots=True)
class _Chapter:
    """A chapter while it is read; ``number`` is the one in its heading."""

    title: str
    line: int
    number: int | None = None
    headed: bool = True
    paragraphs: list[SourceParagraph] = field(default_factory=list)
    notes_before: list[str] = field(default_factory=list)
    notes_after: list[str] = field(default_factory=list)
    published: str = ""
    break_line: int = 0  # of a scene break with nothing after it yet
    is_note_moved: bool = False

    def freeze(self) -> SourceChapter:
        before, after = "".join(self.notes_before), "".join(self.notes_after)
        return SourceChapter(self.title, self.line, tuple(self.paragraphs), before, after, self.published)


class _Reader:
    """Goes through the lines once; ``chapters`` grows, ``block`` holds the lines of the paragraph being read."""

    def __init__(self, decoded: Decoded, options: Options) -> None:
        self.lines, self.number = decoded.lines, decoded.number
        self.quotes = options.quotes
        self.pattern = ChapterLines(options.chapter_pattern) if options.chapter_pattern else None
        self.remarks: list[Remark] = []
        self.chapters: list[_Chapter] = []
        self.chapter = self._begin_chapter(_Chapter("", 1, headed=False))
        self.block: list[str] = []
        self.block_line = 0
        self.unknown: dict[str, list[int]] = {}  # what is no part of the dialect → the lines of it

    def read(self, start: int) -> None:
        index = start
        while index < len(self.lines):
            line = self.lines[index]
            stripped = line.strip()
            if not stripped:
                self._end_block()
            elif self.pattern and self._begins_by_pattern(stripped, index):
                pass
            elif stripped[0] == ":" and stripped.startswith(":::"):
                index = self._read_directive(index, stripped)
            elif not (stripped[0] in _BEGINS_BLOCK and self._read_mark(index, stripped)):
                if not self.block:
                    self.block_line = self.number(index)
                self.block.append(line)
            index += 1
        self._end_block()

    def finish(self) -> list[SourceChapter]:
        """The chapters that have text; raises ManuscriptError if none has, or the pattern parted nothing."""
        self._end_chapter()
        opening, *headed = self.chapters
        if self.pattern:
            self.pattern.check()
        kept = [chapter for chapter in self.chapters if chapter.paragraphs]
        if not kept:
            raise ManuscriptError("The file holds headings, notes or scene breaks, but no text.")
        if headed and not opening.paragraphs:
            headed[0].notes_before[:0] = opening.notes_before
        self._remark_on_chapters(opening, headed)
        self.remarks += remark_on_order((chapter.line, chapter.number) for chapter in kept)
        self._remark_on_unknown()
        return [chapter.freeze() for chapter in kept]

    def _begin_chapter(self, chapter: _Chapter) -> _Chapter:
        self.chapters.append(chapter)
        self.chapter = chapter
        return chapter

    def _end_chapter(self) -> None:
        if self.chapter.break_line:
            self._remark(
                self.chapter.break_line, "The scene break at the end of a chapter parts nothing; it was left out."
            )

    def _begins_by_pattern(self, stripped: str, index: int) -> bool:
        assert self.pattern
        title = self.pattern.title_in(stripped)
        if title is None:
            return False
        self._end_block()
        self._end_chapter()
        self._begin_chapter(_Chapter(render(set_type(title, self.quotes)).text, self.number(index)))
        return True

    def _read_mark(self, index: int, stripped: str) -> bool:
        """Takes a heading or a scene break; False if the line is text after all."""
        line = self.number(index)
        if stripped[0] == "#":
            level = len(stripped) - len(stripped.lstrip("#"))
            if level > 6 or stripped[level : level + 1].strip():
                return False
            self._end_block()
            self._read_heading(level, set_type(stripped[level:], self.quotes), line)
            return True
        if not is_scene_break(stripped):
            return False
        self._end_block()
        if self.chapter.paragraphs:
            self.chapter.break_line = line
        else:
            self._remark(line, "The scene break at the start of a chapter parts nothing; it was left out.")
        return True

    def _read_heading(self, level: int, words: str, line: int) -> None:
        closed = words.rstrip("#")
        if not closed or closed[-1] == " ":  # "## Title ##"
            words = closed.rstrip()
        inline = render(words)
        self.remarks += picture_remarks(inline, line)
        if level == 1 and not self.pattern:
            self._end_chapter()
            number, title = split_title(inline.text)
            self._begin_chapter(_Chapter(title, line, number))
        elif inline.text.strip():
            self._add(SourceParagraph("heading", inline.text, inline.html, line))
        else:
            self._remark(line, "A heading without words was left out.")

    def _end_block(self) -> None:
        if not self.block:
            return
        inline = set_prose(self.block, self.quotes)
        line = self.block_line
        first = self.block[0].strip()
        self.block = []
        if inline.pictures:
            self.remarks += picture_remarks(inline, line)
        if inline.text.strip():
            self._add(SourceParagraph("prose", inline.text, inline.html, line))
        if _OTHER_MARKDOWN.match(first):
            self.unknown.setdefault("Lists, quotations, tables and code", []).append(line)
        if "<" in inline.text and _TAG.search(inline.text):
            self.unknown.setdefault("HTML tags", []).append(line)

    def _add(self, paragraph: SourceParagraph) -> None:
        chapter = self.chapter
        if chapter.break_line:
            paragraph = replace(paragraph, scene_break=True)
            chapter.break_line = 0
        if chapter.notes_after and not chapter.is_note_moved:
            chapter.is_note_moved = True
            self._remark(paragraph.line, "The author's note before this paragraph was moved to the end of its chapter.")
        chapter.paragraphs.append(paragraph)

    def _read_directive(self, index: int, stripped: str) -> int:
        """Takes a ``:::`` line and, for a group, all up to its end; returns the index of the last line it took."""
        self._end_block()
        line = self.number(index)
        match = _DIRECTIVE.fullmatch(stripped)
        name, rest = (match["name"], match["rest"]) if match else ("", "")
        if name == "published":
            self._set_published(rest, line)
            return index
        if name not in ("messages", "letter", "note") or rest:
            raise ManuscriptError(
                f"Line {line}: there is no group open that this ::: could close."
                if stripped.strip(":") == ""
                else f"Line {line}: “{stripped[:80]}” is not known; there are ::: messages, letter, note and published."
            )
        end = self._find_end(index, name)
        numbered = [(self.number(inner), self.lines[inner]) for inner in range(index + 1, end)]
        if name == "note":
            self._take_note(numbered)
        else:
            group = (read_messages if name == "messages" else read_letter)(numbered, self.quotes)
            self._take_group(group, name, line)
        return end

    def _find_end(self, opening: int, name: str) -> int:
        for index in range(opening + 1, len(self.lines)):
            line = self.lines[index].strip()
            if line.startswith(":::"):
                if line.strip(":") == "":
                    return index
                break
            if line.startswith("# ") and not self.pattern:
                break
        raise ManuscriptError(
            f"Line {self.number(opening)}: the “::: {name}” that begins here is not closed by a ::: line."
        )

    def _take_note(self, numbered: list[Numbered]) -> None:
        html, remarks = read_note(numbered, self.quotes)
        self.remarks += remarks
        if html:
            (self.chapter.notes_after if self.chapter.paragraphs else self.chapter.notes_before).append(html)

    def _take_group(self, group: Group, name: str, line: int) -> None:
        self.remarks += group.remarks
        if not group.paragraphs:
            self._remark(line, f"The “::: {name}” that begins here holds nothing.")
        for paragraph in group.paragraphs:
            self._add(paragraph)

    def _set_published(self, rest: str, line: int) -> None:
        if not self.chapter.headed or self.chapter.paragraphs or self.chapter.published:
            raise ManuscriptError(f"Line {line}: “::: published” stands once in a chapter, right after its heading.")
        try:
            time = datetime.fromisoformat(rest)
        except ValueError:
            raise ManuscriptError(f"Line {line}: “{rest}” is not a time like 2027-01-31T18:00Z.") from None
        self.chapter.published = (time if time.tzinfo else time.replace(tzinfo=UTC)).isoformat()

    def _remark(self, line: int, text: str) -> None:
        self.remarks.append(Remark(line, text))

    def _remark_on_chapters(self, opening: _Chapter, headed: list[_Chapter]) -> None:
        for chapter in headed:
            if not chapter.paragraphs:
                notes = ", only notes" if chapter.notes_before else ""
                self._remark(chapter.line, f"The chapter that begins here has no text{notes}; it was left out.")
        if not headed:
            text = "No chapter headings (“# Title”) were found, so the text is one chapter; a pattern can name others."
            self._remark(0, text)
        elif opening.paragraphs:
            text = "The text before the first chapter heading was made a chapter of its own, without a title."
            self._remark(opening.paragraphs[0].line, text)

    def _remark_on_unknown(self) -> None:
        for what, lines in self.unknown.items():
            more = f" ({len(lines):,} times)" if len(lines) > 1 else ""
            self._remark(
                lines[0], f"{what} are not part of the dialect; from here on{more} their marks are shown as they stand."
            )
