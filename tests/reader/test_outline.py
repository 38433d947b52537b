"""Lengths, contents and progress, in words and in percent."""

import pytest

from reader import outline
from reader.models import Chapter, Story
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


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        (0, "1 min"),
        (29, "1 min"),
        (95, "2 min"),
        (89 * 60, "89 min"),
        (90 * 60, "about 2 hours"),
        (36_000, "about 10 hours"),
    ],
)
def test_duration_is_minutes_then_hours(seconds: int, expected: str) -> None:
    assert outline.duration(seconds) == expected


@pytest.mark.parametrize(
    ("count", "expected"), [(0, "0 words"), (1, "1 word"), (999, "999 words"), (59_849, "59,800 words")]
)
def test_words_label_rounds_from_a_thousand_on(count: int, expected: str) -> None:
    assert outline.words_label(count) == expected


@pytest.mark.parametrize(
    ("reached", "expected"),
    [
        ("0", [0, 0]),
        ("1:5", [0.5, 0]),
        ("1:10", [1, 0]),
        ("1", [1, 0]),
        ("2:1", [1, 0.1]),
        ("2:99", [1, 1]),
        ("9", [1, 1]),
    ],
)
def test_fraction_read_counts_paragraphs(reached: str, expected: list[float]) -> None:
    found = [outline.fraction_read(chapter, points.parse_point(reached)) for chapter in chapters_of(100, 100)]

    assert found == expected


@pytest.mark.parametrize(
    ("standing", "expected"),
    [
        (Standing(), "5 chapters, not begun."),
        (stand("2:3"), "You have read to chapter 2 of 5."),
        (stand("5:1"), "You have read to chapter 5 of 5."),
        (stand("5"), "5 chapters, all read."),
        (stand("9"), "5 chapters, all read."),
    ],
)
def test_progress_sentence_says_where_one_stands(standing: Standing, expected: str) -> None:
    assert outline.progress_sentence(5, standing) == expected


@pytest.mark.parametrize(
    ("standing", "url", "label"),
    [
        (Standing(), "1/", "Begin reading"),
        (Standing(shows_all=True), "1/", "Begin reading"),
        (stand("1:4"), "1/p/4/", "Continue chapter 1"),
        (stand("1:4.128"), "1/p/4-128/", "Continue chapter 1"),
        (stand("1"), "2/", "Go on to chapter 2"),
        (stand("5"), "1/", "Read again"),
        (stand("9:1"), "1/", "Read again"),
        (Standing(place=points.parse_point("3:2")), "3/p/2/", "Continue chapter 3"),
    ],
)
def test_continue_leads_to_the_place(standing: Standing, url: str, label: str) -> None:
    story = Story(slug="the-lamp", title="The Lamp")

    assert outline.continue_url(story, standing, last_chapter=5) == f"/read/the-lamp/{url}"
    assert outline.continue_label(standing, last_chapter=5) == label


@pytest.mark.parametrize(
    ("reached", "expected"),
    [
        ("0", "2 chapters, finished. 54,000 words, about 4 hours."),
        ("1", "2 chapters, finished. 54,000 words, about 4 hours; about 2 hours left for you."),
        ("2", "2 chapters, finished. 54,000 words, about 4 hours."),
    ],
)
def test_facts_line_says_how_long_it_is_and_what_is_left(reached: str, expected: str) -> None:
    story = Story(slug="the-lamp", title="The Lamp", status="finished")

    assert outline.facts_line(story, chapters_of(27_000, 27_000), stand(reached)) == expected


@pytest.mark.parametrize(
    ("horizon", "options", "expected"),
    [
        (points.NOTHING, {}, False),
        (points.chapter_end(1), {}, False),
        (points.point(2), {}, False),
        (points.point(2, 0, 128), {}, True),  # a paragraph put before the first
        (points.point(2, 1), {}, True),
        (points.EVERYTHING, {}, True),
        (points.NOTHING, {"is_owner": True}, True),
        (points.NOTHING, {"show_titles": True}, True),
    ],
)
def test_knows_title_from_the_first_paragraph_on(horizon: int, options: dict[str, bool], *, expected: bool) -> None:
    story = Story(slug="the-lamp", title="The Lamp", show_titles=options.get("show_titles", False))
    chapter = Chapter(number=2, title="Dusk")

    assert outline.knows_title(story, chapter, horizon=horizon, is_owner=options.get("is_owner", False)) is expected
