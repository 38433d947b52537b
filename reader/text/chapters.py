"""Finds the lines that part a plain text into chapters: one form of heading per file, chosen by evidence, or the
pattern of the person who imports. Knows lines, not paragraphs."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from .headings import Heading, recognise
from .pattern import ChapterLines
from .scenes import is_scene_break
from .source import Remark

_WEAK = ("roman", "figure")  # forms that may as well be something else
_WIDEST_STEP = 3  # a weak heading may leave out this many numbers less one
_NAMED_AT_MOST = 5  # lines left as text that are named one by one
_LONGEST_TITLE_LINE = 80  # characters


@dataclass(frozen=True, slots=True)
class Separator:
    """A heading at ``lines[index]``; its title may take a second line."""

    index: int
    heading: Heading
    line_count: int = 1

    @property
    def end(self) -> int:
        """The index of the first line that may hold text."""
        return self.index + self.line_count


@dataclass(slots=True)
class Division:
    """Where the chapters begin, and the indexes of the heading lines that begin none and are no text either."""

    separators: list[Separator]
    left_out: list[int] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)


def divide_by_pattern(lines: Sequence[str], pattern: re.Pattern[str], number: Callable[[int], int]) -> Division:
    """Chapters begin at the lines that the pattern matches whole; raises ManuscriptError if it parts nothing.

    >>> divide_by_pattern(["== A", "x", "== B", "y"], re.compile("== (.)"), int).separators[1].heading.title
    'B'
    """
    chapter_lines = ChapterLines(pattern)
    titles = [(index, chapter_lines.title_in(line)) for index, line in enumerate(lines) if line]
    chapter_lines.check()
    found = [Separator(index, Heading("pattern", None, title)) for index, title in titles if title is not None]
    return _without_empty(Division(found), lines, number)


def divide(lines: Sequence[str], *, by_line: bool, number: Callable[[int], int]) -> Division:
    """Chapters begin at the headings of the form that the file uses most; lines are cleaned, blank ones "".

    A heading stands after a blank line or at the start; where each line is a paragraph (``by_line``), one that carries
    the number next in turn may follow text too. Lone numbers count only as a rising series with text between.

    >>> division = divide(["Chapter 1", "", "x", "", "Chapter 2", "", "y"], by_line=True, number=int)
    >>> [separator.index for separator in division.separators]
    [0, 4]
    """
    candidates: dict[str, list[Separator]] = defaultdict(list)
    for index, line in enumerate(lines):
        if line and (heading := recognise(line)):
            candidates[heading.form].append(Separator(index, heading))
    if not candidates:
        return Division([])
    forms = {form: _accept(form, found, lines, by_line=by_line) for form, found in candidates.items()}
    form = _choose(forms)
    division = Division(_join_words(form, forms))
    if form in ("chapter", "hash"):
        _leave_out_repeats(division, forms.get("paste", []), lines, number)
    division.separators = [_with_title_line(separator, lines) for separator in division.separators]
    _remark_on_others(division, form, forms, lines, number)
    _without_empty(division, lines, number)
    division.remarks += remark_on_order((number(one.index), one.heading.number) for one in division.separators)
    return division


def _accept(form: str, found: list[Separator], lines: Sequence[str], *, by_line: bool) -> list[Separator]:
    if form == "word":
        return [separator for separator in found if _after_blank(separator, lines) and _before_blank(separator, lines)]
    if form.startswith(_WEAK):
        return _rising_series(found, lines)
    accepted: list[Separator] = []
    expected = 1
    for separator in found:
        value = separator.heading.number
        in_turn = by_line and (value == expected if form in ("chapter", "part") else True)
        if in_turn or _after_blank(separator, lines):
            accepted.append(separator)
            expected = expected + 1 if value is None else value + 1
    return accepted


def _after_blank(separator: Separator, lines: Sequence[str]) -> bool:
    return separator.index == 0 or not lines[separator.index - 1]


def _before_blank(separator: Separator, lines: Sequence[str]) -> bool:
    return separator.end >= len(lines) or not lines[separator.end]


def _rising_series(found: list[Separator], lines: Sequence[str]) -> list[Separator]:
    series: list[Separator] = []
    last = 0
    for separator in found:
        value = separator.heading.number or 0
        if not (_after_blank(separator, lines) and _before_blank(separator, lines)):
            continue
        if value == 1 and len(series) <= 1:
            series = [separator]
        elif 0 < value - last <= (_WIDEST_STEP if series else 2):
            series.append(separator)
        else:
            continue
        last = value
    with_text = sum(_has_text(lines, *span) for span in find_spans(series, len(lines)))
    return series if len(series) >= 2 and with_text * 2 >= len(series) and with_text >= 2 else []


def _choose(forms: dict[str, list[Separator]]) -> str:
    def most(names: Iterable[str]) -> str:
        return max(names, key=lambda name: len(forms.get(name, [])), default="")

    strong = most(("chapter", "hash", "paste"))
    weak = most(["part", *(form for form in forms if form.startswith(_WEAK))])
    count, weak_count = len(forms.get(strong, [])), len(forms.get(weak, []))
    # One "# Title" above many numbered chapters is the title of the story.
    if count and not (strong == "hash" and count == 1 and weak_count >= 2):
        return strong
    return weak if weak_count else "word"


def _join_words(form: str, forms: dict[str, list[Separator]]) -> list[Separator]:
    """A prologue or an interlude stands among numbered chapters; in an archive paste or under ``#`` it is text."""
    words = forms.get("word", []) if form not in ("paste", "hash", "word") else []
    return sorted([*forms.get(form, []), *words], key=lambda separator: separator.index)


