"""Makes spellings equal that a reader takes for one (case, accents, kinds of apostrophe, hyphen and blank).

Keeps the way back: every offset in the folded text leads to one in the original. Knows nothing of names.
"""

import re
import unicodedata
from bisect import bisect_right
from typing import Final, NamedTuple

# Written otherwise on paper, by hand and by word processors; a reader sees no difference.
_ALIKE: Final = (
    dict.fromkeys("‘’ʼʻ´＇", "'")
    | dict.fromkeys("‐‑﹣－", "-")
    | dict.fromkeys("“”„‟", '"')
    # Letters with a stroke and the like, which Unicode does not take apart; as in PostgreSQL's unaccent.
    | {"ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
)
INVISIBLE: Final = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
"""Soft hyphen, zero-width blanks and joiners, marks of direction: they vanish."""
KEPT_CHARACTERS: Final = 20_000
"""Of so many characters a process remembers what they are; no real story has more."""

_STRANGE = re.compile("[^ -~]")  # all but the printable part of ASCII


class Folded(NamedTuple):
    """A folded text and the way back to its original.

    `steps` and `origins` are empty where both have the same length; otherwise the folded text from `steps[i]` up to the
    next step is, character by character, the original from `origins[i]` on.
    """

    text: str
    original: str
    steps: tuple[int, ...] = ()
    origins: tuple[int, ...] = ()

    def origin(self, at: int) -> int:
        """The original offset of a folded one; from within an expanded character (ß → ss) the one after it.

        >>> fold("Groß  Bay").origin(6)
        6
        """
        if not self.steps:
            return at
        step = bisect_right(self.steps, at) - 1
        origin = self.origins[step] + at - self.steps[step]
        return min(origin, self.origins[step + 1]) if step + 1 < len(self.steps) else origin

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original stretch of a folded one, with the accents of its last letter, not what is invisible after it.

        >>> fold("Zoe\\u0308\\u200b said").span(0, 3)
        (0, 4)
        """
        if not self.steps:
            return start, end
        first, last = self.origin(start), self.origin(end)
        while last > first and self.original[last - 1] in INVISIBLE:
            last -= 1
        return first, last

    def is_even(self, start: int, end: int) -> bool:
        """Whether a folded stretch is surely the original one character by character, and cuts none that became two.

        >>> fold("ﬁlm, set").is_even(2, 4), fold("ﬁlm, set").is_even(1, 4)
        (True, False)
        """
        after = bisect_right(self.steps, start)
        if after != bisect_right(self.steps, end):
            return False
        return after == len(self.steps) or self.origins[after - 1] + end - self.steps[after - 1] < self.origins[after]

    def is_capital(self, at: int) -> bool:
        """Whether the character at a folded offset was written as a capital.

        >>> fold("Ines").is_capital(0), fold("Ines").is_capital(1)
        (True, False)
        """
        return self.original[self.origin(at)].istitle()  # of one character: a capital or a digraph such as ǅ

    def has_capitals(self, start: int, offsets: tuple[int, ...]) -> bool:
        """Whether all the characters so far behind a folded offset were written as capitals.

        >>> fold("Ines Tarrant").has_capitals(0, (0, 5))
        True
        """
        original = self.original
        if self.steps:
            return all(original[self.origin(start + offset)].istitle() for offset in offsets)
        # Asked at every name of every text, so without calls.
        for offset in offsets:  # noqa: SIM110 - a generator takes twice as long
            if not original[start + offset].istitle():
                return False
        return True

    def is_small(self, at: int) -> bool:
        """Whether it was written as a small letter.

        >>> fold("Ines").is_small(1)
        True
        """
        return self.original[self.origin(at)].islower()


def fold(text: str) -> Folded:
    """A text without case and accents, its apostrophes, hyphens and double quotes straight, its blanks single.

    >>> fold("Zoë’s\\xa0 ﬁlm, in Łódź").text
    "zoe's film, in lodz"
    """
    strange = set(_STRANGE.findall(text))
    if not strange and "  " not in text:
        return Folded(text.lower(), text)
    odd = [char for char in strange if len(_FOLDS[char]) != 1]
    if odd or _has_run(text, strange):
        return _fold_unevenly(text, odd, strange)
    return Folded(_fold_evenly(text, strange), text)


def _has_run(text: str, strange: set[str]) -> bool:
    """Whether two blanks of any kind stand side by side."""
    if "  " in text:
        return True
    return any(char.isspace() for char in strange) and re.search(r"\s\s", text) is not None


def _fold_evenly(text: str, strange: set[str]) -> str:
    """Each character by one other; a few kinds of strange ones in a long text, so kind by kind."""
    for char in strange:
        if (folded := _FOLDS[char]) != char:
            text = text.replace(char, folded)
    return text.casefold()


def _fold_unevenly(text: str, odd: list[str], strange: set[str]) -> Folded:
    """As `_fold_evenly`, after the characters that change the length, whose places are kept."""
    pieces: list[str] = []
    steps, origins = [0], [0]
    size = at = 0
    for match in _changing(odd).finditer(text):
        folded = _FOLDS[match[0]] if len(match[0]) == 1 else " "
        pieces += text[at : match.start()], folded
        size += match.start() - at + len(folded)
        at = match.end()
        steps.append(size)
        origins.append(at)
    pieces.append(text[at:])
    even = _fold_evenly("".join(pieces), strange.difference(odd))
    return Folded(even, text, tuple(steps), tuple(origins))


def _changing(odd: list[str]) -> re.Pattern[str]:
    """Runs of blanks, with what vanishes between them, and single characters that become none or several."""
    gone = "".join(re.escape(char) for char in odd if not _FOLDS[char])
    single = "|" + "|".join(map(re.escape, odd)) if odd else ""
    return re.compile(rf"\s[\s{gone}]*\s{single}")


class _Folds(dict[str, str]):
    """What each character becomes, worked out when first met; a text of all Unicode does not fill the memory."""

    def __missing__(self, char: str) -> str:
        folded = _fold_character(char)
        if len(self) < KEPT_CHARACTERS:
            self[char] = folded
        return folded


def _fold_character(char: str) -> str:
    if char.isspace():
        return " "
    if char in INVISIBLE or unicodedata.name(char, "").startswith("VARIATION SELECTOR"):
        return ""
    if unicodedata.category(char) == "Cs":
        return "\ufffd"  # half a character, left by a broken decoder: nothing that the automaton could take
    folded = char.casefold()
    letters = unicodedata.normalize("NFD", folded)
    if any(map(_is_accent, letters)):
        folded = "".join(letter for letter in letters if not _is_accent(letter))
    return "".join(_ALIKE.get(letter, letter) for letter in folded)


def _is_accent(char: str) -> bool:
    """Marks of European letters, Hebrew points, Arabic vowel marks; not the signs of Indic, Thai and Japanese writing.

    By canonical combining class (Unicode Standard 4.3): 200 and above stand around any letter, 10 to 36 are points.
    """
    place = unicodedata.combining(char)
    return place >= 200 or 10 <= place <= 36


_FOLDS: Final = _Folds()
