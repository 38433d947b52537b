"""Where entries were last seen: in paragraphs that stand, of chapters that are out, as far as somebody has read."""

from collections.abc import Mapping
from typing import Final

from django.db import connection

from wiki.search.arrays import numbers

_SEEN: Final = """
    SELECT one.entry, last.point FROM unnest(%s::bigint[], %s::bigint[]) AS one (entry, horizon)
    CROSS JOIN LATERAL (
        SELECT g.point FROM wiki_tagging g
        JOIN reader_paragraph p ON p.id = g.paragraph_id AND NOT p.is_retired
        JOIN reader_chapter c ON c.id = p.chapter_id AND c.published_at <= now()
        WHERE g.entry_id = one.entry AND g.state = 'linked' AND NOT g.is_lost
            AND g.point <= one.horizon AND g.since <= one.horizon
        ORDER BY g.point DESC LIMIT 1
    ) last
"""


def last_seen(horizons: Mapping[int, int]) -> dict[int, int]:
    """The point of the last mention of each entry (by primary key) up to its horizon; one query, or none."""
    if not horizons:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_SEEN, [numbers(horizons), numbers(horizons.values())])
        return dict(cursor.fetchall())
