"""A million names over two hundred stories, as rows: first and last names as unevenly drawn as in life, by Zipf's law.

Copied straight into the tables, with mentions of which few have a paragraph of their own: for measuring how names are
found, and for nothing else.
"""

import random
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, count
from typing import Any, Final

from django.db import connection, transaction
from psycopg import sql

from reader.models import Chapter, Paragraph, Story
from reader.text.points import point
from wiki.corpus import words
from wiki.corpus.naming import SHARES, Called, NameMaker
from wiki.models import Entry, Fact, Kind, Name, Slug, Tagging, Word
from wiki.packing.founding import found_wiki
from wiki.search.words import rows_of
from wiki.text.lexicon import folded, head_of

CHAPTERS, PARAGRAPHS = 100, 150
_WRITTEN: Final = 15  # of so many paragraphs one has a row, which stands for all: their text is not looked at
_FIRST: Final = 3_000  # different first names
_LAST: Final = 60_000
_CHUNK: Final = 5_000
_ONSETS = ["", *"bcdfghjklmnprstvwz", "br", "ch", "dr", "gr", "sh", "st", "th", "tr"]
_VOWELS = [*"aeiou", "ai", "ea", "ee", "ie", "ou"]
_ENDS = ["", "", "", "l", "m", "n", "nd", "r", "rt", "s", "st", "t"]


class Drawn:
    """Invented words, the one that is number n drawn 1/n as often as the first."""

    def __init__(self, draw: random.Random, size: int, syllables: tuple[int, int]) -> None:
        self._draw = draw
        made: dict[str, None] = {}
        while len(made) < size:
            parts = (draw.choice(_ONSETS) + draw.choice(_VOWELS) for _ in range(draw.randint(*syllables)))
            word = "".join(parts) + draw.choice(_ENDS)
            if len(word) > 2:
                made[word] = None
        self.words = [word.title() for word in made]
        self._weights = list(accumulate(1 / (number + 3) for number in range(size)))

    def one(self) -> str:
        """One of them."""
        return self.words[bisect_right(self._weights, self._draw.random() * self._weights[-1])]


class Census(NameMaker):
    """As the corpus names things, with people's names as unevenly shared as in life."""

    def __init__(self, draw: random.Random, first: Drawn, last: Drawn) -> None:
        super().__init__(draw)
        self._first, self._last = first, last

    def surname(self) -> str:
        """Mostly a drawn one, else one of the corpus's."""
        return super().surname() if self._draw.random() < 0.25 else self._last.one()

    def _one(self, of: list[str]) -> str:
        return self._first.one() if of is words.FIRST else super()._one(of)


def fill(stories: int, names: int, large: int) -> list[int]:
    """Make that many stories with that many names in all, `large` of them in the first; their primary keys."""
    draw = random.Random(7)
    first, last = Drawn(draw, _FIRST, (1, 2)), Drawn(draw, _LAST, (2, 3))
    keys = []
    for number in range(stories):
        story = Story.objects.create(slug=f"bench-names-{number}", title=f"Bench {number}")
        with transaction.atomic():
            found_wiki(story)
        told = (Chapter(story=story, number=at, published_at=story.created_at) for at in range(1, CHAPTERS + 1))
        chapters = Chapter.objects.bulk_create(told)
        share = large if not number else (names - large) // (stories - 1)
        written = [row.pk for one in chapters for row in _paragraphs(one)]
        _story(draw, story, Census(draw, first, last), share, written)
        keys.append(story.pk)
    return keys


def twin(story: int, horizon: int) -> int:
    """Another story (by primary key) with what is known of one at a horizon, and nothing beyond it."""
    made = Story.objects.create(slug="bench-names-twin", title="Twin")
    with transaction.atomic():
        found_wiki(made)
    told = (Chapter(story=made, number=at, published_at=made.created_at) for at in range(1, CHAPTERS + 1))
    Chapter.objects.bulk_create(told)
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("SELECT max(id) FROM wiki_entry")
        (shift,) = cursor.fetchone()
        cursor.execute(
            "INSERT INTO wiki_entry "
            "(id, story_id, kind_id, public_id, since, version, source_name, digest, protection) "
            "SELECT e.id + %s, %s, other.id, 't' || e.id, e.since, 1, '', '', '' FROM wiki_entry e "
            "JOIN wiki_kind k ON k.id = e.kind_id JOIN wiki_kind other ON other.story_id = %s AND other.slug = k.slug "
            "WHERE e.story_id = %s AND e.since <= %s ORDER BY e.id",
            [shift, made.pk, made.pk, story, horizon],
        )
        cursor.execute("SELECT setval(pg_get_serial_sequence('wiki_entry', 'id'), (SELECT max(id) FROM wiki_entry))")
        for model in (Slug, Name, Fact, Tagging, Word):
            columns = [str(one.column) for one in model._meta.concrete_fields if one.column != "id"]
            new = {"story_id": sql.Literal(made.pk), "entry_id": sql.SQL("entry_id + {}").format(shift)}
            values = [new.get(name, sql.Identifier(name)) for name in columns]
            cursor.execute(
                sql.SQL("INSERT INTO {} ({}) SELECT {} FROM {} WHERE story_id = {} AND since <= {} ORDER BY id").format(
                    sql.Identifier(model._meta.db_table),
                    sql.SQL(", ").join(map(sql.Identifier, columns)),
                    sql.SQL(", ").join(values),
                    sql.Identifier(model._meta.db_table),
                    story,
                    horizon,
                )
            )
        cursor.execute("SET session_replication_role = origin")
        cursor.execute("VACUUM ANALYZE wiki_word")
    return made.pk


