"""Numbers over one and over many imports: given once, they never change their meaning."""

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from reader.errors import NumberingError
from reader.text import points
from reader.text.likeness import near, profile
from reader.text.numbering import Numbering, Retired, Stored, number_paragraphs

Row = tuple[int, int, str]


class Book:
    """A story as a database would hold it: rows by point, with what each became."""

    def __init__(self) -> None:
        self.rows: dict[int, Stored] = {}
        self.moved_to: dict[int, int] = {}

    def take(self, chapters: Sequence[Sequence[str]]) -> Numbering:
        """Import an edition."""
        result = number_paragraphs(self.rows.values(), chapters)
        for texts, numbered in zip(chapters, result.chapters, strict=True):
            for text, row in zip(texts, numbered, strict=True):
                self.rows[row.point] = Stored(row.chapter, row.number, row.sub, text)
                self.moved_to.pop(row.point, None)
        for gone in result.retired:
            old = self.rows[gone.point]
            self.rows[gone.point] = Stored(old.chapter, old.number, old.sub, old.text, retired=True)
            if gone.moved_to is not None:
                self.moved_to[gone.point] = gone.moved_to
        return result

    def live(self) -> list[list[str]]:
        """The texts of each chapter in the order of their numbers."""
        chapters: list[list[str]] = [[] for _ in range(max((row.chapter for row in self.rows.values()), default=0))]
        for point in sorted(self.rows):
            if not self.rows[point].retired:
                chapters[self.rows[point].chapter - 1].append(self.rows[point].text)
        return chapters


