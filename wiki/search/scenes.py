"""Scenes in which entries stand together, as far as each story has been read."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection

from wiki.gate import EntryRef
from wiki.gate.history import entry_at
from wiki.search.bounding import SCOPE, STANDING, Bounds
from wiki.search.matching import IN_SCENES, MOST, FoundPassage, Passages, Scene
from wiki.search.shapes import Filters

MOST_TOGETHER: Final = 4
"""Entries that may be asked for in one scene."""
# Each scene that holds them all, with the first paragraph there that names whom the role is asked of.
_TOGETHER: Final = f"""
    WITH named AS MATERIALIZED (
        SELECT p.chapter_id, p.scene, scope.story, g.entry_id, min(g.point) AS point,
            (array_agg(p.id ORDER BY g.point))[1] AS paragraph
        FROM {SCOPE}
        JOIN wiki_tagging g ON g.story_id = scope.story AND g.entry_id = ANY(%(entries)s) AND {STANDING}
            AND (g.entry_id <> ALL(%(leads)s) OR %(role)s IN ('', g.role))
        JOIN reader_paragraph p ON p.id = g.paragraph_id AND NOT p.is_retired
        JOIN reader_chapter c ON c.id = p.chapter_id AND c.published_at <= %(now)s
        GROUP BY p.chapter_id, p.scene, scope.story, g.entry_id
    ), scene AS (
        SELECT chapter_id, scene, story, min(point) FILTER (WHERE entry_id = ANY(%(leads)s)) AS point,
            min(paragraph) FILTER (WHERE entry_id = ANY(%(leads)s)) AS paragraph
        FROM named GROUP BY chapter_id, scene, story HAVING count(*) = %(many)s
    )
    SELECT chapter_id, scene, paragraph, story, point FROM scene ORDER BY story, point LIMIT %(most)s
"""  # noqa: S608 - no input
_HOLDING: Final = f"""
    SELECT DISTINCT p.chapter_id, p.scene FROM wiki_passage f
    JOIN {SCOPE} ON scope.story = f.story_id AND f.since > scope.low AND f.since <= scope.high
    {IN_SCENES}
    WHERE f.reach && %(passed)s::bigint[] AND f.vector @@ ({{query}})
"""  # noqa: S608 - no input
_SPOTS: Final = f"""
    SELECT g.paragraph_id, g.start, g.end FROM {SCOPE}
    JOIN wiki_tagging g ON g.story_id = scope.story AND {STANDING}
    WHERE g.paragraph_id = ANY(%(paragraphs)s) AND g.entry_id = ANY(%(entries)s)
    ORDER BY g.paragraph_id, g.start, g.end
"""  # noqa: S608 - no input


@dataclass(frozen=True, slots=True)
class Together:
    """Scenes that hold all who were asked for; `passages` are their first paragraphs, `entries` primary keys."""

    refs: tuple[EntryRef, ...]
    entries: tuple[int, ...]
    scenes: tuple[Scene, ...]
    passages: Passages


def together(bounds: Bounds, filters: Filters, without: Sequence[str] = ()) -> Together:
    """The scenes in which all these entries stand, in the order of the text; none where one of them is not met.

    `without` are words and phrases that nothing in the scene may hold, as far as it was read. Addresses are those of
    one story: of several there are none.
    """
    if len(bounds.scopes) != 1:
        return Together((), (), (), Passages())
    scope, slugs = bounds.scopes[0], tuple(dict.fromkeys(filters.together))[:MOST_TOGETHER]
    found = [entry_at(scope.story, slug, scope.horizon) for slug in slugs]
    known = {one[0].pk: one[1] for one in found if one is not None}  # an old and a new address may be of one
    refs, entries = tuple(known.values()), tuple(known)
    if None in found:
        return Together(refs, (), (), Passages())
    asked = {"entries": list(entries), "leads": [entries[0]], "role": filters.role, "many": len(entries)}
    with connection.cursor() as cursor:
        cursor.execute(_TOGETHER, bounds.values | asked | {"most": MOST + 1})
        rows = cursor.fetchall()
    is_more = len(rows) > MOST
    if rows and without:
        held = _holding(bounds, rows, without)
        rows = [row for row in rows if row[:2] not in held]
    return Together(
        refs,
        entries,
        tuple(Scene(chapter, number) for chapter, number, *_ in rows[:MOST]),
        Passages(
            [FoundPassage(paragraph, story, point) for _c, _n, paragraph, story, point in rows[:MOST]],
            Counter(story for _c, _n, _p, story, _point in rows[:MOST]),
            is_more=is_more,
        ),
    )


def _holding(bounds: Bounds, scenes: Sequence[Sequence[Any]], said: Sequence[str]) -> set[tuple[int, int]]:
    """Those of these scenes (chapter, number and more) in which any of this was read."""
    more = {"chapters": [one[0] for one in scenes], "scenes": [one[1] for one in scenes]}
    found: set[tuple[int, int]] = set()
    for part in bounds.by_language():
        query, its = part.language.any_of(said)
        with connection.cursor() as cursor:
            cursor.execute(_HOLDING.format(query=query), part.values | more | its)
            found |= set(cursor.fetchall())
    return found


def spots(bounds: Bounds, entries: Sequence[int], paragraphs: Sequence[int]) -> dict[int, list[tuple[int, int]]]:
    """Where these entries stand in paragraphs, from character to character, each character once."""
    with connection.cursor() as cursor:
        cursor.execute(_SPOTS, bounds.values | {"entries": list(entries), "paragraphs": list(paragraphs)})
        rows = cursor.fetchall()
    found: dict[int, list[tuple[int, int]]] = {}
    for paragraph, start, end in rows:
        known = found.setdefault(paragraph, [])
        if not known or known[-1][1] <= start:
            known.append((start, end))
    return found
