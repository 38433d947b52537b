"""Which paragraphs a story has, which are retired, and where those went: what a citation can be checked against."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from reader.text.points import EVERYTHING, NOTHING, chapter_end, format_point, split


class Trouble(NamedTuple):
    """What is wrong with a citation, in words that follow its point; what to write; the latest point that both tell."""

    words: str
    mend: str
    point: int


class Paragraphs:
    """The paragraphs of one story by their points.

    `moved` are the retired ones, with the point of where their text stands now or None; `ends` the last live paragraph
    of each chapter.

    >>> paragraphs = Paragraphs([1 << 32 | 1 << 8], {1 << 32 | 2 << 8: 1 << 32 | 1 << 8})
    >>> paragraphs.trouble(1 << 32 | 2 << 8)[:2]
    ('which was moved to 1:1', 'write 1:1')
    >>> paragraphs.trouble(1 << 32 | 1 << 8) is None, paragraphs.trouble(3 << 32 | 9 << 8)[:2]
    (True, ('and there is no chapter 3', 'the last paragraph that is there is 1:1'))
    """

    def __init__(self, live: Iterable[int], moved: Mapping[int, int | None]) -> None:
        self._live = set(live)
        self._moved = moved
        self._ends: dict[int, int] = {}
        for point in self._live:
            chapter = point >> 32
            self._ends[chapter] = max(point, self._ends.get(chapter, NOTHING))

    def trouble(self, point: int, *, is_date: bool = False) -> Trouble | None:
        """What is wrong with citing this point; None if it stands there.

        A date (`is_date`) may also be nothing at all, or the point just before a chapter's first paragraph.
        """
        if point in self._live or (is_date and point in (NOTHING, EVERYTHING)):
            return None
        chapter, number, _sub = split(point)
        if chapter not in self._ends:
            last = max(self._ends.values(), default=NOTHING)
            mend = f"the last paragraph that is there is {format_point(last)}"
            return Trouble(f"and there is no chapter {chapter}", mend, last)
        if point == chapter_end(chapter) or (is_date and not number):
            return None
        if point not in self._moved:
            last = self._ends[chapter]
            return Trouble(
                "which is not there", f"the last paragraph of chapter {chapter} is {format_point(last)}", last
            )
        went = self._now(point)
        if went is None:
            return Trouble("which was taken out of the text", "say where it is told now, or take it out too", point)
        return Trouble(f"which was moved to {format_point(went)}", f"write {format_point(went)}", went)

    def _now(self, point: int) -> int | None:
        """Where the text of a retired paragraph stands now, however often it was moved."""
        seen = set[int]()
        went: int | None = point
        while went is not None and went not in self._live and went not in seen:
            seen.add(went)
            went = self._moved.get(went)
        return went if went in self._live else None
