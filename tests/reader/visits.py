"""What the reader's tests do and ask again and again."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Protocol
from urllib.parse import urlencode

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from reader import places
from reader.models import Chapter, Story, User
from reader.text import points
from reader.text.standing import Standing

SOON = timedelta(days=7)
ANCHOR = re.compile(r' id="p([0-9-]+)"')


class Answer(Protocol):
    """What the test client gives back."""

    content: bytes


class Browser:
    """Cookies without any HTTP: `ask()` is a request that carries them, `take()` keeps what an answer sets."""

    def __init__(self, user: User | None = None) -> None:
        self.user = user
        self.cookies: dict[str, str] = {}

    def ask(self, path: str = "/") -> HttpRequest:
        request = RequestFactory().get(path)
        request.COOKIES = dict(self.cookies)
        request.user = self.user or AnonymousUser()
        return request

    def take(self, response: HttpResponse) -> None:
        for name, morsel in response.cookies.items():
            self.cookies[name] = morsel.value
            if not morsel["max-age"]:
                del self.cookies[name]

    def reads(self, story: Story, spelt: str, *, previous_first: int = 0) -> Standing:
        response, point = HttpResponse(), points.parse_point(spelt)
        after = places.move(self.ask(), response, story, point=point, place=point, previous_first=previous_first)
        self.take(response)
        return after

    def chooses(self, story: Story, spelt: str) -> Standing:
        response = HttpResponse()
        after = places.choose(self.ask(), response, story, point=points.parse_point(spelt))
        self.take(response)
        return after

    def standing(self, story: Story) -> Standing:
        return replace(places.current(self.ask(), story), at=0)


def at(place: str, reached: str, *, shows_all: bool = False, is_looking: bool = False) -> Standing:
    """A standing without its minute: `at("3:4", "2")`."""
    return Standing(points.parse_point(place), points.parse_point(reached), shows_all, is_looking)


def standing_of(visitor: Client, story: Story) -> Standing:
    """Where an anonymous visitor stands by the cookies of their browser, without the minute."""
    browser = Browser()
    browser.cookies = {name: morsel.value for name, morsel in visitor.cookies.items()}
    return browser.standing(story)


def anchors(response: Answer) -> list[str]:
    """The paragraphs of a reading page, as their numbers are spelt in addresses."""
    return ANCHOR.findall(response.content.decode())


def database_url() -> str:
    """The tests' own database, for a process that is started beside them."""
    at = connection.settings_dict
    options = {"host": at["HOST"], "port": at["PORT"], "user": at["USER"], "password": at["PASSWORD"]}
    return f"postgresql:///{at['NAME']}?{urlencode({name: value for name, value in options.items() if value})}"


def schedule(story: Story, *numbers: int, by: timedelta = SOON) -> datetime:
    """Let these chapters come out later; the moment when."""
    moment = datetime.now(UTC) + by
    Chapter.objects.filter(story=story, number__in=numbers).update(published_at=moment)
    return moment
