"""Which entries are found: by their names first, then by what is told of them. Keys of rows, nothing to show yet."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from django.db import connection

from wiki.gate.naming import Called
from wiki.models import Kind
from wiki.search.arrays import numbers
from wiki.search.bounding import Bounds
from wiki.search.called import Hit, Way
from wiki.search.matching import FoundTelling, Tellings, tellings
from wiki.search.naming import looked_at
from wiki.search.shapes import Filters, Scope
from wiki.search.told import Told
from wiki.text.asked import Asked
from wiki.text.lexicon import folded, words_of

NAMED: Final = 50
"""Entries that are looked for by their names."""
_LEFT_OUT: Final = 4  # times as many where some of them are left out afterwards
_SLIPPED: Final = 3  # from which `how` on a name fits only with a slip
_NAMES: Final = """
    SELECT n.entry_id, n.folded FROM unnest(%s::bigint[], %s::bigint[]) AS one (entry, horizon)
    JOIN wiki_name n ON n.entry_id = one.entry AND n.since <= one.horizon
        AND (n.until IS NULL OR n.until > one.horizon)
"""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry that is met and fits, by primary keys; by its names (`hit`), by what is told of it, or by both."""

    entry: int
    story: int
    hit: Hit | None
    telling: FoundTelling | None


@dataclass(frozen=True, slots=True)
class Gathered:
    """The first of the entries that were found, best first, and how many there are in each story, of each kind.

    The counts of kinds are of all that was found, whichever kind was asked for. `called` and `said` is what is known
    by now of some of them: how they are called, and what is told of them.
    """

    entries: Sequence[Candidate] = ()
    stories: Counter[int] = field(default_factory=Counter)
    kinds: Counter[int] = field(default_factory=Counter)
    is_more: bool = False
    are_kinds_more: bool = False
    called: dict[int, Called] = field(default_factory=dict)
    said: dict[int, Told] = field(default_factory=dict)


def gather(asked: Asked, bounds: Bounds, filters: Filters, *, top: int, is_read: bool) -> Gathered:
    """The `top` first of the entries that fit: by all words in names, else in a piece of what is told, else but one.

    `is_read` says that a passage holds all the words: then they are meant as they are typed.
    """
    # One word may be short for many or mean another; several are meant as they are typed wherever they fit, and in a
    # phrase each letter is.
    is_one = " " not in asked.plain
    way = Way.FORGIVING if is_one else Way.TYPED if asked.words else Way.WHOLE
    most = NAMED * _LEFT_OUT if filters.kind or bounds.is_cut or asked.phrases or asked.without else NAMED
    found = _found(asked, bounds, way, most=most, top=top)
    if way is Way.TYPED and not found.hits and not found.told.counts:
        way = Way.BUT_ONE if is_read else Way.SLIPPED
        found = _found(asked, bounds, way, most=most, top=top, told=found.told)
    hits, told, kind_of = found.hits, found.told, found.kind_of
    are_kinds_more = found.is_more or told.is_more
    kinds = _counted(hits, told, kind_of)
    if filters.kind:
        stories = [scope.story.pk for scope in bounds.scopes]
        wanted = list(Kind.objects.filter(story__in=stories, slug=filters.kind).values_list("pk", flat=True))
        hits = [hit for hit in hits if kind_of[hit.entry] in wanted]
        told = tellings(asked, bounds, top=top + len(hits), named=[hit.entry for hit in hits], kinds=wanted)
    stories_of = Counter[int]()
    for (story, _kind), many in _counted(hits, told, kind_of).items():
        stories_of[story] += many
    by_kind = Counter[int]()
    for (_story, kind), many in kinds.items():
        by_kind[kind] += many
    is_more = found.is_more or told.is_more
    return Gathered(_joined(hits, told)[:top], stories_of, by_kind, is_more, are_kinds_more, found.called, found.said)


@dataclass(frozen=True, slots=True)
class _Found:
    """Who is named (and whether more may be) and of whom is told, and the kinds of those who are named."""

    hits: list[Hit]
    is_more: bool
    told: Tellings
    kind_of: dict[int, int]
    called: dict[int, Called]
    said: dict[int, Told]


def _found(asked: Asked, bounds: Bounds, way: Way, *, most: int, top: int, told: Tellings | None = None) -> _Found:
    """`told` is given where it is known."""
    hits, called, said = looked_at(asked.plain, bounds.scopes, limit=most, way=way)
    is_more = len(hits) >= most
    hits = _wanted(hits, asked, bounds)
    kind_of = _kinds([hit.entry for hit in hits])
    hits = [hit for hit in hits if hit.entry in kind_of]  # one may have been taken away since it was found
    told = told or tellings(asked, bounds, top=top + len(hits), named=kind_of)
    return _Found(hits, is_more, told, kind_of, called, said)


def _kinds(entries: Sequence[int]) -> dict[int, int]:
    """The kind of each entry, by primary keys."""
    if not entries:
        return {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, kind_id FROM wiki_entry WHERE id = ANY(%s)", [list(entries)])
        return dict(cursor.fetchall())


def _counted(hits: Sequence[Hit], told: Tellings, kind_of: dict[int, int]) -> Counter[tuple[int, int]]:
    """How many entries there are of each story and kind, those that were found in both ways once."""
    return told.counts + Counter((hit.story, kind_of[hit.entry]) for hit in hits if hit.entry not in told.named)


def _joined(hits: Sequence[Hit], told: Tellings) -> list[Candidate]:
    """Each entry once: named without a slip, then told of, then named with a slip or without one of the words."""
    best = {one.entry: one for one in told.best} | told.named
    by_name = {hit.entry: hit for hit in hits}
    sure = [hit.entry for hit in hits if not hit.missing and (hit.how < _SLIPPED or hit.entry in told.named)]
    order = dict.fromkeys([*sure, *(one.entry for one in told.best), *by_name])
    return [
        Candidate(entry, one.story, by_name.get(entry), best.get(entry))
        for entry in order
        if (one := by_name.get(entry) or best.get(entry))
    ]


def _wanted(hits: list[Hit], asked: Asked, bounds: Bounds) -> list[Hit]:
    """The entries of which no name says what is not wanted and one says each phrase, in the chapters asked for."""
    if hits and (asked.phrases or asked.without):
        names = _names(bounds.scopes, hits)
        phrases, without = ([words_of(folded(one)) for one in said] for said in (asked.phrases, asked.without))
        hits = [
            hit
            for hit in hits
            if all(_says(names.get(hit.entry, ()), phrase) for phrase in phrases)
            and not any(_says(names.get(hit.entry, ()), one) for one in without)
        ]
    if hits and bounds.is_cut:
        there = bounds.appearing([hit.entry for hit in hits])
        hits = [hit for hit in hits if hit.entry in there]
    return hits


def _names(scopes: Sequence[Scope], hits: Sequence[Hit]) -> dict[int, list[str]]:
    """The folded names that show of each entry."""
    horizons = {scope.story.pk: scope.horizon for scope in scopes}
    names: dict[int, list[str]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_NAMES, [numbers(hit.entry for hit in hits), numbers(horizons[hit.story] for hit in hits)])
        for entry, name in cursor.fetchall():
            names.setdefault(entry, []).append(name)
    return names


def _says(names: Sequence[str], said: Sequence[str]) -> bool:
    """Whether one of the names holds these words, one after the other."""
    wanted = f" {' '.join(said)} "
    return any(wanted in f" {' '.join(words_of(name))} " for name in names if all(word in name for word in said))
