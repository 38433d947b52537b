"""Reads a plain text: no mark-up, only lines, blanks and headings. Knows nothing of Markdown."""

from collections.abc import Callable
from html import escape

from reader.errors import ManuscriptError

from .chapters import Division, Separator, divide, divide_by_pattern, find_spans
from .decoding import decode
from .gaps import SceneFinder
from .headings import Heading
from .layout import Piece, find_width, lay_out
from .source import Manuscript, Options, Remark, SourceChapter, SourceParagraph, build_manuscript
from .typography import clean, curl


def parse_plain(data: bytes, options: Options) -> Manuscript:
    """The manuscript in a plain text; raises ManuscriptError for what is no text, and for a pattern that parts nothing.

    >>> [chapter.title for chapter in parse_plain(b"Chapter 1: Wind\\n\\nIt blew.", Options()).chapters]
    ['Wind']
    """
    decoded = decode(data)
    raw, number, remarks = decoded.lines, decoded.number, decoded.remarks
    lines = [line and clean(line) for line in raw]
    width = find_width(raw, lines)
    if options.chapter_pattern:
        division = divide_by_pattern(lines, options.chapter_pattern, number)
    else:
        division = divide(lines, by_line=not width, number=number)
    remarks += division.remarks
    for index in division.left_out:
        lines[index] = ""
    separators = _with_beginning(division, lines, number, remarks)
    if width:
        remarks.append(Remark(0, f"The lines are broken at about {width} characters; they were joined to paragraphs."))
    laid_out = [
        list(lay_out(raw, lines, start, end, width=width, number=number))
        for start, end in find_spans(separators, len(lines))
    ]
    if not any(piece.text for pieces in laid_out for piece in pieces):
        raise ManuscriptError("The file holds headings or scene breaks, but no text.")
    scenes = SceneFinder(laid_out, blank_runs=options.blank_runs, is_wrapped=width > 0, number=number)
    chapters: list[SourceChapter] = []
    for at, separator in enumerate(separators):
        chapter = _build_chapter(separator, scenes.mark(laid_out[at]), number, options)
        laid_out[at] = []  # a file of 50 MB is not held twice
        if chapter.paragraphs:
            chapters.append(chapter)
    return build_manuscript(chapters, [*remarks, *scenes.remarks], hints=scenes.hints)


def _with_beginning(
    division: Division, lines: list[str], number: Callable[[int], int], remarks: list[Remark]
) -> list[Separator]:
    """The separators, and one without a line for the text before them, if there is any."""
    separators = division.separators
    first = separators[0].index if separators else len(lines)
    opening = next((index for index in range(first) if lines[index]), None)
    if opening is None:
        return separators
    if not separators:
        remarks.append(
            Remark(0, "No chapter headings were found, so the text is one chapter; a chapter pattern can name them.")
        )
    elif separators[0].heading.form != "paste":
        text = "The text before the first chapter heading was made a chapter of its own, without a title."
        remarks.append(Remark(number(opening), text))
    return [Separator(opening, Heading("", None, ""), line_count=0), *separators]


def _build_chapter(
    separator: Separator, marked: list[tuple[Piece, bool]], number: Callable[[int], int], options: Options
) -> SourceChapter:
    title = separator.heading.title
    paragraphs: list[SourceParagraph] = []
    for piece, scene_break in marked:
        text = curl(piece.text) if options.quotes == "curly" else piece.text
        html = escape(text, quote=False)
        paragraphs.append(SourceParagraph("prose", text, html, number(piece.index), scene_break=scene_break))
    return SourceChapter(
        curl(title) if options.quotes == "curly" else title, number(separator.index), tuple(paragraphs)
    )
