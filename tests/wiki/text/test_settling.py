"""What a name in the text means: by what is known there, by what stands near, and never by what is known later."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wiki.text.names import FindName, Found, NameFinder
from wiki.text.settling import NEAR, Decided, Known, Mark, Read, Spot, covered, read, settle

WORDS = ("Ann", "Ann Lee", "Lee", "Cup of China", "China", "Frost", "the frost", "ann", "İnes", "Ines", "Groß", "gross")
LATEST = 40

pieces = st.sampled_from([*WORDS, "and", ". ", "“", " of ", "Anna", "Leeds"])
texts = st.lists(pieces, max_size=7).map(" ".join)
points = st.integers(1, LATEST)


class Named(NamedTuple):
    """A name: its text, whose it is, from when and until when it is known, and whether only with its capitals."""

    text: str
    entry: int
    since: int
    until: int | None = None
    only_capital: bool = False


@st.composite
def names(draw: st.DrawFn, *, first: int = 0, last: int = LATEST + 20) -> Named:
    """A name that becomes known within these points."""
    since = draw(st.integers(first, last))
    until = draw(st.none() | st.none() | st.integers(since + 1, last + 20))
    return Named(draw(st.sampled_from(WORDS)), draw(st.integers(1, 4)), since, until, draw(st.booleans()))


def read_all(named: Sequence[Named], story: Sequence[str]) -> list[Read]:
    """A chapter whose paragraphs stand at the points 1, 2, 3 …"""
    finder = NameFinder(FindName(one.text, key, only_capital=one.only_capital) for key, one in enumerate(named))
    known = {key: Known(one.entry, one.since, one.until) for key, one in enumerate(named)}
    return [read(finder.find_all(text), known, point) for point, text in enumerate(story, start=1)]


def marks_of(named: Sequence[Named], story: Sequence[str]) -> list[list[Mark]]:
    reads = read_all(named, story)
    return [settle(one, reads[:at]) for at, one in enumerate(reads)]


name_lists = st.lists(names(), max_size=8)
stories = st.lists(texts, max_size=6)


@settings(max_examples=300, deadline=None)
@given(name_lists, stories)
def test_links_of_a_paragraph_never_overlap(named: list[Named], story: list[str]) -> None:
    for marks, text in zip(marks_of(named, story), story, strict=True):
        links = sorted((mark.start, mark.end) for mark in marks if mark.is_certain)
        assert all(0 <= start < end <= len(text) for start, end in links)
        assert all(one[1] <= other[0] for one, other in pairwise(links))


@settings(max_examples=300, deadline=None)
@given(name_lists, stories)
def test_marks_are_each_of_their_own_and_never_known_before_their_paragraph(
    named: list[Named], story: list[str]
) -> None:
    for point, marks in enumerate(marks_of(named, story), start=1):
        places = [(mark.start, mark.end, mark.entry) for mark in marks]
        assert len(places) == len(set(places))
        assert all(mark.since == point if mark.is_certain else mark.since >= point for mark in marks)
        assert all(not mark.is_certain for mark in marks if mark.since > point)


@settings(max_examples=500, deadline=None)
@given(name_lists, stories, st.data())
def test_what_is_known_later_changes_nothing_that_is_known_before(
    named: list[Named], story: list[str], data: st.DataObject
) -> None:
    horizon = data.draw(st.integers(0, LATEST), label="horizon")
    now = [one for one in named if one.since <= horizon]
    later = data.draw(st.lists(names(first=horizon + 1), max_size=5), label="later")

    def seen(marks: list[list[Mark]]) -> list[list[Mark]]:
        return [[mark for mark in many if mark.since <= horizon] for many in marks]

    assert seen(marks_of([*now, *later], story)) == seen(marks_of(now, story))


@settings(max_examples=300, deadline=None)
@given(name_lists, texts, st.lists(texts, max_size=4), st.lists(st.lists(texts, max_size=2), max_size=2))
def test_settle_looks_at_the_paragraphs_near_and_no_farther(
    named: list[Named], text: str, near: list[str], far: list[list[str]]
) -> None:
    filled = [*near, *["and"] * (NEAR - len(near))]
    story = [*filled, text]
    wanted = marks_of(named, story)[-1]
    here = read_all(named, story)
    for many in far:
        before = read_all([one._replace(since=0, until=None) for one in named], many)
        assert settle(here[-1], [*before, *here[:-1]]) == wanted


@given(name_lists, stories, st.randoms(use_true_random=False))
def test_the_order_in_which_names_were_written_changes_nothing(
    named: list[Named], story: list[str], random: object
) -> None:
    shuffled = sorted(named, key=lambda _: random.random())  # type: ignore[attr-defined]
    assert marks_of(shuffled, story) == marks_of(named, story)


def spot(*entries: int, is_certain: bool = True) -> Spot:
    return Spot(0, 4, entries, is_certain)


def far(count: int) -> list[Read]:
    """Paragraphs in which nothing stands."""
    return [Read(point, ()) for point in range(count)]


@pytest.mark.parametrize(
    ("before", "meant"),
    [
        ([], None),
        ([Read(1, (spot(10),))], 10),
        ([Read(1, (spot(20),))], 20),
        ([Read(1, (spot(10),)), Read(2, (spot(20),))], None),  # both have just been named
        ([Read(1, (spot(10),)), *far(2), Read(4, (spot(20),))], 20),  # one clearly later
        ([Read(1, (spot(10),)), *far(1), Read(3, (spot(20),))], None),
        ([Read(1, (spot(10),)), *far(NEAR - 1)], 10),  # just near enough
        ([Read(1, (spot(10),)), *far(NEAR)], None),
        ([Read(1, (spot(30),))], None),
        ([Read(1, (spot(10, 20),))], None),  # a shared name says nothing of another
        ([Read(1, (spot(10, is_certain=False),))], None),
        ([Read(1, (spot(10), spot(20)))], None),
    ],
)
def test_a_shared_name_is_theirs_who_was_named_last(before: list[Read], meant: int | None) -> None:
    found = settle(Read(90, (spot(10, 20),)), before)
    wanted = [10, 20] if meant is None else [meant]
    assert found == [Mark(0, 4, entry, 90, is_certain=meant is not None, leans=True) for entry in wanted]


def test_a_name_that_three_share_is_settled_or_asked_of_all_three() -> None:
    shared = Read(9, (spot(10, 20, 30),))
    assert [mark.entry for mark in settle(shared, [Read(1, (spot(20),))])] == [20]
    assert [(mark.entry, mark.is_certain) for mark in settle(shared, [])] == [(10, False), (20, False), (30, False)]


def test_a_common_word_is_a_name_where_its_entry_stands_near() -> None:
    doubtful = Read(9, (spot(10, is_certain=False),))
    assert [mark.is_certain for mark in settle(doubtful, [])] == [False]
    assert [mark.is_certain for mark in settle(doubtful, [Read(1, (spot(10),))])] == [True]


def test_what_stands_in_the_same_paragraph_is_nearest_of_all() -> None:
    paragraph = Read(9, (Spot(0, 3, (20,)), Spot(9, 12, (10, 20))))
    assert [mark.entry for mark in settle(paragraph, [Read(1, ()), *far(2), Read(4, (spot(10),)), *far(3)])] == [20, 20]


def test_names_count_while_they_are_known() -> None:
    known = {0: Known(10, since=5, until=8)}
    found = [Found(0, 3, (0,), "Ann")]
    ann = (Spot(0, 3, (10,)),)
    assert [read(found, known, point).spots for point in (4, 5, 7, 8)] == [(), ann, ann, ()]
    assert [read(found, known, point).later for point in (4, 5, 8)] == [(Mark(0, 3, 10, 5, is_certain=False),), (), ()]


def test_a_later_name_that_needs_no_capital_makes_nothing_certain() -> None:
    """The common word is one reader's "Frost" only; that it will be somebody's plain name is not known there."""
    named = [Named("Frost", 10, 1, only_capital=True), Named("frost", 20, 30)]
    (marks,) = marks_of(named, ["Frost lay there"])
    assert [(mark.entry, mark.since, mark.is_certain) for mark in marks] == [(10, 1, False)]


def test_a_longer_name_that_is_known_later_still_hides_no_suggestion() -> None:
    named = [Named("China", 10, 20), Named("Cup of China", 20, 30)]
    (marks,) = marks_of(named, ["the Cup of China"])
    assert [(mark.start, mark.end, mark.entry, mark.since) for mark in marks] == [(11, 16, 10, 20), (4, 16, 20, 30)]
    swapped = [Named("China", 10, 30), Named("Cup of China", 20, 20)]
    (marks,) = marks_of(swapped, ["the Cup of China"])
    assert [(mark.entry, mark.since) for mark in marks] == [(20, 20)]


MARK = Mark(4, 8, 10, since=5)


@pytest.mark.parametrize(
    ("decided", "is_covered"),
    [
        (Decided(4, 8, 10, is_link=False, since=5), True),
        (Decided(4, 8, 20, is_link=False, since=5), False),  # somebody else is not meant
        (Decided(0, 5, 10, is_link=False, since=5), True),  # the words overlap
        (Decided(0, 4, 10, is_link=False, since=5), False),  # they only touch
        (Decided(8, 9, 10, is_link=True, since=5), False),
        (Decided(4, 8, 10, is_link=True, since=5), True),
        (Decided(7, 9, 20, is_link=True, since=5), True),
        (Decided(4, 8, 20, is_link=True, since=4), True),
        (Decided(4, 8, 20, is_link=True, since=6), False),  # known later
        (Decided(4, 8, 10, is_link=False, since=6), False),
    ],
)
def test_a_decision_covers_what_it_contradicts_and_is_known_as_early_as(decided: Decided, is_covered: bool) -> None:
    assert covered([MARK], [decided]) == [is_covered]


decisions = st.lists(
    st.builds(
        lambda start, size, entry, is_link, since: Decided(start, start + size, entry, is_link, since),
        st.integers(0, 20),
        st.integers(1, 8),
        st.integers(1, 4),
        st.booleans(),
        points,
    ),
    max_size=6,
)
marks = st.lists(
    st.builds(
        lambda start, size, entry, since: Mark(start, start + size, entry, since),
        st.integers(0, 20),
        st.integers(1, 8),
        st.integers(1, 4),
        points,
    ),
    max_size=6,
)


@given(marks, decisions, points)
def test_later_decisions_cover_nothing_that_is_known_before(
    found: list[Mark], decided: list[Decided], horizon: int
) -> None:
    before = [one for one in decided if one.since <= horizon]
    pairs = zip(found, covered(found, decided), covered(found, before), strict=True)
    assert all(one == other for mark, one, other in pairs if mark.since <= horizon)


@given(marks, decisions, st.randoms(use_true_random=False))
def test_decisions_count_in_any_order(found: list[Mark], decided: list[Decided], random: object) -> None:
    shuffled = sorted(decided, key=lambda _: random.random())  # type: ignore[attr-defined]
    assert covered(found, shuffled) == covered(found, decided)
