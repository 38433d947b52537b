"""`/read/<story>/bookmarks/`: kept, read and taken out, with or without an account."""

import pytest

from reader.models import Bookmark, Story, User
from tests.conftest import Visitor
from tests.reader.visits import schedule

URL = "/read/the-lamp/bookmarks/"


def kept(visitor: Visitor) -> list[tuple[str, str]]:
    return [(mark["label"], mark["note"]) for mark in visitor.get(URL).context["bookmarks"]]


def test_bookmark_list_is_empty_for_a_newcomer(story: Story, newcomer: Visitor) -> None:
    response = newcomer.get(URL)

    assert (response.context["bookmarks"], response.context["at_label"]) == ([], "")
    assert "No place kept yet" in response.content.decode()


def test_bookmark_list_keeps_places_in_the_order_of_the_story(story: Story, newcomer: Visitor) -> None:
    for point, note in (("3:4", "later"), ("1:2", "the lamp"), ("2", "")):
        response = newcomer.post(URL, {"point": point, "note": note})
        assert (response.status_code, response["Location"]) == (302, URL)

    assert kept(newcomer) == [("1:2", "the lamp"), ("2:30", ""), ("3:4", "later")]
    page = newcomer.get(URL).content.decode()
    assert ('href="/read/the-lamp/3/p/4/"' in page, "c3 p4 word" in page, "c3 p5 word" in page) == (True, True, False)


def test_bookmark_list_of_an_account_is_kept_without_a_cookie(story: Story, signed_in: Visitor, member: User) -> None:
    signed_in.post(URL, {"point": "1:2"})

    assert (kept(signed_in), list(signed_in.cookies)) == ([("1:2", "")], ["sessionid"])
    assert list(Bookmark.objects.values_list("user", "browser")) == [(member.pk, None)]


def test_bookmark_list_shows_no_bookmark_of_anybody_else(
    story: Story, newcomer: Visitor, stranger: Visitor, signed_in: Visitor
) -> None:
    newcomer.post(URL, {"point": "1:2"})

    assert [len(kept(visitor)) for visitor in (newcomer, stranger, signed_in)] == [1, 0, 0]


def test_bookmark_list_gives_a_place_kept_twice_the_new_note(story: Story, newcomer: Visitor) -> None:
    for note in ("first", "second"):
        newcomer.post(URL, {"point": "1:2", "note": note})

    assert kept(newcomer) == [("1:2", "second")]


@pytest.mark.parametrize(
    ("query", "label"),
    [("?at=2:7", "2:7"), ("?at=2", "2:30"), ("", "1:5"), ("?at=9:1", ""), ("?at=x", ""), ("?at=%00", ""),
     ("?at=" + "9" * 5000, ""), ("?at=%ED%B3%BF", "")],
)  # fmt: skip
def test_bookmark_list_offers_the_place_that_was_asked_for_or_ones_own(
    story: Story, newcomer: Visitor, query: str, label: str
) -> None:
    newcomer.post("/read/the-lamp/reached/", {"point": "1:5"})

    assert newcomer.get(URL + query).context["at_label"] == label


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "is not a point"),
        ({"point": ""}, "is not a point"),
        ({"point": "0"}, "no paragraph 0"),
        ({"point": "9:1"}, "no paragraph 9:1"),
        ({"point": "1\0"}, "is not a point"),
        ({"point": "x" * 5000}, "is not a point"),
        ({"point": "1:2", "note": "n" * 501}, "room for 500 characters"),
    ],
)
def test_bookmark_list_refuses_in_a_sentence(
    story: Story, newcomer: Visitor, fields: dict[str, str], said: str
) -> None:
    response = newcomer.post(URL, fields)

    assert response.status_code == 400
    assert said in response.context["form_error"]
    assert response.context["note_value"] == fields.get("note", "")
    assert (Bookmark.objects.count(), newcomer.cookies) == (0, {})


def test_bookmark_list_keeps_a_note_as_plain_text(story: Story, newcomer: Visitor) -> None:
    newcomer.post(URL, {"point": "1:2", "note": " <script>alert(1)</script>\0\n two  lines "})

    assert kept(newcomer) == [("1:2", "<script>alert(1)</script> two lines")]
    assert "<script>alert" not in newcomer.get(URL).content.decode()


def test_bookmark_list_knows_no_scheduled_chapter_but_for_its_owner(
    story: Story, newcomer: Visitor, owner: User
) -> None:
    schedule(story, 4, 5)
    author = Visitor()
    author.force_login(owner)

    assert [visitor.post(URL, {"point": "4:2"}).status_code for visitor in (newcomer, author)] == [400, 302]
    assert [visitor.get(f"{URL}?at=4:2").context["at_label"] for visitor in (newcomer, author)] == ["", "4:2"]
    assert "c4 p2" in author.get(URL).content.decode()


def test_bookmark_list_quotes_nothing_of_a_chapter_that_was_taken_back(story: Story, newcomer: Visitor) -> None:
    newcomer.post(URL, {"point": "4:2"})
    schedule(story, 4, 5)

    page = newcomer.get(URL).content.decode()

    assert (kept(newcomer), "c4 p2" in page) == ([("4:2", "")], False)


def test_bookmark_list_of_an_unknown_story_is_not_found(story: Story, newcomer: Visitor) -> None:
    url = "/read/nowhere/bookmarks/"

    assert [newcomer.get(url).status_code, newcomer.post(url, {"point": "1:2"}).status_code] == [404, 404]
