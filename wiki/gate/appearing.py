"""Where entries stand in the text, as far as somebody has read: chapters, passages, company, and who was seen last."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from reader.models import Story
from reader.text import points
from wiki.gate.history import entry_at
from wiki.gate.naming import known_of, visible_names
from wiki.gate.shapes import EntryPage, EntryRef
from wiki.gate.textshapes import Appearances, ChapterCount, Company, Doubt, Doubts, Line, Passage, Seen
from wiki.models import Entry, Name, Tagging
from wiki.text.lexicon import folded
from wiki.text.passages import line_around

COMPANY: Final = 8
SEEN: Final = 60
DOUBTS: Final = 20
SCENES: Final = 2000  # of one entry in which company is looked for, the latest ones
# Scenes that two entries share, as far as both were named in what was read of them.
_COMPANY: Final = """
    WITH mine AS (
        SELECT p.chapter_id, p.scene FROM wiki_tagging t
        JOIN reader_paragraph p ON p.id = t.paragraph_id JOIN reader_chapter c ON c.id = p.chapter_id
        WHERE t.entry_id = %(entry)s AND t.state = 'linked' AND NOT t.is_lost AND NOT p.is_retired
            AND t.point <= %(horizon)s AND t.since <= %(horizon)s AND c.published_at <= %(now)s
        GROUP BY p.chapter_id, p.scene ORDER BY max(t.point) DESC LIMIT %(most)s
    ), company AS (
        SELECT t.entry_id, p.chapter_id, p.scene, max(t.point) AS last FROM mine
        JOIN reader_paragraph p ON p.chapter_id = mine.chapter_id AND p.scene = mine.scene AND NOT p.is_retired
        JOIN wiki_tagging t ON t.paragraph_id = p.id AND t.state = 'linked' AND NOT t.is_lost
        WHERE t.entry_id <> %(entry)s AND t.point <= %(horizon)s AND t.since <= %(horizon)s
        GROUP BY t.entry_id, p.chapter_id, p.scene
    )
    SELECT entry_id, count(*) AS scenes FROM company
    GROUP BY entry_id ORDER BY scenes DESC, max(last) DESC, entry_id LIMIT %(limit)s
