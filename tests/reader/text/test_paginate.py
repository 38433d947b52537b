"""Pages: whole paragraphs, in order, of a size that people like."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from reader.text.paginate import LONGEST, SHORTEST, Unit, paginate

small_units = st.builds(
    Unit,
    words=st.integers(0, 300),
    is_heading=st.sampled_from([False] * 9 + [True]),
    scene_break=st.sampled_from([False] * 4 + [True]),
    grouped=st.booleans(),
    opens=st.sampled_from([False] * 3 + [True]),
)
any_units = st.builds(Unit, words=st.floats(0, 5000), is_heading=st.booleans(), grouped=st.booleans())


def sizes(units: Sequence[Unit], pages: Sequence[int]) -> list[float]:
    """The words of each page."""
    counter: Counter[int] = Counter()
    for unit, page in zip(units, pages, strict=True):
        counter[page] += unit.words  # type: ignore[assignment]
    return [counter[page] for page in sorted(counter)]


def starts(pages: Sequence[int]) -> list[int]:
    """The indexes at which pages after the first begin."""
    return [index for index, (one, other) in enumerate(pairwise(pages), start=1) if other != one]


def can_keep_bounds(units: Sequence[Unit]) -> bool:
    """Whether any way of cutting has every page within bounds, found by trying all."""
    ends = {0}
    for end in range(1, len(units) + 1):
        if end == len(units) or not units[end - 1].is_heading:
            fits = (SHORTEST <= sum(unit.words for unit in units[start:end]) <= LONGEST for start in ends)
            if any(fits):
                ends.add(end)
    return len(units) in ends


@settings(deadline=None)
@given(st.lists(any_units, max_size=60) | st.lists(small_units, max_size=120))
def test_pages_partition_the_chapter_in_order(units: list[Unit]) -> None:
    pages = paginate(units)
    assert len(pages) == len(units)
    assert pages[:1] in ([], [1])
    assert all(other - one in (0, 1) for one, other in pairwise(pages))


@settings(deadline=None)
@given(st.lists(any_units, max_size=60) | st.lists(small_units, max_size=120))
def test_heading_never_ends_a_page_but_the_last(units: list[Unit]) -> None:
    assert not any(units[start - 1].is_heading for start in starts(paginate(units)))


@settings(deadline=None)
@given(st.lists(small_units, min_size=1, max_size=60))
def test_bounds_are_kept_wherever_they_can_be(units: list[Unit]) -> None:
    total = sum(unit.words for unit in units)
    assume(total >= SHORTEST)
    found = sizes(units, paginate(units))
    assert all(SHORTEST <= size <= LONGEST for size in found) == can_keep_bounds(units)


@settings(deadline=None)
@given(st.lists(st.builds(Unit, words=st.integers(1, 300)), min_size=30, max_size=1200))
def test_bounds_are_kept_in_every_chapter_of_some_length(units: list[Unit]) -> None:
    assume(sum(unit.words for unit in units) >= 2 * LONGEST)
    assert all(SHORTEST <= size <= LONGEST for size in sizes(units, paginate(units)))


@given(st.lists(any_units, max_size=40))
def test_same_chapter_gives_the_same_pages(units: list[Unit]) -> None:
    assert paginate(units) == paginate(list(units))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([], []),
        ([0], [0]),
        ([5], [5]),
        ([100] * 6, [600]),
        ([100] * 15, [1500]),
        ([100] * 16, [1600]),
        ([100] * 17, [900, 800]),
        ([100] * 20, [1000, 1000]),
        ([100] * 25, [1300, 1200]),
        ([100] * 33, [1100, 1100, 1100]),
        ([5000], [5000]),
        ([300, 3000], [3300]),  # rather than a page of 300
        ([800, 3000, 800], [800, 3000, 800]),
        ([300, 3000, 300], [3600]),
        ([3000, 3000], [3000, 3000]),
        ([801, 800], [801, 800]),
    ],
)
def test_pages_are_balanced(words: list[int], expected: list[int]) -> None:
    units = [Unit(count) for count in words]
    assert sorted(sizes(units, paginate(units))) == sorted(expected)


def test_page_begins_with_a_scene_that_is_near() -> None:
    units = [Unit(50, scene_break=index == 19) for index in range(44)]
    assert starts(paginate(units)) == [19]
    assert starts(paginate([Unit(50)] * 44)) == [22]


def test_page_does_not_end_with_the_first_paragraph_of_a_scene() -> None:
    units = [Unit(100, scene_break=index == 10) for index in range(22)]
    assert 11 not in starts(paginate(units))


def test_letter_is_not_cut_where_another_place_will_do() -> None:
    units = [Unit(50, grouped=18 <= index < 26, opens=index == 18) for index in range(44)]
    assert starts(paginate(units)) in ([18], [26])


def test_letters_that_follow_each_other_may_be_parted() -> None:
    units = [Unit(50, grouped=True, opens=index in (0, 22)) for index in range(44)]
    assert starts(paginate(units)) == [22]


def test_letter_longer_than_a_page_is_cut() -> None:
    units = [Unit(100, grouped=True, opens=index == 0) for index in range(40)]
    assert all(SHORTEST <= size <= LONGEST for size in sizes(units, paginate(units)))


def test_many_tiny_paragraphs_are_cut_as_well_as_few() -> None:
    assert all(1000 <= size <= 1300 for size in sizes([Unit(1)] * 30_000, paginate([Unit(1)] * 30_000)))
