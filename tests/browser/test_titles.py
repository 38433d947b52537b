"""What is not known yet is nowhere in what is served, and shows when its time has come."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.reader import choose, pages_of
from tests.browser.served import Site
from tests.browser.stories import TITLES


@pytest.mark.parametrize("reached", [0, 2, 4])
def test_titles_ahead_are_nowhere_in_the_served_pages(page: Page, site: Site, reached: int) -> None:
    story, request = site.story(), page.context.request
    choose(page.context, story, str(reached))
    own = {f"{story}1/", f"{story}1/2/", f"{story}1/all/"}  # a page may print the title of its own chapter
    leaked = {}
    for address in pages_of(site.url, story):
        known = max(reached, 1 if address in own else 0)
        text = request.get(address).text()
        if found := [title for title in TITLES[known:] if title in text]:
            leaked[address] = found

    assert leaked == {}


def test_titles_read_show_in_the_contents(page: Page, site: Site) -> None:
    story = site.story()
    choose(page.context, story, "2")
    page.goto(story)
    contents = page.get_by_role("region", name="Contents")

    expect(contents).to_contain_text(TITLES[0])
    expect(contents).to_contain_text(TITLES[1])
    expect(contents).to_contain_text("Chapter 4")
    expect(contents).not_to_contain_text(TITLES[3])


def test_a_reading_page_shows_its_own_title_and_not_its_neighbours(page: Page, site: Site) -> None:
    page.goto(f"{site.story()}2/99/")

    expect(page.locator("header")).to_contain_text("Beacon")
    expect(page.locator("a[rel=next]")).to_have_text("Chapter 3")
    assert "Cistern" not in page.content()
