"""What becomes of a browser’s places on signing in, and when all is forgotten."""

import pytest
from django.http import HttpResponse

from reader import places
from reader.models import Place, Story, User
from reader.text.standing import Standing

from .visits import Browser, at


def test_join_on_sign_in_takes_the_browsers_place_into_an_empty_account(story: Story, member: User) -> None:
    browser = Browser()
    browser.reads(story, "2:5")

    assert _sign_in(browser, member) == []
    assert (browser.cookies, browser.standing(story)) == ({}, at("2:5", "2:5"))


def test_join_on_sign_in_keeps_the_accounts_place_when_the_browser_has_none(story: Story, member: User) -> None:
    Browser(member).reads(story, "3")
    browser = Browser()

    assert _sign_in(browser, member) == []
    assert browser.standing(story) == at("3", "3")


@pytest.mark.parametrize(("keep", "expected"), [("account", at("3", "3")), ("browser", at("2:5", "2:5"))])
def test_settle_keeps_the_place_that_the_reader_names(
    story: Story, member: User, keep: str, expected: Standing
) -> None:
    Browser(member).reads(story, "3")
    browser = Browser()
    browser.reads(story, "2:5")

    assert _sign_in(browser, member) == [story]
    assert browser.standing(story) == at("3", "3")  # until the answer the account's place holds
    assert list(browser.cookies) == [f"at_{story.public_id}"]

    response = HttpResponse()
    places.settle(browser.ask(), response, story, keep=keep)  # type: ignore[arg-type]
    browser.take(response)

    assert (browser.standing(story), browser.cookies) == (expected, {})


def test_join_on_sign_in_drops_a_forged_cookie(story: Story, member: User) -> None:
    browser = Browser()
    browser.cookies = {f"at_{story.public_id}": "5.5..5:forged", "at_\0": "x"}

    assert _sign_in(browser, member) == []
    assert (f"at_{story.public_id}" in browser.cookies, Place.objects.count()) == (False, 0)


def test_forget_all_leaves_nothing_of_any_story(story: Story, member: User) -> None:
    for user in (None, member):
        browser = Browser(user)
        browser.cookies = {"at_gone": "x", "at_é": "x", "look": "theme:dark"}
        browser.reads(story, "2")
        response = HttpResponse()

        places.forget_all(browser.ask(), response)
        browser.take(response)

        assert (browser.standing(story), Place.objects.count()) == (Standing(), 0)
        assert browser.cookies == {"at_é": "x", "look": "theme:dark"}


def _sign_in(browser: Browser, user: User) -> list[Story]:
    response = HttpResponse()
    questions = places.join_on_sign_in(browser.ask(), response, user)
    browser.user = user
    browser.take(response)
    return questions
