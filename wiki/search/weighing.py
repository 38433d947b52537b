"""Puts the best of what was found in order, by what the index cannot say: whole names, pieces that hold several words,
and the kind that is meant. Everything here is made of what shows."""

from collections.abc import Mapping, Sequence
from typing import Final

from wiki.gate import KindRef
from wiki.search.called import Hit, kinds_of
from wiki.search.told import Told
from wiki.text.fitting import fits
from wiki.text.spelling import SMALL, Typed, words_of

_OTHER_KIND: Final = 3  # for an entry of another kind than the one that was asked for
_WHOLE: Final = -1  # for a name of which every word was typed, if with a slip
Known = Mapping[int, tuple[KindRef, Sequence[str]]]


def weighed(
    asked: Typed, hits: Sequence[Hit], known: Known, said: Mapping[int, Told], meant: Sequence[Hit]
) -> list[Hit]:
    """The hits, the best first; those that weigh the same stay in their order. What has no name now goes.

    `meant` are those that fit as what is asked of others (answering.py).
    """
    answers = {hit.entry: hit.how for hit in meant}

    def weight(hit: Hit) -> int:
        own = hit.how + _weight(asked, *known[hit.entry], said.get(hit.entry))
        return min(own, answers.get(hit.entry, own))

    there = {hit.entry for hit in hits}
    every = [*hits, *(hit for hit in meant if hit.entry not in there)]
    return sorted((hit for hit in every if hit.entry in known), key=weight)


def _weight(asked: Typed, kind: KindRef, names: Sequence[str], told: Told | None) -> int:
    weight = 0
    if _is_whole(asked, names):
        weight += _WHOLE
    if told:
        weight -= len(told.words) - 1
    if _means_other(asked.head, kind) and not any(fits([asked.head], name) for name in names):
        weight += _OTHER_KIND
    return weight


def _is_whole(asked: Typed, names: Sequence[str]) -> bool:
    for name in names:
        words = [word for word in words_of(name) if word not in SMALL]
        if len(words) == len(asked.words) and len(fits(asked.words, name)) == len(words):
            return True
    return False


def _means_other(head: str, kind: KindRef) -> bool:
    """Whether a word is one for a kind, and for another than this."""
    meant = kinds_of(head) if len(head) > 3 else []
    return bool(meant) and kind.slug not in meant and not fits([head], f"{kind.name} {kind.plural}")
