"""What an entry is found by: the words of its names, their initials and joined spellings, and what was typed as words.

Strings in, strings out; knows no tables and no points. What is one slip away is in slips.py.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from .borders import IN_WORD, blanked
from .folding import fold

LONGEST_TYPED: Final = 100
"""Characters of what was typed that are read; the rest is not looked at."""
MOST_WORDS: Final = 6
"""Words of what was typed that are looked up."""
LONGEST_WORD: Final = 40
"""Characters of a word that are kept and compared."""
LEAST_STEM: Final = 4
"""Letters of a word of which another form may have been typed (organ: organist)."""
_ENDINGS: Final = ("ings", "ing", "ers", "ies", "ed", "er", "es", "ly", "y")
LEAST_TOLD: Final = 3
"""Letters of a word in what is told of an entry by which it is found."""
_SMALL: Final = """
    a about after again all also am an and are as at be been before but by can did do does for from had has have he her
    hers him his i if in into is it its la le me my no nor not of on or our she so than that the their them then there
    they this to too up us van von was we were what when where which who whom whose why will with you your
"""
SMALL: Final = frozenset(_SMALL.split())
"""Words that everything holds: they find something only where nothing else was typed."""
_ARTICLES: Final = frozenset({"the", "a", "an"})
_JOINTS: Final = frozenset(["about", "at", "by", "for", "from", "in", "of", "on", "who", "with"])
_JOINED: Final = 4  # words of a name that are also found written as one
_CJK_ENDS: Final = 12  # characters of a run without blanks, each of which may begin what was typed
_CJK: Final = (
    (0x0E00, 0x0E7F),  # Thai
    (0x3040, 0x30FF),  # kana
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xAC00, 0xD7A3),  # Hangul
    (0xF900, 0xFAFF),
    (0x20000, 0x3134F),
)
# The possessive s is nobody's name; O'Brien is also typed OBrien.
_POSSESSIVE: Final = re.compile(r"(?<=\w)'s(?!\w)")
_INSIDE: Final = re.compile(r"(?<=\w)'(?=\w)")


def words_of(text: str) -> list[str]:
    """The folded words of a name or a sentence, in order, without possessives and the apostrophes inside of words.

    >>> words_of("Zoë’s  Café, O’Brien-Lee!")
    ['zoe', 'cafe', 'obrien', 'lee']
    """
    folded = fold(text).text
    if "'" in folded:
        folded = _INSIDE.sub("", _POSSESSIVE.sub("", folded))
    return [word[:LONGEST_WORD] for word in blanked(folded).split()]


class Spot(NamedTuple):
    """A folded word and where it stands in the text as it is written."""

    word: str
    start: int
    end: int


def spots(text: str) -> Iterator[Spot]:
    """The words of a text as in `words_of`, each with its place.

    >>> list(spots("Zoë’s Café"))
    [Spot(word='zoe', start=0, end=3), Spot(word='cafe', start=6, end=10)]
    """
    folded = fold(text)
    runs = [(match.start(), match.end()) for match in re.finditer(r"\S+", blanked(folded.text))]
    at = 0
    while at < len(runs):
        start, end = runs[at]
        word = folded.text[start:end]
        while at + 1 < len(runs) and runs[at + 1][0] == runs[at][1] + 1 and folded.text[runs[at][1]] == "'":
            at += 1
            if (tail := folded.text[slice(*runs[at])]) != "s":
                word, end = word + tail, runs[at][1]
        at += 1
        yield Spot(word[:LONGEST_WORD], *folded.span(start, end))


def is_cjk(char: str) -> bool:
    """Whether a writing puts no blanks between words, so that any character may begin one."""
    return any(low <= ord(char) <= high for low, high in _CJK)


def keys_of(names: Iterable[str]) -> set[str]:
    """All under which an entry with these names is found: their words, ends of CJK runs, initials, all in one.

    >>> sorted(keys_of(["Victor Nikiforov", "The Ice Castle"]))
    ['castle', 'ic', 'ice', 'icecastle', 'nikiforov', 'the', 'tic', 'victor', 'victornikiforov', 'vn']
    >>> sorted(keys_of(["勝生勇利"]))
    ['利', '勇利', '勝生勇利', '生勇利']
    """
    found: set[str] = set()
    for name in names:
        words = words_of(name)
        found.update(words)
        found.update(initials(words))
        if joined := _in_one(words):
            found.add(joined)
        for word in words:
            if is_cjk(word[0]):
                # Every end of the run, so that the beginning of an end is any part of it.
                found.update(word[at:] for at in range(1, min(len(word), _CJK_ENDS)))
    return found


def _in_one(words: Sequence[str]) -> str:
    """The words of a short name without its article, written as one; empty where they are one or many."""
    kept = words[1:] if words and words[0] in _ARTICLES else words
    return "".join(kept)[:LONGEST_WORD] if 1 < len(kept) <= _JOINED else ""


def initials(words: Sequence[str]) -> set[str]:
    """The first letters of all words and of the great ones; of two or more words only.

    >>> sorted(initials(["the", "rink", "at", "hasetsu"]))
    ['rh', 'trah']
    """
    great = [word for word in words if word not in SMALL]
    return {"".join(word[0] for word in some)[:LONGEST_WORD] for some in (words, great) if len(some) > 1}


def told_words(text: str) -> list[str]:
    """The words of a sentence by which what it tells is found: long enough, not small; in order.

    >>> told_words("Captain is the cat of the Electra: he has one eye.")
    ['captain', 'cat', 'electra', 'one', 'eye']
    """
    return [word for word in words_of(text) if word not in SMALL and (len(word) >= LEAST_TOLD or is_cjk(word[0]))]


def stem_of(word: str) -> str:
    """A word without an English ending, where enough of it is left; by it other forms of the word are found.

    >>> stem_of("skating"), stem_of("dogs"), stem_of("lamp")
    ('skat', 'dogs', 'lamp')
    """
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= LEAST_STEM:
            return word[: -len(ending)]
    return word


class Typed(NamedTuple):
    """What somebody typed: the words that are looked up, which of them says what is meant, and whether it is initials.

    The word that says what is meant is the last, or the last before “of”, “with” and the like.
    """

    words: tuple[str, ...] = ()
    head: str = ""
    is_initials: bool = False


def typed(text: str) -> Typed:
    """What was typed as words to look up; no words where there are none in it. Takes any string.

    Small words are left out beside others, but for a letter that may go on; single letters are initials.

    >>> typed("  Nikifrov, V").words, typed("\\x00 ?!").words, typed("V.N.").words, typed("The").words
    (('nikifrov', 'v'), (), ('vn',), ('the',))
    >>> typed("the cat with a b")
    Typed(words=('cat', 'b'), head='cat', is_initials=False)
    """
    text = text[:LONGEST_TYPED]
    every = words_of(text)
    if len(every) > 1 and all(len(word) == 1 and not is_cjk(word) for word in every):
        return Typed(("".join(every)[:LONGEST_WORD],), is_initials=True)
    words = list(dict.fromkeys(every))
    great = [word for word in words if word not in SMALL]
    if words and len(words[-1]) == 1 and words[-1] in SMALL and IN_WORD[fold(text).text[-1:] or " "]:
        great.append(words[-1])
    looked_up = tuple((great or words)[:MOST_WORDS])
    joint = next((at for at, word in enumerate(every) if at and word in _JOINTS), len(every))
    heads = [word for word in every[:joint] if word in looked_up]
    return Typed(looked_up, heads[-1] if heads else "")
