"""Keeps what searching looks things up in true: called in the transaction of every change of an entry."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import transaction

from reader.models import Story
from wiki.models import Entry
from wiki.search.passages import renew_passages
from wiki.search.tellings import renew_tellings
from wiki.search.words import CHUNK, renew_words

_WHY = "what is searched is renewed for every horizon at once"


@dataclass(frozen=True, slots=True)
class Renewed:
    """How many entries were looked at, and how many rows of words and of the text had to be written."""

    entries: int
    words: int
    passages: int


def renew(story: Story, entries: Iterable[int]) -> int:
    """Names, facts, blocks or mentions of these entries (by primary key) have changed; how many words were written.

    To be called in the transaction of the change, once the entries are locked.
    """
    keys, written = sorted(set(entries)), 0
    for start in range(0, len(keys), CHUNK):
        chunk = keys[start : start + CHUNK]
        written += renew_words(story, chunk)
        renew_tellings(story, chunk)
    return written


def renew_all(story: Story, *, progress: Callable[[int], object] = lambda _: None) -> Renewed:
    """Make all that is searched in a story true, some entries at a time; `progress` is told how many are done."""
    last: int | None = 0
    entries = words = 0
    while last is not None:
        many, written, last = renew_next(story, last)
        entries, words = entries + many, words + written
        progress(many)
    return Renewed(entries, words, renew_passages(story))


def renew_next(story: Story, after: int) -> tuple[int, int, int | None]:
    """Make what is searched of some entries true, those behind `after` (a primary key, or 0), in a transaction.

    How many those were, how many words were written, and the last of them, None where none is left.
    """
    with transaction.atomic():
        rows = Entry.objects.whole(because=_WHY).filter(story=story, pk__gt=after).order_by("pk")
        keys = list(rows.select_for_update().values_list("pk", flat=True)[:CHUNK])
        return len(keys), renew(story, keys), keys[-1] if len(keys) == CHUNK else None
