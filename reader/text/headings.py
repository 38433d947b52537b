"""Recognises one line as a chapter heading, and says which number and title it gives. Knows single lines, not files."""

import re
from dataclasses import dataclass

from .numerals import NUMBER, parse_number, parse_roman

LONGEST_HEADING = 160  # characters

_CHAPTER_WORDS = r"chapter|ch\.|kapitel|chapitre|cap[ií]tulo|capitolo|hoofdstuk|глава|rozdział|kapitola|fejezet"
_NUMBERED = r"(?:\s+|\s*(?=[#\d]))#?\s*(?P<number>{number})(?:\s*[:.)|–—-]+\s*(?P<title>.*)|\s+(?P<loose>.+))?"
_CHAPTER = re.compile(rf"(?:{_CHAPTER_WORDS}){_NUMBERED.format(number=NUMBER)}", re.IGNORECASE)
_PART = re.compile(rf"part{_NUMBERED.format(number=NUMBER)}", re.IGNORECASE)
_CHINESE = re.compile(
    r"第\s*(?P<number>[0-9０-９零〇一二三四五六七八九十百千两]{1,8})\s*[章回話话]"
    r"(?:\s*[:：.、-]+\s*|\s+|$)(?P<title>.*)(?P<loose>)"
)
_WORD = re.compile(
    r"(?:the\s+)?(?:prologue|prolog|epilogue|epilog|preface|foreword|introduction|prelude|interlude|intermission|afterword"
    rf"|coda|postscript|prólogo|epílogo|épilogue|пролог|эпилог)(?:\s+(?:{NUMBER}))?(?:\s*[:.–—-]+\s*.+)?",
    re.IGNORECASE,
)
_ROMAN = re.compile(r"(?P<number>[IVXLC]{1,8})(?:\s*(?P<mark>[:.)–—-])\s*(?P<title>.*))?")
_FIGURE = re.compile(r"(?P<number>\d{1,4})(?P<mark>[.)])?")
_HASH = re.compile(r"#\s+(?P<title>\S.*)")
_MAYBE = re.compile(
    rf"\W{{0,9}}(?:{_CHAPTER_WORDS}|part\b|第|(?:the\s+)?(?:pr|ep|ép|fo|in|af|co|po|пр|эп)[^\W\d]{{2}}"
    r"|[IVXLC]{1,8}(?:\W|$)|\d{1,4}\W{0,9}$)|#\s",
    re.IGNORECASE,
)
_PASTE = re.compile("chapter text", re.IGNORECASE)
_FORMS = (("chapter", _CHAPTER), ("chapter", _CHINESE), ("part", _PART))
_DECORATION = " *~=-–—_<>[]•·"
_CLOSING = str.maketrans("<[", ">]")
# "# 3. Title", "# III: Title", "# 3"; a bare year is a title.
_TITLE_NUMBER = re.compile(r"(?P<number>\d{1,3}|[IVXLC]{1,8})(?:\s*[:.)–—-]+(?:\s+(?P<title>.*))?)?")


@dataclass(frozen=True, slots=True)
class Heading:
    """What a line looks like: ``form`` is "paste", "chapter", "part", "hash", "word", "roman…" or "figure…"."""

    form: str
    number: int | None
    title: str


def recognise(line: str) -> Heading | None:
    """The heading that this line, cleaned, could be; None for most lines.

    >>> recognise("CHAPTER THREE: The Ferry")
    Heading(form='chapter', number=3, title='The Ferry')
    >>> recognise("Chapter 3 was the worst.") is None
    True
    """
    if len(line) > LONGEST_HEADING or not _MAYBE.match(line):
        return None
    if hashed := _HASH.fullmatch(line):
        return Heading("hash", *split_title(hashed["title"]))
    bare = _undecorate(line)
    for form, pattern in _FORMS:
        if match := pattern.fullmatch(bare):
            return _numbered(form, match)
    if _PASTE.fullmatch(bare):
        return Heading("paste", None, "")
    return Heading("word", None, bare) if _WORD.fullmatch(bare) else _lone_number(bare)


def _undecorate(line: str) -> str:
    """The words of "~ Chapter 3 ~" or "<Chapter 3>"; what follows a heading that begins with a word belongs to it."""
    words = line.lstrip(_DECORATION)
    before = line[: len(line) - len(words)]
    return words.rstrip(before.translate(_CLOSING) + " ") if before else line


def split_title(text: str) -> tuple[int | None, str]:
    """The number and the title of a ``# `` heading's text.

    >>> split_title("Chapter 3: The Ferry"), split_title("3. The Ferry"), split_title("1984")
    ((3, 'The Ferry'), (3, 'The Ferry'), (None, '1984'))
    """
    if (match := _CHAPTER.fullmatch(text)) and (heading := _numbered("hash", match)):
        return heading.number, heading.title
    if (match := _TITLE_NUMBER.fullmatch(text)) and (number := parse_number(match["number"])) is not None:
        return number, match["title"] or ""
    return None, text


def _numbered(form: str, match: re.Match[str]) -> Heading | None:
    number, loose = parse_number(match["number"]), match["loose"] or ""
    if (number is None and match.re is not _CHINESE) or (loose and not _reads_like_title(loose)):
        return None
    return Heading(form, number, (match["title"] or loose).strip())


def _reads_like_title(text: str) -> bool:
    """Whether words after a number, with no mark between, are a title and not the rest of a sentence."""
    return not text[0].islower() and len(text) <= 80 and text[-1] not in ".,;:"


def _lone_number(bare: str) -> Heading | None:
    if match := _FIGURE.fullmatch(bare):
        return Heading(f"figure{match['mark'] or ''}", int(match["number"]), "")
    if (match := _ROMAN.fullmatch(bare)) and (number := parse_roman(match["number"])) is not None:
        # Each way of writing them is a form of its own: "I - I mean" does not continue "II." and "III."
        title = match["title"] or ""
        return Heading(f"roman{match['mark'] or ''}{' titled' if title else ''}", number, title)
    return None
