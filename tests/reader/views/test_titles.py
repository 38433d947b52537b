"""Titles of chapters are not told before their time (DESIGN §3.10)."""

from collections.abc import Callable

import pytest

from reader.models import Story, User
from tests.conftest import Visitor, manuscript_of

URL = "/read/the-lamp/"
PAGES = ("/", URL, "/read/", f"{URL}reached/", f"{URL}bookmarks/?at=1:2", f"{URL}1/", f"{URL}1/2/", f"{URL}1/3/",
         f"{URL}1/all/", f"{URL}9/", f"{URL}seen.gif?page=1/1", "/look/", "/about/", "/colophon/", "/robots.txt",
         "/nowhere/")  # fmt: skip


def titles_in(visitor: Visitor, *paths: str) -> set[int]:
    text = "\n".join(visitor.get(path).content.decode("utf-8", "replace") for path in paths)
    return {number for number in range(1, 6) if f"Title {number}" in text}


def test_story_detail_tells_a_newcomer_no_title(story: Story, newcomer: Visitor) -> None:
    page = newcomer.get(URL).content.decode()

    assert titles_in(newcomer, URL) == set()
    assert [f"Chapter {number}" in page for number in (1, 5, 6)] == [True, True, False]


def test_no_page_of_chapter_one_tells_a_title_ahead(story: Story, newcomer: Visitor, finished: Visitor) -> None:
    assert titles_in(newcomer, *PAGES) == {1}
    assert titles_in(finished, *PAGES) == {1, 2, 3, 4, 5}


@pytest.mark.parametrize(
    ("point", "expected"),
    [("0", set()), ("1:1", {1}), ("2", {1, 2}), ("3:1", {1, 2, 3}), ("5", {1, 2, 3, 4, 5}), ("all", {1, 2, 3, 4, 5})],
)
def test_story_detail_tells_a_title_from_its_first_paragraph_on(
    story: Story, newcomer: Visitor, point: str, expected: set[int]
) -> None:
    newcomer.post(f"{URL}reached/", {"point": point})

    assert titles_in(newcomer, URL) == expected


def test_story_detail_tells_no_title_to_whoever_jumped_ahead(story: Story, newcomer: Visitor) -> None:
    newcomer.post(f"{URL}reached/", {"by": "reading", "point": "4:3", "start": "4:1"})

    assert titles_in(newcomer, URL, "/") == set()


def test_story_detail_tells_titles_if_the_owner_wants_it_or_is_reading(
    story: Story, newcomer: Visitor, owner: User, import_text: Callable[..., Story]
) -> None:
    author = Visitor()
    author.force_login(owner)
    assert [titles_in(visitor, URL) for visitor in (newcomer, author)] == [set(), {1, 2, 3, 4, 5}]

    import_text(manuscript_of(5), show_titles=True)

    assert titles_in(newcomer, URL) == {1, 2, 3, 4, 5}
    assert titles_in(newcomer, f"{URL}2/3/") == {2, 3}  # then the next page's link says it too


def test_story_detail_as_of_an_earlier_point_tells_fewer_titles(story: Story, halfway: Visitor) -> None:
    found = [titles_in(halfway, f"{URL}{query}") for query in ("", "?as=1", "?as=5", "?as=all", "?as=\0")]

    assert found == [{1, 2, 3}, {1}, {1, 2, 3}, set(), set()]
