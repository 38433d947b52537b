"""Names in the text and the list of those on a page: lit while one scrolls, a sheet on phones, one tab stop, or off."""

import time
import urllib.request

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import OpenContext
from tests.browser.reader import choose, eventually, with_look
from tests.browser.served import Site
from tests.browser.test_accessible import THEMES, violations
from tests.browser.test_phones import swipe

LIT = "() => [...document.querySelectorAll('.on-page .lit')].map(one => one.querySelector('a > span').firstChild.data)"
# Of those in the list: whose paragraphs are on screen.
SEEN = """() => [...document.querySelectorAll('.on-page li')].filter(one => {
    const {pathname} = one.querySelector('a');
    return [...document.querySelectorAll('.name')].some(name => {
        const {top, bottom} = name.closest('[id]').getBoundingClientRect();
        return name.pathname === pathname && bottom > 0 && top < innerHeight;
    });
}).map(one => one.querySelector('a > span').firstChild.data)"""
SCREENS = "top => scrollTo({top, behavior: 'instant'})"


@pytest.fixture(scope="module", autouse=True)
def named(site: Site) -> None:
    """The sample story's names are found by the site's worker, soon after it has started."""
    end = time.monotonic() + 60
    while b'class="name' not in urllib.request.urlopen(f"{site.sample}1/").read():
        assert time.monotonic() < end, "no name was found"
        time.sleep(0.5)


def line(page: Page, slug: str) -> Locator:
    """A line of the list."""
    return page.locator(f".on-page li:has(> a[href*='/{slug}/'])")


def focused(page: Page) -> list[str]:
    """Words and class of what has the focus."""
    found: list[str] = page.evaluate("[document.activeElement.textContent, document.activeElement.className]")
    return found


def test_the_list_is_lit_while_one_scrolls_and_stays_in_view(page: Page, site: Site) -> None:
    page.goto(f"{site.sample}2/")
    expect(page.get_by_role("heading", name="On this page")).to_be_visible()
    lit = []
    for top in (0, 700, 1400, 2600):
        page.evaluate(SCREENS, top)
        seen = page.evaluate(SEEN)
        lit.append(eventually(page, lambda: page.evaluate(LIT), seen))
        assert lit[-1] == seen
        expect(page.get_by_role("heading", name="On this page")).to_be_in_viewport()

    assert len({*map(tuple, lit)}) > 1
    assert all(lit)


def test_who_is_met_further_down_joins_when_the_paragraph_is_on_screen(page: Page, site: Site) -> None:
    page.goto(f"{site.sample}1/")
    ines = line(page, "ines-tarrant")
    expect(line(page, "wilf-oakshott")).to_be_visible()
    expect(ines).to_be_hidden()
    page.locator("article .name[href*='/ines-tarrant/']").first.scroll_into_view_if_needed()
    expect(ines).to_be_visible()
    page.evaluate(SCREENS, 0)
    expect(page.locator("h1")).to_be_in_viewport()

    expect(ines).to_be_visible()


def test_without_scripts_all_are_in_the_list(plain_page: Page, site: Site) -> None:
    plain_page.goto(f"{site.sample}1/")

    expect(line(plain_page, "ines-tarrant")).to_be_visible()


def test_pictures_show_to_whoever_opens_a_page(page: Page, site: Site) -> None:
    page.goto(f"{site.sample}6/all/")  # a newcomer, far ahead; a picture that did not come would fail the test
    page.evaluate("for (const one of document.querySelectorAll('img.thumb')) one.loading = 'eager'")
    page.evaluate("for (const one of document.querySelectorAll('.later')) one.classList.remove('later')")
    page.wait_for_load_state("networkidle")

    widths = page.locator("img.thumb").evaluate_all("all => all.map(one => one.naturalWidth)")
    assert set(widths) == {96}


