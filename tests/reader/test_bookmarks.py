"""Bookmarks of an account, or of a browser until its owner signs in."""

import pytest
from django.db import IntegrityError
from django.http import HttpResponse

from reader import bookmarks
from reader.errors import BookmarkError
from reader.models import Bookmark, Story, User
from reader.text import points

from .visits import Browser


def keep(browser: Browser, story: Story, spelt: str, note: str = "") -> Bookmark:
    response = HttpResponse()
    mark = bookmarks.add(browser.ask(), response, story, point=points.parse_point(spelt), note=note)
    browser.take(response)
    return mark


def kept(browser: Browser) -> list[tuple[str, str]]:
    return [(points.format_point(mark.point), mark.note) for mark in bookmarks.of_visitor(browser.ask()).in_order()]


def test_add_makes_one_cookie_with_the_first_bookmark(story: Story) -> None:
    browser = Browser()
    assert (kept(browser), browser.cookies) == ([], {})

    keep(browser, story, "1:2")
    cookies = dict(browser.cookies)
    keep(browser, story, "1:3")

    assert (list(cookies), browser.cookies) == (["browser"], cookies)
    assert kept(browser) == [("1:2", ""), ("1:3", "")]


@pytest.mark.parametrize("value", ["", "x", "0123456789abcdef0123456789abcdef", "0" * 32 + ":forged", "~" * 5000, "\0"])
def test_browser_of_takes_a_forged_cookie_for_none(story: Story, value: str) -> None:
    browser = Browser()
    browser.cookies = {"browser": value}

    assert bookmarks.browser_of(browser.ask()) is None
    assert kept(browser) == []


def test_add_refuses_more_than_five_hundred_in_one_story(story: Story, member: User) -> None:
    browser = Browser(member)
    Bookmark.objects.bulk_create(Bookmark(user=member, story=story, point=point) for point in range(1, 501))

    with pytest.raises(BookmarkError, match="There is room for 500 bookmarks in one story"):
        keep(browser, story, "1:2")
    other = Story.objects.create(slug="other", title="Other")
    keep(browser, other, "1:2")
    Bookmark.objects.filter(story=story, point=1).update(point=points.parse_point("1:2"))
    keep(browser, story, "1:2", "a new note for one that is kept")

    assert bookmarks.counts(browser.ask()) == {story.pk: 500, other.pk: 1}


def test_join_on_sign_in_gives_the_browsers_bookmarks_to_the_account(story: Story, member: User) -> None:
    keep(Browser(member), story, "1:2", "of the account")
    browser = Browser()
    keep(browser, story, "1:2", "of the browser")
    keep(browser, story, "1:3", "of the browser too")

    response = HttpResponse()
    bookmarks.join_on_sign_in(browser.ask(), response, member)
    browser.user = member
    browser.take(response)

    assert kept(browser) == [("1:2", "of the account"), ("1:3", "of the browser too")]
    assert (browser.cookies, Bookmark.objects.filter(user=None).count()) == ({}, 0)


def test_join_on_sign_in_without_bookmarks_changes_nothing(story: Story, member: User) -> None:
    keep(Browser(member), story, "1:2")

    bookmarks.join_on_sign_in(Browser().ask(), HttpResponse(), member)

    assert kept(Browser(member)) == [("1:2", "")]


@pytest.mark.parametrize("is_both", [True, False])
def test_bookmark_has_exactly_one_owner(story: Story, member: User, *, is_both: bool) -> None:
    browser = "00000000-0000-0000-0000-000000000001" if is_both else None

    with pytest.raises(IntegrityError, match="bookmark_has_one_owner"):
        Bookmark.objects.create(story=story, point=1, user=member if is_both else None, browser=browser)
