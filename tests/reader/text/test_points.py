"""Points: one integer each, sorted as the story goes, one spelling each."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import PointError
from reader.text import points

chapters = st.integers(1, points.LAST_CHAPTER)
numbers = st.integers(0, points.LAST_NUMBER)
subs = st.integers(0, points.LAST_SUB)
keys = st.tuples(chapters, numbers, subs)


@given(keys)
def test_point_splits_into_what_it_was_made_of(key: tuple[int, int, int]) -> None:
    assert points.split(points.point(*key)) == key


@given(keys, keys)
def test_points_sort_as_their_keys_do(one: tuple[int, int, int], other: tuple[int, int, int]) -> None:
    assert (points.point(*one) < points.point(*other)) == (one < other)


@given(keys)
def test_point_lies_between_nothing_and_its_chapters_end(key: tuple[int, int, int]) -> None:
    assert points.NOTHING < points.point(*key) < points.chapter_end(key[0]) < points.EVERYTHING < 2**63


@given(keys)
def test_chapter_end_lies_before_the_next_chapter(key: tuple[int, int, int]) -> None:
    before = key[0] - 1
    assert points.chapter_end(before) < points.point(*key)


@given(keys)
def test_spelling_of_a_point_is_read_back(key: tuple[int, int, int]) -> None:
    point = points.point(*key)
    assert points.parse_point(points.format_point(point)) == point


@given(keys)
def test_spelling_for_addresses_is_the_same_point(key: tuple[int, int, int]) -> None:
    chapter, number, sub = key
    assert points.parse_point(f"{chapter}:{points.format_number(number, sub)}") == points.point(*key)
    assert points.parse_number(points.format_number(number, sub)) == (number, sub)
    assert points.parse_number(points.format_label(number, sub)) == (number, sub)


@given(st.integers(0, points.LAST_CHAPTER))
def test_spelling_of_a_chapters_end_is_its_number(chapter: int) -> None:
    assert points.format_point(points.chapter_end(chapter)) == str(chapter)
    assert points.parse_point(str(chapter)) == points.chapter_end(chapter)


@pytest.mark.parametrize(
    ("text", "point"),
    [
        ("0", 0),
        ("6", 6 << 32 | 0xFFFFFFFF),
        ("6:0", 6 << 32),
        ("6:120", 6 << 32 | 120 << 8),
        ("6:120.128", 6 << 32 | 120 << 8 | 128),
        ("6:120-128", 6 << 32 | 120 << 8 | 128),
        ("6:0.128", 6 << 32 | 128),
    ],
)
def test_parse_point_reads(text: str, point: int) -> None:
    assert points.parse_point(text) == point


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            " ",
            "all",
            "-1",
            "+6",
            " 6",
            "6 ",
            "6\n",
            "06",
            "00",
            "6:",
            ":6",
            "6:01",
            "6:-1",
            "6:+1",
            "6:1.",
            "6:1.0",
        ),
        *(
            "6:1.00",
            "6:1.01",
            "6:1.256",
            "6:1.999",
            "6:1.1000",
            "6:1_0",
            "1_0",
            "6:1:1",
            "6.5",
            "6-5",
            "0:0",
            "0:5",
            "0:1.1",
        ),
        *(
            "٦",
            "６",
            "6:१",
            "²",
            "1e3",
            "0x6",
            "6:120–128",
            "6:16777215",
            "6:99999999999",
            "2147483647",
            "4294967296",
            "6\0",
        ),
        *("9" * 5000, "6:" + "9" * 5000, "six"),
    ],
)
def test_parse_point_refuses(text: str) -> None:
    with pytest.raises(PointError) as caught:
        points.parse_point(text)
    assert str(caught.value).endswith(".")
    assert len(str(caught.value)) < 200


@given(st.text(max_size=12) | st.text("0123456789:.-", max_size=12))
def test_parse_point_takes_one_spelling_or_refuses(text: str) -> None:
    try:
        point = points.parse_point(text)
    except PointError:
        return
    assert points.format_point(point) == text.replace("-", ".")


@pytest.mark.parametrize("text", ["", "0120", "120-0", "120-256", "120.", "p120", "16777215", "-1", "١"])
def test_parse_number_refuses(text: str) -> None:
    with pytest.raises(PointError):
        points.parse_number(text)


@pytest.mark.parametrize(
    "key",
    [
        (-1, 0, 0),
        (points.LAST_CHAPTER + 1, 1, 0),
        (1, -1, 0),
        (1, points.LAST_NUMBER + 1, 0),
        (1, 1, 256),
        (1, 1, -1),
        (0, 1, 0),
    ],
)
def test_point_refuses_what_does_not_fit(key: tuple[int, int, int]) -> None:
    with pytest.raises(PointError):
        points.point(*key)


@pytest.mark.parametrize(
    "point", [-1, 2**63, 1, 255, 0xFFFFFFFF, 6 << 32 | 0xFFFFFF00, 6 << 32 | 0xFFFFFFFE, (2**31 - 1) << 32]
)
def test_split_refuses_integers_that_are_no_points(point: int) -> None:
    with pytest.raises(PointError):
        points.split(point)


def test_everything_has_a_name_but_no_address() -> None:
    assert points.split(points.EVERYTHING) == (2**31 - 1, 2**24 - 1, 255)
    assert points.format_point(points.EVERYTHING) == "all"
