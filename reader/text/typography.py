"""Cleans the blanks of a line and, when asked, curls its quotes. Knows lines only; a word is never changed."""

import re

from .source import Quotes

# French sets a no-break space before ; : ! ? » and after «: there it is meant, elsewhere a web page left it.
_KEPT_AFTER, _KEPT_BEFORE = "«‹", ";:!?»›"
_BLANKS = re.compile(rf"[ \t\xa0]{{2,}}|\t|\xa0(?![{_KEPT_BEFORE}])(?<![{_KEPT_AFTER}]\xa0)")
_UNTIDY = re.compile("[\t\xa0\ufeff]|  ")
# A line that holds nothing but these looks blank, so it is.
_INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060 ")
_INVISIBLE_AT_MOST = 8  # characters

_OPENS = r"(?:^|(?<=[\s(\[{<*_\-–—/“‘«]))"
_OPENING_DOUBLE = re.compile(rf'{_OPENS}"(?=\S)')
# Words that begin with an apostrophe, not with a quotation: 'tis, rock 'n' roll, the '90s.
_CLIPPED = re.compile(
    r"(?<![^\W_])(?<!\\)'(?=(?:tis|twas|twere|twill|em|cause|til|till|bout|round|n'?|nuff|cos|kay)(?![^\W_])|\d\ds?(?![^\W_]))",
    re.IGNORECASE,
)
_CLOSING_DOUBLE, _CLOSING_SINGLE = re.compile(r'(?<!\\)"'), re.compile(r"(?<!\\)'")
_OPENING_SINGLE = re.compile(rf"{_OPENS}'(?=\S)")


def clean(line: str) -> str:
    """The line without blanks at its ends; tabs, no-break spaces and runs of blanks become one space, inner BOMs go.

    U+202F and the other wide and thin spaces inside the line stay, as does the no-break space of French punctuation.

    >>> clean("  A\\xa0 line,\\tand more.\\xa0")
    'A line, and more.'
    """
    if _UNTIDY.search(line):
        line = _BLANKS.sub(" ", line.replace("\ufeff", ""))
    line = line.strip()
    if len(line) <= _INVISIBLE_AT_MOST and _INVISIBLE.issuperset(line):
        return ""
    return line


def curl(text: str) -> str:
    """Straight quotes as typographic ones, by the rules of English; one after a backslash is left alone.

    >>> curl('"It\\'s Pru\\'s," he said. "\\'Tis not."')
    '“It’s Pru’s,” he said. “’Tis not.”'
    """
    if '"' not in text and "'" not in text:
        return text
    text = _CLOSING_DOUBLE.sub("”", _OPENING_DOUBLE.sub("“", text))
    return _CLOSING_SINGLE.sub("’", _OPENING_SINGLE.sub("‘", _CLIPPED.sub("’", text)))


def set_type(line: str, quotes: Quotes) -> str:
    """The line cleaned, and its quotes curled if ``quotes`` says so.

    >>> set_type(' "Yes." ', "curly")
    '“Yes.”'
    """
    line = clean(line)
    return curl(line) if quotes == "curly" else line
