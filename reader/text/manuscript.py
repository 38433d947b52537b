"""The way in for manuscripts: chooses the parser by the file's ending. The shapes live in ``source`` and may be
imported from here. Knows nothing of files on a disk or of the database."""

from pathlib import PurePath

from .markdown import parse_markdown
from .pattern import compile_pattern
from .plain import parse_plain
from .source import Manuscript, Options, Parser, Quotes, Remark, SourceChapter, SourceParagraph

__all__ = [
    "PARSERS",
    "Manuscript",
    "Options",
    "Parser",
    "Quotes",
    "Remark",
    "SourceChapter",
    "SourceParagraph",
    "parse",
]

#: By ending, lower case, with its dot; any other file is read as plain text.
PARSERS: dict[str, Parser] = {".md": parse_markdown, ".markdown": parse_markdown}


def parse(
    data: bytes, *, name: str, chapter_pattern: str | None = None, blank_runs: bool = True, quotes: Quotes = "keep"
) -> Manuscript:
    """The manuscript in the bytes of the file called ``name``; raises ManuscriptError, one sentence, if it is refused.

    ``chapter_pattern`` is a regular expression for the lines that begin chapters; ``blank_runs=False`` takes no run of
    blank lines for a scene break; ``quotes="curly"`` curls straight quotes.

    >>> manuscript = parse(b"The wind.\\n\\n***\\n\\nThe rain.\\n", name="weather.txt")
    >>> [(paragraph.text, paragraph.scene_break) for paragraph in manuscript.chapters[0].paragraphs]
    [('The wind.', False), ('The rain.', True)]
    """
    options = Options(compile_pattern(chapter_pattern), blank_runs, quotes)
    return PARSERS.get(PurePath(name).suffix.lower(), parse_plain)(data, options)