"""


def appearances(story: Story, slug: str, horizon: int, *, page: EntryPage | None = None) -> Appearances | None:
    """The chapters in which an entry appears; None alike for the unknown and the unmet.

    `page` is its page at the same horizon, if that is there already: it saves two of three queries.
    """
    found = _found(story, slug, horizon, page)
    if found is None:
        return None
    key, ref = found
    chapters: dict[int, list[int]] = defaultdict(list)
    for point, _start, _key in _spans(_linked(horizon).filter(entry=key)):
        chapters[points.split(point)[0]].append(point)
    counts = (ChapterCount(number, len(many), tuple(dict.fromkeys(many))) for number, many in chapters.items())
    return Appearances(ref, tuple(counts))


def passages(
    story: Story, slug: str, horizon: int, *, chapter: int, first: int = 0, limit: int | None = None
) -> tuple[Passage, ...]:
    """An entry's appearances in one chapter, each with the line around it, in the order of the text.

    Of many those from number `first` (counted from 0) on, at most `limit`.
    """
    found = entry_at(story, slug, horizon)
    if found is None:
        return ()
    here = _linked(horizon).filter(entry=found[0], point__gt=points.point(chapter))
    spans = _spans(here.filter(point__lt=points.chapter_end(chapter)))[first:]
    wanted = [key for _point, _start, key in (spans if limit is None else spans[:limit])]
    rows = _linked(horizon).filter(pk__in=wanted).select_related("paragraph").order_by("point", "start")
    return tuple(
        Passage(row.point, row.start, row.end, _line(row), row.role, row.origin == Tagging.Origin.HAND) for row in rows
    )


def seen_with(
    story: Story, slug: str, horizon: int, *, limit: int = COMPANY, page: EntryPage | None = None
) -> tuple[Company, ...]:
    """The met entries that share most scenes with one, the most first; `page` as for `appearances`."""
    found = _found(story, slug, horizon, page)
    if found is None:
        return ()
    with connection.cursor() as cursor:
        values = {"entry": found[0], "horizon": horizon, "limit": limit, "most": SCENES}
        cursor.execute(_COMPANY, {**values, "now": timezone.now().isoformat()})
        counts = cursor.fetchall()
    refs = known_of(visible_names(story, horizon).filter(entry__in=[key for key, _ in counts])).refs
    return tuple(Company(refs[key], scenes) for key, scenes in counts if key in refs)


def last_seen(story: Story, horizon: int, *, said: str = "", limit: int = SEEN) -> tuple[Seen, ...]:
    """The met entries, those seen last first; with something said those of which a name holds it."""
    newest = _linked(horizon).filter(entry=OuterRef("pk")).order_by("-point").values("point")[:1]
    rows = Entry.objects.at(horizon).filter(story=story)
    if wanted := folded(said)[:80]:
        # Asked for by itself: nested, it was run once for each entry where the tables were not yet analysed.
        named = Name.objects.at(horizon).filter(story=story, folded__contains=wanted).values_list("entry", flat=True)
        rows = rows.filter(pk__in=set(named))
    order = rows.annotate(last=Coalesce(Subquery(newest), "since")).order_by("-last", "-pk").values_list("pk", "last")
    seen = dict(order[:limit])
    names: dict[int, list[str]] = defaultdict(list)
    found = list(visible_names(story, horizon).filter(entry__in=seen))
    for name in found:
        names[name.entry_id].append(name.folded)
    refs = known_of(found).refs
    return tuple(Seen(refs[key], last, tuple(names[key])) for key, last in seen.items() if key in refs)


def doubts(story: Story, horizon: int, *, after: str = "") -> Doubts:
    """Words of which a person has to say whom they mean, in the order of the text; at most three queries.

    `after` is what the page before says.
    """
    rows = _standing(horizon).filter(story=story, state=Tagging.State.DOUBTFUL, entry__since__lte=horizon)
    rows = rows.exclude(Exists(_tagged_across(horizon)))
    every = sorted(set(rows.values_list("point", "paragraph_id", "start", "end")))
    at = int(after) if after.isdecimal() and len(after) < 9 else 0
    page = every[at : at + DOUBTS]
    found: dict[tuple[int, int, int, int], list[Tagging]] = {one: [] for one in page}
    for row in rows.filter(paragraph__in={one[1] for one in page}).select_related("paragraph").order_by("pk"):
        if (key := (row.point, row.paragraph_id, row.start, row.end)) in found:
            found[key].append(row)
    entries = {row.entry_id for many in found.values() for row in many}
    refs = known_of(visible_names(story, horizon).filter(entry__in=entries)).refs
    shown = tuple(_doubt(many, [refs[row.entry_id] for row in many if row.entry_id in refs]) for many in found.values())
    return Doubts(shown, len(every), str(at + DOUBTS) if at + DOUBTS < len(every) else "")


def _tagged_across(horizon: int) -> "QuerySet[Tagging]":
    """Links by hand across a doubt: one that is known later does not cover it, and settles it for who knows."""
    rows = Tagging.objects.at(horizon).filter(origin=Tagging.Origin.HAND, state=Tagging.State.LINKED, is_lost=False)
    return rows.filter(paragraph=OuterRef("paragraph"), start__lt=OuterRef("end"), end__gt=OuterRef("start"))


def _doubt(rows: Sequence[Tagging], refs: Sequence[EntryRef]) -> Doubt:
    row = rows[0]
    return Doubt(row.point, row.start, row.end, _line(row), tuple(refs))


def _found(story: Story, slug: str, horizon: int, page: EntryPage | None) -> tuple[int, EntryRef] | None:
    if page is not None:
        return page.key, page.entry
    found = entry_at(story, slug, horizon)
    return (found[0].pk, found[1]) if found else None


def _spans(rows: "QuerySet[Tagging]") -> list[tuple[int, int, int]]:
    """Point, first character and key of one entry's links, in the order of the text.

    Words that a person tagged so that it shows later are the finder's until then, and from there on both have them:
    they count once, as the person's.
    """
    kept: list[tuple[int, int, int]] = []
    spans: list[tuple[int, int]] = []
    last = points.NOTHING
    fields = rows.order_by("point", "-origin", "start").values_list("pk", "point", "start", "end")
    for key, point, start, end in fields:
        if point != last:
            last, spans = point, []
        if not any(start < other_end and other_start < end for other_start, other_end in spans):
            spans.append((start, end))
            kept.append((point, start, key))
    return sorted(kept)


def _line(row: Tagging) -> Line:
    return Line(*line_around(row.paragraph.text, row.start, row.end))


def _linked(horizon: int) -> "QuerySet[Tagging]":
    """What the text shows up to a horizon: links in paragraphs that stand and are out."""
    return _standing(horizon).filter(state=Tagging.State.LINKED)


def _standing(horizon: int) -> "QuerySet[Tagging]":
    rows = Tagging.objects.at(horizon).filter(is_lost=False, paragraph__is_retired=False)
    return rows.filter(paragraph__chapter__published_at__lte=timezone.now(), point__lte=horizon)
