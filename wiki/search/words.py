"""Keeps the words under which entries are found true to their names, mentions, facts and blocks.

A row says nothing that its entry does not say at the same points; what comes later never changes an earlier row.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from django.db import connection

from reader.models import Story
from reader.text.points import EVERYTHING
from wiki.models import Block, Entry, Fact, Name
from wiki.text.sentences import first_sentence
from wiki.text.spelling import keys_of, told_words
from wiki.text.stretches import Span, united, without
from wiki.text.wikilinks import PATTERN

CHUNK: Final = 500
"""Entries that may be renewed at once."""
MOST_TOLD: Final = 80
"""Different words of what is told of an entry by which it is found, in front and further on: the first ones."""
STEPS: Final = (8, 64, 512)
"""From how many mentions on an entry is met often, more often, most often."""
IN_FRONT, FURTHER_ON = -1, -2
UNTOLD: Final = ("heading", "head", "rule", "image")
"""Kinds of blocks that tell nothing by themselves."""
_FIRST_BLOCKS: Final = 2  # of those known first, whose first sentences say who it is, as facts do
_WHY: Final = "words are renewed for every horizon at once"
_MARKS: Final = """
    SELECT e, since, n FROM unnest(%s::bigint[]) e CROSS JOIN LATERAL (
        SELECT since, row_number() OVER (ORDER BY since) AS n FROM (
            SELECT since FROM wiki_tagging WHERE entry_id = e AND state = 'linked' AND NOT is_lost
            ORDER BY since LIMIT %s
        ) first
    ) numbered WHERE n = ANY(%s::int[]) ORDER BY e, n
"""
_INSERT: Final = """
    INSERT INTO wiki_word (story_id, entry_id, key, level, since, until)
    SELECT %s, * FROM unnest(%s::bigint[], %s::text[], %s::smallint[], %s::bigint[], %s::bigint[])
"""


class Row(NamedTuple):
    """What is stored of a word, but for its story."""

    entry: int
    key: str
    level: int
    since: int
    until: int | None


class Piece(NamedTuple):
    """Words of a fact or block and when they show; `order` is its place among those of the same `since`."""

    since: int
    order: tuple[int, int]
    level: int
    words: tuple[str, ...]
    spans: tuple[Span, ...]


def renew_words(story: Story, entries: Sequence[int]) -> int:
    """Write what differs for some entries (by primary key); how many rows that were.

    To be called in the transaction of the change, once the entries are locked, with at most `CHUNK` of them.
    """
    wanted = rows_of(entries)
    with connection.cursor() as cursor:
        fields = "entry_id, key, level, since, until, id"
        cursor.execute(f"SELECT {fields} FROM wiki_word WHERE entry_id = ANY(%s::bigint[])", [list(entries)])  # noqa: S608
        stored = {Row(*row[:5]): row[5] for row in cursor.fetchall()}
        if gone := [key for row, key in stored.items() if row not in wanted]:
            cursor.execute("DELETE FROM wiki_word WHERE id = ANY(%s::bigint[])", [gone])
        if new := sorted(wanted - stored.keys(), key=lambda row: row[:4]):
            cursor.execute(_INSERT, [story.pk, *map(list, zip(*new, strict=True))])
    return len(gone) + len(new)


def rows_of(entries: Sequence[int]) -> set[Row]:
    """The rows that these entries should have."""
    names, marks, told = _names(entries), _marks(entries), _told(entries)
    found: set[Row] = set()
    for entry, since in Entry.objects.whole(because=_WHY).filter(pk__in=names).values_list("pk", "since"):
        found.update(_named(entry, names[entry], marks[entry]))
        if since < EVERYTHING:
            found.update(_telling(entry, since, told[entry]))
    return found


def _names(entries: Sequence[int]) -> dict[int, list[tuple[str, Span]]]:
    found = defaultdict(list)
    rows = Name.objects.whole(because=_WHY).filter(entry__in=entries)
    for entry, text, since, until in rows.values_list("entry_id", "text", "since", "until"):
        found[entry].append((text, (since, until)))
    return found


def _marks(entries: Sequence[int]) -> dict[int, list[int]]:
    """Since when there are so many mentions, for each number in STEPS that is reached."""
    found = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_MARKS, [list(entries), STEPS[-1], list(STEPS)])
        for entry, since, _number in cursor.fetchall():
            found[entry].append(since)
    return found


def _named(entry: int, names: Iterable[tuple[str, Span]], marks: Sequence[int]) -> Iterator[Row]:
    spans: dict[str, list[Span]] = defaultdict(list)
    for text, span in names:
        for key in keys_of([text]):
            spans[key].append(span)
    for key, many in spans.items():
        for since, until in united(many):
            yield Row(entry, key, 0, since, until)
            for level, mark in enumerate(marks, 1):
                if until is None or mark < until:
                    yield Row(entry, key, level, max(since, mark), until)


def _told(entries: Sequence[int]) -> dict[int, list[Piece]]:
    found: dict[int, list[Piece]] = defaultdict(list)
    labels: dict[tuple[int, str], list[Fact]] = defaultdict(list)
    for fact in Fact.objects.whole(because=_WHY).filter(entry__in=entries):
        labels[fact.entry_id, fact.label].append(fact)
    for (entry, label), facts in labels.items():
        for fact in facts:
            spans = tuple(without((fact.since, fact.until), _retired(fact, facts)))
            # What leads to others says more of them.
            value = FURTHER_ON if fact.links and not told_words(PATTERN.sub("", fact.source)) else IN_FRONT
            for level, text in ((value, fact.text), (value, label)):
                found[entry].append(Piece(fact.since, (0, fact.position), level, tuple(told_words(text)), spans))
    blocks: dict[int, list[Block]] = defaultdict(list)
    rows = Block.objects.whole(because=_WHY).filter(entry__in=entries).exclude(kind__in=UNTOLD)
    for block in rows.only("entry_id", "text", "since", "until", "position").order_by("since", "position"):
        blocks[block.entry_id].append(block)
    for entry, many in blocks.items():
        for number, block in enumerate(many):
            first = first_sentence(block.text) if number < _FIRST_BLOCKS else ""
            for level, text in ((IN_FRONT, first), (FURTHER_ON, block.text[len(first) :])):
                words = tuple(told_words(text))
                found[entry].append(
                    Piece(block.since, (1, block.position), level, words, ((block.since, block.until),))
                )
    return found


def _retired(fact: Fact, facts: Sequence[Fact]) -> list[Span]:
    """When newer values of the same label stand in a fact's place; where a label has many values, none does."""
    newer = [one for one in facts if (one.since, one.position) > (fact.since, fact.position)]
    many = [one.since for one in facts if one.is_many]
    return [(one.since, one.until) for one in newer if not any(since <= one.since for since in many)]


def _telling(entry: int, known: int, pieces: Sequence[Piece]) -> Iterator[Row]:
    """Words in the order in which they become known, so that what comes later takes no earlier word's room."""
    ordered = sorted((one for one in pieces if one.since < EVERYTHING), key=lambda one: (one.since, one.order))
    for level in (IN_FRONT, FURTHER_ON):
        spans: dict[str, list[Span]] = {}
        for piece in ordered:
            if piece.level == level:
                own = [(max(since, known), until) for since, until in piece.spans]
                for key in piece.words:
                    if key in spans or len(spans) < MOST_TOLD:
                        spans.setdefault(key, []).extend(own)
        for key, many in spans.items():
            for since, until in united(many):
                yield Row(entry, key, level, since, until)
