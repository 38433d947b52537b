"""One paragraph's address and its bookmark."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.reader import choose
from tests.browser.served import Site

CLIPBOARD = "navigator.clipboard.readText()"
COPIED = "The link is copied."
PERMISSIONS = ["clipboard-read", "clipboard-write"]
DENIED = "navigator.clipboard.writeText = () => Promise.reject(new DOMException('', 'NotAllowedError'))"


def test_the_number_in_the_margin_copies_the_address(page: Page, site: Site) -> None:
    story = site.story()
    page.context.grant_permissions(PERMISSIONS)
    page.goto(f"{story}2/")
    page.get_by_text("Chapter 2, paragraph 3:").hover()
    page.locator("#p3 .n").click()

    expect(page.get_by_role("status")).to_have_text(COPIED)
    expect(page).to_have_url(f"{story}2/")
    assert page.evaluate(CLIPBOARD) == f"{story}2/p/3/"
    page.goto(f"{story}2/p/3/")
    page.wait_for_url("**#p3")
    expect(page.get_by_text("Chapter 2, paragraph 3:")).to_be_in_viewport()


def test_the_bar_goes_away_by_escape_and_by_a_click_elsewhere(page: Page, site: Site) -> None:
    page.context.grant_permissions(PERMISSIONS)
    page.goto(f"{site.story()}2/")
    button = page.locator(".paragraph-bar").get_by_role("button")
    elsewhere = page.get_by_text("Chapter 2, paragraph 2:")
    ways: list[Callable[[], None]] = [lambda: page.keyboard.press("Escape"), elsewhere.click]
    for close in ways:
        page.get_by_text("Chapter 2, paragraph 3:").hover()
        page.locator("#p3 .n").click()
        expect(button).to_be_visible()
        close()
        expect(button).to_be_hidden()
        expect(page.get_by_role("status")).to_have_text("")


def test_without_leave_to_copy_the_address_is_shown_selected(page: Page, site: Site) -> None:
    story = site.story()
    page.add_init_script(DENIED)
    page.goto(f"{story}2/")
    page.get_by_text("Chapter 2, paragraph 3:").hover()
    page.locator("#p3 .n").click()

    address = page.locator(".paragraph-bar").get_by_role("textbox")
    expect(address).to_have_value(f"{story}2/p/3/")
    expect(address).to_be_focused()
    assert page.evaluate("getSelection().toString()") == f"{story}2/p/3/"


def test_the_keyboard_copies_too(page: Page, site: Site) -> None:
    page.context.grant_permissions(PERMISSIONS)
    page.goto(f"{site.story()}2/")
    page.get_by_role("navigation", name="Pages of this chapter").get_by_role("link").last.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.get_by_role("status")).to_have_text(COPIED)
    assert str(page.evaluate(CLIPBOARD)).startswith(f"{site.story()}2/p/")


def test_on_a_phone_a_selection_brings_the_bar(phone: Page, site: Site) -> None:
    phone.context.grant_permissions(PERMISSIONS)
    phone.goto(f"{site.story()}2/")
    phone.get_by_text("Chapter 2, paragraph 1:").dblclick(position={"x": 60, "y": 50})
    phone.locator(".paragraph-bar").get_by_role("button").tap()

    expect(phone.get_by_role("status")).to_have_text(COPIED)
    assert phone.evaluate(CLIPBOARD) == f"{site.story()}2/p/1/"
    assert phone.evaluate("document.documentElement.scrollWidth") == 360


def test_a_bookmark_from_the_paragraph_keeps_its_note(page: Page, site: Site) -> None:
    story = site.story()
    page.context.grant_permissions(PERMISSIONS)
    page.goto(f"{story}2/")
    page.get_by_text("Chapter 2, paragraph 3:").hover()
    page.locator("#p3 .n").click()
    page.get_by_role("link", name="Bookmark", exact=True).click()
    page.wait_for_url(f"{story}bookmarks/?at=2:3")
    page.get_by_label("A note, if you like").fill("The gate & the <field>.")
    page.get_by_role("button", name="Keep this place").click()

    mark = page.get_by_role("listitem").filter(has_text="The gate & the <field>.")
    expect(mark).to_contain_text("Chapter 2, paragraph 3:")
    browser = next(cookie for cookie in page.context.cookies() if cookie["name"] == "browser")
    assert browser["httpOnly"]
    mark.get_by_role("link", name="2:3").click()
    page.wait_for_url("**#p3")


def test_the_bookmark_in_the_header_is_for_where_the_eye_is(page: Page, site: Site) -> None:
    story = site.story()
    page.goto(f"{story}1/")
    page.get_by_role("link", name="Bookmarks").click()

    page.wait_for_url(f"{story}bookmarks/?at=1:*")
    expect(page.get_by_role("heading", name="Keep 1:")).to_be_visible()


def test_a_bookmark_is_taken_away(page: Page, site: Site) -> None:
    story = site.story()
    for point in ("1:4", "2:5"):
        page.goto(f"{story}bookmarks/?at={point}")
        page.get_by_role("button", name="Keep this place").click()
    page.get_by_role("button", name="Take away 1:4").click()

    expect(page.get_by_role("button", name="Take away")).to_have_count(1)
    expect(page.get_by_text("Chapter 2, paragraph 5:")).to_be_visible()


def test_the_ribbon_hangs_at_the_paragraph_last_reached(page: Page, site: Site) -> None:
    story = site.story()
    choose(page.context, story, "1:30")
    page.goto(f"{story}1/p/30/")

    expect(page.locator("[data-reached]")).to_contain_text("Chapter 1, paragraph 30:")
