"""Two tabs of one reader: what was reached never shrinks."""

from playwright.sync_api import Page, expect

from tests.browser.reader import choose, dwell, eventually, reached
from tests.browser.served import Site


def test_a_tab_that_rereads_does_not_lower_what_is_reached(page: Page, site: Site) -> None:
    story, far = site.story(), page
    choose(far.context, story, "3")
    far.goto(f"{story}4/")
    dwell(far)
    seen = eventually(far, lambda: reached(far.context, story), lambda text: "chapter 4" in text)
    again = far.context.new_page()
    again.goto(f"{story}1/")
    dwell(again)
    again.keyboard.press("ArrowRight")
    again.wait_for_url(f"{story}1/2/")
    dwell(again)
    again.close(run_before_unload=True)

    assert "chapter 4, paragraph" in seen
    assert reached(far.context, story) == seen
    far.goto(f"{site.url}/")
    expect(far.get_by_role("link", name="Continue chapter 1").first).to_be_visible()


def test_two_tabs_that_report_at_once_keep_the_further_one(page: Page, site: Site) -> None:
    story = site.story()
    choose(page.context, story, "3")
    tabs = [page.context.new_page() for _ in range(4)]
    for tab, address in zip(tabs, ("1/", "4/", "2/", "3/"), strict=True):
        tab.goto(f"{story}{address}")
    for tab in tabs:
        tab.keyboard.press("End")
    for tab in tabs:
        tab.bring_to_front()
        dwell(tab)
    for tab in tabs:
        tab.goto(f"{site.url}/about/")

    seen = eventually(page, lambda: reached(page.context, story), lambda text: "chapter 4" in text)
    assert "chapter 4, paragraph" in seen


def test_a_tab_with_nothing_new_leaves_the_place_to_the_other(page: Page, site: Site) -> None:
    story, idle = site.story(), page
    idle.goto(f"{story}1/")
    dwell(idle)
    active = idle.context.new_page()
    active.goto(f"{story}1/2/")
    dwell(active)
    second = eventually(active, lambda: reached(active.context, story), lambda text: "paragraph" in text)
    idle.bring_to_front()
    dwell(idle)
    idle.goto(f"{site.url}/")

    assert reached(active.context, story) == second
    link = idle.get_by_role("link", name="Continue chapter 1").first
    assert str(link.get_attribute("href")).rpartition("/p/")[2].strip("/") >= "10"
