"""What the finder has read of a story, and what became of tags by hand in paragraphs that were changed or moved."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db import connection
from django.db.models import F

from reader.models import Paragraph, Story
from wiki.models import Scan, Tagging
from wiki.text.anchoring import Anchor, Held, find_all_again
from wiki.text.lexicon import LONGEST, words_in

_WHY: Final = "tags follow the text, whoever may see them"
BATCH: Final = 1000  # rows a statement
_ANCHOR: Final = len(Anchor._fields)
_CHANGED: Final = """
    SELECT p.id FROM reader_paragraph p
    JOIN reader_chapter c ON c.id = p.chapter_id
    LEFT JOIN wiki_scan s ON s.paragraph_id = p.id
    WHERE c.story_id = %s AND NOT p.is_retired
    AND s.digest IS DISTINCT FROM md5(p.kind || '|' || p.role || '|' || p.text)
    ORDER BY p.point
"""
_DIGESTS: Final = "SELECT id, md5(kind || '|' || role || '|' || text) FROM reader_paragraph WHERE id = ANY(%s)"


@dataclass(frozen=True, slots=True)
class News:
    """What is new in the text since the finder read it, by primary key.

    `paragraphs` are new, changed or hold tags that came with a text from elsewhere, `chapters` lost some, and of
    `entries` tags went, came or stand elsewhere.
    """

    paragraphs: set[int]
    chapters: set[int]
    entries: set[int]


def take_in(story: Story) -> News:
    """Bring what is known of the text up to date, and tags by hand to where their words stand now."""
    chapters, entries = _forget_retired(story)
    paragraphs = _follow_moves(story) | set(_changed_paragraphs(story))
    entries |= _rescan(story, sorted(paragraphs))
    return News(paragraphs, chapters, entries)


def _forget_retired(story: Story) -> tuple[set[int], set[int]]:
    """Drop what the finder knows of paragraphs that are no longer in the text; their chapters and entries tagged there.

    What a person decided there stays: it counts again if the paragraph comes back.
    """
    gone = dict(Scan.objects.filter(story=story, paragraph__is_retired=True).values_list("pk", "paragraph__chapter_id"))
    if not gone:
        return set(), set()
    rows = Tagging.objects.whole(because=_WHY).filter(paragraph__in=gone)
    entries = set(rows.values_list("entry_id", flat=True))
    rows.filter(origin="found").delete()
    Scan.objects.filter(pk__in=gone).delete()
    return set(gone.values()), entries


def _follow_moves(story: Story) -> set[int]:
    """Tags by hand go with a paragraph that was moved elsewhere; the live ones that they came to.

    None is known earlier than where it was made: who said so had read up to there. One that was moved back to an
    earlier place has no effect on the text there until somebody says it again.
    """
    rows = Tagging.objects.whole(because=_WHY).filter(
        story=story, origin="hand", paragraph__is_retired=True, paragraph__moved_to__isnull=False
    )
    targets = set()
    for row in rows.select_related("paragraph__moved_to"):
        target = row.paragraph
        while target.is_retired and target.moved_to is not None:
            target = target.moved_to
        made = row.place[_ANCHOR] if len(row.place) > _ANCHOR else row.since
        row.place = [*Anchor(*row.place[:_ANCHOR]), made]
        row.paragraph, row.point = target, target.point
        row.since = max(target.point, made)
        if row.before:
            row.before["since"] = max(row.before["since"], target.point)
        row.is_lost = True  # until its words are found there
        row.save(update_fields=["paragraph", "point", "since", "place", "before", "is_lost"])
        if not target.is_retired:
            targets.add(target.pk)
    return targets


def _changed_paragraphs(story: Story) -> list[int]:
    """The paragraphs (by primary key) of which the finder has read nothing, or another text."""
    with connection.cursor() as cursor:
        cursor.execute(_CHANGED, [story.pk])
        return [row[0] for row in cursor.fetchall()]


def _rescan(story: Story, paragraphs: Sequence[int]) -> set[int]:
    """Note that these are read now, and look again for the words that were tagged in them by hand: of which entries."""
    entries = set()
    for start in range(0, len(paragraphs), BATCH):
        keys = list(paragraphs[start : start + BATCH])
        with connection.cursor() as cursor:
            cursor.execute(_DIGESTS, [keys])
            digests = dict(cursor.fetchall())
        texts = dict(Paragraph.objects.filter(pk__in=keys).values_list("pk", "text"))
        rows = [
            Scan(story=story, paragraph_id=key, digest=digests[key], words=_words(text)) for key, text in texts.items()
        ]
        Scan.objects.bulk_create(
            rows,
            batch_size=BATCH,
            update_conflicts=True,
            unique_fields=["paragraph"],
            update_fields=["digest", "words"],
        )
        entries |= _anchor_again(texts)
    return entries


def _words(text: str) -> list[str]:
    """Without those that no name asks for: no index takes thousands of letters, which is how some tongues write."""
    return sorted(word for word in words_in([text]) if len(word) < LONGEST)


def _anchor_again(texts: dict[int, str]) -> set[int]:
    """Store where the words of tags stand in these texts now; lost are those that cannot be found."""
    held: dict[int, list[Tagging]] = defaultdict(list)
    manager = Tagging.objects.whole(because=_WHY)
    for row in manager.filter(paragraph__in=texts, origin="hand").order_by(F("decided_at").asc(nulls_first=True), "pk"):
        held[row.paragraph_id].append(row)
    changed = []
    for key, rows in held.items():
        said = [_held(row, rank) for rank, row in enumerate(rows)]
        for row, one, at in zip(rows, said, find_all_again(said, texts[key]), strict=True):
            stood = (row.start, row.end, row.is_lost)
            row.is_lost = at is None
            if at is not None:
                row.start, row.end = at, at + len(one.anchor.words)
            if stood != (row.start, row.end, row.is_lost):
                changed.append(row)
    # No two may hold the same words, not even while they change places.
    manager.filter(pk__in=[row.pk for row in changed]).update(is_lost=True)
    manager.bulk_update(changed, ["start", "end", "is_lost"], batch_size=BATCH)
    return {row.entry_id for rows in held.values() for row in rows}


def _held(row: Tagging, rank: int) -> Held:
    is_link = row.state == Tagging.State.LINKED
    return Held(Anchor(*row.place[:_ANCHOR]), row.entry_id, is_link, row.since, rank, row.is_lost)
