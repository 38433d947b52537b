"""Everything that matters works without scripts."""

from playwright.sync_api import Page, expect

from tests.browser.reader import eventually, reached
from tests.browser.served import Site


def test_reading_without_scripts_moves_page_by_page(plain_page: Page, site: Site) -> None:
    story, page = site.story(), plain_page
    page.goto(f"{story}1/")
    seen = [reached(page.context, story)]
    for address in ("1/2/", "1/3/"):
        page.locator("a[rel=next]").click()
        page.wait_for_url(f"{story}{address}", wait_until="load")
        seen.append(eventually(page, lambda: reached(page.context, story), lambda text: text != seen[-1]))

    assert [text.partition(", ")[0] for text in seen[:2]] == ["You have read as far as chapter 1"] * 2
    assert seen[2] == "You have read as far as chapter 1."


def test_jumping_without_scripts_asks_once(plain_page: Page, site: Site) -> None:
    story, page = site.story(), plain_page
    page.goto(f"{story}1/")
    page.goto(f"{story}3/")
    expect(page.get_by_role("region", name="Where you are")).to_contain_text("further on than you had read")
    page.get_by_role("button", name="I have read up to here").click()

    expect(page).to_have_url(f"{story}3/")
    expect(page.get_by_text("further on than you had read")).to_have_count(0)
    expect(page.locator(".ribbon")).to_contain_text("ch. 3")


def test_the_picker_without_scripts_takes_two_taps(plain_page: Page, site: Site) -> None:
    story, page = site.story(), plain_page
    page.goto(story)
    page.get_by_text("How far have you read?").click()
    page.get_by_role("button", name="Chapter 3", exact=True).click()

    expect(page.locator(".ribbon")).to_contain_text("ch. 3")
    expect(page.get_by_role("link", name="Cistern")).to_be_visible()


def test_the_picker_without_scripts_shows_everything(plain_page: Page, site: Site) -> None:
    story, page = site.story(), plain_page
    page.goto(f"{story}reached/")
    page.get_by_text("Show everything", exact=True).click()
    page.get_by_role("button", name="Yes, show everything").click()
    expect(page.locator(".ribbon")).to_contain_text("all")

    page.goto(f"{story}reached/")
    page.get_by_role("button", name="Nothing yet").click()
    expect(page.locator(".ribbon")).to_have_count(0)


def test_the_look_without_scripts_is_a_form_and_comes_back(plain_page: Page, site: Site) -> None:
    story, page = site.story(), plain_page
    page.goto(f"{story}2/")
    page.get_by_role("link", name="How it looks").click()
    page.get_by_role("radio", name="Sepia").check()
    page.get_by_role("checkbox", name="as suits the screen").uncheck()
    page.get_by_role("slider", name="Size").fill("24")
    page.get_by_role("button", name="Keep it so").click()

    expect(page).to_have_url(f"{story}2/")
    expect(page.locator("html")).to_have_attribute("data-theme", "sepia")
    expect(page.locator("html")).to_have_attribute("data-size", "24")
    expect(page.locator("article p").first).to_have_css("font-size", "24px")


def test_a_look_saved_unchanged_stays_as_suits_the_screen(plain_page: Page, site: Site) -> None:
    plain_page.goto(f"{site.url}/look/")
    plain_page.get_by_role("button", name="Keep it so").click()

    expect(plain_page).to_have_url(f"{site.url}/")
    assert plain_page.context.cookies() == []


def test_one_long_chapter_without_scripts(plain_page: Page, site: Site) -> None:
    story, page = site.story(), plain_page
    page.goto(f"{site.url}/look/")
    page.get_by_role("radio", name="One long chapter").check()
    page.get_by_role("button", name="Keep it so").click()
    page.goto(f"{story}1/2/")

    assert page.url.startswith(f"{story}1/all/#p")
    expect(page.get_by_text("Chapter 1, paragraph 50:")).to_have_count(1)


def test_bookmarks_without_scripts(plain_page: Page, site: Site) -> None:
    story, page = site.story(), plain_page
    page.goto(f"{story}bookmarks/?at=1:4")
    page.get_by_label("A note, if you like").fill("Come back to this.")
    page.get_by_role("button", name="Keep this place").click()
    expect(page.get_by_text("Come back to this.")).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text="Come back")).to_contain_text("Chapter 1, paragraph 4:")
    page.get_by_role("button", name="Take away 1:4").click()

    expect(page.get_by_text("No place kept yet")).to_be_visible()


def test_finishing_without_scripts(plain_page: Page, site: Site) -> None:
    story, page = site.story(), plain_page
    page.goto(f"{story}5/99/")
    page.get_by_role("button", name="I have finished").click()

    expect(page).to_have_url(story)
    expect(page.locator(".ribbon")).to_contain_text("ch. 5")


def test_nothing_that_needs_scripts_shows_without_them(plain_page: Page, site: Site) -> None:
    plain_page.goto(f"{site.story()}1/")

    expect(plain_page.get_by_role("dialog")).to_have_count(0)
    expect(plain_page.locator(".paragraph-bar").get_by_role("button")).to_have_count(0)
