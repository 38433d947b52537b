"""Signing in with a browser that has read: its places join the account; where they differ, the reader is asked."""

from collections.abc import Callable

import pytest

from reader.models import Bookmark, Place, Story, User
from reader.text import points
from tests.conftest import Visitor, manuscript_of

from .doors import said, sign_in, sign_up


def reaches(visitor: Visitor, story: Story, point: str) -> None:
    visitor.post(f"/read/{story.slug}/reached/", {"point": point})


def reached(user: User, story: Story) -> str:
    return points.format_point(Place.objects.get(user=user, story=story).reached)


@pytest.fixture
def two_places(story: Story, member: User) -> Visitor:
    """The account is at the end of chapter 3, this browser at paragraph 25 of chapter 2; it has just signed in."""
    account = Visitor()
    sign_in(account)
    reaches(account, story, "3")
    browser = Visitor()
    reaches(browser, story, "2:25")
    response = sign_in(browser, next="/about/")
    assert response["Location"] == "/account/places/?next=%2Fabout%2F"
    return browser


def test_places_join_an_account_that_has_none(story: Story, member: User, halfway: Visitor) -> None:
    assert sign_in(halfway)["Location"] == "/"

    assert reached(member, story) == "3"
    assert f"at_{story.public_id}" not in {name for name, one in halfway.cookies.items() if one.value}


def test_places_join_a_new_account_too(story: Story, halfway: Visitor) -> None:
    assert sign_up(halfway)["Location"] == "/"

    assert reached(User.objects.get(), story) == "3"


def test_places_that_are_the_same_ask_nothing(story: Story, member: User, halfway: Visitor) -> None:
    Place.objects.create(
        user=member,
        story=story,
        place=points.chapter_end(3),
        reached=points.chapter_end(3),
        updated_at="2024-05-01T12:00Z",
    )

    assert sign_in(halfway)["Location"] == "/"


def test_bookmarks_join_the_account(story: Story, member: User, newcomer: Visitor) -> None:
    newcomer.post(f"/read/{story.slug}/bookmarks/", {"point": "2:5", "note": "here"})
    sign_in(newcomer)

    assert list(Bookmark.objects.values_list("user", "browser", "note")) == [(member.pk, None, "here")]


def test_places_that_differ_are_both_named(story: Story, two_places: Visitor) -> None:
    page = said(two_places.get("/account/places/?next=/about/"))

    assert "The Lamp Your account: at the end of chapter 3" in page
    assert "This browser: at chapter 2, page 3, read to chapter 2, paragraph 25" in page


def test_until_answered_the_accounts_place_holds(story: Story, member: User, two_places: Visitor) -> None:
    two_places.get("/account/places/")

    assert reached(member, story) == "3"
    assert "You have read as far as chapter 3" in said(two_places.get(f"/read/{story.slug}/reached/"))
    assert "stand at different places" in said(two_places.get("/account/"))  # and the question is not lost


@pytest.mark.parametrize(("keep", "expected"), [("account", "3"), ("browser", "2:25")])
@pytest.mark.parametrize("field", ["keep-the-lamp", "keep"])
def test_the_answer_holds_and_is_asked_no_more(
    story: Story, member: User, two_places: Visitor, field: str, keep: str, expected: str
) -> None:
    response = two_places.post("/account/places/", {field: keep, "next": "/about/"})

    assert (response["Location"], reached(member, story)) == ("/about/", expected)
    assert "Nothing to choose" in said(two_places.get("/account/places/"))
    assert "stand at different places" not in said(two_places.get("/account/"))


@pytest.mark.parametrize("answer", [{}, {"keep-the-lamp": "everything"}, {"keep-other": "browser"}])
def test_no_answer_changes_nothing(story: Story, member: User, two_places: Visitor, answer: dict[str, str]) -> None:
    response = two_places.post("/account/places/", {**answer, "next": "//evil.example"})

    assert reached(member, story) == "3"
    assert response["Location"] in {"/", "/account/places/?next=%2F"}
    assert "Your account:" in said(two_places.get("/account/places/"))


def test_each_story_is_asked_about_by_itself(story: Story, member: User, import_text: Callable[..., Story]) -> None:
    other = import_text(manuscript_of(2), title="The Bell")
    account, browser = Visitor(), Visitor()
    sign_in(account)
    for visitor, point in ((account, "2"), (browser, "1")):
        for one in (story, other):
            reaches(visitor, one, point)
    sign_in(browser)

    response = browser.post("/account/places/", {"keep-the-bell": "browser"})

    assert (reached(member, other), reached(member, story)) == ("1", "2")
    assert response["Location"] == "/account/places/?next=%2F"  # one is left
    assert [one.story for one in browser.get("/account/places/").context["questions"]] == [story]


def test_a_forged_cookie_asks_nothing(story: Story, member: User, newcomer: Visitor) -> None:
    Place.objects.create(user=member, story=story, reached=5, updated_at="2024-05-01T12:00Z")
    newcomer.cookies[f"at_{story.public_id}"] = "1.zzzz..1:forged"

    assert sign_in(newcomer)["Location"] == "/"


def test_places_of_a_stranger_lead_to_the_door(db: None, newcomer: Visitor) -> None:
    assert newcomer.get("/account/places/")["Location"].startswith("/account/login/")
