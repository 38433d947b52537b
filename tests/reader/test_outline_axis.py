"""The story as a line: as wide as its words, read part solid."""

from reader import outline
from reader.models import Chapter
from reader.text import points
from reader.text.standing import Standing


def stand(spelt: str, **others: object) -> Standing:
    point = points.parse_point(spelt)
    return Standing(point, point, **others)  # type: ignore[arg-type]


def chapters_of(*words: int) -> list[Chapter]:
    return [
        Chapter(number=number, words=count, seconds=count // 4, last_point=points.point(number, 10), page_count=3)
        for number, count in enumerate(words, start=1)
    ]


def test_axis_is_as_wide_as_the_words() -> None:
    axis = outline.axis(chapters_of(100, 300), stand("2:5"))

    assert axis == outline.Axis(
        (outline.Segment(1, 0.0, 25.0, 1.0, "1"), outline.Segment(2, 25.0, 75.0, 0.5, "2")),
        62.5,
        "You have read to chapter 2 of 2.",
    )
    assert [(one.read_to, one.x_end, one.middle) for one in axis.segments] == [(25.0, 25.0, 12.5), (62.5, 100.0, 62.5)]


def test_axis_of_nothing_read_or_nothing_there_has_no_ribbon() -> None:
    assert outline.axis(chapters_of(100), Standing()).ribbon_x is None
    assert outline.axis([], Standing()) == outline.Axis((), None, "0 chapters, not begun.")
    assert [one.width for one in outline.axis(chapters_of(0, 0), Standing()).segments] == [50.0, 50.0]


def test_axis_thins_its_labels() -> None:
    labels = [one.label for one in outline.axis(chapters_of(*[10] * 60), Standing()).segments if one.label]

    assert labels == [str(number) for number in range(1, 61, 3)]
