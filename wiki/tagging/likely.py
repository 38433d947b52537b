"""Which entries some words of the text may mean: by their names, and by who was seen last. As of a horizon."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, TypeVar

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import FloatField, Func, Value
from django.db.models.functions import Greatest
from django.utils import timezone

from reader.models import Story
from reader.text.points import format_point
from wiki.gate.naming import known_of, visible_names
from wiki.gate.shapes import EntryRef
from wiki.models import Name, Tagging
from wiki.tagging.offering import Words
from wiki.text.lexicon import folded

CANDIDATES: Final = 9
_ALIKE: Final = 6  # of the candidates at most so many by their name
_SIMILAR: Final = 0.65  # of one name's three-letter groups, as found in the other
_LOOKED_AT: Final = 80  # names, and tags before the words, among which the candidates are
_LONGEST: Final = 200  # characters of a name
Key = TypeVar("Key")
Held = TypeVar("Held")


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry that may be meant: by a met `name` that is like the words, or seen last in `last` (as `6:19`)."""

    entry: EntryRef
    name: str = ""
    last: str = ""


def candidates(story: Story, words: Words, horizon: int) -> tuple[Candidate, ...]:
    """Who may be meant: first those with a met name like the words, then those seen last before them. Three queries."""
    alike = _alike(story, words.words, horizon)
    near = _near(story, words.point, horizon)
    keys = list(dict.fromkeys([*list(alike)[:_ALIKE], *near]))
    refs = known_of(visible_names(story, horizon).filter(entry__in=keys)).refs
    found = (
        Candidate(refs[key], alike.get(key, ""), format_point(near[key]) if key in near else "")
        for key in keys
        if key in refs
    )
    return tuple(found)[:CANDIDATES]


def called(story: Story, name: str, horizon: int) -> EntryRef | None:
    """The met entry that goes by a name; of several the one known first."""
    known = known_of(visible_names(story, horizon).filter(folded=folded(name)[:_LONGEST]))
    key = known.by_name.get(folded(name)[:_LONGEST], 0)
    return known_of(visible_names(story, horizon).filter(entry=key)).refs.get(key) if key else None


def _alike(story: Story, words: str, horizon: int) -> dict[int, str]:
    """Entries (by primary key) with a met name like these words, the likest first, and that name."""
    wanted = folded(words)[:80]
    if not wanted:
        return {}
    there, back = TrigramWordSimilarity(wanted, "folded"), _WithinWords("folded", Value(wanted))
    rows = Name.objects.at(horizon).filter(story=story, entry__since__lte=horizon)
    rows = rows.annotate(alike=Greatest(there, back)).filter(alike__gte=_SIMILAR).order_by("-alike", "pk")
    found = list(rows.values_list("folded", "entry_id", "text")[:_LOOKED_AT])
    found.sort(key=lambda row: row[0] != wanted)
    return _firsts((entry, text) for _folded, entry, text in found)


class _WithinWords(Func):
    """How much of the first is found in the second: a short name in long words."""

    function = "WORD_SIMILARITY"
    output_field = FloatField()


def _near(story: Story, point: int, horizon: int) -> dict[int, int]:
    """Entries (by primary key) that are linked last up to a paragraph, the nearest first, and where."""
    rows = Tagging.objects.at(horizon).filter(story=story, state=Tagging.State.LINKED, is_lost=False, point__lte=point)
    rows = rows.filter(paragraph__is_retired=False, paragraph__chapter__published_at__lte=timezone.now())
    return _firsts(rows.order_by("-point", "start").values_list("entry_id", "point")[:_LOOKED_AT])


def _firsts(pairs: Iterable[tuple[Key, Held]]) -> dict[Key, Held]:
    """Each key with what it came with first."""
    found: dict[Key, Held] = {}
    for key, value in pairs:
        found.setdefault(key, value)
    return found
