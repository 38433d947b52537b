"""Keeps what the finder finds true to a story's names and text, reading again only the paragraphs concerned.

What a paragraph is tagged with follows from its text, the names known there and the paragraphs just before it
(text/settling.py); so whatever was done, in whatever order, the rows are those of reading everything again.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.db import connection, transaction
from django.db.models import Q

from reader.models import Chapter, Paragraph, Story
from wiki import compiling
from wiki.models import Name, Scan, Tagging
from wiki.tagging import storing
from wiki.tagging.rescanning import changed_paragraphs, follow_moves, forget_retired, rescan
from wiki.text import settling
from wiki.text.capitals import begins_small
from wiki.text.lexicon import can_stand_in, words_of
from wiki.text.names import FindName, NameFinder
from wiki.text.settling import NEAR, Known, Read

_WHY: Final = "every name is looked for, each from where it is known"
_LOCK: Final = 7_268_371  # any number of our own, before the story's
_CHUNK: Final = 2000  # paragraphs in memory at a time
_FIELDS: Final = ("pk", "chapter_id", "point", "kind", "role", "text")
Row = tuple[int, int, int, str, str, str]


@dataclass(frozen=True, slots=True)
class Tagged:
    """How many paragraphs were read and how many rows differed from what was stored."""

    paragraphs: int = 0
    changed: int = 0


def tag_all(story: Story) -> Tagged:
    """Read the whole story with all its names."""
    with transaction.atomic():
        _alone(story)
        _take_in(story)
        finder = _Finder.of_story(story)
        done = _Done()
        for chapter in Chapter.objects.filter(story=story).order_by("number").values_list("pk", flat=True):
            rows = list(Paragraph.objects.live().filter(chapter=chapter).in_order().values_list(*_FIELDS))
            reads = [finder.read(row) for row in rows]
            done.store(story, rows, {row[0]: _settled(reads, at) for at, row in enumerate(rows)})
        done.finish(story)
        return done.said()


def tag_changed_text(story: Story) -> Tagged:
    """Read the paragraphs whose text is not what the finder read last, and those that lean on them."""
    with transaction.atomic():
        _alone(story)
        changed, shaken = _take_in(story)
        return _tag(story, changed, shaken=shaken)


def tag_names(story: Story, names: Iterable[str]) -> Tagged:
    """Read the paragraphs that can hold any of these folded names, which came, went or were changed."""
    with transaction.atomic():
        _alone(story)
        changed, shaken = _take_in(story)
        for name in names:
            rows = Scan.objects.filter(story=story, words__contains=words_of(name))
            changed |= set(rows.values_list("pk", flat=True))
        return _tag(story, changed, shaken=shaken)


def _alone(story: Story) -> None:
    """One process at a time reads a story; two that each saw half of what changed would store neither."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK, story.pk])


def _take_in(story: Story) -> tuple[set[int], set[int]]:
    """Bring the scans up to date; the paragraphs that are new or changed, and the chapters that lost some."""
    shaken = forget_retired(story)
    follow_moves(story)
    changed = changed_paragraphs(story)
    rescan(story, changed)
    return set(changed), shaken


def _tag(story: Story, concerned: set[int], *, shaken: set[int]) -> Tagged:
    """Read these paragraphs, and those whose names lean on them; `shaken` are chapters that lost paragraphs."""
    if not concerned and not shaken:
        return Tagged()
    order = _Order(story, concerned, shaken)
    targets = sorted(concerned | order.leaning)
    done = _Done()
    for start in range(0, len(targets), _CHUNK):
        rows = _load(targets[start : start + _CHUNK])
        finder = _Finder.of_paragraphs(story, [row[0] for row in rows])
        reads = {row[0]: finder.read(row) for row in rows}
        windows = {key: order.before(key) for key, one in reads.items() if one.leans}
        missing = {other for window in windows.values() for other in window if other not in reads}
        around = _Finder.of_paragraphs(story, missing) if missing else finder
        near = reads | {row[0]: around.read(row) for row in _load(missing)}
        marks = {
            key: settling.settle(one, [near[other] for other in windows.get(key, ())]) for key, one in reads.items()
        }
        done.store(story, rows, marks)
    done.finish(story)
    return done.said()