def index() -> int:
    """Fill the table of words from all entries, its indexes made at the end; how many rows."""
    rows = 0
    with connection.schema_editor() as editor:
        for one in Word._meta.indexes:
            editor.remove_index(Word, one)
    stories = dict(Entry.objects.whole(because="a bench").values_list("pk", "story"))
    keys = sorted(stories)
    for start in range(0, len(keys), _CHUNK):
        made = rows_of(keys[start : start + _CHUNK])
        columns = ("story_id", "entry_id", "key", "level", "since", "until")
        _copy(Word, columns, ((stories[row.entry], *row) for row in made))
        rows += len(made)
    with connection.schema_editor() as editor:
        for one in Word._meta.indexes:
            editor.add_index(Word, one)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return rows


def _at(number: int) -> int:
    return point(number // PARAGRAPHS + 1, number % PARAGRAPHS + 1)


def _paragraphs(chapter: Chapter) -> list[Paragraph]:
    numbers = range(1, PARAGRAPHS + 1, _WRITTEN)
    rows = (
        Paragraph(chapter=chapter, number=at, point=point(chapter.number, at), html="x", text="x") for at in numbers
    )
    return Paragraph.objects.bulk_create(rows)


def _story(draw: random.Random, story: Story, maker: NameMaker, wanted: int, written: Sequence[int]) -> None:
    kinds = dict(Kind.objects.filter(story=story).values_list("slug", "pk"))
    made: list[tuple[str, list[Called]]] = []
    while wanted > 0:
        kind = draw.choices(list(SHARES), list(SHARES.values()))[0]
        called = list({name.text: name for name in maker.make(kind)}.values())[:wanted]
        wanted -= len(called)
        made.append((kind, called))
    end, keys = CHAPTERS * PARAGRAPHS - 1, _keys(Entry, len(made))
    tables: dict[Any, list[tuple[Any, ...]]] = {model: [] for model in (Entry, Slug, Name, Fact, Tagging)}
    numbers = count()
    for number, ((kind, called), key) in enumerate(zip(made, keys, strict=True)):
        # Who is met early is spoken of often, with exceptions.
        at = int((end + 1) * (number / len(made)) ** 1.3)
        rank = 1 + number * draw.random() ** 2
        own = (story.pk, key)
        tables[Entry].append((key, story.pk, kinds[kind], f"{key:012d}", _at(at), 1, "", "", ""))
        tables[Slug].append((*own, f"e-{key}", _at(at), False))
        for position, name in enumerate(called):
            told = at if not position or draw.random() < 0.3 else min(end, at + int(draw.expovariate(0.02)))
            plain = folded(name.text)
            spelt = (name.text[:200], plain, head_of(plain), name.sort)
            tables[Name].append((*own, f"k{position}", *spelt, _at(told), None, False, False, False, position))
        said = f"{draw.choice(words.TRADES)} of the {draw.choice(words.ADJECTIVES)} {draw.choice(words.NOUNS)}"
        tables[Fact].append((*own, "k0", "Work", said, said, said, [], _at(at), None, False, False, 0))
        for _ in range(min(2000, int(1 + draw.random() * 3 + len(made) / 12 / rank**1.1))):
            where, start = int(at + (end - at) * draw.random() ** 1.5), next(numbers)
            told = _at(where)
            tables[Tagging].append((*own, written[where // _WRITTEN], told, told, start, start + 1, *_MENTION))
    for model, rows in tables.items():
        _copy(model, _COLUMNS[model], rows)


_OWN: Final = ("story_id", "entry_id")
_ENTRY: Final = (
    *("id", "story_id", "kind_id", "public_id", "since"),
    *("version", "source_name", "digest", "protection"),
)
_SLUG: Final = (*_OWN, "slug", "since", "is_redirect")
_NAME: Final = (
    *(*_OWN, "key", "text", "folded", "head", "sort", "since", "until"),
    *("only_by_hand", "only_capital", "is_stamped", "position"),
)
_FACT: Final = (
    *(*_OWN, "key", "label", "source", "html", "text", "links", "since", "until"),
    *("is_many", "is_stamped", "position"),
)
_TAGGING: Final = (
    *(*_OWN, "paragraph_id", "point", "since"),
    *("start", "end", "words", "role", "origin", "state", "is_certain", "leans", "is_lost", "place"),
)
_COLUMNS: Final[dict[Any, tuple[str, ...]]] = {
    Entry: _ENTRY,
    Slug: _SLUG,
    Name: _NAME,
    Fact: _FACT,
    Tagging: _TAGGING,
}
_MENTION: Final = ("x", "named", "found", "linked", True, False, False, "[]")


def _keys(model: Any, size: int) -> Sequence[int]:
    with connection.cursor() as cursor:
        table = model._meta.db_table
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, size])
        return [key for (key,) in cursor.fetchall()]


def _copy(model: Any, columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None:
    """Without a look at what rows point to, row by row."""
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(model._meta.db_table), sql.SQL(", ").join(sql.Identifier(name) for name in columns)
    )
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        with cursor.copy(statement) as copy:
            for row in _lists(rows):
                copy.write_row(row)
        cursor.execute("SET session_replication_role = origin")


def _lists(rows: Iterable[tuple[Any, ...]]) -> Iterator[list[Any]]:
    for row in rows:
        yield ["{}" if value == [] else value for value in row]
