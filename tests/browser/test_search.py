"""The search box by keyboard, finger and ear, on pages of the site and beside the text; and without scripts."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import OpenContext, Problems
from tests.browser.reader import choose, with_look
from tests.browser.served import Site
from tests.browser.test_accessible import THEMES, violations

WIDTH = "document.documentElement.scrollWidth"


@pytest.fixture
def wiki(site: Site) -> str:
    """The address of the sample story's wiki."""
    return site.sample.replace("/read/", "/wiki/")


def field(page: Page) -> Locator:
    """The one in the header."""
    return page.get_by_role("combobox", name="Search people, places, passages")


def options(page: Page) -> Locator:
    """What is offered; the last row is the search itself."""
    return page.get_by_role("listbox", name="Suggestions").get_by_role("option")


def at_chapter_four(page: Page, site: Site, address: str) -> Page:
    """The page as somebody sees it who has read four chapters."""
    choose(page.context, site.sample, "4")
    page.goto(address)
    return page


def test_typing_offers_names_and_arrows_walk_them(page: Page, site: Site, wiki: str) -> None:
    at_chapter_four(page, site, wiki)
    page.keyboard.press("/")
    expect(field(page)).to_be_focused()
    expect(field(page)).to_have_attribute("aria-expanded", "false")
    page.keyboard.type("inez")
    expect(options(page).first).to_contain_text("Ines Tarrant")
    expect(field(page)).to_have_attribute("aria-expanded", "true")
    expect(field(page)).not_to_have_attribute("aria-activedescendant", re.compile("."))
    expect(page.locator("search-box [role=status]")).to_contain_text("Names found")

    page.keyboard.press("ArrowDown")
    expect(options(page).first).to_have_attribute("aria-selected", "true")
    expect(field(page)).to_have_attribute("aria-activedescendant", "search-0")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(options(page).last).to_have_attribute("aria-selected", "true")
    expect(options(page).last).to_contain_text("Search all you have read for “inez”")
    page.keyboard.press("Home")
    expect(page.locator("search-box [aria-selected=true]")).to_have_count(0)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    page.wait_for_url(f"{wiki}ines-tarrant/")


def test_enter_alone_leads_to_the_results(page: Page, site: Site, wiki: str) -> None:
    at_chapter_four(page, site, wiki)
    field(page).fill("grey coat")
    field(page).press("Enter")
    page.wait_for_url(f"{site.url}/search/?q=grey+coat&story=low-water-at-the-electra")

    expect(page.get_by_role("heading", level=1)).to_have_text("“grey coat”")
    expect(field(page)).to_have_value("grey coat")
    page.get_by_role("heading", name="The woman in the grey coat").get_by_role("link").click()
    page.wait_for_url(f"{wiki}the-woman-in-the-grey-coat/")


def test_a_passage_opens_its_paragraph(page: Page, site: Site) -> None:
    at_chapter_four(page, site, f"{site.url}/search/?q=grey+coat&story=low-water-at-the-electra")
    passage = page.locator(".line-found").first
    point = passage.locator(".line-at").inner_text()
    passage.click()
    chapter, number = point.split(":")

    expect(page).to_have_url(re.compile(rf"/{chapter}/(\d+/)?#p{number}$"))


def test_the_page_ends_where_what_was_found_ends(page: Page, site: Site) -> None:
    at_chapter_four(page, site, f"{site.url}/search/?q=electra&story=low-water-at-the-electra")
    bottoms = "elements => elements.map(one => one.getBoundingClientRect().bottom)"
    head, narrow, last = page.locator(".search-head, nav.search-narrow, .save-pages").evaluate_all(bottoms)
    found = page.locator(".search-found").evaluate("one => one.getBoundingClientRect()")

    assert head == pytest.approx(found["top"])
    assert narrow > found["top"]
    assert last == pytest.approx(found["bottom"])


