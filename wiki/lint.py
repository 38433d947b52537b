"""The spoiler lint: reads a story's wiki, whatever the horizon, and tells what in it is dated wrongly or leads nowhere.

What is wrong is decided in `wiki/text/linting.py`. Changes nothing; findings say from when they may be told to whom.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from django.db.models import Q

from reader.models import Chapter, Paragraph, Story
from wiki.linting_rows import Labels, labels_of, parts_of, suspects
from wiki.models import Block, Entry, Link, Name
from wiki.text.firsts import FirstStands
from wiki.text.lexicon import KnownName, Lexicon, folded
from wiki.text.linting import check_entry, check_name, check_part
from wiki.text.lintshape import SORTS, Finding, NameRow, Sort
from wiki.text.standing import Paragraphs

__all__ = ["ORDER", "SORTS", "Finding", "Sort", "entries_called", "lint"]

WHY: Final = "the lint looks for what shows too early, and so at everything"
_READS: Final = frozenset[Sort](["early-name", "absent-name", "stamped"])
ORDER: Final = {sort: at for at, sort in enumerate(SORTS)}
"""Sorts of findings by weight, spoilers first."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What every part is held against."""

    lexicon: Lexicon
    targets: Mapping[str, str]
    paragraphs: Paragraphs


def lint(story: Story, *, entries: Collection[int] | None = None, sorts: Collection[Sort] = ()) -> tuple[Finding, ...]:
    """All findings, or those of some sorts; by entry, spoilers first, then as the story goes.

    `entries` (primary keys) are looked at as after a change: they themselves, and what others print of their names.
    """
    labels = labels_of(story, entries)
    names = list(_names(story))
    known = _Known(
        Lexicon(KnownName(*row[2:4], *row[5:7]) for row in names),
        {folded(row[2]): row[2] for row in reversed(names)},
        _paragraphs(story),
    )
    found = [*_of_parts(story, labels, entries, known)]
    if not sorts or _READS & set(sorts):
        rows = [NameRow(r[0], labels[r[1]], r[2], r[4], r[3], r[6], r[7]) for r in names if r[1] in labels]
        found += _of_names(story, rows)
    found += _of_entries(story, labels)
    wanted = set(sorts) or set(SORTS)
    kept = {finding for finding in found if finding.sort in wanted}
    return tuple(sorted(kept, key=lambda one: (one.entry, ORDER[one.sort], one.point, one.sentence)))


def entries_called(story: Story, called: Collection[str]) -> set[int]:
    """The primary keys of the entries that these words name: an address, or a file of a pack, with or without `.md`."""
    wanted = {one.removesuffix(".md") for one in called}
    return {key for key, label in labels_of(story, None).items() if label in wanted or label.rsplit("/")[-1] in wanted}


def _names(story: Story) -> Iterator[tuple[int, int, str, int, str, bool, bool, bool]]:
    """Key, entry, text, since, sort, only by hand, only with its capital, stamped."""
    rows = Name.objects.whole(because=WHY).filter(story=story).order_by("since", "pk")
    columns = ("pk", "entry", "text", "since", "sort", "only_by_hand", "only_capital", "is_stamped")
    yield from rows.values_list(*columns).iterator()


def _paragraphs(story: Story) -> Paragraphs:
    rows = Paragraph.objects.filter(chapter__story=story).order_by()
    moved = rows.filter(is_retired=True).values_list("point", "moved_to__point")
    return Paragraphs(rows.live().values_list("point", flat=True).iterator(), dict(moved))


def _of_parts(story: Story, labels: Labels, entries: Collection[int] | None, known: _Known) -> Iterator[Finding]:
    for part in parts_of(story, None if entries is None else labels):
        yield from check_part(part, known.lexicon, known.paragraphs, known.targets)
    if entries:
        changed = list(Name.objects.whole(because=WHY).filter(entry__in=entries).values_list("text", "since"))
        for part in suspects(story, entries, changed):
            for finding in check_part(part, known.lexicon, known.paragraphs, known.targets):
                if finding.sort in ("early", "unmet-link"):
                    yield finding


def _of_names(story: Story, rows: list[NameRow]) -> Iterator[Finding]:
    """Reads the text as far as it takes to find every name."""
    firsts = FirstStands(rows)
    for point, text, is_message in _text(story):
        if firsts.is_done:
            break
        firsts.read(point, text, is_message=is_message)
    for row in rows:
        if finding := check_name(row, firsts.found.get(row.key)):
            yield finding


def _text(story: Story) -> Iterator[tuple[int, str, bool]]:
    """Titles of chapters, known from their first paragraph, and live paragraphs, in the order of the story."""
    for chapter, title in Chapter.objects.filter(story=story).in_order().values_list("pk", "title"):
        rows = Paragraph.objects.filter(chapter=chapter).live().in_order().values_list("point", "text", "kind")
        for at, (point, text, kind) in enumerate(rows):
            if title and not at:
                yield point, title, False
            yield point, text, kind == Paragraph.Kind.MESSAGE


def _of_entries(story: Story, labels: Labels) -> Iterator[Finding]:
    scope = Q(entry__in=list(labels)) if len(labels) < 1_000 else Q(story=story)
    cited = set(
        Block.objects.whole(because=WHY).filter(scope, html__contains=' data-cite="').values_list("entry", flat=True)
    )
    owners = Name.objects.whole(because=WHY).filter(scope)
    linking: dict[str, set[int]] = {}
    rows = Link.objects.whole(because=WHY).filter(story=story, folded__in=owners.values("folded"))
    for entry, target in rows.values_list("entry", "folded").distinct():
        linking.setdefault(target, set()).add(entry)
    linked = {entry for entry, target in owners.values_list("entry", "folded") if linking.get(target, set()) - {entry}}
    for entry, since in Entry.objects.whole(because=WHY).filter(story=story).values_list("pk", "since"):
        if entry in labels:
            yield from check_entry(labels[entry], since, is_cited=entry in cited, is_linked=entry in linked)