def _load(keys: Iterable[int]) -> list[Row]:
    return list(Paragraph.objects.filter(pk__in=list(keys)).values_list(*_FIELDS))


def _settled(reads: Sequence[Read], at: int) -> list[settling.Mark]:
    return settling.settle(reads[at], reads[max(0, at - NEAR) : at])


@dataclass(frozen=True, slots=True)
class _Finder:
    """The names of a story, or those of them that can stand in some paragraphs."""

    finder: NameFinder
    names: dict[int, Known]

    @classmethod
    def of_story(cls, story: Story) -> "_Finder":
        return cls._made(Name.objects.whole(because=_WHY).filter(story=story), None)

    @classmethod
    def of_paragraphs(cls, story: Story, keys: Iterable[int]) -> "_Finder":
        """Without the rest, so that one changed paragraph costs the same beside a hundred thousand names."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT DISTINCT unnest(words) FROM wiki_scan WHERE paragraph_id = ANY(%s)", [list(map(int, keys))]
            )
            words = {row[0] for row in cursor.fetchall()}
        rows = Name.objects.whole(because=_WHY).filter(story=story, head__in={"", *words})
        return cls._made(rows, words)

    @classmethod
    def _made(cls, rows: "storing.Names", words: set[str] | None) -> "_Finder":
        names, wanted = {}, []
        fields = ("pk", "entry_id", "since", "until", "text", "folded", "only_by_hand", "only_capital")
        for key, entry, since, until, text, folded, by_hand, capital in rows.values_list(*fields):
            if by_hand or (words is not None and not can_stand_in(words, folded)):
                continue
            names[key] = Known(entry, since, until)
            wanted.append(FindName(text, key, only_capital=capital))
        return cls(NameFinder(wanted), names)

    def read(self, row: Row) -> Read:
        """What stands in a paragraph; messages of those who type no capitals are read without them."""
        _key, _chapter, point, kind, _role, text = row
        found = self.finder.find_all(text, any_case=kind == "message" and begins_small(text))
        return settling.read(found, self.names, point)


class _Order:
    """The paragraphs of the chapters concerned in their order, looked up only where something leans on others."""

    def __init__(self, story: Story, concerned: set[int], shaken: set[int]) -> None:
        chapters = Q(pk__in=shaken) | Q(paragraphs__in=concerned) if concerned else Q(pk__in=shaken)
        self.chapters = set(Chapter.objects.filter(chapters).values_list("pk", flat=True).distinct())
        self._places: dict[int, tuple[list[int], int]] | None = None
        rows = Tagging.objects.whole(because=_WHY).filter(story=story, leans=True, paragraph__chapter__in=self.chapters)
        held = rows.values_list("paragraph_id", "paragraph__chapter_id").distinct()
        self.leaning = {key for key, chapter in held if chapter in shaken or not concerned.isdisjoint(self.before(key))}

    def before(self, key: int) -> list[int]:
        """The paragraphs that one leans on, nearest last."""
        if self._places is None:
            self._places = {}
            order: dict[int, list[int]] = defaultdict(list)
            rows = Paragraph.objects.live().filter(chapter__in=self.chapters).order_by("point")
            for one, chapter in rows.values_list("pk", "chapter_id"):
                self._places[one] = (order[chapter], len(order[chapter]))
                order[chapter].append(one)
        found = self._places.get(key)
        return found[0][max(0, found[1] - NEAR) : found[1]] if found else []


class _Done:
    """Counts what is stored, and at the end tells the pages of all entries that are concerned."""

    def __init__(self) -> None:
        self.paragraphs = self.changed = 0
        self.entries: set[int] = set()

    def store(self, story: Story, rows: Sequence[Row], marks: dict[int, list[settling.Mark]]) -> None:
        changed, entries = storing.store(story, rows, marks)
        self.paragraphs += len(rows)
        self.changed += changed
        self.entries |= entries

    def finish(self, story: Story) -> None:
        if self.entries:
            compiling.raise_versions(story, self.entries)

    def said(self) -> Tagged:
        return Tagged(self.paragraphs, self.changed)
