"""Only our own pages may write: the Sec-Fetch-Site rule of DESIGN §4."""

import pytest
from django.test import Client

from reader.models import Bookmark, Place, Story
from reader.text.standing import Standing
from tests.reader.visits import at, standing_of

PLACES_TO_WRITE = ("/read/the-lamp/reached/", "/read/-/forget/", "/read/the-lamp/bookmarks/", "/look/")


@pytest.mark.parametrize(
    ("headers", "is_let_in"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "https://evil.example"}, True),  # pages cannot set Sec-Fetch-Site
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"}, False),
        ({"Sec-Fetch-Site": "same-site"}, False),
        ({"Sec-Fetch-Site": "none"}, False),
        ({"Sec-Fetch-Site": ""}, False),
        ({"Origin": "http://testserver"}, True),
        ({"Origin": "https://testserver"}, False),
        ({"Origin": "http://testserver:8000"}, False),
        ({"Origin": "http://testserver.evil.example"}, False),
        ({"Origin": "https://evil.example"}, False),
        ({"Origin": "null"}, False),
        ({"Origin": "http://["}, False),
        ({"Origin": ""}, False),
        ({"Referer": "http://testserver/read/the-lamp/"}, False),
        ({}, False),
    ],
)
def test_post_is_let_in_from_our_own_pages_alone(story: Story, headers: dict[str, str], *, is_let_in: bool) -> None:
    client = Client()

    response = client.post("/read/the-lamp/reached/", {"point": "3"}, headers=headers)

    assert response.status_code == (302 if is_let_in else 403)
    assert standing_of(client, story) == (at("3", "3") if is_let_in else Standing())


@pytest.mark.parametrize("path", PLACES_TO_WRITE)
def test_post_from_elsewhere_is_refused_with_a_sentence_and_changes_nothing(story: Story, path: str) -> None:
    client = Client(headers={"Sec-Fetch-Site": "cross-site"})

    response = client.post(path, {"point": "1:2", "theme": "dark"})

    assert response.status_code == 403
    assert "did not come from a page of this site" in response.content.decode()
    assert (client.cookies, Place.objects.count(), Bookmark.objects.count()) == ({}, 0, 0)


@pytest.mark.parametrize("path", ["/read/the-lamp/reached/", "/read/-/forget/", "/read/the-lamp/bookmarks/", "/look/"])
@pytest.mark.parametrize("method", ["put", "patch", "delete", "trace"])
def test_other_methods_are_refused(story: Story, path: str, method: str) -> None:
    from_here = Client(headers={"Sec-Fetch-Site": "same-origin"})

    statuses = [getattr(client, method)(path).status_code for client in (from_here, Client())]

    assert statuses == [405, 403]


def test_post_needs_no_form_token_even_where_tokens_are_enforced(story: Story) -> None:
    client = Client(enforce_csrf_checks=True, headers={"Sec-Fetch-Site": "same-origin"})

    assert client.post("/read/the-lamp/reached/", {"point": "3"}).status_code == 302


@pytest.mark.parametrize("path", PLACES_TO_WRITE)
def test_get_changes_nothing(story: Story, path: str) -> None:
    client = Client(headers={"Sec-Fetch-Site": "same-origin"})

    response = client.get(path, {"point": "3", "by": "reading", "theme": "dark", "at": "1:2", "next": "/"})

    assert response.status_code in {200, 405}
    assert (client.cookies, Place.objects.count(), Bookmark.objects.count()) == ({}, 0, 0)
