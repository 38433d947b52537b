"""The rules by which place and reached move (DESIGN §2, §4)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.text.points import EVERYTHING, chapter_end, parse_point
from reader.text.standing import Standing, chosen, follows, joined, passed, settled

POINTS = st.integers(0, 9).flatmap(
    lambda chapter: st.sampled_from([str(chapter)] if not chapter else [str(chapter), f"{chapter}:1", f"{chapter}:30"])
)


def stand(place: str, reached: str, **others: object) -> Standing:
    return Standing(parse_point(place), parse_point(reached), **others)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("reached", "previous_first", "expected"),
    [
        ("0", "0", True),  # the first page of the story
        ("0", "1:1", False),  # its second page, nothing read
        ("1:1", "1:1", True),  # the page after the one that holds what was reached
        ("1:10", "1:1", True),
        ("1:10", "1:11", False),  # two pages on
        ("1", "1:21", True),  # from the last page of chapter 1 to chapter 2
        ("5", "2:1", True),  # read long ago
    ],
)
def test_follows_tells_the_next_page_from_a_jump(reached: str, previous_first: str, *, expected: bool) -> None:
    found = follows(reached=parse_point(reached), previous_first=parse_point(previous_first))

    assert found is expected


def test_passed_raises_reached_on_a_page_that_follows() -> None:
    after = passed(
        stand("1:5", "1:5", is_looking=True),
        point=parse_point("1:20"),
        place=parse_point("1:18"),
        previous_first=1,
        at=7,
    )

    assert after == stand("1:18", "1:20", at=7)


def test_passed_moves_the_place_alone_after_a_jump() -> None:
    before = stand("1:5", "1:5", is_looking=True)

    after = passed(
        before, point=parse_point("4:20"), place=parse_point("4:18"), previous_first=parse_point("4:1"), at=7
    )

    assert after == stand("4:18", "1:5", is_looking=True, at=7)


def test_passed_keeps_show_everything() -> None:
    after = passed(stand("0", "0", shows_all=True), point=9, place=9, previous_first=0, at=1)

    assert after.shows_all


@given(st.lists(st.tuples(POINTS, POINTS), max_size=20))
def test_passed_never_lowers_reached(reports: list[tuple[str, str]]) -> None:
    standing = Standing()
    for spelt, previous in reports:
        point = parse_point(spelt)
        after = passed(standing, point=point, place=point, previous_first=parse_point(previous), at=1)
        assert after.reached >= standing.reached
        assert after.place == point
        standing = after


@pytest.mark.parametrize("spelt", ["0", "1:3", "4", "9"])
def test_chosen_sets_place_and_reached_anywhere(spelt: str) -> None:
    before = stand("5", "5", shows_all=True, is_looking=True)

    assert chosen(before, point=parse_point(spelt), at=3) == stand(spelt, spelt, at=3)


@pytest.mark.parametrize(
    ("standing", "has_begun", "horizon"),
    [
        (Standing(), False, 0),
        (Standing(at=5, is_looking=True), False, 0),
        (stand("3:1", "0"), True, 0),
        (stand("3:1", "2"), True, chapter_end(2)),
        (stand("0", "0", shows_all=True), True, EVERYTHING),
    ],
)
def test_standing_knows_its_horizon_and_whether_it_began(standing: Standing, *, has_begun: bool, horizon: int) -> None:
    assert (standing.has_begun, standing.horizon) == (has_begun, horizon)


@pytest.mark.parametrize(
    ("account", "browser", "expected"),
    [
        (None, None, (None, False)),
        (stand("2", "2"), None, (stand("2", "2"), False)),
        (None, stand("3", "3"), (stand("3", "3"), False)),
        (Standing(at=4), stand("3", "3"), (stand("3", "3"), False)),  # an account that never began has nothing to lose
        (stand("2", "2"), Standing(at=9), (stand("2", "2"), False)),
        (stand("2", "2", at=1), stand("2", "2", at=9), (stand("2", "2", at=1), False)),
        (stand("2", "2"), stand("3", "3"), (stand("2", "2"), True)),
        (stand("2", "2"), stand("2", "2", shows_all=True), (stand("2", "2"), True)),
    ],
)
def test_joined_asks_only_where_two_places_differ(
    account: Standing | None, browser: Standing | None, expected: tuple[Standing | None, bool]
) -> None:
    assert joined(account, browser) == expected


def test_settled_keeps_the_one_that_was_named() -> None:
    account, browser = stand("2", "2", at=1), stand("3:1", "3:1", at=2)

    kept = [settled(account, browser, keep=keep, at=9) for keep in ("account", "browser")]

    assert kept == [stand("2", "2", at=9), stand("3:1", "3:1", at=9)]
