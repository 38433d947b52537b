"""The picker's page, “just looking”, where one is led next, `/read/` and `/read/-/forget/`."""

import pytest

from reader.models import Bookmark, Place, Story, User
from reader.text.standing import Standing
from tests.conftest import Visitor
from tests.reader.visits import at, schedule, standing_of

URL = "/read/the-lamp/reached/"


def test_reached_page_shows_the_picker_and_the_place(story: Story, halfway: Visitor, newcomer: Visitor) -> None:
    pages = {name: who.get(URL).content.decode() for name, who in (("half", halfway), ("new", newcomer))}

    assert "You have read as far as chapter 3." in pages["half"]
    assert 'value="forget"' in pages["half"]
    assert "You have not begun." in pages["new"]
    assert 'value="forget"' not in pages["new"]
    assert [f'name="point" value="{number}"' in pages["new"] for number in (0, 1, 5, 6)] == [True, True, True, False]
    assert 'name="point" value="all"' in pages["new"]


def test_reached_page_of_a_long_story_has_a_field_instead_of_buttons(story: Story, newcomer: Visitor) -> None:
    last = story.chapters.get(number=5)
    for number in range(6, 62):
        last.pk, last.number = None, number
        last.save()

    page = newcomer.get(URL).content.decode()

    assert ('name="point" inputmode="numeric"' in page, "from 1 to 61" in page) == (True, True)
    assert 'name="point" value="1"' not in page


def test_reached_page_counts_no_scheduled_chapter_but_for_the_owner(
    story: Story, newcomer: Visitor, owner: User
) -> None:
    schedule(story, 5)
    author = Visitor()
    author.force_login(owner)

    found = ['value="5"' in visitor.get(URL).content.decode() for visitor in (newcomer, author)]

    assert found == [False, True]
    assert newcomer.post(URL, {"point": "5"}).status_code == 400
    assert author.post(URL, {"point": "5"}).status_code == 302


def test_reached_looking_silences_the_bar_until_one_reads_on(story: Story, newcomer: Visitor) -> None:
    def has_bar(path: str = "/read/the-lamp/4/") -> bool:
        return "Just looking" in newcomer.get(path).content.decode()

    assert (has_bar(), has_bar("/read/the-lamp/1/")) == (True, False)

    newcomer.post(URL, {"looking": "1"})
    assert (has_bar(), standing_of(newcomer, story)) == (False, at("0", "0", is_looking=True))

    newcomer.post(URL, {"by": "reading", "start": "1:1", "point": "1:5"})
    assert (has_bar(), standing_of(newcomer, story)) == (True, at("1:5", "1:5"))


def test_reached_from_the_bar_says_that_one_has_read_up_to_here(story: Story, newcomer: Visitor) -> None:
    page = newcomer.get("/read/the-lamp/4/2/").content.decode()
    assert 'name="point" value="4:20"' in page

    response = newcomer.post(URL, {"point": "4:20", "next": "/read/the-lamp/4/2/"})

    assert (response["Location"], standing_of(newcomer, story)) == ("/read/the-lamp/4/2/", at("4:20", "4:20"))
    assert "Just looking" not in newcomer.get("/read/the-lamp/4/2/").content.decode()


@pytest.mark.parametrize("wanted", ["/read/the-lamp/3/#p4", "/", "/wiki/the-lamp/?as=3"])
def test_reached_leads_back_to_an_address_of_ours(story: Story, newcomer: Visitor, wanted: str) -> None:
    assert newcomer.post(URL, {"point": "3", "next": wanted})["Location"] == wanted


@pytest.mark.parametrize(
    "wanted",
    ["//evil.example", "/\\evil.example", "\\\\evil.example", "https:evil.example", "https://evil.example/",
     "http://testserver/", "javascript:alert(1)", "///evil.example", " //evil.example", "\t//evil.example",
     "read/", "http://[", "\0//evil.example"],
)  # fmt: skip
def test_reached_never_leads_elsewhere(story: Story, newcomer: Visitor, wanted: str) -> None:
    assert newcomer.post(URL, {"point": "3", "next": wanted})["Location"] == "/read/the-lamp/"


@pytest.mark.parametrize("wanted", ["/" + "x" * 100_000, "/a\r\nSet-Cookie: x=y", "/\0", "/é\u2028"])
def test_reached_survives_a_hostile_next(story: Story, newcomer: Visitor, wanted: str) -> None:
    response = newcomer.post(URL, {"point": "3", "next": wanted})

    assert response.status_code in {302, 400}
    assert "\n" not in response.headers.get("Location", "")
    assert newcomer.get(URL, {"next": wanted}).status_code == 200


@pytest.mark.parametrize("method", ["get", "post"])
def test_reached_of_an_unknown_story_is_not_found(newcomer: Visitor, method: str) -> None:
    assert getattr(newcomer, method)("/read/nowhere/reached/").status_code == 404


def test_reading_list_is_empty_for_a_newcomer(story: Story, newcomer: Visitor) -> None:
    response = newcomer.get("/read/")

    assert (response.context["items"], response.context["forget_all_url"]) == ([], "")


def test_reading_list_shows_what_was_begun_or_bookmarked(story: Story, halfway: Visitor, import_text: object) -> None:
    import_text("# One\n\nText.", title="Other")  # type: ignore[operator]
    import_text("# One\n\nText.", title="Third")  # type: ignore[operator]
    halfway.post("/read/other/bookmarks/", {"point": "1:1"})

    items = halfway.get("/read/").context["items"]

    assert [(item["story"].slug, item["state_label"], item["bookmark_count"]) for item in items] == [
        ("the-lamp", "You have read to chapter 3 of 5.", 0),
        ("other", "1 chapter, not begun.", 1),
    ]


def test_forget_takes_places_and_keeps_bookmarks_unless_told(
    story: Story, halfway: Visitor, signed_in: Visitor
) -> None:
    signed_in.post(URL, {"point": "2"})
    for visitor, fields, kept in ((halfway, {}, 1), (halfway, {"bookmarks": "1"}, 0), (signed_in, {}, 0)):
        visitor.post("/read/the-lamp/bookmarks/", {"point": "1:1"}) if visitor is halfway else None

        response = visitor.post("/read/-/forget/", fields)

        assert (response.status_code, response["Location"]) == (302, "/read/")
        assert (standing_of(visitor, story), Bookmark.objects.count()) == (Standing(), kept)
    assert not Place.objects.exists()


def test_forget_by_get_is_refused(story: Story, halfway: Visitor) -> None:
    assert halfway.get("/read/-/forget/").status_code == 405
    assert standing_of(halfway, story) == at("3", "3")
