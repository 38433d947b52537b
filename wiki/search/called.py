"""Finds entries by what they are called or what is told of them: as typed, then with a slip and with a word left out.

Functions of the database do the work (wiki/migrations/0007_names_found.py); what is asked of them follows from the
words alone, and whether they are asked again from what shows alone.
"""

from collections.abc import Iterable, Iterator, Sequence
from enum import Enum, auto
from typing import Any, Final, NamedTuple

from django.db import connection

from wiki.search.arrays import numbers
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
_TYPED: Final = {  # by whether it is one word
    True: _CALL.format(function="wiki_word_typed"),
    False: _CALL.format(function="wiki_words_typed"),
}
_WITH_SLIPS: Final = {
    True: _CALL.format(function="wiki_word_slipped"),
    False: _CALL.format(function="wiki_words_slipped"),
}
_MISSING: Final = 8  # what the functions add to `how` for a word that fits nothing
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


class Way(Enum):
    """How far what was typed may be from what is found."""

    FORGIVING = auto()
    """As it was typed; where few fit, with slips and a word too many, unless several words were all right or fit a
    few: then somebody knows what they want."""
    TYPED = auto()
    """As it was typed, and no other."""
    SLIPPED = auto()
    """It is known that nothing fits as it was typed: slips are looked for in words that fit nothing by themselves."""
    WHOLE = auto()
    """All words are whole words of names, as they were typed."""
    BUT_ONE = auto()
    """All words but one of several are."""


def called(text: str, scopes: Sequence[Scope], *, limit: int = ENOUGH, way: Way = Way.FORGIVING) -> list[Hit]:
    """The entries that fit what was typed, the best first; at most two queries, none where there are no words in it."""
    asked = typed(text)
    if not asked.words or not scopes:
        return []
    is_one = len(asked.words) == 1
    if way in (Way.WHOLE, Way.BUT_ONE):
        dropped = 0 if is_one or way is Way.WHOLE else 1
        values = _values(asked, text, scopes, _exactly(asked), limit=limit, dropped=dropped)
        return [hit for hit in _run(_TYPED[is_one], values) if hit.how <= _MISSING * dropped]
    if way is not Way.SLIPPED:
        hits = _run(_TYPED[is_one], _values(asked, text, scopes, pieces(asked, slipping=False), limit=limit))
        knows = bool(hits) and not is_one and (hits[0].how <= 0 or len(hits) >= _SURE)
        if way is Way.TYPED or knows or len(hits) >= ENOUGH:
            return hits
    slipping, strictly = pieces(asked, slipping=True), way is Way.SLIPPED
    dropped = 0 if is_one else 1
    return _run(
        _WITH_SLIPS[is_one], _values(asked, text, scopes, slipping, limit=limit, dropped=dropped, strictly=strictly)
    )


def _run(call: str, values: list[Any]) -> list[Hit]:
    with connection.cursor() as cursor:
        cursor.execute(call, values)
        return [Hit(*row) for row in cursor.fetchall()]


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


def _exactly(asked: Typed) -> Iterator[Piece]:
    return (Piece(_EXACT, at, word, "", len(word), _RIGHT) for at, word in enumerate(asked.words, 1))


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


def _values(
    asked: Typed,
    text: str,
    scopes: Sequence[Scope],
    looked_up: Iterable[Piece],
    *,
    limit: int,
    dropped: int = 0,
    strictly: bool = False,
) -> list[Any]:
    """The function's parameters.

    How many rows each arm may look at follows from how many stories are searched, so that many cost no more than few.
    """
    stories, is_one = len(scopes), len(asked.words) == 1
    most = max(10, min(60, 300 // stories)) if is_one else max(25, min(200, 900 // stories))
    few = max(10, min(100, 400 // stories))
    whole = folded(text[:LONGEST_TYPED]).replace("\x00", " ")
    arms, places, keys, rests, sizes, hows = zip(*looked_up, strict=True)
    return [
        numbers(scope.story.pk for scope in scopes),
        numbers(scope.horizon for scope in scopes),
        list(asked.words),
        [whole, *(f"{article} {whole}" for article in ("the", "a", "an"))],
        dropped,
        strictly,
        max(most, limit),
        few,
        max(_NEAR[is_one], limit),
        limit,
        numbers(arms),
        numbers(places),
        list(keys),
        list(rests),
        numbers(sizes),
        numbers(hows),
    ]
