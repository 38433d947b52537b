"""Reading pages: `/read/<story>/<chapter>/<page>/` and `…/all/`."""

import pytest

from reader.models import Story
from tests.conftest import Visitor
from tests.reader.visits import anchors

URL = "/read/the-lamp/"


def test_chapter_page_shows_its_own_paragraphs_once_and_in_order(story: Story, newcomer: Visitor) -> None:
    found = [anchors(newcomer.get(f"{URL}2/{page}")) for page in ("", "2/", "3/", "all/")]

    numbers = [str(number) for number in range(1, 31)]
    assert found == [numbers[:10], numbers[10:20], numbers[20:], numbers]


def test_chapter_page_one_is_the_chapters_address(story: Story, halfway: Visitor) -> None:
    # But for the way back from the sign-in, which is where one was.
    pages = [halfway.get(f"{URL}2/{page}").content.replace(b'/2/1/" title=', b'/2/" title=') for page in ("", "1/")]

    assert pages[0] == pages[1]
    assert b'<link rel="canonical" href="http://testserver/read/the-lamp/2/">' in pages[0]


@pytest.mark.parametrize(
    ("path", "previous", "following"),
    [
        ("1/", None, "1/2/"),
        ("1/2/", "1/", "1/3/"),
        ("1/3/", "1/2/", "2/"),
        ("2/", "1/3/", "2/2/"),
        ("5/3/", "5/2/", None),
        ("1/all/", None, "2/"),
        ("3/all/", "2/", "4/"),
    ],
)
def test_chapter_page_leads_to_its_neighbours(
    story: Story, newcomer: Visitor, path: str, previous: str | None, following: str | None
) -> None:
    page = newcomer.get(URL + path).content.decode()

    found = [f'rel="{rel}" href="{URL}{target}"' in page for rel, target in (("prev", previous), ("next", following))]
    assert found == [previous is not None, following is not None]
    assert ('rel="prev"' in page, 'rel="next"' in page) == (previous is not None, following is not None)


def test_chapter_page_offers_i_have_finished_at_the_storys_end_alone(story: Story, newcomer: Visitor) -> None:
    paths = ("4/3/", "5/2/", "5/3/", "4/all/", "5/all/")

    found = ["I have finished" in newcomer.get(URL + path).content.decode() for path in paths]

    assert found == [False, False, True, False, True]


@pytest.mark.parametrize(("asked", "last"), [("4", "3"), ("99", "3"), ("99999999999999999999", "3"), ("9" * 4000, "3")])
def test_chapter_page_beyond_the_end_redirects_to_the_last(
    story: Story, newcomer: Visitor, asked: str, last: str
) -> None:
    response = newcomer.get(f"{URL}2/{asked}/")

    assert (response.status_code, response["Location"]) == (302, f"{URL}2/{last}/")


def test_chapter_page_zero_redirects_to_the_first(story: Story, newcomer: Visitor) -> None:
    response = newcomer.get(f"{URL}2/0/")

    assert (response.status_code, response["Location"]) == (301, f"{URL}2/")


@pytest.mark.parametrize(
    "path",
    ["read/nowhere/1/", "read/the-lamp/0/", "read/the-lamp/6/", "read/the-lamp/99999999999999999999/",
     "read/the-lamp/2147483648/2/", "read/the-lamp/6/all/", "read/the-lamp/0/all/", "read/the-lamp/6/9/",
     "read/the-lamp/two/", "read/the-lamp/-1/", "read/the-lamp/1/-1/", "read/the%00lamp/1/", "read/%00/",
     "read/the-lamp/%00/", "read/%F0%9F%8E%AC/", "read/the-lamp/" + "9" * 5000 + "/", "read/" + "x" * 5000 + "/1/",
     "read/%ED%B3%BF/", "wiki/%00/", "nowhere/", "read/the-lamp/1/1/1/", "%2E%2E/", "read/the-lamp/1/p/%00/"],
)  # fmt: skip
def test_chapter_page_that_is_not_there_is_not_found_and_helps(story: Story, newcomer: Visitor, path: str) -> None:
    response = newcomer.get(f"/{path}")

    page = response.content.decode()
    assert response.status_code == 404
    assert "Not here (yet)" in page
    assert 'href="/"' in page
    if "/the-lamp/" in path:
        assert 'href="/read/the-lamp/"' in page
        assert "How far have you read?" in page


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_chapter_page_takes_no_other_method(story: Story, newcomer: Visitor, method: str) -> None:
    assert [getattr(newcomer, method)(f"{URL}{path}").status_code for path in ("1/", "1/all/", "1/p/1/")] == [405] * 3


def test_chapter_page_answers_head_as_get(story: Story, newcomer: Visitor) -> None:
    full, head = newcomer.get(f"{URL}2/"), newcomer.head(f"{URL}2/")

    assert (head.status_code, head["Content-Length"], head.content) == (200, full["Content-Length"], b"")


def test_chapter_page_says_whose_it_is_to_caches(story: Story, newcomer: Visitor) -> None:
    response = newcomer.get(f"{URL}2/")

    assert (response["Cache-Control"], "Cookie" in response["Vary"]) == ("private, no-cache", True)
