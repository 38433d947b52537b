"""The spellings that are one slip from what was typed, in pieces that an index of words answers.

A slip is a letter that is wrong, missing, doubled or too many, or two that are swapped. Free of alphabets.
"""

from typing import Final, NamedTuple

from .spelling import is_cjk

LEAST_TO_SLIP: Final = 3
"""Letters of a typed word from which slips are forgiven: of two letters everything is one slip from everything."""
START: Final = 4
"""Letters of a word by which its beginning is looked up."""


class Slips(NamedTuple):
    """Where words lie that are one slip from a typed one. What somebody typed may be the beginning of them.

    `starts` are their possible beginnings as they stand (a letter too many, two swapped). `gaps` are triples (at, four
    letters, rest): words that have these as their first five but the one at `at`, and go on behind it with `rest`
    (a letter missing or wrong there). `tails` are patterns of what follows the first four letters, where the slip is
    behind them.
    """

    starts: tuple[str, ...] = ()
    gaps: tuple[tuple[int, str, str], ...] = ()
    tails: tuple[str, ...] = ()


def slips(word: str) -> Slips:
    """All that is one slip from a folded word.

    >>> found = slips("nkif")
    >>> "knif" in found.starts, (1, "nkif", "kif") in found.gaps
    (True, True)
    """
    if len(word) < LEAST_TO_SLIP or is_cjk(word[0]):
        return Slips()
    size = len(word)
    dropped = {word[:at] + word[at + 1 :] for at in range(size)}
    swapped = {word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(size - 1)}
    starts = (dropped | swapped) - {word}
    gaps = [
        (at, word[:at] + rest[: START - at], rest)
        for at in range(min(START, size + 1))
        for rest in (word[at:], word[at + 1 :])  # missing, wrong
    ]
    # No letter of a word is % or _, which mean something in a pattern.
    tails = [f"{word[START:at]}_{rest}" for at in range(START, size) for rest in (word[at:], word[at + 1 :])]
    return Slips(tuple(sorted(starts)), tuple(gaps), tuple(tails))


def is_slip(typed_word: str, word: str) -> bool:
    """Whether two words are one slip apart.

    >>> is_slip("nikifrov", "nikiforov"), is_slip("hatsetsu", "hasetsu"), is_slip("yrui", "yuri"), is_slip("a", "bc")
    (True, True, True, False)
    """
    if typed_word == word or abs(len(typed_word) - len(word)) > 1:
        return False
    at, least = 0, min(len(typed_word), len(word))
    while at < least and typed_word[at] == word[at]:
        at += 1
    if len(typed_word) > len(word):
        return typed_word[at + 1 :] == word[at:]
    if len(typed_word) < len(word):
        return typed_word[at:] == word[at + 1 :]
    is_swapped = typed_word[at : at + 2] == word[at : at + 2][::-1] and typed_word[at + 2 :] == word[at + 2 :]
    return is_swapped or typed_word[at + 1 :] == word[at + 1 :]
