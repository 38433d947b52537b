"""Keeps the full text of paragraphs true to the text: one statement for a story, which writes only what differs."""

from typing import Final

from django.db import connection, transaction

from reader.models import Story
from wiki.search.languages import language_of
from wiki.search.reaching import blocks_sql

_LOCK: Final = 7_268_372  # any number of our own, before the story's
# The digest is of the language too: where that is corrected, everything is read again.
_RENEW: Final = """
    WITH standing AS MATERIALIZED (
        SELECT p.id, p.point, md5(%(config)s || p.text) AS digest
        FROM reader_paragraph p JOIN reader_chapter c ON c.id = p.chapter_id
        WHERE c.story_id = %(story)s AND NOT p.is_retired
    ), gone AS (
        DELETE FROM wiki_passage g WHERE g.story_id = %(story)s
            AND NOT EXISTS (SELECT FROM standing s WHERE s.id = g.paragraph_id)
    )
    INSERT INTO wiki_passage (paragraph_id, story_id, since, digest, reach, vector)
    SELECT s.id, %(story)s, s.point, s.digest, {blocks}, {vector}
    FROM standing s JOIN reader_paragraph p ON p.id = s.id
    LEFT JOIN wiki_passage old ON old.paragraph_id = s.id
    WHERE old.paragraph_id IS NULL OR old.digest <> s.digest OR old.since <> s.point OR old.story_id <> %(story)s
    ORDER BY s.point
    ON CONFLICT (paragraph_id) DO UPDATE SET story_id = excluded.story_id, since = excluded.since,
        digest = excluded.digest, reach = excluded.reach, vector = excluded.vector
"""
_DROP: Final = """
    DELETE FROM wiki_passage g USING reader_paragraph p WHERE g.story_id = %s AND p.id = g.paragraph_id AND p.is_retired
"""


def renew_passages(story: Story) -> int:
    """Make the full text that of the story's paragraphs as they stand; returns how many had to be written."""
    language = language_of(story)
    sql = _RENEW.format(blocks=blocks_sql("%(story)s", "s.point"), vector=language.vector("p.text"))
    with transaction.atomic(), connection.cursor() as cursor:
        # No import at the same time (it locks the story): what that retires might be written down once more. And one
        # process: another might write down what it read before the last change.
        cursor.execute("SELECT FROM reader_story WHERE id = %s FOR KEY SHARE", [story.pk])
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK, story.pk])
        cursor.execute(sql, {"story": story.pk, "config": f"{language.config} {language.by_pairs} "})
        return int(cursor.rowcount)


def drop_retired(story: int) -> None:
    """Paragraphs of a story (by primary key) that stand no more are found no more, from this transaction on."""
    with connection.cursor() as cursor:
        cursor.execute(_DROP, [story])