def test_on_a_phone_the_list_is_a_sheet(phone: Page, site: Site) -> None:
    phone.goto(f"{site.sample}2/")
    sheet, opener = phone.locator("#on-page"), phone.locator(".on-page-opener")
    expect(sheet).to_be_hidden()
    shown = phone.locator(".on-page li:not(.later)").count()
    expect(opener).to_have_text(f"{shown} on this page")
    opener.click()
    expect(sheet).to_be_visible()
    box = sheet.bounding_box()
    assert box is not None
    assert (box["x"], box["width"], round(box["y"] + box["height"])) == (0, 360, 740)
    swipe(phone, (300, 650), (60, 650))
    phone.wait_for_timeout(300)
    expect(phone).to_have_url(f"{site.sample}2/")
    sheet.get_by_role("button", name="Close").click()
    expect(sheet).to_be_hidden()
    swipe(phone, (300, 450), (60, 450))

    phone.wait_for_url(f"{site.sample}2/2/")


@pytest.mark.parametrize("width", [360, 768])
def test_the_sheet_opens_without_scripts_and_leads_to_the_entry(
    open_context: OpenContext, site: Site, width: int
) -> None:
    page = open_context(viewport={"width": width, "height": 740}, java_script_enabled=False).new_page()
    choose(page.context, site.sample, "2")
    page.goto(f"{site.sample}2/")
    page.get_by_role("button", name="on this page").click()
    line(page, "jonah-pell").get_by_role("link").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Jonah Pell")


def test_a_name_leads_to_its_entry_without_scripts(plain_page: Page, site: Site) -> None:
    choose(plain_page.context, site.sample, "2")
    plain_page.goto(f"{site.sample}2/")
    plain_page.locator("article .name").first.click()

    expect(plain_page.get_by_role("heading", level=1)).to_have_text("Jonah Pell")


def test_names_are_one_tab_stop_and_arrows_go_from_one_to_the_next(page: Page, site: Site) -> None:
    page.goto(f"{site.sample}2/")
    page.wait_for_selector(".name[tabindex='-1']")
    words = page.locator("article .name").all_inner_texts()
    stops = page.locator("article .name:not([tabindex='-1'])")
    assert stops.all_inner_texts() == [words[0]]
    stops.first.focus()
    seen = []
    for key in ("ArrowLeft", "ArrowRight", "ArrowRight", "ArrowDown", "ArrowUp", "ArrowLeft"):
        page.keyboard.press(key)
        seen.append(focused(page)[0])
        assert stops.all_inner_texts() == [seen[-1]]
    expect(page).to_have_url(f"{site.sample}2/")

    assert seen == [words[at] for at in (0, 1, 2, 3, 2, 1)]
    page.keyboard.press("Tab")
    assert "name" not in focused(page)[1].split()
    page.keyboard.press("ArrowRight")
    page.wait_for_url(f"{site.sample}2/2/")


def test_arrows_follow_the_direction_of_the_text(page: Page, site: Site) -> None:
    page.goto(f"{site.sample}2/")
    page.wait_for_selector(".name[tabindex='-1']")
    page.evaluate("document.querySelector('page-turner').dir = 'rtl'")
    words = page.locator("article .name").all_inner_texts()
    page.locator("article .name[tabindex='0']").focus()
    seen = []
    for key in ("ArrowLeft", "ArrowDown", "ArrowRight", "ArrowUp"):
        page.keyboard.press(key)
        seen.append(focused(page)[0])

    assert seen == [words[at] for at in (1, 2, 1, 0)]


def test_a_long_list_follows_the_text(page: Page, site: Site) -> None:
    page.set_viewport_size({"width": 1280, "height": 500})
    page.goto(f"{site.sample}5/all/")
    last = page.locator(".on-page li").last
    expect(last).not_to_be_in_viewport()
    page.evaluate(SCREENS, 99_999)
    expect(page.locator(".on-page .lit").first).to_be_in_viewport()
    page.evaluate(SCREENS, 0)

    expect(page.locator(".on-page .lit").first).to_be_in_viewport()
    expect(page.locator(".on-page li").last).not_to_be_in_viewport()


def test_tab_stops_at_the_first_name_on_screen(page: Page, site: Site) -> None:
    page.goto(f"{site.sample}2/all/")
    names = page.locator("article .name")
    names.nth(20).evaluate("one => one.closest('[id]').scrollIntoView({block: 'start', behavior: 'instant'})")
    tops = names.evaluate_all("all => all.map(one => one.getBoundingClientRect().bottom)")
    page.keyboard.press("Tab")

    stops = names.evaluate_all("all => all.map(one => one.tabIndex)")
    assert [index for index, one in enumerate(stops) if one == 0] == [next(i for i, top in enumerate(tops) if top > 0)]
    assert stops[0] == -1


