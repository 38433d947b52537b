"""Names as one types: what is offered, how it is called as far as somebody has read, and why it fits."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from django.utils.translation import gettext as _

from wiki.gate.naming import Called, called_at
from wiki.models import Name
from wiki.search.answering import Owner, answers
from wiki.search.called import Hit, Way, called
from wiki.search.shapes import Scope, Suggestion
from wiki.search.told import Told, tellings
from wiki.search.weighing import weighed
from wiki.text.fitting import Fit, fits, marks
from wiki.text.spelling import Typed, typed

WEIGHED: Final = {True: 12, False: 16}
"""So many of the best are looked at closely, for one word and for several: their names, and of a dozen what is told."""
_TOLD: Final = 12
_GOOD: Final = 2  # how well a word fits a name without a slip


def suggest(text: str, scopes: Sequence[Scope], *, limit: int = 10) -> tuple[Suggestion, ...]:
    """The met entries that fit what was typed so far, best first; none where there are no words in it.

    At most four queries, and a few more where somebody's fact answers; how many follows from what shows alone.
    """
    hits, known, said = looked_at(text, scopes, limit=limit)
    return shown(typed(text), scopes, [hit for hit in hits if hit.entry in known][:limit], known, said)


def called_of(scopes: Sequence[Scope], wanted: Iterable[tuple[int, int]]) -> dict[int, Called]:
    """How entries are called, by primary key, each given with its story's; one query, or none."""
    reached = {scope.story.pk: scope.horizon for scope in scopes}
    horizons = {entry: reached[story] for story, entry in wanted if story in reached}
    return called_at(horizons) if horizons else {}


def looked_at(
    text: str, scopes: Sequence[Scope], *, limit: int, way: Way = Way.FORGIVING
) -> tuple[list[Hit], dict[int, Called], dict[int, Told]]:
    """What was found, the best ones weighed; how those are called, and what is told of them that was typed."""
    asked = typed(text)
    weigh = WEIGHED[len(asked.words) == 1]
    hits = called(text, scopes, limit=max(limit, weigh), way=way)
    best = hits[:weigh]
    known = called_of(scopes, [(hit.story, hit.entry) for hit in best])
    unsaid = _untold(asked, best[:_TOLD], known)
    said, facts = tellings(asked.words, scopes, unsaid)
    owners = {
        key: Owner(story, [name for name, *_rest in known[key].names], known[key].ref.kind.name)
        for key, story in unsaid.items()
    }
    meant = answers(asked, scopes, owners, facts)
    known |= called_of(scopes, [(hit.story, hit.entry) for hit in meant if hit.entry not in known])
    refs = {key: (one.ref.kind, [name for name, *_rest in one.names]) for key, one in known.items()}
    first = weighed(asked, best, refs, said, meant)
    there = {hit.entry for hit in first}
    return [*first, *(hit for hit in hits[weigh:] if hit.entry not in there)], known, said


def shown(
    asked: Typed, scopes: Sequence[Scope], hits: Sequence[Hit], known: Mapping[int, Called], said: Mapping[int, Told]
) -> tuple[Suggestion, ...]:
    """The hits as they are offered, in their order: of `looked_at`, those of `known`."""
    stories = {scope.story.pk: scope.story for scope in scopes}
    found = []
    for hit in hits:
        one = known[hit.entry]
        title = fits(asked.words, one.ref.title)
        why = _why(asked, title, one, said.get(hit.entry))
        found.append(Suggestion(stories[hit.story], one.ref, marks(title.values()), why, hit.seen))
    return tuple(found)


def _untold(asked: Typed, hits: Sequence[Hit], known: Mapping[int, Called]) -> dict[int, int]:
    """The entries, each with its story, of which some words stand in none of their names."""
    return {hit.entry: hit.story for hit in hits if hit.entry in known and _is_told(asked, known[hit.entry])}


def _is_told(asked: Typed, one: Called) -> bool:
    """Whether some of the words stand in none of its names."""
    left = set(asked.words)
    for name, *_rest in one.names:
        left -= {word for word, fit in fits(sorted(left), name).items() if fit.how <= _GOOD}
    return bool(left)


def _why(asked: Typed, title: Mapping[str, Fit], one: Called, said: Told | None) -> str:
    """The other name, or what is told, that fits what the title does not; empty where the title says it all."""
    left = [word for word in asked.words if word not in title or title[word].how > _GOOD]
    best: tuple[tuple[int, int], str] | None = None
    for text, sort, since in one.names[1:]:
        better = {word: fit for word, fit in fits(left, text).items() if word not in title or fit.how < title[word].how}
        rank = (-len(better), sum(fit.how for fit in better.values()))
        if better and (best is None or rank < best[0]):
            best = rank, _said(text, sort, is_earlier=since < one.names[0][2])
    if best:
        return best[1]
    kind = f"{one.ref.kind.name} {one.ref.kind.plural}"
    unsaid = [word for word in asked.words if word not in title and not fits([word], kind)]
    return said.line if said and any(word in said.words for word in unsaid) else ""


def _said(text: str, sort: str, *, is_earlier: bool) -> str:
    if sort == Name.Sort.MISSPELLING:
        return _("also written “%(name)s”") % {"name": text}
    if is_earlier and sort in (Name.Sort.TITLE, Name.Sort.DESCRIBED):
        return _("first known as “%(name)s”") % {"name": text}
    return _("also called “%(name)s”") % {"name": text}