def line(seed: int) -> str:
    """A paragraph of ten words, unlike that of any other seed."""
    sign = "".join(chr(97 + seed // 26**place % 26) * 3 for place in range(3))
    words = ["amber", "basin", "candle", "dwarf", "ember", "ferry", "grove", "harbour", "island", "lamp"]
    return " ".join(word + sign for word in words) + "."


def lines(*seeds: int) -> list[str]:
    return [line(seed) for seed in seeds]


def book(*chapters: Sequence[str]) -> Book:
    made = Book()
    made.take(chapters)
    return made


def keys(result: Numbering, chapter: int = 1) -> list[Row]:
    return [(row.number, row.sub, row.status) for row in result.chapters[chapter - 1]]


def test_first_import_counts_from_one_in_each_chapter() -> None:
    result = number_paragraphs([], [lines(1, 2), lines(3)])
    assert keys(result) == [(1, 0, "new"), (2, 0, "new")]
    assert keys(result, 2) == [(1, 0, "new")]
    assert result.retired == ()
    assert result.counts() == {"new": 3}


def test_same_text_again_changes_nothing() -> None:
    chapters = [lines(1, 2, 3), ["Yes.", "Yes.", "No.", "Yes."]]
    assert book(*chapters).take(chapters).counts() == {"kept": 7}


def test_changed_paragraph_keeps_its_number() -> None:
    result = book(lines(1, 2, 3)).take([[line(1), line(2).replace("lamp", "lantern"), line(3)]])
    assert keys(result) == [(1, 0, "kept"), (2, 0, "changed"), (3, 0, "kept")]


def test_paragraph_between_two_halves_the_gap_each_time() -> None:
    made = book(lines(1, 2))
    assert keys(made.take([lines(1, 10, 2)]))[1] == (1, 128, "new")
    assert keys(made.take([lines(1, 11, 10, 2)]))[1] == (1, 64, "new")
    assert keys(made.take([lines(1, 11, 10, 12, 2)]))[3] == (1, 192, "new")


def test_several_between_two_are_spread_evenly() -> None:
    result = book(lines(1, 2)).take([lines(1, 10, 11, 12, 2)])
    assert keys(result)[1:4] == [(1, 64, "new"), (1, 128, "new"), (1, 192, "new")]


def test_paragraph_before_the_first_is_numbered_from_nought() -> None:
    assert keys(book(lines(1)).take([lines(10, 1)])) == [(0, 128, "new"), (1, 0, "kept")]


def test_paragraph_after_the_last_takes_the_next_whole_number() -> None:
    made = book(lines(1, 2))
    assert keys(made.take([lines(1, 2, 3)])) == [(1, 0, "kept"), (2, 0, "kept"), (3, 0, "new")]
    made.take([lines(1)])
    assert keys(made.take([lines(1, 4)])) == [(1, 0, "kept"), (4, 0, "new")]


def test_wholly_rewritten_chapter_goes_on_counting() -> None:
    result = book(lines(1, 2)).take([lines(10, 11)])
    assert keys(result) == [(3, 0, "new"), (4, 0, "new")]
    assert result.retired == (Retired(1, 1, 0), Retired(1, 2, 0))


def test_removed_paragraph_is_retired_and_its_number_never_given_again() -> None:
    made = book(lines(1, 2, 3))
    assert made.take([lines(1, 3)]).retired == (Retired(1, 2, 0),)
    assert keys(made.take([lines(1, 10, 3)]))[1] == (2, 1, "new")


def test_paragraph_that_returns_to_its_place_revives() -> None:
    made = book(lines(1, 2, 3))
    made.take([lines(1, 3)])
    assert keys(made.take([lines(1, 10, 2, 11, 3)])) == [
        (1, 0, "kept"),
        (1, 128, "new"),
        (2, 0, "revived"),
        (2, 128, "new"),
        (3, 0, "kept"),
    ]


def test_last_paragraph_that_returns_revives() -> None:
    made = book(lines(1, 2))
    made.take([lines(1)])
    assert keys(made.take([lines(1, 2, 3)])) == [(1, 0, "kept"), (2, 0, "revived"), (3, 0, "new")]


def test_paragraph_that_returns_elsewhere_does_not_revive() -> None:
    made = book(lines(1, 2, 3, 4))
    made.take([lines(1, 3, 4)])
    assert keys(made.take([lines(1, 3, 2, 4)]))[2] == (3, 128, "new")


def test_paragraph_moved_within_its_chapter_says_where_it_went() -> None:
    result = book(lines(1, 2, 3, 4)).take([lines(1, 3, 4, 2)])
    assert keys(result) == [(1, 0, "kept"), (3, 0, "kept"), (4, 0, "kept"), (5, 0, "moved")]
    assert result.retired == (Retired(1, 2, 0, points.point(1, 5)),)
    assert result.chapters[0][3].moved_from == points.point(1, 2)


def test_paragraph_moved_to_another_chapter_and_back_revives() -> None:
    made = book(lines(1, 2, 3), lines(4, 5))
    there = made.take([lines(1, 3), lines(4, 2, 5)])
    assert keys(there, 2)[1] == (1, 128, "moved")
    assert there.retired == (Retired(1, 2, 0, points.point(2, 1, 128)),)
    back = made.take([lines(1, 2, 3), lines(4, 5)])
    assert keys(back)[1] == (2, 0, "revived")
    assert back.retired == (Retired(2, 1, 128, points.point(1, 2)),)
    assert made.moved_to == {points.point(2, 1, 128): points.point(1, 2)}


def test_short_paragraph_and_one_that_stands_twice_do_not_move() -> None:
    result = book(["Yes.", *lines(1, 2)], lines(3)).take([lines(1, 2), [*lines(3), "Yes."]])
    assert result.retired == (Retired(1, 1, 0),)
    result = book(lines(1, 2), lines(3)).take([lines(1), lines(3, 2, 2)])
    assert result.retired == (Retired(1, 2, 0),)


def test_full_gap_is_refused_in_a_sentence() -> None:
    made = book(lines(1, 2))
    with pytest.raises(NumberingError) as caught:
        made.take([lines(1, *range(100, 400), 2)])
    assert str(caught.value) == (
        "There is no room left between 1:1 and 1:2 for 300 new paragraphs (only 255 more fit there); "
        "join some of them, or add them at the chapter's end."
    )
    made.take([lines(1, *range(100, 355), 2)])
    with pytest.raises(NumberingError) as caught:
        made.take([lines(1, *range(100, 355), 500, 2)])
    assert str(caught.value).startswith(
        "There is no room left between 1:1.255 and 1:2 for 1 new paragraph (all numbers"
    )
    with pytest.raises(NumberingError, match="before 1:1 for 256 new paragraphs"):
        book(lines(1)).take([lines(*range(100, 356), 1)])


def test_gap_is_full_of_retired_numbers_too() -> None:
    made = book(lines(1, 2))
    made.take([lines(1, *range(100, 355), 2)])
    made.take([lines(1, 2)])
    assert keys(made.take([lines(1, 200, 2)]))[1] == (1, 101, "revived")
    with pytest.raises(NumberingError):
        made.take([lines(1, 600, 2)])


def test_chapter_of_too_many_paragraphs_is_refused() -> None:
    with pytest.raises(NumberingError, match="Chapter 1 has no numbers left for 1 new paragraph"):
        number_paragraphs([Stored(1, points.LAST_NUMBER, 0, line(1))], [lines(1, 2)])


def test_chapters_are_checked_first() -> None:
    with pytest.raises(NumberingError, match="Chapter 1 of the story is chapter 2 of the file"):
        book(lines(1, 2)).take([lines(8, 9), lines(1, 2)])


class Imports(RuleBasedStateMachine):
    """Any series of editions: edited at random, imported, edited again."""

    def __init__(self) -> None:
        super().__init__()
        self.book = Book()
        self.text: list[list[str]] = []
        self.removed: list[tuple[int, int, str]] = []
        self.seeds = 0

    def fresh(self) -> str:
        self.seeds += 1
        short = ["“Yes.”", "“No.”", "He nodded."]
        return short[self.seeds % 3] if self.seeds % 5 == 0 else line(self.seeds)

    @initialize(sizes=st.lists(st.integers(1, 10), min_size=1, max_size=3))
    def begin(self, sizes: list[int]) -> None:
        self.text = [[self.fresh() for _ in range(size)] for size in sizes]

    def place(self, data: st.DataObject, *, extra: int = 0) -> tuple[int, int]:
        chapter = data.draw(st.integers(0, len(self.text) - 1))
        return chapter, data.draw(st.integers(0, len(self.text[chapter]) - 1 + extra))

    @rule(data=st.data(), count=st.integers(1, 4))
    def insert(self, data: st.DataObject, count: int) -> None:
        chapter, at = self.place(data, extra=1)
        self.text[chapter][at:at] = [self.fresh() for _ in range(count)]

    @rule(data=st.data())
    def repeat(self, data: st.DataObject) -> None:
        chapter, at = self.place(data)
        to, where = self.place(data, extra=1)
        self.text[to].insert(where, self.text[chapter][at])

    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        chapter, at = self.place(data)
        if len(self.text[chapter]) > 1:
            self.removed.append((chapter, at, self.text[chapter].pop(at)))

    @rule(data=st.data())
    @precondition(lambda self: self.removed)
    def restore(self, data: st.DataObject) -> None:
        chapter, at, text = self.removed.pop(data.draw(st.integers(0, len(self.removed) - 1)))
        self.text[chapter].insert(at, text)

    @rule(data=st.data(), word=st.integers(0, 9))
    def change(self, data: st.DataObject, word: int) -> None:
        chapter, at = self.place(data)
        words = self.text[chapter][at].split()
        words[word % len(words)] = f"changed{self.seeds}"
        self.text[chapter][at] = " ".join(words)

    @rule(data=st.data())
    def move(self, data: st.DataObject) -> None:
        chapter, at = self.place(data)
        if len(self.text[chapter]) > 1:
            text = self.text[chapter].pop(at)
            to, where = self.place(data, extra=1)
            self.text[to].insert(where, text)

    @rule(size=st.integers(1, 5))
    @precondition(lambda self: len(self.text) < 6)
    def append_chapter(self, size: int) -> None:
        self.text.append([self.fresh() for _ in range(size)])

    @rule()
    def take(self) -> None:
        before = dict(self.book.rows)
        try:
            result = self.book.take(self.text)
        except NumberingError:
            result = None
        if result is None:
            assert self.book.rows == before
            self.text = self.book.live()  # the author gives up that edition
            self.removed = []
            return
        self.check_what_numbers_mean(before, result)
        assert self.book.live() == self.text
        assert set(self.book.take(self.text).counts()) <= {"kept"}

    def check_what_numbers_mean(self, before: dict[int, Stored], result: Numbering) -> None:
        for texts, rows in zip(self.text, result.chapters, strict=True):
            assert all(one.point < other.point for one, other in pairwise(rows))
            for text, row in zip(texts, rows, strict=True):
                old = before.get(row.point)
                if row.status in {"new", "moved"}:
                    assert old is None
                elif row.status == "changed":
                    assert old is not None
                    assert not old.retired
                    assert near(profile(old.text), profile(text)) > 0
                else:
                    assert old is not None
                    assert (old.text, old.retired) == (text, row.status == "revived")
        was_live = {point for point, row in before.items() if not row.retired}
        is_live = {row.point for rows in result.chapters for row in rows}
        assert {row.point for row in result.retired} == was_live - is_live
        assert before.keys() <= self.book.rows.keys()

    @invariant()
    def moves_lead_to_where_the_text_went(self) -> None:
        for start in self.book.moved_to:
            assert self.book.rows[start].retired
            point, passed = start, {start}
            while (following := self.book.moved_to.get(point)) is not None:
                assert following not in passed, "moves never go in a circle"
                passed.add(following)
                point = following
            assert point in self.book.rows


TestImports = Imports.TestCase
TestImports.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
