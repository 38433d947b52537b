"""Asks the full text: which passages and which tellings fit, as far as each story has been read.

The gate is in the index condition (`reach`), and once more on each row (`since`). Matches are ranked and counted there.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from django.db import connection

from wiki.search.bounding import APPEARS, SCOPE, Bounds, Part
from wiki.text.asked import Asked

MOST: Final = 2000
"""Matches that are looked at: the others are not counted."""
RANKED: Final = 500
"""So many of them, those that were read last, are ranked; the others come behind."""
_PASSAGE: Final = """
    SELECT f.paragraph_id, f.story_id, f.since, f.vector
    FROM wiki_passage f
    JOIN {scope} ON scope.story = f.story_id AND f.since > scope.low AND f.since <= scope.high
    {scenes}
    WHERE numnode({wanted}) > 0 AND f.reach && {blocks} AND f.vector @@ {query} {unpublished}
"""
_RANK: Final = f"CASE WHEN row_number() OVER () <= {RANKED} THEN ts_rank_cd(vector, {{wanted}}, 1) ELSE 0 END"
# First the best, then how many there are in each story. What was read last is looked through first, stretch by stretch:
# of a common word that is enough.
_PASSAGES: Final = """
    WITH found AS MATERIALIZED (
        SELECT paragraph_id, story_id, since, {rank} AS rank
        FROM ({stretches} LIMIT %(most)s) AS first
    )
    (SELECT paragraph_id, story_id, since, rank FROM found ORDER BY rank DESC, story_id, since LIMIT %(top)s)
    UNION ALL SELECT NULL, story_id, count(*), NULL FROM found GROUP BY story_id
"""
_NOT_OUT: Final = """
    AND NOT EXISTS (
        SELECT FROM unnest(%(their_stories)s::bigint[], %(numbers)s::bigint[]) AS later (story, number)
        WHERE later.story = f.story_id AND later.number = f.since >> 32
    )
"""
IN_SCENES: Final = """
    JOIN reader_paragraph p ON p.id = f.paragraph_id
    JOIN unnest(%(chapters)s::bigint[], %(scenes)s::int[]) AS scene (chapter, number)
        ON scene.chapter = p.chapter_id AND scene.number = p.scene
"""
_TELLING: Final = """
    SELECT f.id, f.entry_id, f.story_id, f.since, f.vector
    FROM wiki_telling f
    JOIN {scope} ON scope.story = f.story_id AND f.since <= scope.horizon
        AND (f.until IS NULL OR f.until > scope.horizon)
    {kinds}
    WHERE numnode({wanted}) > 0 AND f.reach && {blocks} AND f.vector @@ {query} {appearing}
"""
# Of each entry what fits best: of the best entries and of those that were named; then how many entries there are of
# each story and kind, then of how many pieces.
_TELLINGS: Final = """
    WITH found AS MATERIALIZED (
        SELECT id, entry_id, story_id, since, {rank} AS rank
        FROM ({stretches} LIMIT %(most)s) AS first
    ), best AS MATERIALIZED (
        SELECT DISTINCT ON (entry_id) * FROM found ORDER BY entry_id, rank DESC, since, id
    ), top AS (
        SELECT * FROM best ORDER BY rank DESC, story_id, since, id LIMIT %(top)s
    )
    SELECT id, entry_id, story_id, since, rank FROM top
    UNION SELECT id, entry_id, story_id, since, rank FROM best WHERE entry_id = ANY(%(named)s)
    UNION ALL SELECT NULL, e.kind_id, best.story_id, count(*), NULL
        FROM best JOIN wiki_entry e ON e.id = best.entry_id GROUP BY best.story_id, e.kind_id
    UNION ALL SELECT NULL, NULL, NULL, count(*), NULL FROM found
"""
Values = dict[str, str]
_OF_KINDS: Final = "JOIN wiki_entry entry ON entry.id = f.entry_id AND entry.kind_id = ANY(%(kinds)s)"


class FoundPassage(NamedTuple):
    """A paragraph that fits, by primary key."""

    paragraph: int
    story: int
    point: int
    rank: float = 0.0


class FoundTelling(NamedTuple):
    """A block or fact that fits, and whose it is, by primary key."""

    telling: int
    entry: int
    story: int
    point: int
    rank: float


class Scene(NamedTuple):
    """A scene of a chapter, by the chapter's primary key."""

    chapter: int
    number: int


