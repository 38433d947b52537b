"""A jump ahead moves only the place, and asks once, quietly."""

import re

from playwright.sync_api import Page, expect

from tests.browser.reader import choose, dwell, eventually, reached
from tests.browser.served import Site

QUESTION = "further on than you had read"


def jump(page: Page, story: str) -> None:
    """Read a little of chapter 1, then open chapter 4."""
    page.goto(f"{story}1/")
    dwell(page)
    eventually(page, lambda: reached(page.context, story), lambda text: "chapter 1" in text)
    page.goto(f"{story}4/")


def test_a_jump_ahead_moves_the_place_only(page: Page, site: Site) -> None:
    story = site.story()
    jump(page, story)
    dwell(page)
    expect(page.get_by_text(QUESTION)).to_be_visible()

    page.goto(f"{site.url}/")
    expect(page.get_by_role("link", name="Continue chapter 4").first).to_be_visible()
    assert "chapter 1, paragraph" in reached(page.context, story)


def test_i_have_read_up_to_here_raises_what_is_reached(page: Page, site: Site) -> None:
    story = site.story()
    jump(page, story)
    page.get_by_role("button", name="I have read up to here").click()

    expect(page).to_have_url(f"{story}4/")
    expect(page.locator(".ribbon")).to_contain_text("ch. 4")
    expect(page.get_by_text(QUESTION)).to_have_count(0)
    page.locator("a[rel=next]").click()
    page.wait_for_url(f"{story}4/2/")
    expect(page.get_by_text(QUESTION)).to_have_count(0)


def test_just_looking_asks_no_more(page: Page, site: Site) -> None:
    story = site.story()
    jump(page, story)
    page.get_by_role("button", name="Just looking").click()

    expect(page).to_have_url(f"{story}4/")
    expect(page.get_by_text(QUESTION)).to_have_count(0)
    page.locator("a[rel=next]").click()
    page.wait_for_url(f"{story}4/2/")
    expect(page.get_by_text(QUESTION)).to_have_count(0)
    assert "chapter 1, paragraph" in reached(page.context, story)


def test_the_way_back_leads_to_where_reading_stopped(page: Page, site: Site) -> None:
    story = site.story()
    jump(page, story)
    page.get_by_role("link", name="Back to 1:").click()

    page.wait_for_url(re.compile(f"{story}1/.*#p"))
    expect(page.get_by_text(QUESTION)).to_have_count(0)


def test_following_pages_ask_nothing(page: Page, site: Site) -> None:
    story = site.story()
    choose(page.context, story, "3")
    page.goto(f"{story}4/")
    expect(page.get_by_text(QUESTION)).to_have_count(0)
    page.goto(f"{story}2/")
    expect(page.get_by_text(QUESTION)).to_have_count(0)

    page.goto(f"{story}5/2/")
    expect(page.get_by_text(QUESTION)).to_be_visible()


def test_forgetting_starts_anew(page: Page, site: Site) -> None:
    story = site.story()
    choose(page.context, story, "3")
    page.goto(story)
    page.locator(".ribbon").click()
    page.get_by_text("Forget it", exact=True).click()
    page.get_by_role("button", name="Yes, forget it").click()

    page.wait_for_url(story)
    expect(page.locator(".ribbon")).to_have_count(0)
    assert [cookie["name"] for cookie in page.context.cookies()] == []


def test_forgetting_everything_takes_places_and_bookmarks(page: Page, site: Site) -> None:
    for slug in ("long-field", "japanese"):
        choose(page.context, site.story(slug), "1")
    page.goto(f"{site.story()}bookmarks/?at=1:2")
    page.get_by_role("button", name="Keep this place").click()
    page.goto(f"{site.url}/read/")
    expect(page.get_by_role("heading", level=2).filter(has_text="長い畑")).to_be_visible()
    page.get_by_text("Forget all of it").click()
    page.get_by_role("checkbox", name="My bookmarks too").check()
    page.get_by_role("button", name="Yes, forget it").click()

    expect(page.get_by_role("heading", name="Nothing yet")).to_be_visible()
    assert page.context.cookies() == []
