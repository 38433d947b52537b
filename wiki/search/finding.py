"""One page of what is found: entries by their names, then by what is told of them, and passages that were read."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from django.db import connection

from wiki.gate import KindRef
from wiki.search import limits, quoting
from wiki.search.arrays import numbers
from wiki.search.bounding import Bounds
from wiki.search.gathering import Candidate, Gathered, gather
from wiki.search.matching import MOST, FoundPassage, Passages, passages
from wiki.search.naming import called_of, shown, suggest
from wiki.search.scenes import Together, spots, together
from wiki.search.seeing import last_seen
from wiki.search.shapes import Count, EntryHit, Filters, KindFacet, PassageHit, Results, Scope, StoryFacet, Suggestion
from wiki.text import asked as asking
from wiki.text.asked import Asked
from wiki.text.fitting import fits, marks
from wiki.text.spelling import typed

ON_PAGE: Final = 10
"""Entries on a page, and passages."""
NEAREST: Final = 6
"""Names that are offered where nothing was found."""
_TRIED: Final = 3  # words for which near names are looked for, and letters of a beginning
_ADDRESS: Final = re.compile(r"[a-zA-Z0-9_ ~-]{0,160}")
_KINDS: Final = """
    SELECT id, slug, name, plural, icon, hue FROM wiki_kind WHERE id = ANY(%s::bigint[]) ORDER BY position, id
"""


def find(text: str, scopes: Sequence[Scope], filters: Filters = Filters(), *, page: int = 1) -> Results:  # noqa: B008
    """A page of what fits, as far as each story has been read. Raises SearchTooSlowError.

    With a kind there are entries alone; with others together in a scene passages alone, also where no words were typed.
    """
    asked, filters = asking.parse(text), _clean(filters)
    page = min(max(1, page), MOST)
    if not scopes or not (asked.plain or filters.together):
        return Results(page=page)
    with limits.within():
        bounds = Bounds(scopes, filters)
        near = together(bounds, filters, () if asked.plain else asked.without) if filters.together else None
        top = page * ON_PAGE
        read = _passages(asked, bounds, filters, near, top=top)
        entries = Gathered()
        if near is None:
            entries = gather(asked, bounds, filters, top=top, is_read=bool(read.best))
        return _Found(asked, bounds, entries, read, near).results(page)


def _clean(filters: Filters) -> Filters:
    """With what cannot be an address or a role as one that is not known."""
    kind, role, *slugs = (
        one if _ADDRESS.fullmatch(one) else "?" for one in (filters.kind, filters.role, *filters.together)
    )
    return replace(filters, kind=kind, role=role, together=tuple(slugs))


def _passages(asked: Asked, bounds: Bounds, filters: Filters, near: Together | None, *, top: int) -> Passages:
    if near is not None and not (asked.plain and near.scenes):
        return near.passages
    if filters.kind and near is None:
        return Passages()
    return passages(asked, bounds, None if near is None else near.scenes, top=top)


@dataclass(frozen=True, slots=True)
class _Found:
    """What was found, the best of it first, of which one page is shown."""

    asked: Asked
    bounds: Bounds
    entries: Gathered
    passages: Passages
    together: Together | None

    def results(self, page: int) -> Results:
        """Counts and facets of all, and what one page shows."""
        cut = slice((page - 1) * ON_PAGE, page * ON_PAGE)
        many, read = self.entries.stories.total(), self.passages.stories.total()
        return Results(
            entries=self._entries(self.entries.entries[cut]),
            passages=self._pieces(self.passages.best[cut]),
            entry_count=Count(many, self.entries.is_more),
            passage_count=Count(read, self.passages.is_more),
            kinds=self._kinds(),
            stories=self._stories(),
            together=self.together.refs if self.together else (),
            nearest=() if many or read else self._nearest(),
            page=page,
            has_next=max(many, read) > page * ON_PAGE,
        )

    @property
    def _scopes(self) -> Sequence[Scope]:
        return self.bounds.scopes

    def _entries(self, candidates: Sequence[Candidate]) -> tuple[EntryHit, ...]:
        """As they are called, each with its sentence, or with why it fits where a name does."""
        known = self.entries.called
        new = [(one.story, one.entry) for one in candidates if one.entry not in known]
        called = known | called_of(self._scopes, new)
        candidates = [one for one in candidates if one.entry in called]  # between two names there is none to show
        runs = quoting.sentences(self.asked, self._scopes, [one.telling for one in candidates if one.telling])
        by_name = [one.hit for one in candidates if one.hit and not one.telling]
        asked = typed(self.asked.plain)
        why = dict(zip(by_name, shown(asked, self._scopes, by_name, called, self.entries.said), strict=True))
        horizons = {scope.story.pk: scope.horizon for scope in self._scopes}
        seen = last_seen({one.entry: horizons[one.story] for one in candidates if not one.hit})
        stories = {scope.story.pk: scope.story for scope in self._scopes}
        hits = []
        for one in candidates:
            ref = called[one.entry].ref
            hits.append(
                EntryHit(
                    story=stories[one.story],
                    entry=ref,
                    marks=marks(fits(asked.words, ref.title).values()),
                    why=why[one.hit].why if one.hit in why else "",
                    runs=runs.get(one.telling.telling, ()) if one.telling else (),
                    point=one.telling.point if one.telling else None,
                    seen=one.hit.seen if one.hit else seen.get(one.entry),
                )
            )
        return tuple(hits)

    def _pieces(self, found: Sequence[FoundPassage]) -> tuple[PassageHit, ...]:
        where = None
        if self.together and not self.asked.plain:
            where = spots(self.bounds, self.together.entries, [one.paragraph for one in found])
        runs = quoting.pieces(self.asked, self._scopes, found, where)
        stories = {scope.story.pk: scope.story for scope in self._scopes}
        return tuple(PassageHit(stories[one.story], one.point, runs.get(one.paragraph, ())) for one in found)

    def _kinds(self) -> tuple[KindFacet, ...]:
        """Kinds of what was found, whatever kind was asked for; those of several stories with one address together."""
        counts = self.entries.kinds
        if not counts:
            return ()
        refs: dict[str, KindRef] = {}
        totals, is_more = Counter[str](), self.entries.are_kinds_more
        with connection.cursor() as cursor:
            cursor.execute(_KINDS, [numbers(counts)])
            for key, *kind in cursor.fetchall():
                ref = KindRef(*kind)
                refs.setdefault(ref.slug, ref)
                totals[ref.slug] += counts[key]
        return tuple(KindFacet(refs[slug], Count(many, is_more)) for slug, many in totals.most_common())

    def _stories(self) -> tuple[StoryFacet, ...]:
        is_more = self.entries.is_more or self.passages.is_more
        counts = self.entries.stories + self.passages.stories
        found = [(scope.story, counts[scope.story.pk]) for scope in self._scopes if counts[scope.story.pk]]
        ordered = sorted(found, key=lambda one: (-one[1], one[0].sort_title, one[0].pk))
        return tuple(StoryFacet(story, Count(many, is_more)) for story, many in ordered)

    def _nearest(self) -> tuple[Suggestion, ...]:
        """Names that fit one of the words, else the beginning of one."""
        words = typed(self.asked.plain).words[:_TRIED]
        found: dict[tuple[int, str], Suggestion] = {}
        alone = words if len(words) > 1 else ()  # of one word nothing was found
        for said in [*alone, *(word[:_TRIED] for word in words)]:
            if len(found) >= NEAREST:
                break
            for one in suggest(said, self._scopes, limit=NEAREST):
                found.setdefault((one.story.pk, one.entry.slug), one)
        return tuple(found.values())[:NEAREST]
