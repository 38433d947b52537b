"""From an entry to the passages that name it, to the paragraph in the text, and back; on a desk and on a phone."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenContext
from tests.browser.reader import choose, eventually, with_look
from tests.browser.served import Site
from tests.browser.test_accessible import LOOKS, violations
from tests.browser.test_wiki_journey import INES, SCRIPTS, wiki

GROUND = "one => getComputedStyle(one).backgroundColor"
PAPER = "rgba(0, 0, 0, 0)"


def mentions(page: Page, site: Site) -> str:
    """The page of all passages, once the worker has read the story; all of it is read by this visitor."""
    choose(page.context, site.sample, "9")
    address = f"{wiki(site)}{INES}/mentions/"
    assert eventually(page, lambda: "appears-chapter" in page.context.request.get(address).text(), True, seconds=90)
    return address


@SCRIPTS
@pytest.mark.parametrize("look", ["turn:pages", "turn:scroll"])
def test_a_passage_leads_to_its_lit_paragraph_and_back(
    open_context: OpenContext, site: Site, look: str, scripts: bool
) -> None:
    page = open_context(viewport={"width": 360, "height": 740}, java_script_enabled=scripts).new_page()
    with_look(page.context, site.url, look)
    mentions(page, site)
    page.goto(f"{wiki(site)}{INES}/")
    page.get_by_role("region", name="Appears in").get_by_role("link", name=re.compile(r"^5\. ")).click()
    expect(page).to_have_url(f"{wiki(site)}{INES}/mentions/?chapter=5#chapter-5")
    passage = page.locator(".passage").last
    expect(passage).to_be_visible()
    number = passage.locator(".passage-point").inner_text().partition(":")[2]
    words = passage.locator("b").first.inner_text()
    passage.click()

    paragraph = page.locator(f"#p{number}")
    expect(paragraph).to_be_in_viewport()
    expect(paragraph).to_contain_text(words)
    others = page.locator(f".prose > p:not(#p{number})")
    assert (paragraph.evaluate(GROUND) == PAPER, others.first.evaluate(GROUND) == PAPER) == (False, True)
    page.get_by_role("link", name="Back to Ines Tarrant").click()
    expect(page).to_have_url(f"{wiki(site)}{INES}/")


def test_the_light_on_a_paragraph_goes_out(open_context: OpenContext, site: Site) -> None:
    page = open_context(reduced_motion="no-preference").new_page()
    page.goto(mentions(page, site))
    page.locator(".passage").first.click()
    lit = page.locator(".prose :target")

    expect(lit).to_be_in_viewport()
    assert lit.evaluate("one => one.getAnimations().map(one => one.animationName)") == ["lit"]
    assert eventually(page, lambda: str(lit.evaluate(GROUND)), PAPER) == PAPER


def test_only_one_chapter_stands_open(page: Page, site: Site) -> None:
    address = mentions(page, site)
    page.goto(address)
    rows = page.locator(".appears-chapter")
    assert rows.count() == 9
    for chapter in ("9", "2"):
        rows.filter(has_text=re.compile(rf"^{chapter}\.")).click()
        expect(page.locator(".appears-chapter[aria-current]")).to_have_text(re.compile(rf"^{chapter}\."))
        points = page.locator(".passage-point").all_inner_texts()
        assert {point.partition(":")[0] for point in points} == {chapter}


@pytest.mark.parametrize(("theme", "width"), LOOKS)
def test_axe_finds_nothing_where_an_entry_appears(
    open_context: OpenContext, site: Site, theme: str, width: int
) -> None:
    page = open_context(viewport={"width": width, "height": 900}).new_page()
    with_look(page.context, site.url, f"theme:{theme}")
    address = mentions(page, site)
    wrong = {}
    for path in (address, f"{address}?as=3", f"{wiki(site)}{INES}/", f"{wiki(site)}a-light-kept-on/mentions/"):
        page.goto(path)
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if found := [*violations(page), *([f"{wide} px too wide"] if wide > 0 else [])]:
            wrong[path] = found

    assert wrong == {}
