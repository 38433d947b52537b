"""How it looks: chosen at once, kept, and never a flash of something else."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenContext, Problems
from tests.browser.reader import PLACE, TOP, with_look
from tests.browser.served import Site

EYE = 0.3  # of the window's height
PAPER = "getComputedStyle(document.documentElement).backgroundColor"


def open_sheet(page: Page) -> None:
    """“Aa”."""
    page.get_by_role("link", name="How it looks").click()
    expect(page.get_by_role("dialog", name="How it looks")).to_be_visible()


def test_a_choice_shows_at_once_and_is_in_the_next_pages_bytes(page: Page, site: Site) -> None:
    story = site.story()
    page.goto(f"{story}1/")
    before = page.evaluate(PAPER)
    open_sheet(page)
    page.get_by_role("radio", name="Black").check()
    page.get_by_role("radio", name="Plain").check()

    expect(page.locator("html")).to_have_attribute("data-theme", "black")
    assert (before, page.evaluate(PAPER)) == ("rgb(251, 251, 249)", "rgb(0, 0, 0)")
    expect(page.locator("article p").first).to_have_css("font-family", re.compile("^Atkinson"))
    served = page.context.request.get(f"{story}1/").text()
    assert re.search(r'<html[^>]* data-theme="black" data-face="plain"[^>]*>', served)


def test_the_usual_choices_leave_no_cookie(page: Page, site: Site) -> None:
    page.goto(site.story())
    open_sheet(page)
    page.get_by_role("radio", name="Dark").check()
    page.get_by_role("radio", name="System").check()

    assert [cookie for cookie in page.context.cookies() if cookie["name"] == "look"] == []
    assert page.locator("html").get_attribute("data-theme") is None


def test_every_setting_changes_the_text(page: Page, site: Site) -> None:
    page.goto(f"{site.story()}1/")
    text = page.locator("article p").nth(1)
    width = text.bounding_box()
    open_sheet(page)
    page.get_by_role("slider", name="Size").fill("26")
    expect(text).to_have_css("font-size", "26px")
    expect(page.get_by_role("checkbox", name="as suits the screen")).not_to_be_checked()
    page.get_by_role("checkbox", name="as suits the screen").check()
    expect(text).to_have_css("font-size", "20px")
    page.get_by_role("radio", name="Open").check()
    expect(text).to_have_css("line-height", "36px")
    page.get_by_role("radio", name="Narrow").check()

    narrow = text.bounding_box()
    assert width is not None
    assert narrow is not None
    assert narrow["width"] < width["width"]
    kept = next(cookie for cookie in page.context.cookies() if cookie["name"] == "look")
    assert (kept["value"], kept["httpOnly"], kept["sameSite"]) == ("leading:open.width:narrow", False, "Lax")


def test_choices_are_kept_for_the_next_visit(open_context: OpenContext, site: Site) -> None:
    first = open_context()
    page = first.new_page()
    page.goto(site.url)
    open_sheet(page)
    page.get_by_role("radio", name="Sepia").check()
    later = open_context(storage_state=first.storage_state()).new_page()
    later.goto(f"{site.story()}3/")

    expect(later.locator("html")).to_have_attribute("data-theme", "sepia")
    assert later.evaluate(PAPER) == "rgb(245, 237, 221)"
    open_sheet(later)
    expect(later.get_by_role("radio", name="Sepia")).to_be_checked()


def test_another_tab_takes_the_choice_over(page: Page, site: Site) -> None:
    other = page.context.new_page()
    other.goto(f"{site.story()}1/")
    page.goto(site.url)
    open_sheet(page)
    page.get_by_role("radio", name="Dark").check()
    other.evaluate("window.dispatchEvent(new Event('focus'))")

    expect(other.locator("html")).to_have_attribute("data-theme", "dark")


def test_a_page_from_the_browsers_memory_takes_the_choice_over(page: Page, site: Site) -> None:
    page.goto(f"{site.story()}1/")
    page.goto(site.url)
    open_sheet(page)
    page.get_by_role("radio", name="Dark").check()
    page.go_back()

    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_the_paragraph_under_the_eye_stays_there(page: Page, site: Site) -> None:
    page.goto(f"{site.story()}1/all/#p25")
    page.mouse.wheel(0, 130)
    page.wait_for_timeout(200)
    place = page.evaluate(PLACE)
    page.get_by_role("link", name="How it looks").dispatch_event("click")  # a click would scroll up to the header
    for size in ("28", "16", "22"):
        page.get_by_role("slider", name="Size").fill(size)
    page.get_by_role("radio", name="Source Serif").check()
    page.wait_for_timeout(400)

    assert page.evaluate(PLACE) == place
    top = page.evaluate(TOP, "p" + place.removeprefix("1:"))
    assert -400 < top <= 900 * EYE + 5


def test_the_system_theme_follows_the_system(open_context: OpenContext, site: Site) -> None:
    page = open_context(color_scheme="dark").new_page()
    page.goto(site.url)

    assert page.evaluate(PAPER) == "rgb(23, 25, 28)"


def test_the_sheet_fits_a_phone(phone: Page, site: Site) -> None:
    phone.goto(f"{site.story()}1/")
    open_sheet(phone)
    box = phone.get_by_role("dialog").bounding_box()

    assert box is not None
    assert (box["x"], box["width"]) == (0, 360)
    assert box["y"] > 0
    assert round(box["y"] + box["height"]) == 740
    phone.get_by_role("radio", name="One long chapter").scroll_into_view_if_needed()
    expect(phone.get_by_role("radio", name="One long chapter")).to_be_in_viewport()


def test_without_the_form_the_link_leads_to_it(page: Page, site: Site, problems: Problems) -> None:
    problems.expect("ERR_FAILED")
    page.goto(f"{site.story()}1/")
    page.route("**/look/", lambda route: route.continue_() if route.request.is_navigation_request() else route.abort())
    page.get_by_role("link", name="How it looks").click()

    page.wait_for_url(f"{site.url}/look/")
    expect(page.get_by_role("button", name="Keep it so")).to_be_visible()


def test_a_made_up_look_is_ignored(page: Page, site: Site) -> None:
    with_look(page.context, site.url, "theme:plaid.size:900.face:serif")
    page.goto(site.url)

    served = page.context.request.get(site.url).text()
    assert re.search(r"<html[^>]*>", served)[0] == '<html lang="en" dir="ltr" data-face="serif">'  # type: ignore[index]
