"""Decides what a name in the text means: by what is known at that paragraph, by what stands near, or not at all.

Knows points, and entries as numbers. Everything that it says of a paragraph follows from that paragraph and from those
just before it, with the names that are known there: nothing that is known later changes it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from wiki.text.names import Found, chosen

NEAR: Final = 24
"""So many paragraphs back something stands near; all of them in the same chapter."""
_FARTHER: Final = 3  # paragraphs by which another's last mention must lie farther back than the chosen one's


class Known(NamedTuple):
    """Whose a name is, and while it is known (`since <= point < until`)."""

    entry: int
    since: int
    until: int | None = None


class Spot(NamedTuple):
    """A name in a paragraph, from `start` up to, not including, `end`, and all the entries that it may mean there."""

    start: int
    end: int
    entries: tuple[int, ...]
    is_certain: bool = True

    @property
    def is_plain(self) -> bool:
        """Whether it means one entry, without a look at what stands near."""
        return self.is_certain and len(self.entries) == 1


class Mark(NamedTuple):
    """What a paragraph is tagged with: a link, or (not `is_certain`) something for a person to decide.

    `since` is when it may be known; `leans` says that it was settled, or was not, by what stands near.
    """

    start: int
    end: int
    entry: int
    since: int
    is_certain: bool = True
    leans: bool = False


@dataclass(frozen=True, slots=True)
class Read:
    """One paragraph after the finder: `spots` are names known there, `later` those that become known further on."""

    point: int
    spots: tuple[Spot, ...]
    later: tuple[Mark, ...] = ()

    @property
    def leans(self) -> bool:
        """Whether what stands before it matters."""
        return any(not spot.is_plain for spot in self.spots)


def read(found: Sequence[Found], names: Mapping[int, Known], point: int) -> Read:
    """What all the names that stand in a paragraph (`NameFinder.find_all`) are there; `names` by key.

    Names that are not yet known there, or no more, do not count for which is the longest.

    >>> names = {1: Known(10, since=5), 2: Known(20, since=9)}
    >>> found = [Found(0, 12, (2,), "Cup of China"), Found(7, 12, (1,), "China")]
    >>> read(found, names, 7).spots, read(found, names, 9).spots
    ((Spot(start=7, end=12, entries=(10,), is_certain=True),), (Spot(start=0, end=12, entries=(20,), is_certain=True),))
    """
    if not found:
        return Read(point, ())
    here = [kept for one in found if (kept := one.of([key for key in one.keys if _is_known(names[key], point)]))]
    spots = tuple(
        Spot(one.start, one.end, tuple(sorted({names[key].entry for key in one.keys})), one.is_certain)
        for one in chosen(here)
    )
    return Read(point, spots, tuple(_later(found, names, point, spots)))


def _is_known(name: Known, point: int) -> bool:
    return name.since <= point and (name.until is None or point < name.until)


def _later(found: Sequence[Found], names: Mapping[int, Known], point: int, spots: Sequence[Spot]) -> Iterable[Mark]:
    """Names that stand here before they are known: perhaps the same, perhaps not, so a person has to say.

    Which is the longest is asked anew whenever some become known: one that is known still later takes nothing away.
    """
    to_come = [kept for one in found if (kept := one.of([key for key in one.keys if names[key].since > point]))]
    for since in sorted({names[key].since for one in to_come for key in one.keys}):
        known = (kept for one in to_come if (kept := one.of([key for key in one.keys if names[key].since <= since])))
        for one in chosen(known):
            if any(one.start < spot.end and spot.start < one.end for spot in spots):
                continue
            before = {names[key].entry for key in one.keys if names[key].since < since}
            for entry in sorted({names[key].entry for key in one.keys} - before):
                yield Mark(one.start, one.end, entry, since, is_certain=False)


def settle(paragraph: Read, before: Sequence[Read]) -> list[Mark]:
    """What a paragraph is tagged with; `before` are at least the `NEAR` paragraphs in front of it, nearest last.

    A name that several entries share is theirs who was named last and plainly, if the others were named clearly longer
    ago or not at all; otherwise each of them is a suggestion. So is what may be a common word, unless its entry stands
    near.

    >>> ines = Read(1, (Spot(0, 4, (10,)),))
    >>> shared = Read(2, (Spot(5, 9, (10, 20)),))
    >>> [mark.entry for mark in settle(shared, [ines])], [mark.is_certain for mark in settle(shared, [])]
    ([10], [False, False])
    """
    marks: list[Mark] = []
    for spot in paragraph.spots:
        if spot.is_plain:
            marks.append(Mark(spot.start, spot.end, spot.entries[0], paragraph.point))
            continue
        meant = _meant(spot, paragraph, before)
        for entry in (meant,) if meant is not None else spot.entries:
            mark = Mark(spot.start, spot.end, entry, paragraph.point, is_certain=meant is not None, leans=True)
            marks.append(mark)
    return marks + list(paragraph.later)


def _meant(spot: Spot, paragraph: Read, before: Sequence[Read]) -> int | None:
    """Which entry a spot means, as far as what stands near tells."""
    far = len(before) + NEAR
    distances = sorted((_distance(entry, paragraph, before, far), entry) for entry in spot.entries)
    nearest, entry = distances[0]
    if nearest == far:
        return None
    return entry if len(distances) == 1 or distances[1][0] >= nearest + _FARTHER else None


def _distance(entry: int, paragraph: Read, before: Sequence[Read], far: int) -> int:
    """How many paragraphs back the entry was last named plainly; 0 in the same paragraph, `far` if it was not."""
    for distance, one in enumerate([paragraph, *reversed(before[-NEAR:])]):
        if any(spot.is_plain and spot.entries[0] == entry for spot in one.spots):
            return distance
    return far


class Decided(NamedTuple):
    """What a person said of some words: they mean an entry, or (not `is_link`) do not; known from `since`."""

    start: int
    end: int
    entry: int
    is_link: bool
    since: int


def covered(found: Sequence[Mark], decided: Sequence[Decided]) -> list[bool]:
    """For each mark of the finder, whether a decision that is known as early stands against it.

    A link by hand covers all that it overlaps; a rejection the same entry only. What is known later covers nothing:
    else a link would vanish for those who cannot know why.

    >>> marks = [Mark(0, 4, 10, since=5), Mark(0, 4, 20, since=5)]
    >>> covered(marks, [Decided(0, 4, 10, False, 5)]), covered(marks, [Decided(0, 9, 10, True, 6)])
    ([True, False], [False, False])
    """
    return [
        any(
            mark.start < one.end
            and one.start < mark.end
            and one.since <= mark.since
            and (one.is_link or one.entry == mark.entry)
            for one in decided
        )
        for mark in found
    ]