def test_escape_closes_the_list_and_then_empties_the_field(page: Page, site: Site, wiki: str) -> None:
    at_chapter_four(page, site, wiki)
    field(page).press_sequentially("ine")
    expect(options(page).first).to_be_visible()
    field(page).press("Escape")
    expect(options(page).first).to_be_hidden()
    expect(field(page)).to_have_value("ine")
    field(page).press("ArrowDown")
    expect(options(page).first).to_be_visible()
    page.mouse.click(5, 600)
    expect(options(page).first).to_be_hidden()
    field(page).press("Escape")
    field(page).press("Escape")

    expect(field(page)).to_have_value("")


def test_a_slash_in_a_field_is_a_slash(page: Page, site: Site, wiki: str) -> None:
    at_chapter_four(page, site, wiki)
    field(page).press_sequentially("a/b")

    expect(field(page)).to_have_value("a/b")


def test_nobody_is_named_before_one_has_met_them(page: Page, site: Site, wiki: str) -> None:
    page.goto(wiki)
    field(page).press_sequentially("ines")
    expect(options(page)).to_have_count(1)
    expect(page.locator("search-box [role=status]")).to_have_text("No name like that as far as you have read.")

    at_chapter_four(page, site, wiki)
    field(page).press_sequentially("ines")
    expect(options(page).first).to_contain_text("Ines Tarrant")


def test_a_row_says_what_it_is_to_who_hears_it(page: Page, site: Site, wiki: str) -> None:
    at_chapter_four(page, site, wiki)
    field(page).press_sequentially("ines tar")

    expect(page.get_by_role("option", name=re.compile(r"^Ines Tarrant .*Character last seen 4:\d+$"))).to_be_visible()
    expect(page.get_by_role("search", name="Search")).to_have_count(1)


def test_on_a_phone_the_box_opens_over_the_header(phone: Page, site: Site, wiki: str) -> None:
    at_chapter_four(phone, site, wiki)
    expect(field(phone)).to_be_hidden()
    opener = phone.get_by_role("link", name="Search", exact=True)
    opener.tap()
    expect(field(phone)).to_be_focused()
    expect(phone.locator(".header-tools")).to_be_hidden()
    field(phone).press_sequentially("jo")
    expect(options(phone).first).to_contain_text("Jonah")
    assert phone.evaluate(WIDTH) == 360
    phone.get_by_role("button", name="Close").tap()
    expect(field(phone)).to_be_hidden()
    expect(opener).to_be_focused()
    opener.tap()
    expect(options(phone).first).to_contain_text("Jonah")
    options(phone).first.tap()

    phone.wait_for_url(f"{wiki}jonah-pell/")


def test_beside_the_text_the_box_is_fetched_when_it_is_asked_for(page: Page, site: Site) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    at_chapter_four(page, site, f"{site.sample}2/")
    page.mouse.wheel(0, 900)
    assert [url for url in asked if "search-box" in url] == []

    page.keyboard.press("/")
    expect(field(page)).to_be_focused()
    expect(field(page)).to_be_in_viewport()
    assert len([url for url in asked if "search-box" in url]) == 2
    page.keyboard.type("jonah")
    expect(options(page).first).to_contain_text("Jonah Pell")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(field(page)).to_be_hidden()
    page.keyboard.press("ArrowRight")
    page.wait_for_url(f"{site.sample}2/2/")
    page.keyboard.press("/")
    expect(field(page)).to_be_focused()
    page.keyboard.type("jonah")
    expect(options(page).first).to_contain_text("Jonah Pell")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    page.wait_for_url("**/wiki/low-water-at-the-electra/jonah-pell/")


def test_a_reading_page_on_a_phone_has_the_box(phone: Page, site: Site) -> None:
    at_chapter_four(phone, site, f"{site.sample}2/")
    phone.get_by_role("link", name="Search", exact=True).tap()
    expect(field(phone)).to_be_focused()
    field(phone).press_sequentially("i")

    expect(options(phone).first).to_be_visible()
    assert phone.evaluate(WIDTH) == 360


