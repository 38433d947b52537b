"""Coming back: to the paragraph, whatever the window and whatever the mode."""

import pytest
from playwright.sync_api import BrowserContext, Page, ViewportSize, expect

from tests.browser.conftest import OpenContext
from tests.browser.reader import PLACE, TOP, choose, eventually
from tests.browser.served import Site

DESKTOP, PHONE = ViewportSize(width=1280, height=900), ViewportSize(width=360, height=740)


def read_to(page: Page, site: Site, address: str, pixels: int) -> str:
    """Read on from an address, turn away, and say which paragraph lay under the eye."""
    page.goto(f"{site.story()}{address}")
    eventually(page, page.context.cookies, bool)
    page.mouse.move(300, 400)
    page.mouse.wheel(0, pixels)
    page.wait_for_timeout(800)
    place = str(page.evaluate(PLACE))
    page.goto(f"{site.url}/about/")
    # What the page told as it was left may still be on its way.
    told = f'href="/read/long-field/1/p/{place.removeprefix("1:")}/"'
    assert eventually(page, lambda: told in page.context.request.get(f"{site.url}/").text(), True)
    return place


def resumed(context: BrowserContext, site: Site, *, place: str) -> Page:
    """The page that “Continue” in the library leads to, once the place is known there."""
    page = context.new_page()
    number = place.removeprefix("1:")

    def address() -> str:
        page.goto(f"{site.url}/")
        return str(page.get_by_role("link", name="Continue chapter 1").first.get_attribute("href"))

    wanted = f"/read/long-field/1/p/{number}/"
    assert eventually(page, address, wanted) == wanted
    page.get_by_role("link", name="Continue chapter 1").first.click()
    page.wait_for_url(f"**#p{number}")
    page.wait_for_load_state()
    return page


@pytest.mark.parametrize("pixels", [300, 1700])
@pytest.mark.parametrize(("here", "there"), [(DESKTOP, DESKTOP), (DESKTOP, PHONE), (PHONE, DESKTOP)])
def test_resuming_shows_the_paragraph_in_another_window(
    open_context: OpenContext, site: Site, here: ViewportSize, there: ViewportSize, pixels: int
) -> None:
    first = open_context(viewport=here)
    place = read_to(first.new_page(), site, "1/", pixels)
    later = resumed(open_context(viewport=there, storage_state=first.storage_state()), site, place=place)

    expect(later.locator(f"#p{place.removeprefix('1:')}")).to_be_in_viewport()
    assert eventually(later, lambda: later.evaluate(PLACE), place) == place


def test_resuming_puts_the_paragraph_at_the_height_of_the_eye(page: Page, site: Site) -> None:
    place = read_to(page, site, "1/", 900)
    later = resumed(page.context, site, place=place)

    assert abs(later.evaluate(TOP, f"p{place.removeprefix('1:')}") - 0.3 * 900) < 12


def test_coming_back_again_and_again_does_not_drift(page: Page, site: Site) -> None:
    place = read_to(page, site, "1/", 900)
    for _ in range(3):
        later = resumed(page.context, site, place=place)
        later.wait_for_timeout(500)
        later.close()

    assert resumed(page.context, site, place=place).evaluate(PLACE) == place


def test_changing_the_mode_stays_at_the_paragraph(page: Page, site: Site) -> None:
    story = site.story()
    page.goto(f"{story}1/2/")
    page.mouse.wheel(0, 700)
    page.wait_for_timeout(300)
    place = str(page.evaluate(PLACE))
    anchor = f"#p{place.removeprefix('1:')}"
    page.get_by_role("link", name="How it looks").dispatch_event("click")  # a click would scroll up to the header
    page.get_by_role("radio", name="One long chapter").click()
    page.wait_for_url(f"{story}1/all/{anchor}")
    expect(page.locator(anchor)).to_be_in_viewport()
    assert eventually(page, lambda: page.evaluate(PLACE), place) == place

    page.get_by_role("link", name="How it looks").dispatch_event("click")
    page.get_by_role("radio", name="Pages").click()
    page.wait_for_url(f"{story}1/2/{anchor}")
    expect(page.locator(anchor)).to_be_in_viewport()
    assert eventually(page, lambda: page.evaluate(PLACE), place) == place


def test_resizing_the_window_keeps_the_paragraph(page: Page, site: Site) -> None:
    page.goto(f"{site.story()}1/all/#p30")
    expect(page.locator("#p30")).to_be_in_viewport()
    for width, height in ((700, 900), (360, 740), (1000, 600), (1280, 900)):
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(150)
        assert page.evaluate(PLACE) == "1:30"
        expect(page.locator("#p30")).to_be_in_viewport()

    assert abs(page.evaluate(TOP, "p30") - 0.3 * 900) < 12


def test_a_reload_stays_at_the_paragraph(page: Page, site: Site) -> None:
    page.goto(f"{site.story()}1/2/#p30")
    page.mouse.wheel(0, -800)
    page.wait_for_timeout(300)
    place = page.evaluate(PLACE)
    page.reload()

    assert place != "1:30"
    assert eventually(page, lambda: page.evaluate(PLACE), place) == place


def test_a_finished_story_can_be_read_again(page: Page, site: Site) -> None:
    story = site.story()
    choose(page.context, story, "5")
    page.goto(story)
    page.get_by_role("link", name="Read again").first.click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("Anvil")
    expect(page.locator(".ribbon")).to_contain_text("ch. 5")
