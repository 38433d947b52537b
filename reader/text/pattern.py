"""Applies the regular expression by which a person says how chapters begin. Knows lines, whatever the kind of file."""

import re
from dataclasses import dataclass

from reader.errors import ManuscriptError

from .headings import recognise

_LOOKS_AT = 500  # characters of a line: many a pattern would need ages for a line of megabytes


def compile_pattern(pattern: str | None) -> re.Pattern[str] | None:
    """The pattern compiled; raises ManuscriptError, in one sentence, if it is none.

    >>> compile_pattern("== .* ==").pattern
    '== .* =='
    """
    if pattern is None:
        return None
    try:
        return re.compile(pattern)
    except (re.error, OverflowError, RecursionError) as error:
        raise ManuscriptError(f"The chapter pattern “{pattern}” is not a regular expression: {error}.") from None


@dataclass(slots=True)
class ChapterLines:
    """Asked for each line that is not blank, in any order, then checked once."""

    pattern: re.Pattern[str]
    is_matched: bool = False
    is_everything: bool = True

    def title_in(self, line: str) -> str | None:
        """The title that the line, if the pattern matches it whole, gives its chapter; None for a line of text.

        The group "title", else the first group, holds it; without groups it is what a known form of heading gives,
        else the whole line. A line of more than 500 characters is text.

        >>> ChapterLines(re.compile("== (.*)")).title_in("== The Ferry")
        'The Ferry'
        """
        match = self.pattern.fullmatch(line[:_LOOKS_AT])
        if not match:
            self.is_everything = False
        if not match or len(line) > _LOOKS_AT:
            return None
        self.is_matched = True
        if "title" in self.pattern.groupindex:
            return (match["title"] or "").strip()
        if self.pattern.groups:
            return (match[1] or "").strip()
        heading = recognise(line)
        return heading.title if heading else line

    def check(self) -> None:
        """Raises ManuscriptError if the pattern matched nothing, or everything.

        >>> ChapterLines(re.compile("x")).check()
        Traceback (most recent call last):
        reader.errors.ManuscriptError: The chapter pattern “x” matches no line of the file.
        """
        if not self.is_matched:
            raise ManuscriptError(f"The chapter pattern “{self.pattern.pattern}” matches no line of the file.")
        if self.is_everything:
            raise ManuscriptError(
                f"The chapter pattern “{self.pattern.pattern}” matches every line, so no text would be left."
            )
