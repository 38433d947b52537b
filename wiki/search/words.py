"""Keeps the words under which entries are found true to their names, mentions, facts and blocks.

A row says nothing that its entry does not say at the same points; what comes later never changes an earlier row.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from django.db import connection

from reader.models import Story
from reader.text.points import EVERYTHING
from wiki.models import Block, Fact, Name
from wiki.search.standing import TOLD, facts_standing, met
from wiki.text.sentences import first_sentence
from wiki.text.spelling import keys_of, told_words
from wiki.text.stretches import Span, united, within
from wiki.text.wikilinks import PATTERN

CHUNK: Final = 500
"""Entries that may be renewed at once."""
MOST_TOLD: Final = 80
"""Different words of what is told of an entry by which it is found, in front and further on: the first ones."""
STEPS: Final = (8, 64, 512)
"""From how many mentions on an entry is met often, more often, most often."""
IN_FRONT, FURTHER_ON = -1, -2
_FIRST_BLOCKS: Final = 2  # of those known first, whose first sentences say who it is, as facts do
_WHY: Final = "words are renewed for every horizon at once"
_MARKS: Final = """
    SELECT e, since, n FROM unnest(%s::bigint[]) e CROSS JOIN LATERAL (
        SELECT since, row_number() OVER (ORDER BY since) AS n FROM (
            SELECT g.since FROM wiki_tagging g JOIN reader_paragraph p ON p.id = g.paragraph_id AND NOT p.is_retired
            WHERE g.entry_id = e AND g.state = 'linked' AND NOT g.is_lost ORDER BY g.since LIMIT %s
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
    names, marks, told, shown = _names(entries), _marks(entries), _told(entries), met(entries)
    found: set[Row] = set()
    for entry, its in names.items():
        found.update(_named(entry, its, marks[entry]))
        found.update(_telling(entry, shown[entry], told[entry]))
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
    facts = Fact.objects.whole(because=_WHY).filter(entry__in=entries)
    stands = facts_standing(facts)
    for fact in facts:
        # What leads to others says more of them.
        level = FURTHER_ON if fact.links and not told_words(PATTERN.sub("", fact.source)) else IN_FRONT
        for text in (fact.text, fact.label):
            words = tuple(told_words(text))
            found[fact.entry_id].append(Piece(fact.since, (0, fact.position), level, words, tuple(stands[fact.pk])))
    blocks: dict[int, list[Block]] = defaultdict(list)
    rows = Block.objects.whole(because=_WHY).filter(entry__in=entries, kind__in=TOLD)
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


def _telling(entry: int, shown: Sequence[Span], pieces: Sequence[Piece]) -> Iterator[Row]:
    """Words in the order in which they become known, so that what comes later takes no earlier word's room."""
    ordered = sorted((one for one in pieces if one.since < EVERYTHING), key=lambda one: (one.since, one.order))
    for level in (IN_FRONT, FURTHER_ON):
        spans: dict[str, list[Span]] = {}
        for piece in ordered:
            if piece.level == level:
                own = [one for span in piece.spans for one in within(span, shown) if one[0] < EVERYTHING]
                for key in piece.words if own else ():
                    if key in spans or len(spans) < MOST_TOLD:
                        spans.setdefault(key, []).extend(own)
        for key, many in spans.items():
            for since, until in united(many):
                yield Row(entry, key, level, since, until)
