"""Small screens: nothing is wider than the window, and a finger turns the page."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenContext, Problems
from tests.browser.reader import choose, pages_of, with_look
from tests.browser.served import Site

# What sticks out of a window of that width.
WIDER = """width => [...document.querySelectorAll("body *")].filter(one => {
    const {left, right, height} = one.getBoundingClientRect();
    return right - left > 1 && height > 1 && (right > width + 1 || left < -1);
}).map(one => one.outerHTML.slice(0, 120)).slice(0, 5)"""


@pytest.mark.parametrize("theme", ["light", "sepia", "dark", "black"])
def test_no_page_scrolls_sideways_at_360_pixels(phone: Page, site: Site, problems: Problems, theme: str) -> None:
    problems.expect("404")
    with_look(phone.context, site.url, f"theme:{theme}")
    wide = {}
    for slug in ("difficult", "hebrew", "long-field"):
        choose(phone.context, site.story(slug), "1")
        for address in pages_of(site.url, site.story(slug)):
            phone.goto(address)
            if phone.evaluate("document.documentElement.scrollWidth") > 360:
                wide[address.removeprefix(site.url)] = phone.evaluate(WIDER, 360)

    assert wide == {}


@pytest.mark.parametrize("look", ["size:28.leading:open.width:wide", "size:28.face:plain", "turn:scroll.face:serif"])
def test_no_choice_makes_a_page_scroll_sideways(open_context: OpenContext, site: Site, look: str) -> None:
    page = open_context(viewport={"width": 320, "height": 640}).new_page()
    with_look(page.context, site.url, look)
    wide = {}
    for address in (f"{site.story('difficult')}1/", f"{site.sample}6/", site.story("difficult")):
        page.goto(address)
        if page.evaluate("document.documentElement.scrollWidth") > 320:
            wide[address] = page.evaluate(WIDER, 320)

    assert wide == {}


def swipe(page: Page, start: tuple[int, int], end: tuple[int, int], *, fingers: int = 1) -> None:
    """One movement of the finger over the glass."""
    touch = page.context.new_cdp_session(page)

    def at(x: float, y: float) -> list[dict[str, float]]:
        return [{"x": x, "y": y + 40 * finger, "id": finger} for finger in range(fingers)]

    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": at(*start)})
    for step in range(1, 6):
        x, y = (one + (other - one) * step / 5 for one, other in zip(start, end, strict=True))
        touch.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": at(x, y)})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    touch.detach()


def test_a_swipe_turns_the_page(phone: Page, site: Site) -> None:
    story = site.story()
    phone.goto(f"{story}1/")
    swipe(phone, (300, 400), (120, 410))
    phone.wait_for_url(f"{story}1/2/")
    swipe(phone, (100, 400), (280, 410))

    phone.wait_for_url(f"{story}1/")


def test_a_swipe_follows_the_direction_of_the_text(phone: Page, site: Site) -> None:
    story = site.story("hebrew")
    phone.goto(f"{story}1/")
    swipe(phone, (100, 400), (280, 410))

    phone.wait_for_url(f"{story}1/2/")


def test_other_movements_turn_nothing(phone: Page, site: Site) -> None:
    story = site.story()
    phone.goto(f"{story}1/2/")
    for start, end in (((300, 400), (260, 400)), ((300, 300), (200, 500)), ((10, 400), (250, 400))):
        swipe(phone, start, end)
    swipe(phone, (300, 400), (100, 400), fingers=2)
    phone.wait_for_timeout(300)

    expect(phone).to_have_url(f"{story}1/2/")


def test_the_bar_at_the_foot_turns_the_page(phone: Page, site: Site) -> None:
    story = site.story()
    phone.goto(f"{story}1/")
    bar = phone.get_by_role("navigation", name="Turn the page")
    expect(bar).to_be_in_viewport()
    expect(bar).to_contain_text("1 of 3")
    bar.get_by_role("link", name="Page 2").tap()
    phone.wait_for_url(f"{story}1/2/")
    expect(bar).to_contain_text("2 of 3")
