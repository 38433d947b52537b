"""What a reading page is loaded with, and at which price."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from reader import paging
from reader.annotators import Registry
from reader.models import Chapter, Story
from reader.text import points
from tests.conftest import manuscript_of, words

from .visits import schedule

NOW = datetime(2026, 1, 1, tzinfo=UTC)
ImportText = Callable[..., Story]


def load(number: int, page: int, *, slug: str = "the-lamp", is_owner: bool = False) -> paging.PageContent | None:
    return paging.load_page(slug=slug, number=number, page=page, at=NOW, is_owner=is_owner)


def must(content: paging.PageContent | None) -> paging.PageContent:
    assert content is not None
    return content


@pytest.mark.parametrize(
    ("number", "page", "expected"),
    [
        (1, 1, ("1:1", "1:10", "0")),
        (1, 2, ("1:11", "1:20", "1:1")),
        (1, 3, ("1:21", "1", "1:11")),
        (2, 1, ("2:1", "2:10", "1:21")),
        (1, 0, ("1:1", "1", "0")),
        (2, 0, ("2:1", "2", "1:21")),
    ],
)
def test_load_page_knows_its_points(story: Story, number: int, page: int, expected: tuple[str, str, str]) -> None:
    content = must(load(number, page))

    assert (content.first, content.last, content.previous_first) == tuple(map(points.parse_point, expected))
    assert content.page == page


def test_load_page_partitions_a_chapter(story: Story) -> None:
    whole = [para for group in must(load(2, paging.WHOLE)).groups for para in group.paragraphs]
    pages = [para for page in (1, 2, 3) for group in must(load(2, page)).groups for para in group.paragraphs]

    assert [para.label for para in pages] == [f"2:{number}" for number in range(1, 31)]
    assert [para.html for para in pages] == [para.html for para in whole]


@pytest.mark.parametrize("page", [4, 99, 10**30])
def test_load_page_beyond_the_end_is_the_last(story: Story, page: int) -> None:
    assert must(load(2, page)).page == 3


@pytest.mark.parametrize(("slug", "number"), [("nowhere", 1), ("the-lamp", 0), ("the-lamp", 6), ("the-lamp", 10**30)])
def test_load_page_of_nothing_is_none(story: Story, slug: str, number: int) -> None:
    assert load(number, 1, slug=slug) is None


def test_load_page_knows_scheduled_neighbours_for_the_owner_alone(story: Story) -> None:
    moment = schedule(story, 4, 5)

    reader, author = must(load(3, 3)), must(load(3, 3, is_owner=True))

    assert (reader.following, reader.changes_at) == (None, moment)
    assert (author.following, author.changes_at) == (Chapter.objects.get(number=4), moment)
    assert load(4, 1) is None
    assert must(load(4, 1, is_owner=True)).groups


@pytest.mark.parametrize("paragraphs", [1, 3, 300])
def test_load_page_asks_three_times_whatever_the_size(
    db: None,
    import_text: ImportText,
    paragraphs: int,
    django_assert_num_queries: Callable[..., object],
    empty_registry: Registry,
) -> None:
    import_text(manuscript_of(3, paragraphs=paragraphs))

    for page in (1, paging.WHOLE):
        with django_assert_num_queries(3):  # type: ignore[attr-defined]
            load(2, page)


def test_load_page_groups_what_is_set_together(db: None, import_text: ImportText) -> None:
    import_text(
        "# One\n\n## List\n\nIt rained.\n\nStill.\n\n***\n\nLater.\n\n::: messages\nMonday\nPru: up?\nIdo: no\n:::\n\n"
        "::: messages\nPru: now?\n:::\n\n::: letter\n> Wick\n\nDear Pru,\n\n-- Ido\n:::\n\nShe slept."
    )

    found = [
        (group.kind, group.scene_break, [(para.role, para.classes) for para in group.paragraphs])
        for group in must(load(1, 1)).groups
    ]

    assert found == [
        ("heading", False, [("", "plain")]),
        ("prose", False, [("", "plain")]),
        ("prose", False, [("", "")]),
        ("prose", True, [("", "plain")]),
        ("messages", False, [("time", ""), ("", ""), ("", "")]),
        ("messages", False, [("", "plain")]),
        ("letter", False, [("dateline", "plain"), ("", ""), ("signature", "")]),
        ("prose", False, [("", "plain")]),
    ]


@pytest.mark.parametrize(
    ("opening", "has_cap"),
    [
        ("It rained.", True),
        ("*It* rained.", True),
        ("Été.", True),
        ("“It” rained.", False),
        ("9 o’clock.", False),
        ("雨が降った。", False),
    ],
)
def test_load_page_opens_a_chapter_with_a_drop_cap_where_there_is_a_capital(
    db: None, import_text: ImportText, opening: str, *, has_cap: bool
) -> None:
    import_text(f"# One\n\n{opening}\n\nMore. {words(900)}\n\n{words(900, word='more')}")

    classes = [must(load(1, page)).groups[0].paragraphs[0].classes for page in (1, 2)]

    assert classes == ["plain first" if has_cap else "plain", "plain"]
