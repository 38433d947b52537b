"""Keeps what the finder finds true to a story's names and text, reading again only the paragraphs concerned.

What a paragraph is tagged with follows from its text, the names known there and the paragraphs just before it
(text/settling.py); so whatever was done, in whatever order, the rows are those of reading everything again.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from django.db import connection, transaction
from django.db.models import Q

from reader.models import Chapter, Paragraph, Story
from wiki import compiling
from wiki.models import Name, Scan, Tagging
from wiki.tagging import storing
from wiki.tagging.rescanning import News, take_in
from wiki.text import settling
from wiki.text.capitals import begins_small
from wiki.text.lexicon import can_stand_in, folded, words_of
from wiki.text.names import FindName, NameFinder
from wiki.text.settling import NEAR, Known, Read, Spot

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
        done = _Done(take_in(story).entries)
        finder = _Finder.of_story(story)
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
        news = take_in(story)
        return _tag(story, news.paragraphs, news)


def tag_names(story: Story, names: Iterable[str], *, entry: int = 0) -> Tagged:
    """Read the paragraphs that can hold any of these folded names, which came, went or were changed.

    And those where a person decided about the `entry` (a primary key) that they belong to: it may be gone, or back.
    """
    with transaction.atomic():
        _alone(story)
        news = take_in(story)
        concerned = set(news.paragraphs)
        for name in names:
            rows = Scan.objects.filter(story=story, words__contains=words_of(name))
            concerned |= set(rows.values_list("pk", flat=True))
        hand = Tagging.objects.whole(because=_WHY).filter(entry=entry, origin="hand", paragraph__is_retired=False)
        concerned |= set(hand.values_list("paragraph_id", flat=True))
        return _tag(story, concerned, news)


def cover_again(story: Story, paragraph: int) -> None:
    """Bring what is covered in a paragraph (by primary key) up to date, after whatever is being read."""
    with transaction.atomic():
        _alone(story)
        if touched := storing.cover(paragraph):
            compiling.raise_versions(story, touched)


def is_at_rest(story: Story) -> bool:
    """Whether nobody reads the story just now; if so, nobody begins to before the caller's transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [_LOCK, story.pk])
        return bool(cursor.fetchone()[0])


def _alone(story: Story) -> None:
    """One process at a time reads a story; two that each saw half of what changed would store neither."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK, story.pk])


def _tag(story: Story, concerned: set[int], news: News) -> Tagged:
    """Read these paragraphs, and those that lean on what is now another or stand in chapters that lost some."""
    order = _Order(story, concerned, news.chapters)
    done = _Done(news.entries)
    shaken: dict[int, set[int]] = {}
    for rows in _chunks(concerned):
        stored = _stored([row[0] for row in rows])
        for key, one in _read(story, rows, order, done).items():
            if differing := _plain(one) ^ _plain(stored[key]):
                shaken[key] = differing
    # What stands before a paragraph that is new is farther away now, whatever is named there.
    for rows in _chunks(order.leaning_on(news.paragraphs, shaken) - concerned):
        _read(story, rows, order, done)
    done.finish(story)
    return done.said()


def _read(story: Story, rows: Sequence[Row], order: "_Order", done: "_Done") -> dict[int, Read]:
    """Read and store a few paragraphs; of those that they lean on, what was stored holds."""
    finder = _Finder.of_paragraphs(story, [row[0] for row in rows])
    reads = {row[0]: finder.read(row) for row in rows}
    windows = {key: order.before(key) for key, one in reads.items() if one.leans}
    near = _stored({other for window in windows.values() for other in window if other not in reads}) | reads
    done.store(
        story,
        rows,
        {key: settling.settle(one, [near[other] for other in windows.get(key, ())]) for key, one in reads.items()},
    )
    return reads


def _stored(keys: Collection[int]) -> dict[int, Read]:
    """Of paragraphs that were read before, what others lean on: the names that mean one entry by themselves."""
    spots: dict[int, list[Spot]] = {key: [] for key in keys}
    rows = Tagging.objects.whole(because=_WHY).filter(paragraph__in=keys, origin="found", is_certain=True, leans=False)
    for key, start, end, entry in rows.values_list("paragraph_id", "start", "end", "entry_id"):
        spots[key].append(Spot(start, end, (entry,)))
    return {key: Read(0, tuple(found)) for key, found in spots.items()}


def _names_of(entries: set[int]) -> set[tuple[str, ...]]:
    """The words of their names; with and without a full stop (“Mr.”) they are the same."""
    rows = Name.objects.whole(because=_WHY).filter(entry__in=entries)
    return {tuple(words_of(name)) for name in rows.values_list("folded", flat=True)}


def _plain(one: Read) -> set[int]:
    return {spot.entries[0] for spot in one.spots if spot.is_plain}


def _chunks(keys: Iterable[int]) -> Iterator[list[Row]]:
    """A few paragraphs at a time, in the order of the text: those before are stored when one leans on them."""
    ordered = list(Paragraph.objects.filter(pk__in=list(keys)).order_by("point").values_list("pk", flat=True))
    for start in range(0, len(ordered), _CHUNK):
        yield _load(ordered[start : start + _CHUNK])


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
        for key, entry, since, until, text, looked_up, by_hand, capital in rows.values_list(*fields):
            if by_hand or (words is not None and not can_stand_in(words, looked_up)):
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

    def __init__(self, story: Story, concerned: set[int], lost: set[int]) -> None:
        chapters = Q(pk__in=lost) | Q(paragraphs__in=concerned) if concerned else Q(pk__in=lost)
        self.chapters = set(Chapter.objects.filter(chapters).values_list("pk", flat=True).distinct())
        self._story, self._lost = story, lost
        self._places: dict[int, tuple[list[int], int]] | None = None

    def leaning_on(self, new: set[int], shaken: dict[int, set[int]]) -> set[int]:
        """The paragraphs that lean on these, where a name may mean one of the entries that are named there or no more.

        And all that lean on new ones, or on others in the chapters that lost some.
        """
        if not new and not shaken and not self._lost:
            return set()
        rows = Tagging.objects.whole(because=_WHY).filter(
            story=self._story, leans=True, paragraph__chapter__in=self.chapters
        )
        meant = _names_of(set().union(*shaken.values()))
        found = set()
        for key, chapter, said in rows.values_list("paragraph_id", "paragraph__chapter_id", "words").distinct():
            near = self.before(key)
            may_mean = tuple(words_of(folded(said))) in meant and not shaken.keys().isdisjoint(near)
            if chapter in self._lost or may_mean or not new.isdisjoint(near):
                found.add(key)
        return found

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

    def __init__(self, entries: Iterable[int]) -> None:
        self.paragraphs = self.changed = 0
        self.entries = set(entries)

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
