"""What the finder has read of a story, and what became of tags by hand in paragraphs that were changed or moved."""

from collections.abc import Sequence
from typing import Final

from django.db import connection

from reader.models import Paragraph, Story
from wiki.models import Scan, Tagging
from wiki.text.anchoring import Anchor, find_again
from wiki.text.lexicon import words_in

_WHY: Final = "tags follow the text, whoever may see them"
BATCH: Final = 1000  # rows a statement
_CHANGED: Final = """
    SELECT p.id FROM reader_paragraph p
    JOIN reader_chapter c ON c.id = p.chapter_id
    LEFT JOIN wiki_scan s ON s.paragraph_id = p.id
    WHERE c.story_id = %s AND NOT p.is_retired
    AND s.digest IS DISTINCT FROM md5(p.kind || '|' || p.role || '|' || p.text)
    ORDER BY p.point
"""
_DIGESTS: Final = "SELECT id, md5(kind || '|' || role || '|' || text) FROM reader_paragraph WHERE id = ANY(%s)"


def changed_paragraphs(story: Story) -> list[int]:
    """The paragraphs (by primary key) of which the finder has read nothing, or another text."""
    with connection.cursor() as cursor:
        cursor.execute(_CHANGED, [story.pk])
        return [row[0] for row in cursor.fetchall()]


def rescan(story: Story, paragraphs: Sequence[int]) -> None:
    """Note that these are read now, and look again for the words that were tagged in them by hand."""
    for start in range(0, len(paragraphs), BATCH):
        keys = list(paragraphs[start : start + BATCH])
        with connection.cursor() as cursor:
            cursor.execute(_DIGESTS, [keys])
            digests = dict(cursor.fetchall())
        texts = dict(Paragraph.objects.filter(pk__in=keys).values_list("pk", "text"))
        rows = [
            Scan(story=story, paragraph_id=key, digest=digests[key], words=sorted(words_in([text])))
            for key, text in texts.items()
        ]
        Scan.objects.bulk_create(
            rows,
            batch_size=BATCH,
            update_conflicts=True,
            unique_fields=["paragraph"],
            update_fields=["digest", "words"],
        )
        _anchor_again(keys, texts)


def forget_retired(story: Story) -> set[int]:
    """Drop what the finder knows of paragraphs that are no longer in the text; the chapters that they stood in.

    What a person decided there stays: it counts again if the paragraph comes back.
    """
    gone = Scan.objects.filter(story=story, paragraph__is_retired=True)
    chapters = set(gone.values_list("paragraph__chapter_id", flat=True))
    if chapters:
        keys = list(gone.values_list("pk", flat=True))
        Tagging.objects.whole(because=_WHY).filter(paragraph__in=keys, origin="found").delete()
        gone.delete()
    return chapters


def follow_moves(story: Story) -> None:
    """Tags by hand go with a paragraph that was moved elsewhere, if their words stand there."""
    rows = Tagging.objects.whole(because=_WHY).filter(
        story=story, origin="hand", paragraph__is_retired=True, paragraph__moved_to__isnull=False
    )
    for row in rows.select_related("paragraph__moved_to"):
        target: Paragraph | None = row.paragraph.moved_to
        if target is None:
            continue
        row.paragraph, row.point = target, target.point
        row.since = max(row.since, target.point)
        _put(row, target.text)


def _anchor_again(keys: Sequence[int], texts: dict[int, str]) -> None:
    for row in Tagging.objects.whole(because=_WHY).filter(paragraph__in=keys, origin="hand"):
        _put(row, texts[row.paragraph_id])


def _put(row: Tagging, text: str) -> None:
    """Store where the words of a tag stand in this text now; lost is what cannot be found, or stands there already."""
    anchor = Anchor(*row.place)
    at = find_again(anchor, text)
    if at is not None:
        row.start, row.end = at, at + len(anchor.words)
    same = Tagging.objects.whole(because=_WHY).filter(
        paragraph=row.paragraph_id, entry=row.entry_id, start=row.start, end=row.end, origin="hand", is_lost=False
    )
    row.is_lost = at is None or same.exclude(pk=row.pk).exists()
    row.save(update_fields=["paragraph", "point", "since", "start", "end", "is_lost"])
