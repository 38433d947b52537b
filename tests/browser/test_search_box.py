"""The search box as a box: what Escape, Tab and the arrows leave behind, and what it says when nothing comes back."""

import json
import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import OpenContext, Problems
from tests.browser.reader import with_look
from tests.browser.served import Site
from tests.browser.test_search import at_chapter_four, field, options

TELLS = "search-box [role=status]"
UNTOLD = ".search-untold"


@pytest.fixture
def wiki(site: Site) -> str:
    """The address of the sample story's wiki."""
    return site.sample.replace("/read/", "/wiki/")


def test_escape_leaves_the_text_where_it_was(page: Page, site: Site) -> None:
    at_chapter_four(page, site, f"{site.sample}2/")
    page.mouse.wheel(0, 900)
    page.wait_for_function("scrollY > 500")
    before = page.evaluate("scrollY")
    page.keyboard.press("/")
    expect(field(page)).to_be_focused()
    page.keyboard.type("ines")
    expect(options(page).first).to_contain_text("Ines Tarrant")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(field(page)).to_be_hidden()

    assert page.evaluate("scrollY") == before


def test_escape_gives_the_focus_back_to_what_had_it(page: Page, site: Site) -> None:
    at_chapter_four(page, site, f"{site.sample}2/")
    name = page.locator(".prose a.name").first
    name.focus()
    page.keyboard.press("/")
    expect(field(page)).to_be_focused()
    page.keyboard.press("Escape")

    expect(name).to_be_focused()


def test_escape_right_after_a_letter_opens_no_list(page: Page, site: Site, wiki: str) -> None:
    at_chapter_four(page, site, wiki)
    field(page).focus()
    page.keyboard.type("i")
    page.keyboard.press("Escape")
    page.wait_for_timeout(400)

    expect(field(page)).to_have_value("")
    expect(page.locator(".search-list")).to_be_hidden()


def test_the_close_button_can_be_escaped_from(page: Page, site: Site) -> None:
    at_chapter_four(page, site, f"{site.sample}2/")
    page.keyboard.press("/")
    expect(field(page)).to_be_focused()
    page.keyboard.type("i")
    expect(options(page).first).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Close", exact=True)).to_be_focused()
    expect(options(page).first).to_be_hidden()
    page.keyboard.press("Escape")

    expect(field(page)).to_be_hidden()