@dataclass(slots=True)
class Passages:
    """The best of the paragraphs that fit, how many there are in each story, and whether there are more."""

    best: list[FoundPassage] = field(default_factory=list)
    stories: Counter[int] = field(default_factory=Counter)
    is_more: bool = False


@dataclass(slots=True)
class Tellings:
    """The best of the entries of which something fits is told, how many there are, and whether there are more.

    `best` are the first that were asked for, `named` those of the entries that were asked for by name, by entry.
    """

    best: list[FoundTelling] = field(default_factory=list)
    named: dict[int, FoundTelling] = field(default_factory=dict)
    counts: Counter[tuple[int, int]] = field(default_factory=Counter)  # story and kind
    is_more: bool = False


def passages(asked: Asked, bounds: Bounds, scenes: Sequence[Scene] | None = None, *, top: int) -> Passages:
    """The `top` best of the paragraphs that fit; with `scenes` in these."""
    more: dict[str, Any] = {"top": top}
    if scenes is not None:
        more |= {"chapters": [one.chapter for one in scenes], "scenes": [one.number for one in scenes]}
    if later := bounds.unpublished:
        more |= {"their_stories": [story for story, _ in later], "numbers": [number for _, number in later]}
    parts = {"scenes": "" if scenes is None else IN_SCENES, "unpublished": _NOT_OUT if later else ""}
    found = Passages()
    for part in bounds.by_language():
        sql, its = passages_sql(asked, part, **parts)
        counts = Counter[int]()
        for paragraph, story, point, rank in _run(sql, part.values | more | its):
            if paragraph is None:
                counts[story] = point
            else:
                found.best.append(FoundPassage(paragraph, story, point, rank))
        found.is_more |= _is_cut(counts)
        found.stories += counts
    found.best = sorted(found.best, key=lambda one: (-one.rank, one.story, one.point))[: min(top, MOST)]
    return found


def tellings(
    asked: Asked, bounds: Bounds, *, top: int, named: Iterable[int] = (), kinds: Sequence[int] | None = None
) -> Tellings:
    """The `top` entries of which something is told that fits best, and those of `named`; with `kinds` of these."""
    wanted = dict.fromkeys(named)
    parts = {
        "kinds": "" if kinds is None else _OF_KINDS,
        "appearing": f"AND {APPEARS.format(entry='f.entry_id')}" if bounds.is_cut else "",
    }
    more = {"top": top, "named": list(wanted), "kinds": list(kinds or ())}
    found = Tellings()
    for part in bounds.by_language():
        sql, its = tellings_sql(asked, part, **parts)
        for telling, entry, story, point, rank in _run(sql, part.values | more | its):
            if telling is not None:
                found.best.append(FoundTelling(telling, entry, story, point, rank))
            elif story is not None:
                found.counts[story, entry] = point
            else:
                found.is_more |= point > MOST
    found.named = {one.entry: one for one in found.best if one.entry in wanted}
    found.best = sorted(found.best, key=lambda one: (-one.rank, one.story, one.point, one.telling))[:top]
    return found


def _is_cut(counts: Counter[int]) -> bool:
    """Whether there are more matches of a language than are counted; the first one too many is taken off then."""
    if is_more := counts.total() > MOST:
        counts[counts.most_common(1)[0][0]] -= counts.total() - MOST
    return is_more


def passages_sql(asked: Asked, part: Part, *, scenes: str = "", unpublished: str = "") -> tuple[str, Values]:
    """The statement that finds passages, and what it asks."""
    query, wanted, values = part.language.query(asked)
    parts = {"query": query, "wanted": wanted, "scope": SCOPE, "scenes": scenes, "unpublished": unpublished}
    stretches = _stretches(_PASSAGE, "passed", part.passed, parts)
    return _PASSAGES.format(stretches=stretches, rank=_RANK.format(wanted=wanted)), values


def tellings_sql(asked: Asked, part: Part, *, kinds: str = "", appearing: str = "") -> tuple[str, Values]:
    """The statement that finds what is told of entries, and what it asks."""
    query, wanted, values = part.language.query(asked)
    parts = {"query": query, "wanted": wanted, "scope": SCOPE, "kinds": kinds, "appearing": appearing}
    stretches = _stretches(_TELLING, "reached", part.reached, parts)
    return _TELLINGS.format(stretches=stretches, rank=_RANK.format(wanted=wanted)), values


def _stretches(sql: str, name: str, many: int, parts: dict[str, str]) -> str:
    return " UNION ALL ".join(sql.format(blocks=f"%({name}{at})s::bigint[]", **parts) for at in range(many))


def _run(sql: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values | {"most": MOST + 1})
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
