"""Finds entries by what they are called or what is told of them: as typed, then with a slip and with a word left out.

Functions of the database do the work (wiki/migrations/0007_names_found.py); what is asked of them follows from the
words alone, and whether they are asked again from what shows alone.
"""

from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

from django.db import connection

from wiki.search.shapes import Scope
from wiki.text.lexicon import folded
from wiki.text.slips import START, slips
from wiki.text.spelling import LEAST_STEM, LONGEST_TYPED, Typed, stem_of, typed

ENOUGH: Final = 10
"""Entries found as they were typed, from which nothing is searched with slips."""
_SURE: Final = 3  # entries that fit several words as they were typed: somebody knows what they want
_EXACT, _TAIL, _GAP, _KIND = 0, 5, 6, 10  # arms of the function; 1 to 4: beginnings of so many letters
_RIGHT, _BEGUN, _OF_KIND, _SLIPPED, _OTHER_FORM = 0, 1, 2, 3, 4
_NEAR: Final = {True: 16, False: 40}  # entries whose mentions are looked at, for one word and for several
_CALL: Final = """
    SELECT entry_id, story, missing, how, level, seen FROM {function}(%s::bigint[], %s::bigint[], %s::text[],
        %s::text[], %s::int, %s::bool, %s::int, %s::int, %s::int, %s::int,
        %s::int[], %s::int[], %s::text[], %s::text[], %s::int[], %s::int[])
"""
_CALLS: Final = {  # by whether it is one word, and whether slips are allowed for
    (True, False): _CALL.format(function="wiki_word_typed"),
    (False, False): _CALL.format(function="wiki_words_typed"),
    (True, True): _CALL.format(function="wiki_word_slipped"),
    (False, True): _CALL.format(function="wiki_words_slipped"),
}
# Words for the built-in kinds that are not their names; a story's own kinds go by theirs.
_KINDS: Final = {
    "character": ("person", "people", "character"),
    "location": ("place", "places", "location"),
    "film": ("movie", "movies", "film"),
    "program": ("programme", "programmes", "show"),
    "event": ("happening", "event"),
    "organisation": ("organization", "company", "organisation"),
    "theme": ("motif", "theme"),
}


class Hit(NamedTuple):
    """An entry that is met, by primary key, and its story's.

    `missing` words fit nothing of it; `how` is 0 or less where all fit its names, more where they are begun, told of
    it, slipped or missing; `level` says how often it is met, `seen` is the point of its last mention that was read.
    """

    entry: int
    story: int
    missing: int
    how: int
    level: int
    seen: int | None


class Piece(NamedTuple):
    """What one arm looks up for a word: `key` in its index, `rest` behind it; `size` is that of the word typed."""

    arm: int
    word: int
    key: str
    rest: str
    size: int
    how: int


def called(
    text: str, scopes: Sequence[Scope], *, limit: int = ENOUGH, enough: int = ENOUGH, is_again: bool = False
) -> list[Hit]:
    """The entries that fit what was typed, the best first; at most two queries, none where there are no words in it.

    Where fewer than `enough` fit as it was typed, slips and a word too many are allowed for, unless several words were
    all right or fit a few: then somebody knows what they want. `is_again`: it is known that nothing fits as
    typed; slips are then looked for in words that fit nothing by themselves.
    """
    is_one = len(typed(text).words) == 1
    hits: list[Hit] = []
    for again in (True,) if is_again else (False, True):
        values = _values(text, scopes, limit=limit, again=again, strictly=is_again)
        if values is None:
            return []
        with connection.cursor() as cursor:
            cursor.execute(_CALLS[is_one, again], values)
            hits = [Hit(*row) for row in cursor.fetchall()]
        if len(hits) >= enough or (not is_one and hits and (hits[0].how <= 0 or len(hits) >= _SURE)):
            break
    return hits


def pieces(asked: Typed, *, slipping: bool) -> Iterator[Piece]:
    """What has to be looked up for these words, as they were typed or with one slip in each as well."""
    for at, word in enumerate(asked.words, 1):
        size = len(word)
        if size > 1 or len(asked.words) > 1:
            # Of two letters most are initials, which are no better than a beginning unless they are written as such.
            yield Piece(_EXACT, at, word, "", size, _RIGHT if size > 2 or asked.is_initials else _BEGUN)
        yield Piece(min(START, size), at, word[:START], word, size, _BEGUN)
        if size > 2:
            yield Piece(_KIND, at, word, " ".join(kinds_of(word)), size, _OF_KIND)
        if size >= LEAST_STEM and word.endswith("s"):
            yield Piece(_EXACT, at, word[:-1], "", size, _BEGUN)  # jonahs: Jonah’s
        if slipping:
            yield from _slipped(at, word)


def kinds_of(word: str) -> list[str]:
    """The built-in kinds that a word means, or begins to."""
    return [kind for kind, names in _KINDS.items() if any(name.startswith(word) for name in names)]


def _slipped(at: int, word: str) -> Iterator[Piece]:
    found, size = slips(word), len(word)
    for end in range(max(LEAST_STEM, size - 3), size):
        yield Piece(_EXACT, at, word[:end], "", size, _OTHER_FORM)
    if (stem := stem_of(word)) != word:
        yield Piece(START, at, stem[:START], stem, size, _OTHER_FORM)
    likes: dict[str, list[str]] = {word[:START]: [f"{word[:START]}{tail}%" for tail in found.tails]}
    for start in found.starts:
        if len(start) < START:
            yield Piece(_EXACT, at, start, "", size, _SLIPPED)
        else:
            likes.setdefault(start[:START], []).append(f"{start}%")
    for key, patterns in likes.items():
        if patterns:
            yield Piece(_TAIL, at, key, " ".join(patterns), size, _SLIPPED)
    for place, key, rest in found.gaps:
        yield Piece(_GAP + place, at, key, rest, size, _SLIPPED)


def _values(text: str, scopes: Sequence[Scope], *, limit: int, again: bool, strictly: bool) -> list[Any] | None:
    """The function's parameters; None where nothing was typed that could be looked up.

    How many rows each arm may look at follows from how many stories are searched, so that many cost no more than few.
    """
    asked, stories = typed(text), len(scopes)
    if not asked.words or not stories:
        return None
    is_one = len(asked.words) == 1
    most = max(10, min(60, 300 // stories)) if is_one else max(25, min(200, 900 // stories))
    few = max(10, min(100, 400 // stories))
    whole = folded(text[:LONGEST_TYPED]).replace("\x00", " ")
    return [
        [scope.story.pk for scope in scopes],
        [scope.horizon for scope in scopes],
        list(asked.words),
        [whole, *(f"{article} {whole}" for article in ("the", "a", "an"))],
        int(again and not is_one),
        strictly,
        max(most, limit),
        few,
        max(_NEAR[is_one], limit),
        limit,
        *map(list, zip(*pieces(asked, slipping=again), strict=True)),
    ]
