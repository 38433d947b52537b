"""Whom a fact of one entry means: “victors best friend” is who stands in the fact “Best friend” of Victor."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from wiki.gate.naming import known_of, visible_names
from wiki.search.called import Hit
from wiki.search.seeing import last_seen
from wiki.search.shapes import Scope
from wiki.text.fitting import fits
from wiki.text.spelling import Typed

_MEANT: Final = 1  # how well an answer fits at best


class Owner(NamedTuple):
    """An entry whose fact may be meant: its story, its names, what its kind is called."""

    story: int
    names: Sequence[str]
    kind: str


class Labelled(NamedTuple):
    """A visible fact of an entry (by primary key): its label, and the folded names that its value leads to."""

    entry: int
    label: str
    links: Sequence[str]


def answers(asked: Typed, scopes: Sequence[Scope], owners: Mapping[int, Owner], facts: Iterable[Labelled]) -> list[Hit]:
    """The entries that fit as what somebody's fact says; no query where there is none, else one for
    each story of which a fact leads to somebody, and one."""
    meant: dict[int, dict[str, int]] = defaultdict(dict)
    for fact in facts:
        owner = owners[fact.entry]
        how = _meant(asked, fact, owner)
        if how is not None:
            for link in fact.links:
                meant[owner.story][link] = min(how, meant[owner.story].get(link, how))
    found: dict[int, tuple[int, int, int]] = {}
    for scope in scopes:
        if links := meant.get(scope.story.pk):
            names = visible_names(scope.story, scope.horizon).filter(folded__in=links)
            for link, entry in known_of(names).by_name.items():
                if link in links and (entry not in found or links[link] < found[entry][2]):
                    found[entry] = scope.story.pk, scope.horizon, links[link]
    seen = last_seen({entry: horizon for entry, (_story, horizon, _how) in found.items()})
    return [Hit(entry, story, 0, how, 0, seen.get(entry)) for entry, (story, _horizon, how) in found.items()]


def _meant(asked: Typed, fact: Labelled, owner: Owner) -> int | None:
    """How well a fact is what was asked for: every word has to fit its label, or a name or the kind of whose it is.

    The word that says what is meant has to fit the label, and some other its owner.
    """
    if not fact.links or len(asked.words) < 2:
        return None
    label = fits(asked.words, fact.label)
    if asked.head not in label or len(label) == len(asked.words):
        return None
    hows = {word: fit.how for word, fit in label.items()}
    for name in (*owner.names, owner.kind):
        for word, fit in fits(asked.words, name).items():
            hows[word] = min(fit.how, hows.get(word, fit.how))
    return sum(hows.values()) + _MEANT if len(hows) == len(asked.words) else None
