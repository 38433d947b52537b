"""Where a visitor's place is kept: a signed cookie for a browser, a row for an account."""

import pytest
from django.core import signing
from django.http import HttpResponse

from reader import places
from reader.models import Place, Story, User
from reader.text import points
from reader.text.standing import Standing

from .visits import Browser, at


def test_current_is_nowhere_for_a_newcomer_and_asks_nothing(
    story: Story, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert places.current(Browser().ask(), story) == Standing()


def test_move_keeps_the_place_of_a_browser_in_its_cookie(story: Story) -> None:
    browser = Browser()

    browser.reads(story, "1:10")

    assert browser.standing(story) == at("1:10", "1:10")
    assert list(browser.cookies) == [f"at_{story.public_id}"]
    assert not Place.objects.exists()


def test_move_keeps_the_place_of_an_account_in_its_row(story: Story, member: User) -> None:
    browser = Browser(member)

    browser.reads(story, "1:10")
    browser.reads(story, "1:4")

    assert browser.standing(story) == at("1:4", "1:10")
    assert browser.cookies == {}
    assert Browser().standing(story) == Standing()


def test_move_of_a_jump_changes_the_place_alone(story: Story, member: User) -> None:
    for browser in (Browser(), Browser(member)):
        browser.reads(story, "1:10")

        browser.reads(story, "4:12", previous_first=points.parse_point("4:1"))

        assert browser.standing(story) == at("4:12", "1:10")


def test_choose_sets_lower_too_and_ends_show_everything(story: Story, member: User) -> None:
    for browser in (Browser(), Browser(member)):
        browser.reads(story, "4")
        browser.take(_answered(places.show_everything, browser, story))
        assert browser.standing(story) == at("4", "4", shows_all=True)

        browser.chooses(story, "2:3")

        assert browser.standing(story) == at("2:3", "2:3")


def test_look_around_is_ended_by_reading_on(story: Story, member: User) -> None:
    for browser in (Browser(), Browser(member)):
        browser.reads(story, "1")
        browser.take(_answered(places.look_around, browser, story))
        assert browser.standing(story) == at("1", "1", is_looking=True)

        browser.reads(story, "2:1")

        assert browser.standing(story) == at("2:1", "2:1")


def test_forget_leaves_nothing(story: Story, member: User) -> None:
    for browser in (Browser(), Browser(member)):
        browser.reads(story, "4")

        browser.take(_answered(places.forget, browser, story))

        assert (browser.standing(story), browser.cookies, Place.objects.count()) == (Standing(), {}, 0)


@pytest.mark.parametrize("spelt", ["", "x", "....", "1.2.a.3", "0.0..0", "~" * 5000, "0.0..0:forged", "é\udcff"])
def test_from_cookie_takes_a_forged_one_for_none(story: Story, spelt: str) -> None:
    browser = Browser()
    browser.cookies = {f"at_{story.public_id}": spelt}

    assert places.from_cookie(browser.ask(), story.public_id) is None


def test_from_cookie_takes_one_that_was_tampered_with_for_none(story: Story) -> None:
    browser = Browser()
    browser.reads(story, "1:10")
    name = f"at_{story.public_id}"
    place, reached, *rest = browser.cookies[name].split(".")

    browser.cookies[name] = ".".join([place, "zzzzzzz", *rest])

    assert (reached, browser.standing(story)) == (place, Standing())


def test_from_cookie_takes_one_of_another_story_for_none(story: Story) -> None:
    other = Story.objects.create(slug="other", title="Other")
    browser = Browser()
    browser.reads(story, "4")

    browser.cookies[f"at_{other.public_id}"] = browser.cookies[f"at_{story.public_id}"]

    assert (browser.standing(other), browser.standing(story)) == (Standing(), at("4", "4"))


def test_from_cookie_takes_one_signed_for_another_purpose_for_none(story: Story) -> None:
    browser = Browser()
    browser.cookies = {f"at_{story.public_id}": signing.Signer(salt="reader.bookmarks").sign("5.5..5")}

    assert browser.standing(story) == Standing()


def _answered(act: object, browser: Browser, story: Story) -> HttpResponse:
    response = HttpResponse()
    act(browser.ask(), response, story)  # type: ignore[operator]
    return response
