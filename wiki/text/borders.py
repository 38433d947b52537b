"""Where a name may begin and end in a text: never inside a longer word, number or compound.

Knows folded texts and offsets, and of names nothing but that they stand there.
"""

import re
import unicodedata
from typing import Final

from wiki.text.folding import KEPT_CHARACTERS, Folded

JOINERS: Final = frozenset("'_-.,:")
"""What may hold two halves of a word or a number together; all else beside a letter is the end of its word."""
# “Ines’s coat”, “Ines’d gone”: English hangs these on any name. Not 'm and 't, which only hang on words of their own.
_TAIL: Final = re.compile(r"(?:'(?:s|d|ll|ve|re))+")
# “l’Électra”, “d’Ines”, “dell’Electra”: French and Italian, small letters only ("D'Angelo" is one name, "O'Brien" too).
_ELIDED: Final = "c d j l m n s t qu all dall dell nell sull un quest"
_HEADS: Final = frozenset(_ELIDED.split())


class _Words(dict[str, bool]):
    """Whether a character belongs to words: letters, decimal digits, and marks that folding leaves; no note numbers."""

    def __missing__(self, char: str) -> bool:
        answer = char.isalpha() or char.isdecimal() or unicodedata.category(char) in {"Mn", "Mc", "Nl"}
        if len(self) < KEPT_CHARACTERS:
            self[char] = answer
        return answer


IN_WORD: Final = _Words()
"""Whether a character is part of words, by character; fills itself."""


_BLANKED: Final = bytes(code if IN_WORD[chr(code)] else 32 for code in range(128)).ljust(256, b" ")
_COMMON: Final = "—…–"  # of all that folding leaves, what keeps most texts from being ASCII


def blanked(text: str) -> str:
    """A folded text of the same length with a blank for all that is no part of words.

    >>> blanked("ex-ines’s café…")
    'ex ines s café '
    """
    if not text.isascii():
        for mark in _COMMON:
            text = text.replace(mark, " ")
    if text.isascii():
        return text.encode("ascii").translate(_BLANKED).decode("ascii")
    return text.translate(_BLANKS)


class _Blanks(dict[int, int]):
    """For `str.translate`: a blank for what is no part of words."""

    def __missing__(self, code: int) -> int:
        answer = code if IN_WORD[chr(code)] else 32
        if len(self) < KEPT_CHARACTERS:
            self[code] = answer
        return answer


_BLANKS: Final = _Blanks()


def stands_free(folded: Folded, start: int, end: int) -> bool:
    """Whether the stretch from `start` to `end` of the folded text is no part of a longer word.

    A possessive or “’d”, “’ll” after it and a small “l’” before it do not count. Across a hyphen it is free if it is
    written with capitals and all other parts are small (“ex-Ines”, “Ines-like”, not “Jean-Luc”), or if it is stammered.

    >>> from wiki.text.folding import fold
    >>> stands_free(fold("Maria"), 0, 4), stands_free(fold("Mari’s"), 0, 4), stands_free(fold("M-Mari"), 2, 6)
    (False, True, True)
    """
    return (start == 0 or _begins_freely(folded, start, end)) and (
        end == len(folded.text) or _ends_freely(folded, start, end)
    )


def _begins_freely(folded: Folded, start: int, end: int) -> bool:
    text = folded.text
    before = text[start - 1]
    if not IN_WORD[text[start]]:
        return True
    if before not in JOINERS:
        return not IN_WORD[before]
    if start == 1 or not IN_WORD[text[start - 2]]:
        return True
    if before == "-":
        return _is_free_of_heads(folded, start, end)
    if before == "'":
        head = _word_start(text, start - 1)
        return text[head : start - 1] in _HEADS and folded.is_small(head) and not _is_joined(text, head)
    return before != "_" and not (text[start].isdecimal() and text[start - 2].isdecimal())


def _ends_freely(folded: Folded, start: int, end: int) -> bool:
    text = folded.text
    after = text[end]
    if not IN_WORD[text[end - 1]]:
        return True
    if after not in JOINERS:
        return not IN_WORD[after]
    if end + 1 == len(text) or not IN_WORD[text[end + 1]]:
        return True
    if after == "-":
        return _is_free_of_tails(folded, start, end)
    if after == "'":
        tail = _TAIL.match(text, end)
        return tail is not None and (tail.end() == len(text) or not IN_WORD[text[tail.end()]])
    return after != "_" and not (text[end - 1].isdecimal() and text[end + 1].isdecimal())


def _is_free_of_heads(folded: Folded, start: int, end: int) -> bool:
    """Whether what hyphens join to the front is small (“ex-Ines”) or the stammered beginning (“I-In-Ines”)."""
    text = folded.text
    word = text[start : _word_end(text, start)]
    is_proper = end - start > 1 and folded.is_capital(start)
    at = start
    while at > 1 and text[at - 1] == "-" and IN_WORD[text[at - 2]]:
        part = _word_start(text, at - 1)
        head = text[part : at - 1]
        is_stammered = word.startswith(head) and len(head) < len(word)
        if not is_stammered and not (is_proper and folded.is_small(part)):
            return False
        at = part
    return True


def _is_free_of_tails(folded: Folded, start: int, end: int) -> bool:
    """Whether what hyphens join to the end is small: “Ines-like”, not “Jean-Luc”, “Stratford-on-Avon”, “T-shirt”."""
    text = folded.text
    if end - start == 1 or not folded.is_capital(max(start, _word_start(text, end))):
        return False
    at = end
    while at + 1 < len(text) and text[at] == "-" and IN_WORD[text[at + 1]]:
        if not folded.is_small(at + 1):
            return False
        at = _word_end(text, at + 1)
    return True


def _is_joined(text: str, at: int) -> bool:
    """Whether something stands before a word that makes it part of a longer one."""
    return at > 1 and text[at - 1] in "'_-" and IN_WORD[text[at - 2]]


def _word_start(text: str, end: int) -> int:
    while end and IN_WORD[text[end - 1]]:
        end -= 1
    return end


def _word_end(text: str, start: int) -> int:
    while start < len(text) and IN_WORD[text[start]]:
        start += 1
    return start
