"""Scenes in which entries stand together, as far as each story has been read."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db import connection

from wiki.gate import EntryRef
from wiki.gate.history import entry_at
from wiki.search.bounding import SCOPE, STANDING, Bounds
from wiki.search.matching import MOST, FoundPassage, Passages, Scene
from wiki.search.shapes import Filters

MOST_TOGETHER: Final = 6
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


def together(bounds: Bounds, filters: Filters) -> Together:
    """The scenes in which all these entries stand, in the order of the text; none where one of them is not met."""
    slugs = tuple(dict.fromkeys(filters.together))[:MOST_TOGETHER]
    refs: tuple[EntryRef, ...] = ()
    leads, entries = [], []
    for scope in bounds.scopes:
        found = [entry_at(scope.story, slug, scope.horizon) for slug in slugs]
        known = [one for one in found if one is not None]
        refs = refs or tuple(ref for _row, ref in known)
        if len(known) == len(slugs):
            leads.append(known[0][0].pk)
            entries += [row.pk for row, _ref in known]
    if not entries:
        return Together(refs, (), (), Passages())
    asked = {"entries": entries, "leads": leads, "role": filters.role, "many": len(slugs)}
    with connection.cursor() as cursor:
        cursor.execute(_TOGETHER, bounds.values | asked | {"most": MOST + 1})
        rows = cursor.fetchall()
    return Together(
        refs,
        tuple(entries),
        tuple(Scene(chapter, number) for chapter, number, *_ in rows[:MOST]),
        Passages(
            [FoundPassage(paragraph, story, point) for _c, _n, paragraph, story, point in rows[:MOST]],
            Counter(story for _c, _n, _p, story, _point in rows[:MOST]),
            is_more=len(rows) > MOST,
        ),
    )


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
