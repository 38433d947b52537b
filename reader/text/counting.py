"""How much there is to read in a text: words, weight and minutes, also in scripts that put no blanks between words.

Knows nothing of paragraphs, pages or mark-up: plain text in, numbers out.
"""

import re
from typing import Final

WORDS_A_MINUTE: Final = 230
"""Silent reading of English: 238 words a minute for non-fiction, 260 for fiction (Brysbaert 2019, Journal of Memory
and Language 109, 104047, a review of 190 studies); a little less, as many readers read in a language not their own."""

CJK_A_WORD: Final = 2.0
"""Characters that take as long as an English word: 460 a minute. Japanese read aloud goes at about 357 a minute
(Trauzettel-Klosinski and Dietz 2012, IReST, Investigative Ophthalmology & Visual Science 53:9), and silent reading is
about 1.3 times as fast as reading aloud (Brysbaert 2019: 238 to 183)."""

SOUTHEAST_A_WORD: Final = 4.5
"""Thai, Lao, Khmer and Burmese words have about four or five letters, the marks above and below them aside."""

# Ideographs, their repetition and zero marks, kana; hangul parts its words by blanks and is counted by them.
_CJK = (
    "\u3005-\u3007\u3021-\u3029\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9d\U0001b000-\U0001b16f\U00020000-\U0003ffff"
)
# Letters only: a mark above or below a letter, and a digit, is not one more character to read.
_SOUTHEAST = (
    "\u0e01-\u0e30\u0e32\u0e33\u0e40-\u0e46\u0e81-\u0eb0\u0eb2\u0eb3\u0ebd-\u0ec6\u0edc-\u0edf"
    "\u1000-\u102a\u103f\u1050-\u1055\u1780-\u17b3\u17d7"
)
# The marks themselves are part of no other word either.
_SOUTHEAST_MARKS = (
    "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece\u102b-\u103e\u1056-\u1059\u17b4-\u17d3"
)

_UNSPACED = re.compile(f"[{_CJK}{_SOUTHEAST}]")
_CJK_RUN = re.compile(f"[{_CJK}]+")
_SOUTHEAST_RUN = re.compile(f"[{_SOUTHEAST}{_SOUTHEAST_MARKS}]+")
_MARK = re.compile(f"[{_SOUTHEAST_MARKS}]")
_WORD_LIKE = re.compile(r"\S*\w\S*")


def count_words(text: str) -> int:
    """Words by white space; where a script parts no words (Chinese, Japanese, Thai, Lao, Khmer, Burmese), characters.

    Equal to ``len(text.split())`` for every text without such a script. Beside such characters, what remains counts as
    a word only if it holds a letter or a digit, so that their punctuation is not counted.

    >>> count_words("One page — and then another."), count_words("これは本です。"), count_words("iPad を買う")
    (6, 6, 4)
    """
    words, cjk, southeast = _parts(text)
    return words + cjk + southeast


def weight(text: str) -> float:
    """How long a text takes to read, in English words: what pages are cut by.

    >>> weight("One page — and then another."), weight("これは本です。")
    (6.0, 3.0)
    """
    words, cjk, southeast = _parts(text)
    return words + cjk / CJK_A_WORD + southeast / SOUTHEAST_A_WORD


def reading_seconds(text: str) -> int:
    """The seconds that an ordinary reader takes for a text.

    >>> reading_seconds("word " * 230)
    60
    """
    return seconds_for(weight(text))


def seconds_for(weight: float) -> int:
    """The seconds for a known weight (in words), such as a chapter's sum.

    >>> seconds_for(1150)
    300
    """
    return round(weight * 60 / WORDS_A_MINUTE)


def _parts(text: str) -> tuple[int, int, int]:
    """Words by white space, CJK characters, Southeast Asian letters."""
    if text.isascii() or not _UNSPACED.search(text):
        return len(text.split()), 0, 0
    without_cjk = _CJK_RUN.sub(" ", text)
    cjk = sum(map(len, _CJK_RUN.findall(text)))
    southeast = sum(len(_MARK.sub("", run)) for run in _SOUTHEAST_RUN.findall(without_cjk))
    words = len(_WORD_LIKE.findall(_SOUTHEAST_RUN.sub(" ", without_cjk)))
    return words, cjk, southeast
