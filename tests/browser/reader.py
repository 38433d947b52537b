"""What a person does and sees while reading, as functions over a page."""

import html
import re
import time
from collections.abc import Callable
from typing import TypeVar

from playwright.sync_api import BrowserContext, Page

NOW = re.compile(r'class="picker-now[^>]*>([^<]*)<')
T = TypeVar("T")
# The distance from the paragraph's top to the window's top, in px.
TOP = "id => document.getElementById(id).getBoundingClientRect().top"
PLACE = "document.querySelector('steady-text').place.label"


def reached(context: BrowserContext, story: str) -> str:
    """The sentence that the picker's page says, such as “You have read as far as chapter 1.”."""
    answer = context.request.get(f"{story}reached/")
    found = NOW.search(answer.text())
    return html.unescape(found[1]) if found else ""


def eventually(page: Page, look: Callable[[], T], wanted: T | Callable[[T], bool], *, seconds: float = 20.0) -> T:
    """Look until it is as wanted; gives what was seen last, so that the assertion can show it."""
    end = time.monotonic() + seconds
    while True:
        seen = look()
        if (wanted(seen) if callable(wanted) else seen == wanted) or time.monotonic() > end:
            return seen
        page.wait_for_timeout(50)


def dwell(page: Page) -> None:
    """Rest the eye for longer than a paragraph needs to count as read, on a busy machine too."""
    page.wait_for_timeout(1500)


def choose(context: BrowserContext, story: str, point: str) -> None:
    """Answer “How far have you read?” as the form does."""
    address = f"{story}reached/"
    answer = context.request.post(address, form={"point": point}, headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.ok


def with_look(context: BrowserContext, site: str, look: str) -> None:
    """A visitor who chose this look earlier."""
    context.add_cookies([{"name": "look", "value": look, "url": site}])


def pages_of(site: str, story: str) -> list[str]:
    """One address of every kind of page that there is."""
    return [
        f"{site}/",
        f"{site}/read/",
        f"{site}/look/",
        f"{site}/about/",
        f"{site}/colophon/",
        f"{site}/no-such-page/",
        story,
        f"{story}1/",
        f"{story}1/2/",
        f"{story}1/all/",
        f"{story}reached/",
        f"{story}bookmarks/",
        f"{story}bookmarks/?at=1:3",
        f"{story}99/",
    ]
