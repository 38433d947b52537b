"""What the capitals of a name ask of a text, and what a capital proves. Knows English best; marks nothing as found."""

import re
from typing import Final

from wiki.text.folding import Folded, fold

_ARTICLES: Final = "the a an le la les el los las der die das den dem il lo gli"
_CONNECTING: Final = (
    "and at by for from in of on or to with de del della delle dei di da do dos das des du en et y e "
    "und von van zu zum zur"
)
_FREE_FIRST: Final = frozenset(_ARTICLES.split())
_FREE_INSIDE: Final = _FREE_FIRST | frozenset(_CONNECTING.split())
# Titles that are written with and without a full stop.
_ABBREVIATED: Final = "mr mrs ms mx messrs mme mlle dr prof rev fr st sr jr capt cpt lt col gen sgt maj cmdr hon"

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_STOPPED = re.compile(rf"\b({_ABBREVIATED.replace(' ', '|')})\b\.?(?=\s|$)", re.IGNORECASE)
_OPENING: Final = " \t\n\r\xa0“”‘’\"'«»‹›([{*_—–-"
_SENTENCE_END: Final = frozenset(".!?…:‽")
_LOOK_BACK: Final = 40  # characters


def needed(name: str) -> frozenset[int]:
    """The offsets of the capitals that a text must have too; other letters may be either.

    Free are a leading article, and small words (of, and, de …) before the last word. A name that is left with none is a
    described title and found in any case.

    >>> sorted(needed("The Cup Of China")), sorted(needed("The woman in the rain"))
    ([4, 11], [])
    """
    words = list(_WORD.finditer(name))
    free = {
        at
        for index, word in enumerate(words[:-1])
        if word[0].casefold() in (_FREE_INSIDE if index else _FREE_FIRST)
        for at in range(word.start(), word.end())
    }
    return written(name) - free


def written(name: str) -> frozenset[int]:
    """The offsets of all its capitals.

    >>> sorted(written("McLeod"))
    [0, 2]
    """
    return frozenset(at for at, char in enumerate(name) if char.istitle())


def with_and_without_stop(name: str) -> set[str]:
    """The spellings of a name that differ in the full stops of its abbreviated titles only.

    >>> sorted(with_and_without_stop("Mr Crane"))
    ['Mr Crane', 'Mr. Crane']
    """
    if not _STOPPED.search(name):
        return {name}
    return {name, _STOPPED.sub(r"\1", name), _STOPPED.sub(r"\1.", name)}


def opens_sentence(text: str, at: int) -> bool:
    """Whether any word would have a capital at this offset: first of the text, a line, a sentence or a quotation.

    >>> opens_sentence("It was cold. “Frost”", 14), opens_sentence("It was Mr. Frost.", 11)
    (True, False)
    """
    before = text[max(0, at - _LOOK_BACK) : at]
    rest = before.rstrip(_OPENING)
    gap = before[len(rest) :]
    if not rest or "\n" in gap or gap[-1:] in tuple("“‘\"'«‹([{"):
        return True
    if rest[-1] not in _SENTENCE_END or not gap:
        return False
    title = _WORD.findall(rest)[-1:] if rest[-1] == "." else []
    return not title or title[0].casefold() not in _ABBREVIATED.split()


def begins_small(message: str) -> bool:
    """Whether a message (“Pru: are you still up there”) is by someone who types no capitals: its first letter is small.

    >>> begins_small("Pru: skerrow, but im in F"), begins_small("Mum: WHAT seaside"), begins_small("so what")
    (True, False, True)
    """
    words = message.split(": ", 1)[-1] if ": " in message[:40] else message
    letter = next((char for char in words if char.isalpha()), "")
    return letter.islower()


def at_folded(name: Folded, offsets: frozenset[int]) -> tuple[int, ...]:
    """Offsets of a name as offsets of the folded name without the blanks around it.

    >>> at_folded(fold(" Straße Nord"), frozenset({1, 8}))
    (0, 8)
    """
    blanks = len(name.text) - len(name.text.lstrip())
    if name.steps:
        offsets = frozenset(len(fold(name.original[:at]).text) for at in offsets)
    return tuple(sorted(at - blanks for at in offsets))
