"""A page as of an earlier point: the slider offers what was read, never more, and the ribbon says where it stands."""

import pytest

from reader.models import Story
from reader.text.points import EVERYTHING, chapter_end, point
from reader.text.standing import Standing
from wiki.views.lowered import AsOf, as_of, label_of, ribbon

SIX = Standing(reached=point(6, 19))
ALL = Standing(reached=chapter_end(2), shows_all=True)
THREE = (1, 2, 3)
TO_SIX = (1, 2, 3, 4, 5, 6)


@pytest.mark.parametrize(
    ("horizon", "standing", "published", "expected"),
    [
        (SIX.horizon, SIX, 0, AsOf(6, 6, TO_SIX, "chapter 6, paragraph 19", is_lowered=False, is_everything=False)),
        (chapter_end(3), SIX, 0, AsOf(6, 3, TO_SIX, "chapter 3", is_lowered=True, is_everything=False)),
        (0, SIX, 0, AsOf(6, 0, TO_SIX, "", is_lowered=True, is_everything=False)),
        (EVERYTHING, ALL, 3, AsOf(3, 3, THREE, "", is_lowered=False, is_everything=True)),
        (chapter_end(2), ALL, 3, AsOf(3, 2, THREE, "chapter 2", is_lowered=True, is_everything=False)),
    ],
)
def test_as_of_goes_from_the_first_chapter_to_the_one_reached(
    horizon: int, standing: Standing, published: int, expected: AsOf
) -> None:
    assert as_of(horizon=horizon, standing=standing, published=published) == expected


def test_as_of_has_a_number_field_where_choices_would_be_too_many() -> None:
    found = as_of(horizon=chapter_end(61), standing=Standing(reached=chapter_end(61)), published=0)

    assert (found.top, found.chapters) == (61, ())


def test_label_of_the_ends_is_empty() -> None:
    assert (label_of(0), label_of(EVERYTHING), label_of(chapter_end(4))) == ("", "", "chapter 4")


def test_ribbon_is_outlined_with_the_chapter_shown() -> None:
    html = ribbon(Story(slug="the-lamp"), point(3, 10))

    assert 'class="ribbon ribbon-outlined" href="/read/the-lamp/reached/"' in html
    assert '<span class="ribbon-number">3</span>' in html
