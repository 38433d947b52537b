"""Keeps the full text of what entries tell true to their blocks and facts, in the transaction of each change."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from django.db import connection

from reader.models import Story
from reader.text.points import EVERYTHING
from wiki.models import Block, Fact
from wiki.search.languages import language_of
from wiki.search.reaching import blocks_sql
from wiki.search.standing import TOLD, facts_standing, met
from wiki.text.stretches import Span, within

_WHY: Final = "the full text is renewed for every horizon at once"
Piece = tuple[int, int | None, int | None, int, int | None]
"""Entry, block or fact, and a stretch of points."""
_TOLD: Final = """
    WITH piece AS MATERIALIZED (
        SELECT one.*, coalesce(b.text, f.label || ' ' || f.text) AS text
        FROM unnest(
            %(owners)s::bigint[], %(blocks)s::bigint[], %(facts)s::bigint[], %(sinces)s::bigint[], %(untils)s::bigint[]
        ) AS one (entry_id, block_id, fact_id, since, until)
        JOIN wiki_entry e ON e.id = one.entry_id AND e.story_id = %(story)s
        LEFT JOIN wiki_block b ON b.id = one.block_id LEFT JOIN wiki_fact f ON f.id = one.fact_id
    ), told AS MATERIALIZED (
        SELECT entry_id, block_id, fact_id, since, until, {blocks} AS reach, {vector} AS vector FROM piece
    )
"""
# Rows that are as they should be stay; the others go, and what is missing comes. Where nothing but the end has moved
# the row stays in its place, for which migration 0008 leaves room: of more matches than are looked at, the place says
# which are, and what is written of later chapters moves ends of what shows earlier.
_RENEW: Final = """
    , same AS MATERIALIZED (
        SELECT t.id, t.until AS ended, told.entry_id, told.block_id, told.fact_id, told.since, told.until
        FROM wiki_telling t
        JOIN told ON told.entry_id = t.entry_id AND told.since = t.since
            AND told.block_id IS NOT DISTINCT FROM t.block_id AND told.fact_id IS NOT DISTINCT FROM t.fact_id
            AND told.vector = t.vector
        WHERE t.entry_id = ANY(%(entries)s) AND t.story_id = %(story)s
    ), gone AS (
        DELETE FROM wiki_telling t
        WHERE t.entry_id = ANY(%(entries)s) AND NOT EXISTS (SELECT FROM same WHERE same.id = t.id)
    ), moved AS (
        UPDATE wiki_telling t SET until = same.until FROM same
        WHERE same.id = t.id AND same.ended IS DISTINCT FROM same.until
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
    pieces = [list(column) for column in zip(*_pieces(entries), strict=True)] or [[], [], [], [], []]
    values: dict[str, Any] = {"story": story.pk, "entries": entries}
    values |= dict(zip(("owners", "blocks", "facts", "sinces", "untils"), pieces, strict=True))
    with connection.cursor() as cursor:
        cursor.execute(told + _RENEW, values)


def _pieces(entries: Sequence[int]) -> Iterator[Piece]:
    """What these entries tell and when: as long as it stands on a page that there is."""
    shown = met(entries)
    facts = Fact.objects.whole(because=_WHY).filter(entry__in=entries)
    facts = facts.only("entry_id", "label", "since", "until", "position", "is_many")
    stands = facts_standing(facts)
    for fact in facts:
        for since, until in _shown(stands[fact.pk], shown.get(fact.entry_id, ())):
            yield fact.entry_id, None, fact.pk, since, until
    blocks = Block.objects.whole(because=_WHY).filter(entry__in=entries, kind__in=TOLD)
    for key, entry, known, ends in blocks.values_list("pk", "entry_id", "since", "until"):
        for since, until in _shown([(known, ends)], shown.get(entry, ())):
            yield entry, key, None, since, until


def _shown(spans: Iterable[Span], shown: Sequence[Span]) -> Iterator[Span]:
    return ((since, until) for span in spans for since, until in within(span, shown) if since < EVERYTHING)