def test_without_scripts_the_form_leads_to_the_results(plain_page: Page, site: Site, wiki: str) -> None:
    at_chapter_four(plain_page, site, wiki)
    box = plain_page.get_by_role("textbox", name="Search people, places, passages")
    box.fill("woman desk rink -bell")
    box.press("Enter")
    plain_page.wait_for_url("**/search/?q=woman+desk+rink+-bell&story=low-water-at-the-electra")

    box = plain_page.get_by_role("textbox", name="Search people, places, passages").first
    box.fill("ines")
    box.press("Enter")
    plain_page.get_by_role("link", name=re.compile("Characters")).click()
    expect(plain_page.locator(".hit h3").first).to_have_text("Ines Tarrant")
    plain_page.get_by_text("Add someone").click()
    plain_page.get_by_label("A name, or part of one").fill("jonah")
    plain_page.get_by_role("button", name="Look").click()
    plain_page.locator(".narrow-with").get_by_role("link", name="Jonah Pell").click()

    expect(plain_page).to_have_url(re.compile("with=jonah-pell"))


def test_without_scripts_a_phone_has_a_page_to_search_on(open_context: OpenContext, site: Site) -> None:
    phone = open_context(viewport={"width": 360, "height": 740}, java_script_enabled=False).new_page()
    for address in (site.sample, f"{site.sample}1/"):
        at_chapter_four(phone, site, address)
        phone.get_by_role("link", name="Search", exact=True).click()
        phone.get_by_role("textbox", name="Search people, places, passages").fill("ines")
        phone.get_by_role("button", name="Search").click()

        expect(phone.locator(".hit h3").first).to_have_text("Ines Tarrant")
        expect(phone.get_by_role("textbox", name="Search people, places, passages")).to_have_value("ines")


def test_a_page_that_is_not_there_offers_what_is_near(page: Page, site: Site, wiki: str, problems: Problems) -> None:
    problems.expect("404")
    at_chapter_four(page, site, f"{wiki}inez-tarant/")
    page.get_by_role("link", name="Ines Tarrant").click()

    page.wait_for_url(f"{wiki}ines-tarrant/")


@pytest.mark.parametrize("theme", THEMES)
def test_axe_finds_nothing_in_the_search(page: Page, site: Site, wiki: str, problems: Problems, theme: str) -> None:
    problems.expect("404")
    with_look(page.context, site.url, f"theme:{theme}")
    choose(page.context, site.sample, "4")
    wrong = {}
    story = "story=low-water-at-the-electra"
    for query in (story, f"q=grey+coat&{story}", "q=ines", f"q=zxqwv&{story}", f"with=ines-tarrant&add=jo&{story}"):
        page.goto(f"{site.url}/search/?{query}")
        wrong[query] = violations(page)
    page.goto(f"{wiki}the-lamp-house/")
    wrong["not there"] = violations(page)
    for address in (wiki, f"{site.sample}2/"):
        page.goto(address)
        page.keyboard.press("/")
        expect(field(page)).to_be_focused()
        page.keyboard.type("t")
        expect(options(page).first).to_be_visible()
        page.keyboard.press("ArrowDown")
        wrong[address] = violations(page)

    assert {what: found for what, found in wrong.items() if found} == {}


@pytest.mark.parametrize("width", [320, 360, 704, 768, 1024])
def test_the_search_is_never_wider_than_the_window(
    open_context: OpenContext, site: Site, wiki: str, width: int
) -> None:
    page = open_context(viewport={"width": width, "height": 700}).new_page()
    choose(page.context, site.sample, "4")
    wide = {}
    for address in (wiki, f"{site.url}/search/?q=lamp", f"{site.url}/search/?q={'x' * 200}", f"{site.sample}1/"):
        page.goto(address)
        page.keyboard.press("/")
        expect(field(page)).to_be_focused()
        page.keyboard.type("t")
        expect(options(page).first).to_be_visible()
        wide[address] = page.evaluate(WIDTH)

    assert set(wide.values()) == {width}
