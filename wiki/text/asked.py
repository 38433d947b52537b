"""What was typed into a search box, taken apart: words, “phrases” and -what is not wanted. Anything can be typed."""

import re
from dataclasses import dataclass
from typing import Final

LONGEST: Final = 200
"""Characters of what was typed that are looked at."""
MOST: Final = 12
"""Words, phrases and exclusions that are taken; what is typed after them is left out."""
_QUOTES: Final = str.maketrans(dict.fromkeys("“”„‟«»＂", '"') | dict.fromkeys("−－", "-") | {"’": "'", "‘": "'"})
# Halves of characters, marks of direction and other signs that nobody sees, and what is no character.
_UNSEEN: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff\ue000-\uf8ff]"
)
_TERM: Final = re.compile(r'(-?)"([^"]*)"?|(\S[^\s"]*)')
_PART: Final = (
    r"[^\s!-/:-@\[-`{-~\xa1-\xa9\xab-\xb4\xb6-\xb9\xbb-\xbf\u2000-\u206f\u3000-\u303f\uff01-\uff0f\uff1a-\uff20]"
)
_WORD: Final = re.compile(f"{_PART}+(?:'{_PART}+)*")


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked for. Each phrase is words parted by one blank; `without` holds words and phrases."""

    words: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    without: tuple[str, ...] = ()

    @property
    def plain(self) -> str:
        """All the words that are wanted, as one would type them without signs."""
        return " ".join([*self.words, *self.phrases])


def parse(typed: str) -> Asked:
    """Take apart what was typed; never fails, whatever it is.

    >>> parse('tide "low water" -Electra ""')
    Asked(words=('tide',), phrases=('low water',), without=('Electra',))
    >>> parse("well-known - -- 'tis \\x00 & | !"), parse("-").plain
    (Asked(words=('well', 'known', 'tis'), phrases=(), without=()), '')
    """
    text = _UNSEEN.sub(" ", typed[: LONGEST * 2].translate(_QUOTES))[:LONGEST]
    words: dict[str, None] = {}
    phrases: dict[str, None] = {}
    without: dict[str, None] = {}
    for minus, phrase, word in _TERM.findall(text):
        found = _WORD.findall(phrase or word)
        if minus or (word.startswith("-") and not word.startswith("--")):
            without |= {" ".join(found): None} if found else {}
        elif phrase and len(found) > 1:
            phrases[" ".join(found)] = None
        else:
            words |= dict.fromkeys(found)
    left = MOST - min(len(words), MOST)
    more = max(0, left - len(phrases))
    return Asked(tuple(words)[:MOST], tuple(phrases)[:left], tuple(without)[:more])