def _with_title_line(separator: Separator, lines: Sequence[str]) -> Separator:
    """The separator with the line under it as its title, if that looks like one ("CHAPTER I" over "Down the River")."""
    below = lines[separator.end] if separator.end < len(lines) else ""
    ended = separator.end + 1 >= len(lines) or not lines[separator.end + 1]
    heading = separator.heading
    if heading.title or heading.form in ("paste", "hash", "word") or not (below and ended):
        return separator
    sentence = below[0].islower() or below[-1] in ".,;:”’\"'" or len(below) > _LONGEST_TITLE_LINE
    if sentence or is_scene_break(below) or recognise(below) or not any(lines[separator.end + 1 :][:40]):
        return separator
    return replace(separator, heading=replace(heading, title=below), line_count=2)


def find_spans(separators: Sequence[Separator], line_count: int) -> list[tuple[int, int]]:
    """The lines of each chapter, without its heading, as indexes from and to.

    >>> find_spans([Separator(0, Heading("chapter", 1, "")), Separator(5, Heading("chapter", 2, ""))], 9)
    [(1, 5), (6, 9)]
    """
    ends = [*(separator.index for separator in separators), line_count][1:]
    return [(separator.end, end) for separator, end in zip(separators, ends, strict=True)]


def _has_text(lines: Sequence[str], start: int, end: int) -> bool:
    return any(lines[index] and not is_scene_break(lines[index]) for index in range(start, end))


def _without_empty(division: Division, lines: Sequence[str], number: Callable[[int], int]) -> Division:
    kept: list[Separator] = []
    for separator, (start, end) in zip(division.separators, find_spans(division.separators, len(lines)), strict=True):
        if _has_text(lines, start, end):
            kept.append(separator)
        else:
            text = f"“{lines[separator.index]}” has no text under it; it was left out."
            division.remarks.append(Remark(number(separator.index), text))
            division.left_out += range(separator.index, separator.end)
    division.separators = kept
    return division


def _leave_out_repeats(
    division: Division, repeats: list[Separator], lines: Sequence[str], number: Callable[[int], int]
) -> None:
    """A page saved whole has "Chapter Text" under each "Chapter 3: Title"."""
    if repeats:
        first = repeats[0].index
        text = f"“{lines[first]}” stands under chapter headings ({len(repeats)} times); it was left out."
        division.remarks.append(Remark(number(first), text))
        division.left_out += (separator.index for separator in repeats)


def _remark_on_others(
    division: Division, form: str, forms: dict[str, list[Separator]], lines: Sequence[str], number: Callable[[int], int]
) -> None:
    used = {separator.index for separator in division.separators} | set(division.left_out)
    # Numerals alone are sections of a chapter as often as not.
    named = [found for name, found in forms.items() if not name.startswith(_WEAK)]
    others = [other.index for found in named for other in found if other.index not in used]
    for index in sorted(others)[:_NAMED_AT_MOST]:
        text = (
            f"“{lines[index]}” looks like a chapter heading, but the chapters of this file begin otherwise; it is text."
        )
        division.remarks.append(Remark(number(index), text))
    if len(others) > _NAMED_AT_MOST:
        division.remarks.append(
            Remark(0, f"{len(others) - _NAMED_AT_MOST:,} more lines look like chapter headings and stay text.")
        )


def remark_on_order(numbered: Iterable[tuple[int, int | None]]) -> list[Remark]:
    """A remark for each heading, given as its line and its number if it has one, that does not continue the count.

    >>> remark_on_order([(1, 1), (50, None), (90, 3)])
    [Remark(line=90, text='Chapter 3 comes after chapter 1.')]
    """
    remarks: list[Remark] = []
    last: int | None = None
    for line, value in numbered:
        if value is None:
            continue
        if last is not None and value != last + 1:
            remarks.append(Remark(line, f"Chapter {value} comes after chapter {last}."))
        last = value
    return remarks
