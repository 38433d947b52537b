"""Keeps the full text of what entries tell true to their blocks and facts, in the transaction of each change."""

from collections.abc import Iterable
from typing import Any, Final

from django.db import connection

from reader.models import Story
from reader.text.points import EVERYTHING
from wiki.search.languages import language_of
from wiki.search.reaching import blocks_sql

TOLD: Final = ("paragraph", "row", "code")
"""Kinds of blocks that say something. Headings and the like show only above something that shows, and are not found."""
# What is told counts from when its entry is met. A value stands until the next one of its label is known, and again
# from where the label is known to hold many: what is known later never moves what showed before.
_TOLD: Final = """
    WITH entry AS MATERIALIZED (
        SELECT id, since FROM wiki_entry WHERE story_id = %(story)s AND id = ANY(%(entries)s)
    ), fact AS MATERIALIZED (
        SELECT f.id, f.entry_id, greatest(f.since, e.since) AS since, f.until, f.label || ' ' || f.text AS text,
            min(f.since) FILTER (WHERE f.is_many) OVER label AS many,
            min(f.since) OVER (
                label ORDER BY f.since, f.position, f.id ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING
            ) AS next
        FROM entry e JOIN wiki_fact f ON f.entry_id = e.id
        WINDOW label AS (PARTITION BY f.entry_id, f.label)
    ), piece AS MATERIALIZED (
        SELECT b.entry_id, b.id AS block_id, NULL::bigint AS fact_id, greatest(b.since, e.since) AS since, b.until,
            b.text
        FROM entry e JOIN wiki_block b ON b.entry_id = e.id
        WHERE b.kind = ANY(%(told)s)
        UNION ALL
        SELECT entry_id, NULL, id, since, CASE WHEN many <= next THEN until ELSE least(until, next) END, text FROM fact
        UNION ALL
        SELECT entry_id, NULL, id, greatest(since, many), until, text FROM fact WHERE many > next
    ), told AS MATERIALIZED (
        SELECT entry_id, block_id, fact_id, since, until, {blocks} AS reach, {vector} AS vector
        FROM piece WHERE since < %(never)s AND (until IS NULL OR since < until)
    )
"""
# Rows that are as they should be stay; the others go, and what is missing comes.
_RENEW: Final = """
    , same AS MATERIALIZED (
        SELECT t.id, told.entry_id, told.block_id, told.fact_id, told.since FROM wiki_telling t
        JOIN told ON told.entry_id = t.entry_id AND told.since = t.since
            AND told.block_id IS NOT DISTINCT FROM t.block_id AND told.fact_id IS NOT DISTINCT FROM t.fact_id
            AND told.until IS NOT DISTINCT FROM t.until AND told.vector = t.vector
        WHERE t.entry_id = ANY(%(entries)s) AND t.story_id = %(story)s
    ), gone AS (
        DELETE FROM wiki_telling t
        WHERE t.entry_id = ANY(%(entries)s) AND NOT EXISTS (SELECT FROM same WHERE same.id = t.id)
    )
    INSERT INTO wiki_telling (story_id, entry_id, block_id, fact_id, since, until, reach, vector)
    SELECT %(story)s, entry_id, block_id, fact_id, since, until, reach, vector FROM told
    WHERE NOT EXISTS (
        SELECT FROM same WHERE same.entry_id = told.entry_id AND same.since = told.since
            AND same.block_id IS NOT DISTINCT FROM told.block_id AND same.fact_id IS NOT DISTINCT FROM told.fact_id
    )
    ORDER BY since, entry_id, block_id, fact_id
"""


def renew_tellings(story: Story, entry_ids: Iterable[int]) -> None:
    """Make the full text of these entries (by primary key) that of their blocks and facts; writes only what differs."""
    entries = list(entry_ids)
    if not entries:
        return
    told = _TOLD.format(blocks=blocks_sql("%(story)s", "since"), vector=language_of(story).vector("text"))
    values: dict[str, Any] = {"story": story.pk, "entries": entries, "told": list(TOLD), "never": EVERYTHING}
    with connection.cursor() as cursor:
        cursor.execute(told + _RENEW, values)
