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
    rows = Entry.objects.whole(because=_WHY).filter(story=story).order_by("pk")
    keys, words = list(rows.values_list("pk", flat=True)), 0
    for start in range(0, len(keys), CHUNK):
        chunk = keys[start : start + CHUNK]
        with transaction.atomic():
            list(rows.filter(pk__in=chunk).select_for_update().values_list("pk"))
            words += renew(story, chunk)
        progress(len(chunk))
    return Renewed(len(keys), words, renew_passages(story))