def test_a_letter_more_lets_go_of_the_chosen_row(page: Page, site: Site, wiki: str) -> None:
    at_chapter_four(page, site, wiki)
    field(page).press_sequentially("ines")
    expect(options(page).first).to_contain_text("Ines Tarrant")
    page.keyboard.press("ArrowDown")
    expect(options(page).first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("x")
    page.keyboard.press("Enter")

    page.wait_for_url(re.compile(r"/search/\?q=inesx"))


def test_arrows_with_another_key_stay_the_fields_own(page: Page, site: Site, wiki: str) -> None:
    at_chapter_four(page, site, wiki)
    field(page).press_sequentially("ines")
    expect(options(page).first).to_be_visible()
    page.keyboard.press("Shift+ArrowUp")

    assert field(page).evaluate("field => [field.selectionStart, field.selectionEnd]") == [0, 4]
    expect(page.locator("search-box [aria-selected=true]")).to_have_count(0)


def test_the_list_that_was_closed_stays_so_when_the_window_comes_back(page: Page, site: Site, wiki: str) -> None:
    at_chapter_four(page, site, wiki)
    field(page).press_sequentially("ines")
    expect(options(page).first).to_be_visible()
    field(page).dispatch_event("focus")
    page.keyboard.press("Escape")
    field(page).dispatch_event("focus")
    page.wait_for_timeout(400)
    expect(options(page).first).to_be_hidden()
    page.keyboard.press("ArrowDown")

    expect(options(page).first).to_be_visible()


def test_every_row_is_seen_when_it_is_chosen(open_context: OpenContext, site: Site, wiki: str) -> None:
    page = open_context(viewport={"width": 1000, "height": 400}).new_page()
    at_chapter_four(page, site, wiki)
    field(page).fill("the " * 40 + "t")
    expect(options(page).last).to_be_visible()
    assert options(page).last.evaluate("row => row.offsetHeight") < 80
    field(page).fill("t")
    expect(options(page).last).to_contain_text("“t”")
    expect(options(page)).to_have_count(11)
    covered = []
    for _row in range(10):
        page.keyboard.press("ArrowDown")
        covered.append(
            page.evaluate(
                "() => document.querySelector('[aria-selected=true]').getBoundingClientRect().bottom"
                " - document.querySelector('.search-all').getBoundingClientRect().top"
            )
        )

    assert [row for row in covered if row > 0] == []


@pytest.mark.parametrize(
    ("status", "kind", "body", "told"),
    [
        (200, "application/json", '{"results": []}', "No name like that as far as you have read."),
        (429, "application/json", '{"error": "That is as much as there is."}', "That is as much as there is."),
        (503, "application/json", '{"error": "That takes too long.", "results": []}', "That takes too long."),
        (500, "text/html", "<h1>500</h1>", "The site did not answer. Enter searches all the same."),
        (404, "application/json", "{}", "The site did not answer. Enter searches all the same."),
        (0, "", "", "The site did not answer. Enter searches all the same."),
    ],
)
def test_it_says_why_there_are_no_names(
    page: Page, site: Site, wiki: str, problems: Problems, status: int, kind: str, body: str, told: str
) -> None:
    problems.expect("Failed to load resource|search/suggest")
    at_chapter_four(page, site, wiki)

    def answer(route: Route) -> None:
        if status:
            route.fulfill(status=status, content_type=kind, body=body)
        else:
            route.abort()

    page.route("**/search/suggest/**", answer)
    field(page).press_sequentially("ines")

    expect(page.locator(UNTOLD)).to_have_text(told)
    expect(page.locator(UNTOLD)).to_be_visible()
    expect(page.locator(TELLS)).to_have_text(told)
    expect(options(page)).to_have_count(1)
    page.unroute("**/search/suggest/**")
    field(page).press_sequentially(" ")
    expect(options(page).first).to_contain_text("Ines Tarrant")
    expect(page.locator(UNTOLD)).to_be_hidden()


def test_a_report_that_does_not_come_back_holds_up_no_names(page: Page, site: Site) -> None:
    at_chapter_four(page, site, f"{site.sample}2/")
    page.evaluate("void (document.querySelector('reading-place').report = () => new Promise(() => {}))")
    page.evaluate("document.querySelector('reading-place').runs.push({ first: 0, last: 0 })")
    page.keyboard.press("/")
    expect(field(page)).to_be_focused()
    page.keyboard.type("ines")

    expect(options(page).first).to_contain_text("Ines Tarrant")


@pytest.mark.parametrize(("width", "is_beside"), [(360, False), (1280, True)])
def test_a_row_says_kind_and_where_at_every_width(
    open_context: OpenContext, site: Site, wiki: str, width: int, is_beside: bool
) -> None:
    page = open_context(viewport={"width": width, "height": 740}).new_page()
    at_chapter_four(page, site, f"{site.sample}2/" if width < 704 else wiki)
    page.keyboard.press("/")
    expect(field(page)).to_be_focused()
    page.keyboard.type("ines")
    row = options(page).first
    name, kind, seen = (row.locator(one).bounding_box() for one in (".search-name", ".search-kind", ".search-seen"))

    assert name
    assert kind
    assert seen
    assert (kind["y"] < name["y"] + name["height"], seen["y"] > name["y"]) == (is_beside, True)


def test_a_name_and_a_kind_of_sixty_letters_stay_in_the_row(open_context: OpenContext, site: Site, wiki: str) -> None:
    long = {"name": "X" * 120, "kind": "K" * 60, "seen": "last seen 4:57", "why": "", "marks": [], "url": wiki}
    rest = {"icon": "flag", "hue": "hue-255", "picture": "", "initial": "X", "round": False, "story": "", "lang": "en"}
    short = long | rest | {"name": "Ines Tarrant"}
    sizes = {}
    for width in (360, 1280):
        page = open_context(viewport={"width": width, "height": 740}).new_page()
        at_chapter_four(page, site, f"{site.sample}2/")
        page.route(
            "**/search/suggest/**",
            lambda route: route.fulfill(
                content_type="application/json", body=json.dumps({"results": [long | rest, short]})
            ),
        )
        page.keyboard.press("/")
        expect(field(page)).to_be_focused()
        page.keyboard.type("x")
        expect(options(page)).to_have_count(3)
        lists = page.locator(".search-list").evaluate("list => list.scrollWidth <= list.clientWidth")
        name = options(page).nth(1).locator(".search-name").bounding_box()
        assert name
        sizes[width] = (lists, page.evaluate("document.documentElement.scrollWidth"), name["width"] > 90)

    assert sizes == {width: (True, width, True) for width in (360, 1280)}


@pytest.mark.parametrize("where", ["read", "wiki"])
def test_the_key_can_be_switched_off(page: Page, site: Site, wiki: str, where: str) -> None:
    address = {"read": f"{site.sample}2/", "wiki": wiki}[where]
    with_look(page.context, site.url, "keys:off")
    at_chapter_four(page, site, address)
    page.keyboard.press("/")
    page.wait_for_timeout(400)
    expect(page.locator("search-box:focus-within")).to_have_count(0)
    page.get_by_role("link", name="How it looks").click()
    page.get_by_role("group", name="The key “/” searches").get_by_role("radio", name="Yes").check()
    page.keyboard.press("Escape")
    page.keyboard.press("/")

    expect(field(page)).to_be_focused()


def test_without_its_look_the_box_gives_way_to_the_page(page: Page, site: Site, problems: Problems) -> None:
    problems.expect("Failed to load resource")
    at_chapter_four(page, site, f"{site.sample}2/")
    page.route("**/search-box*.css", lambda route: route.abort())
    page.keyboard.press("/")

    page.wait_for_url(f"{site.url}/search/?story=low-water-at-the-electra")
