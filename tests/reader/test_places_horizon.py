"""What one request may see, and whose story it is."""

import pytest
from django.http import HttpResponse

from reader import places
from reader.models import Membership, Story, User
from reader.text import points

from .visits import Browser


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", "3"),
        ("?as=2", "2"),
        ("?as=2:7", "2:7"),
        ("?as=3", "3"),
        ("?as=4", "3"),
        ("?as=0", "0"),
        ("?as=all", "0"),
        ("?as=", "0"),
        ("?as=%00", "0"),
        ("?as=99999999999999999999", "0"),
        ("?as=-1", "0"),
    ],
)
def test_horizon_is_lowered_by_an_address_and_never_raised(story: Story, query: str, expected: str) -> None:
    browser = Browser()
    browser.reads(story, "3")

    assert places.horizon(browser.ask(f"/{query}"), story) == points.parse_point(expected)


def test_horizon_of_show_everything_is_lowered_too(story: Story) -> None:
    browser = Browser()
    browser.take(_answered(places.show_everything, browser, story))

    found = [places.horizon(browser.ask(path), story) for path in ("/", "/?as=2")]

    assert found == [points.EVERYTHING, points.chapter_end(2)]


def test_is_owner_is_true_for_the_owner_alone(story: Story, member: User, owner: User) -> None:
    Membership.objects.create(user=member, story=story, role=Membership.Role.MODERATOR)

    found = [places.is_owner(Browser(user).ask(), story) for user in (None, member, owner)]

    assert found == [False, False, True]


def _answered(act: object, browser: Browser, story: Story) -> HttpResponse:
    response = HttpResponse()
    act(browser.ask(), response, story)  # type: ignore[operator]
    return response
