"""`/read/<story>/seen.gif`: how a page without scripts says that it was opened."""

import pytest
from django.test import Client

from reader.models import Place, Story, User
from reader.text.standing import Standing
from tests.conftest import Visitor
from tests.reader.visits import at, schedule, standing_of

URL = "/read/the-lamp/seen.gif"


def test_seen_raises_reached_to_the_pages_end(story: Story, newcomer: Visitor) -> None:
    found = []
    for page in ("1/1", "1/2", "1/3", "2/1"):
        response = newcomer.get(URL, {"page": page})
        assert (response.status_code, response["Content-Type"], response["Cache-Control"]) == (
            200,
            "image/gif",
            "no-store",
        )
        found.append(standing_of(newcomer, story))

    assert found == [at("1:1", "1:10"), at("1:11", "1:20"), at("1:21", "1"), at("2:1", "2:10")]


def test_seen_of_a_whole_chapter_reaches_its_end(story: Story, newcomer: Visitor) -> None:
    newcomer.get(URL, {"page": "1/all"})

    assert standing_of(newcomer, story) == at("1:1", "1")


def test_seen_after_a_jump_moves_the_place_alone(story: Story, newcomer: Visitor) -> None:
    newcomer.get(URL, {"page": "3/2"})

    assert standing_of(newcomer, story) == at("3:11", "0")


def test_seen_again_never_lowers(story: Story, halfway: Visitor) -> None:
    halfway.get(URL, {"page": "1/1"})

    assert standing_of(halfway, story) == at("1:1", "3")


@pytest.mark.parametrize(
    ("headers", "counts"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "cross-site", "Referer": "http://testserver/read/the-lamp/1/"}, False),
        ({"Sec-Fetch-Site": "none"}, False),
        ({"Referer": "http://testserver/read/the-lamp/1/"}, True),
        ({"Referer": "https://evil.example/read/the-lamp/1/"}, False),
        ({"Referer": "http://["}, False),
        ({"Origin": "http://testserver"}, False),
        ({}, False),
        ({"Sec-Fetch-Site": "same-origin", "Sec-Purpose": "prefetch"}, False),
        ({"Sec-Fetch-Site": "same-origin", "Sec-Purpose": "prefetch;prerender"}, False),
        ({"Sec-Fetch-Site": "same-origin", "Purpose": "prefetch"}, False),
    ],
)
def test_seen_counts_from_our_own_pages_and_never_ahead_of_time(
    story: Story, headers: dict[str, str], *, counts: bool
) -> None:
    client = Client(headers=headers)

    response = client.get(URL, {"page": "1/1"})

    assert (response.status_code, response["Content-Type"]) == (200, "image/gif")
    assert standing_of(client, story) == (at("1:1", "1:10") if counts else Standing())


@pytest.mark.parametrize(
    "asked",
    [
        "",
        "x",
        "0/1",
        "9/1",
        "1/x/y",
        "1/0",
        "1/4",
        "-1/1",
        "/",
        "99999999999999999999/1",
        "9" * 5000 + "/1",
        "1/" + "9" * 5000,
        "1\0/1",
    ],
)
def test_seen_of_a_page_that_is_not_there_says_nothing(story: Story, newcomer: Visitor, asked: str) -> None:
    response = newcomer.get(URL, {"page": asked})

    assert (response.status_code, standing_of(newcomer, story).reached) == (200, 0)


def test_seen_of_an_unknown_story_is_not_found(story: Story, newcomer: Visitor) -> None:
    assert newcomer.get("/read/nowhere/seen.gif", {"page": "1/1"}).status_code == 404


def test_seen_by_post_is_refused(story: Story, newcomer: Visitor) -> None:
    assert newcomer.post(URL, {"page": "1/1"}).status_code == 405


def test_seen_of_a_scheduled_chapter_is_its_owners_alone(story: Story, halfway: Visitor, owner: User) -> None:
    schedule(story, 4, 5)
    author = Visitor()
    author.force_login(owner)
    author.post("/read/the-lamp/reached/", {"point": "3"})

    for visitor in (halfway, author):
        visitor.get(URL, {"page": "4/1"})

    assert standing_of(halfway, story) == at("3", "3")
    assert Place.objects.get(user=owner).reached == at("0", "4:10").reached