def test_switched_off_names_are_words_and_links_for_the_keyboard(page: Page, site: Site) -> None:
    with_look(page.context, site.url, "names:plain")
    choose(page.context, site.sample, "2")
    page.goto(f"{site.sample}2/")
    name = page.locator("article .name").first
    expect(name).to_have_css("text-decoration-line", "none")
    expect(page.locator(".on-page ol")).to_be_hidden()
    expect(page.locator(".page-list")).to_be_visible()
    box = name.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 5, box["y"] + 5)
    page.wait_for_timeout(500)
    expect(page).to_have_url(f"{site.sample}2/")
    expect(page.locator("name-card")).to_have_count(0)
    name.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    expect(name).to_have_css("text-decoration-line", "underline")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Jonah Pell")


@pytest.mark.parametrize("width", [360, 1280])
def test_names_are_switched_off_in_the_look_sheet(open_context: OpenContext, site: Site, width: int) -> None:
    page = open_context(viewport={"width": width, "height": 740}).new_page()
    page.goto(f"{site.sample}2/")
    name = page.locator("article .name").first
    expect(name).to_have_css("text-decoration-line", "underline")
    page.locator("look-sheet > a").first.click()
    expect(page.get_by_role("dialog", name="How it looks")).to_be_visible()
    page.get_by_role("radio", name="Just words").check()

    expect(name).to_have_css("text-decoration-line", "none")
    expect(page.locator(".on-page ol")).to_be_hidden()
    expect(page.locator(".on-page-opener")).to_be_hidden()
    page.get_by_role("radio", name="Underlined").check()
    expect(name).to_have_css("text-decoration-line", "underline")
    assert [one for one in page.context.cookies() if one["name"] == "look"] == []


def test_the_switch_without_scripts(plain_page: Page, site: Site) -> None:
    page = plain_page
    page.goto(f"{site.sample}2/")
    page.locator("look-sheet > a").first.click()
    page.get_by_role("radio", name="Just words").check()
    page.get_by_role("button", name="Keep it so").click()

    expect(page).to_have_url(f"{site.sample}2/")
    expect(page.locator("article .name").first).to_have_css("text-decoration-line", "none")


def test_words_are_chosen_and_copied_across_names(page: Page, site: Site) -> None:
    choose(page.context, site.sample, "2")
    page.goto(f"{site.sample}2/")
    name = page.locator("article .name").first
    box = name.bounding_box()
    assert box is not None
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] + 60, middle)
    page.mouse.down()
    page.mouse.move(box["x"] - 60, middle, steps=6)
    page.mouse.move(box["x"] + 3, middle, steps=6)  # let go on the name itself
    page.mouse.up()
    page.wait_for_timeout(400)

    chosen = page.evaluate("`${getSelection()}`")
    assert name.inner_text() in chosen
    assert len(chosen) > len(name.inner_text())
    expect(page).to_have_url(f"{site.sample}2/")
    expect(page.locator("name-card")).to_have_count(0)


def test_on_paper_names_have_no_line_and_there_is_no_list(page: Page, site: Site) -> None:
    page.goto(f"{site.sample}2/")
    page.emulate_media(media="print")

    lines = page.locator("article .name").evaluate_all(
        "all => all.map(one => getComputedStyle(one).textDecorationLine)"
    )
    assert set(lines) == {"none"}
    expect(page.locator(".on-page ol")).to_be_hidden()


def test_lines_show_in_forced_colours(open_context: OpenContext, site: Site) -> None:
    page = open_context(forced_colors="active").new_page()
    page.goto(f"{site.sample}2/")

    expect(page.locator("article .name").first).to_have_css("text-decoration-style", "dotted")
    expect(page.locator(".lit > a").first).to_have_css("border-left-style", "solid")


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_in_names_and_list(open_context: OpenContext, site: Site, theme: str, width: int) -> None:
    page = open_context(viewport={"width": width, "height": 900}).new_page()
    with_look(page.context, site.url, f"theme:{theme}")
    page.goto(f"{site.sample}6/")
    if width == 360:
        page.locator(".on-page-opener").click()
    expect(page.locator(".lit").first).to_be_visible()

    assert violations(page) == []
