"""All that a hand on the keyboard can do, and what it must not do by accident."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.served import Site

ELSEWHERE = "() => document.activeElement.closest('dialog') !== null"


def test_the_first_tab_stop_skips_to_the_text(page: Page, site: Site) -> None:
    page.goto(f"{site.story()}1/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the text")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.locator("#main")).to_be_focused()


def test_arrow_keys_turn_pages(page: Page, site: Site) -> None:
    story = site.story()
    page.goto(f"{story}1/")
    page.keyboard.press("ArrowRight")
    page.wait_for_url(f"{story}1/2/")
    page.keyboard.press("ArrowLeft")

    page.wait_for_url(f"{story}1/")


def test_arrow_keys_at_the_ends_do_nothing(page: Page, site: Site) -> None:
    story = site.story()
    page.goto(f"{story}1/")
    page.keyboard.press("ArrowLeft")
    page.wait_for_timeout(200)

    expect(page).to_have_url(f"{story}1/")


def test_arrow_keys_follow_the_direction_of_the_text(page: Page, site: Site) -> None:
    story = site.story("hebrew")
    page.goto(f"{story}1/")
    page.keyboard.press("ArrowLeft")
    page.wait_for_url(f"{story}1/2/")
    page.keyboard.press("ArrowRight")

    page.wait_for_url(f"{story}1/")


def test_arrow_keys_with_modifiers_belong_to_the_browser(page: Page, site: Site) -> None:
    story = site.story()
    page.goto(f"{story}1/2/")
    for modifier in ("Control", "Shift", "Meta"):
        page.keyboard.press(f"{modifier}+ArrowRight")
    page.wait_for_timeout(200)

    expect(page).to_have_url(f"{story}1/2/")


def test_arrow_keys_leave_a_selection_and_the_sheet_alone(page: Page, site: Site) -> None:
    story = site.story()
    page.goto(f"{story}1/2/")
    page.locator("article p").nth(1).dblclick(position={"x": 60, "y": 10})
    page.keyboard.press("ArrowRight")
    page.evaluate("getSelection().removeAllRanges()")
    page.get_by_role("link", name="How it looks").click()
    page.get_by_role("slider", name="Size").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(200)

    expect(page).to_have_url(f"{story}1/2/")
    expect(page.locator("html")).to_have_attribute("data-size", "21")


def test_the_sheet_opens_keeps_and_gives_back_the_focus(page: Page, site: Site) -> None:
    page.goto(f"{site.story()}1/")
    link = page.get_by_role("link", name="How it looks")
    link.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="How it looks")).to_be_visible()
    assert page.evaluate(ELSEWHERE)
    page.keyboard.press("Escape")

    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(link).to_be_focused()


def test_the_sheet_closes_by_its_button_and_by_the_page_beside_it(page: Page, site: Site) -> None:
    page.goto(f"{site.story()}1/")
    button = page.get_by_role("button", name="Close")
    ways: list[Callable[[], None]] = [button.click, lambda: page.mouse.click(20, 600)]
    for close in ways:
        page.get_by_role("link", name="How it looks").click()
        expect(page.get_by_role("dialog")).to_be_visible()
        close()
        expect(page.get_by_role("dialog")).to_have_count(0)


def test_the_number_of_a_paragraph_is_one_tab_stop(page: Page, site: Site) -> None:
    page.goto(f"{site.story()}1/")
    page.get_by_role("navigation", name="Pages of this chapter").get_by_role("link").last.focus()
    page.keyboard.press("Tab")
    number = page.get_by_role("link", name="Copy a link to paragraph")
    expect(number).to_be_focused()
    expect(number).to_have_count(1)
    first = str(number.get_attribute("data-n"))
    page.keyboard.press("ArrowDown")

    expect(page.get_by_role("link", name=f"Copy a link to paragraph 1:{int(first[2:]) + 1}")).to_be_focused()
    expect(number).to_have_count(1)
