"""Stories from right to left, and stories without spaces."""

from playwright.sync_api import Page, expect

from tests.browser.served import Site


def test_a_story_from_right_to_left_is_set_that_way(page: Page, site: Site) -> None:
    page.goto(f"{site.story('hebrew')}1/")
    article = page.locator("article")

    expect(article).to_have_attribute("lang", "he")
    expect(article).to_have_css("direction", "rtl")
    previous, following = page.locator("a[rel=prev]"), page.locator("a[rel=next]")
    page.goto(f"{site.story('hebrew')}1/2/")
    back, on = previous.bounding_box(), following.bounding_box()
    assert back is not None
    assert on is not None
    assert on["x"] < back["x"]


def test_a_japanese_story_has_its_length_in_characters(page: Page, site: Site) -> None:
    story = site.story("japanese")
    page.goto(story)
    expect(page.locator("main")).to_contain_text("長い畑")
    expect(page.locator("main")).not_to_contain_text("82 words")
    page.goto(f"{story}1/")

    expect(page.locator("article")).to_have_attribute("lang", "ja")
    expect(page.locator("article")).to_have_css("direction", "ltr")
    expect(page.locator("article p").first).to_contain_text("畑は長く、道は広い。")
    expect(page.locator("a[rel=next]")).to_have_text("Page 2")
