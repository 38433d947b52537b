"""Tells where scenes begin in a plain text: at rows of ornaments, and where more blank lines than usual part
paragraphs. Knows laid-out paragraphs; a long gap is a hint that the person who imports can overrule."""

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise

from .layout import Piece
from .source import Remark

_TIGHT = 3  # this many paragraphs without a blank line for each with one: blank lines then part scenes
_ENOUGH_GAPS = 8  # in a chapter, to know its own habit; with fewer, the file's is taken


def usual_gap(gaps: Counter[int]) -> int | None:
    """How many blank lines part two paragraphs, given how often each number occurs; None if that cannot be told.

    A longer gap than the usual one hints at a scene break. Hints are exceptions: there are never more of them than of
    the usual gap.

    >>> usual_gap(Counter({1: 40, 2: 3})), usual_gap(Counter({0: 30, 1: 4})), usual_gap(Counter({1: 5, 2: 4, 3: 4}))
    (1, 0, None)
    """
    blank = {gap: count for gap, count in gaps.items() if gap > 0}
    if not blank or gaps[0] >= _TIGHT * sum(blank.values()):
        return 0 if blank else None
    usual = max(blank, key=lambda gap: (blank[gap], -gap))
    longer = sum(count for gap, count in blank.items() if gap > usual)
    return usual if longer <= blank[usual] else None


class SceneFinder:
    """Marks the scenes of one file, chapter by chapter, and gathers what it assumed as remarks and hints.

    ``number`` gives line numbers; ``blank_runs=False`` lets only ornaments part scenes. Where lines are joined to
    paragraphs (``is_wrapped``), those of a verse, with no blank line between, tell nothing of the file's habit.

    >>> pieces = [Piece(0, "Wind.", 0), Piece(2, "", 1), Piece(4, "Rain.", 1)]
    >>> finder = SceneFinder([pieces], blank_runs=True, is_wrapped=False, number=int)
    >>> [is_break for _, is_break in finder.mark(pieces)]
    [False, True]
    """

    def __init__(
        self, chapters: Sequence[Sequence[Piece]], *, blank_runs: bool, is_wrapped: bool, number: Callable[[int], int]
    ) -> None:
        self.remarks: list[Remark] = []
        self.hints: list[Remark] = []
        self._blank_runs, self._is_wrapped, self._number = blank_runs, is_wrapped, number
        gaps: Counter[int] = Counter()
        for pieces in chapters:
            gaps.update(self._count_gaps(pieces))
        self._usual = usual_gap(gaps)
        if blank_runs and self._usual is None and len(gaps) > 1:
            text = "The number of blank lines between paragraphs varies too much to tell scene breaks by it."
            self.remarks.append(Remark(0, text))

    def mark(self, pieces: Sequence[Piece]) -> list[tuple[Piece, bool]]:
        """The paragraphs of one chapter, each with whether a scene break stands before it."""
        usual = self._usual_in(pieces)
        marked: list[tuple[Piece, bool]] = []
        ornament: Piece | None = None
        for piece in pieces:
            if not piece.text:
                ornament = piece
                if not marked:
                    self._remark(piece, "The scene break at the start of a chapter parts nothing; it was left out.")
                continue
            is_break = bool(marked) and (ornament is not None or (usual is not None and piece.gap > usual))
            if is_break and not ornament:
                blank = "1 blank line was" if piece.gap == 1 else f"{piece.gap} blank lines were"
                text = f"{blank} taken for a scene break before this paragraph."
                self.hints.append(Remark(self._number(piece.index), text))
            marked.append((piece, is_break))
            ornament = None
        if ornament and marked:
            self._remark(ornament, "The scene break at the end of a chapter parts nothing; it was left out.")
        return marked

    def _usual_in(self, pieces: Sequence[Piece]) -> int | None:
        if not self._blank_runs:
            return None
        gaps = self._count_gaps(pieces)
        return usual_gap(gaps) if gaps.total() >= _ENOUGH_GAPS else self._usual

    def _count_gaps(self, pieces: Sequence[Piece]) -> Counter[int]:
        return Counter(
            piece.gap
            for before, piece in pairwise(pieces)
            if before.text and piece.text and (piece.gap or not self._is_wrapped)
        )

    def _remark(self, piece: Piece, text: str) -> None:
        self.remarks.append(Remark(self._number(piece.index), text))
