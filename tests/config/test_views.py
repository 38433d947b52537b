"""The site's own pages: look, about, colophon, health, robots, errors."""

import pytest

from reader.models import Story
from tests.conftest import Visitor


@pytest.mark.parametrize("path", ["/about/", "/colophon/", "/look/", "/healthz/", "/robots.txt"])
def test_pages_are_there_and_cannot_be_posted_to(db: None, newcomer: Visitor, path: str) -> None:
    assert newcomer.get(path).status_code == 200
    assert newcomer.post(path).status_code == (302 if path == "/look/" else 405)


def test_look_form_shows_what_is_chosen(db: None, newcomer: Visitor) -> None:
    newcomer.cookies["look"] = "theme:sepia.size:24.turn:scroll"

    assert newcomer.get("/look/").context["look"] == {
        "theme": "sepia", "face": "literata", "size": "24", "leading": "book", "width": "book", "turn": "scroll",
        "names": "lines", "keys": "on",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "cookie"),
    [
        ({"theme": "dark"}, "theme:dark"),
        ({"theme": "dark", "size": "22", "turn": "scroll"}, "theme:dark.size:22.turn:scroll"),
        ({"names": "plain", "turn": "pages"}, "names:plain"),
        ({"names": "lines"}, ""),
        ({"keys": "off"}, "keys:off"),
        ({"theme": "system", "face": "literata", "size": "auto", "leading": "book"}, ""),
        ({"theme": '"><script>', "size": "99", "face": "x\0"}, ""),
        ({"size": ["22", "auto"]}, ""),  # the box “as suits the screen” comes after the slider
        ({"theme": "x" * 5000, "width": "wide"}, "width:wide"),
        ({}, ""),
    ],
)
def test_look_keeps_what_differs_from_the_usual(
    db: None, newcomer: Visitor, fields: dict[str, str], cookie: str
) -> None:
    response = newcomer.post("/look/", fields)

    assert (response.status_code, response["Location"]) == (302, "/")
    assert newcomer.cookies["look"].value == cookie if cookie else not response.cookies["look"].value


def test_look_changes_only_what_was_sent(db: None, newcomer: Visitor) -> None:
    newcomer.cookies["look"] = "theme:dark.size:24"

    newcomer.post("/look/", {"face": "serif"})

    assert newcomer.cookies["look"].value == "theme:dark.face:serif.size:24"


@pytest.mark.parametrize(
    ("wanted", "target"),
    [
        ("/read/the-lamp/2/#p4", "/read/the-lamp/2/#p4"),
        ("http://testserver/read/", "http://testserver/read/"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("https:evil.example", "/"),
        ("https://evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("http://[", "/"),
        ("", "/"),
    ],
)
def test_look_leads_back_but_never_elsewhere(db: None, newcomer: Visitor, wanted: str, target: str) -> None:
    assert newcomer.post("/look/", {"theme": "dark", "next": wanted})["Location"] == target
    by_referer = newcomer.post("/look/", {"theme": "dark"}, headers={"Referer": wanted})
    assert by_referer["Location"] == target
    assert newcomer.get("/look/", {"next": wanted}).context["next_url"] == target


def test_look_survives_a_next_of_100_kilobytes(db: None, newcomer: Visitor) -> None:
    assert newcomer.post("/look/", {"next": "/" + "x" * 100_000}).status_code in {302, 400}


def test_healthz_asks_the_database(db: None, newcomer: Visitor) -> None:
    assert newcomer.get("/healthz/").json() == {"database": "ok"}


def test_robots_keeps_crawlers_from_what_is_one_visitors_own(db: None, newcomer: Visitor) -> None:
    response = newcomer.get("/robots.txt")

    assert response["Content-Type"].startswith("text/plain")
    assert response.content.decode().split("\n") == [
        "User-agent: *", "Disallow: /look/", "Disallow: /account/", "Disallow: /search/", "Disallow: /read/*/reached/",
        "Disallow: /read/*/bookmarks/", "",
    ]  # fmt: skip


def test_style_guide_is_not_there_outside_debug(db: None, newcomer: Visitor) -> None:
    assert newcomer.get("/style-guide/").status_code == 404


def test_not_found_says_the_same_for_the_unknown_and_helps_inside_a_story(story: Story, halfway: Visitor) -> None:
    paths = (
        "/nowhere/",
        "/read/nowhere/",
        "/read/nowhere/1/",
        "/read/the-lamp/9/",
        "/read/the-lamp/x/y/z/",
        "/wiki/the-lamp/x/",
    )

    found = [
        (response.status_code, "story" in response.context, [link["url"] for link in response.context["suggestions"]])
        for response in map(halfway.get, paths)
    ]

    outside, inside = (404, False, ["/"]), (404, True, ["/read/the-lamp/", "/"])
    in_wiki = (404, True, ["/wiki/the-lamp/", "/read/the-lamp/", "/"])
    assert found == [outside, outside, outside, inside, inside, in_wiki]


def test_not_found_names_no_word_of_the_address(story: Story, newcomer: Visitor) -> None:
    assert "voldemort" not in newcomer.get("/read/the-lamp/voldemort/").content.decode()
