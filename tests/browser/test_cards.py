"""Cards of names by mouse, keyboard and touch, and “Who was that?”; never a question in ordinary reading."""

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.conftest import OpenContext, Problems
from tests.browser.reader import choose, dwell, with_look
from tests.browser.served import Site
from tests.browser.test_accessible import THEMES, violations

WILF = "wilf-oakshott"
QUESTION = "Have you read up to here?"
STEP = 500  # px of one look further down


@pytest.fixture(scope="module", autouse=True)
def named(site: Site) -> None:
    """The sample story's names are found by the site's worker, soon after it has started."""
    import time
    import urllib.request

    end = time.monotonic() + 60
    while b'class="name' not in urllib.request.urlopen(f"{site.sample}1/").read():
        assert time.monotonic() < end, "no name was found"
        time.sleep(0.5)


def name_of(page: Page, slug: str = WILF, *, nth: int = 0) -> Locator:
    """A name in the text."""
    return page.locator(f"article .name[href*='/{slug}/']").nth(nth)


def card(page: Page) -> Locator:
    """What is open."""
    return page.locator("name-card")


def opened(page: Page, site: Site, *, chapter: int = 3, point: str = "9") -> Page:
    """A page of somebody who has read that far."""
    choose(page.context, site.sample, point)
    page.goto(f"{site.sample}{chapter}/")
    page.wait_for_load_state("load")
    return page


def middle(target: Locator) -> tuple[float, float]:
    """Where a pointer would rest on it."""
    box = target.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_a_card_opens_below_the_word_and_can_be_entered(page: Page, site: Site) -> None:
    opened(page, site)
    name = name_of(page)
    name.hover()
    expect(card(page).get_by_role("heading", name="Wilf Oakshott")).to_be_visible()
    word, box = name.bounding_box(), card(page).bounding_box()
    assert word is not None
    assert box is not None
    assert round(box["y"] - word["y"] - word["height"]) in range(4, 9)
    assert box["width"] == 352
    page.mouse.move(*middle(card(page)), steps=8)
    page.wait_for_timeout(700)
    expect(card(page)).to_be_visible()
    page.mouse.move(5, 5, steps=4)
    expect(card(page)).to_have_count(0)
    assert page.evaluate("document.activeElement === document.body")


def test_a_pointer_that_passes_by_opens_nothing(page: Page, site: Site) -> None:
    opened(page, site)
    name_of(page).hover()
    expect(card(page)).to_have_count(1)
    page.mouse.move(5, 5)
    expect(card(page)).to_have_count(0)
    name_of(page).hover()
    page.wait_for_timeout(80)
    page.mouse.move(5, 5)
    page.wait_for_timeout(700)

    expect(card(page)).to_have_count(0)


def test_a_card_says_who_and_leads_on(page: Page, site: Site) -> None:
    opened(page, site)
    name_of(page, nth=2).hover()
    expect(card(page).get_by_role("img", name="Named in")).to_be_visible()
    last = card(page).get_by_role("link", name="Last seen")
    label = last.inner_text().removeprefix("Last seen ")
    last.click()
    page.wait_for_url(f"**#p{label.partition(':')[2]}")

    opened(page, site)
    name_of(page).hover()
    card(page).get_by_role("link", name="Open the page").click()
    page.wait_for_url(f"**/{WILF}/?from=*")
    expect(page.get_by_role("heading", level=1)).to_have_text("Wilf Oakshott")


def test_by_keyboard_a_card_is_entered_and_gives_the_focus_back(page: Page, site: Site) -> None:
    opened(page, site)
    name = name_of(page)
    name.focus()
    page.keyboard.press("Enter")
    expect(card(page)).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('name-card') !== null")
    page.keyboard.press("Escape")
    expect(card(page)).to_have_count(0)
    expect(name).to_be_focused()

    page.keyboard.press("Enter")
    expect(card(page)).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(card(page)).to_have_count(0)
    expect(name).to_be_focused()
    page.keyboard.press("Enter")
    expect(card(page)).to_be_focused()
    for _ in range(card(page).locator("a[href]").count() + 1):
        page.keyboard.press("Tab")
    expect(card(page)).to_have_count(0)
    follows = "(one) => one.compareDocumentPosition(document.activeElement) & Node.DOCUMENT_POSITION_FOLLOWING"
    assert name.evaluate(follows)
    assert page.evaluate("document.activeElement.closest('main') !== null")
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")
    assert page.url == f"{site.sample}3/"


def test_escape_closes_a_card_under_the_pointer(page: Page, site: Site) -> None:
    opened(page, site)
    name_of(page).hover()
    expect(card(page)).to_be_visible()
    page.keyboard.press("Escape")

    expect(card(page)).to_have_count(0)


def test_a_click_keeps_a_card_until_the_next(page: Page, site: Site) -> None:
    opened(page, site)
    name_of(page).click()
    expect(card(page)).to_be_visible()
    page.mouse.move(5, 5, steps=4)
    page.wait_for_timeout(700)
    expect(card(page)).to_be_visible()
    page.mouse.click(5, 300)

    expect(card(page)).to_have_count(0)
    assert page.url == f"{site.sample}3/"


def test_a_click_with_a_key_follows_the_link(page: Page, site: Site) -> None:
    opened(page, site)
    with page.context.expect_page() as new:
        name_of(page).click(modifiers=["ControlOrMeta"])

    assert f"/{WILF}/?from=3:" in new.value.url
    expect(card(page)).to_have_count(0)


def test_a_card_stays_inside_the_window(open_context: OpenContext, site: Site) -> None:
    page = opened(open_context(viewport={"width": 760, "height": 620}).new_page(), site)
    for nth in range(4):
        name = page.locator("article .name").nth(nth * 3)
        name.evaluate(
            "(one, y) => scrollBy({top: one.getBoundingClientRect().top - y, behavior: 'instant'})", 150 * nth + 20
        )
        name.click()
        expect(card(page)).to_be_visible()
        box = card(page).evaluate(
            "one => { const {left, top, right, bottom} = one.getBoundingClientRect(); "
            "return left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight; }"
        )
        assert box, nth
        page.keyboard.press("Escape")


def test_on_a_wide_screen_a_card_joins_the_list(open_context: OpenContext, site: Site) -> None:
    page = opened(open_context(viewport={"width": 1920, "height": 1200}).new_page(), site)
    name_of(page).hover()

    expect(page.locator(f".on-page li:has(> a[href*='/{WILF}/']) > name-card")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(f".on-page li > a[href*='/{WILF}/']")).to_be_visible()


def test_a_tap_opens_a_sheet(phone: Page, site: Site) -> None:
    opened(phone, site)
    name_of(phone).tap()
    sheet = phone.get_by_role("dialog", name="Wilf Oakshott")
    expect(sheet).to_be_visible()
    box = sheet.bounding_box()
    assert box is not None
    assert (box["x"], box["width"], round(box["y"] + box["height"])) == (0, 360, 740)
    sheet.get_by_role("button", name="Close").tap()
    expect(sheet).to_have_count(0)
    name_of(phone).tap()
    expect(sheet).to_be_visible()
    phone.touchscreen.tap(180, 40)
    expect(sheet).to_have_count(0)
    assert phone.url == f"{site.sample}3/"


def test_ordinary_reading_is_never_asked_anything(page: Page, site: Site) -> None:
    page.goto(f"{site.sample}1/")
    seen = 0
    for _ in range(2):
        page.wait_for_load_state("load")
        for name in page.locator("article .name").all()[::8]:
            name.scroll_into_view_if_needed()
            name.hover()
            expect(card(page)).to_be_visible()
            expect(card(page)).not_to_contain_text(QUESTION)
            page.mouse.move(2, 300)
            expect(card(page)).to_have_count(0)
            seen += 1
        page.locator(".page-foot a[rel=next]").click()
    assert seen >= 6


def test_the_list_tells_of_who_comes_later_as_known_here(page: Page, site: Site) -> None:
    page.goto(f"{site.sample}1/")
    links = page.locator(".on-page li:not(.later) > a")
    expect(links.first).to_be_visible()
    for link in links.all():
        link.click()
        expect(card(page)).to_be_visible()
        expect(card(page)).not_to_contain_text(QUESTION)
        page.keyboard.press("Escape")
        expect(card(page)).to_have_count(0)


def test_who_jumped_ahead_is_asked_once(page: Page, site: Site) -> None:
    page.goto(f"{site.sample}4/")
    name = page.locator("article .name").nth(2)
    name.hover()
    expect(card(page)).to_contain_text(QUESTION)
    card(page).get_by_role("link", name="Not yet").click()
    expect(card(page)).to_have_count(0)
    name.click()
    page.mouse.move(5, 5)
    card(page).get_by_role("button", name="Yes").click()
    page.wait_for_url("**#p*")
    name = page.locator("article .name").nth(2)
    name.hover()

    expect(card(page).get_by_role("link", name="Open the page")).to_be_visible()


def test_a_slow_card_that_was_pressed_comes_wherever_the_pointer_goes(page: Page, site: Site) -> None:
    opened(page, site)
    name_of(page).hover()
    expect(card(page)).to_be_visible()
    page.keyboard.press("Escape")
    expect(card(page)).to_have_count(0)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/card/**", hold)
    other = page.locator(f"article .name:not([href*='/{WILF}/'])").first
    with page.expect_request("**/card/**"):
        other.click()
    page.mouse.move(5, 5)
    page.mouse.move(5, 300)
    page.wait_for_timeout(400)
    held[0].continue_()

    expect(card(page)).to_be_visible()


def test_names_as_just_words_open_nothing(page: Page, site: Site) -> None:
    with_look(page.context, site.url, "names:plain")
    opened(page, site)
    page.mouse.move(*middle(name_of(page)))
    page.wait_for_timeout(900)

    expect(card(page)).to_have_count(0)


def test_without_an_answer_a_click_follows_the_link(page: Page, site: Site, problems: Problems) -> None:
    problems.expect("ERR_FAILED")
    opened(page, site)
    page.route("**/card/**", lambda route: route.abort())
    name_of(page).hover()
    page.wait_for_timeout(900)
    expect(card(page)).to_have_count(0)
    name_of(page).click()

    page.wait_for_url(f"**/{WILF}/?from=3:*")


def test_without_scripts_names_lead_to_their_pages(plain_page: Page, site: Site) -> None:
    opened(plain_page, site)
    name_of(plain_page).click()
    expect(plain_page.get_by_role("heading", level=1)).to_have_text("Wilf Oakshott")
    plain_page.goto(f"{site.sample}3/")
    plain_page.get_by_role("link", name="Who was that?", exact=True).locator("visible=true").click()
    expect(plain_page.get_by_role("heading", level=1)).to_have_text("Who was that?")
    plain_page.get_by_label("A name, or part of one").fill("oakshott")
    plain_page.get_by_role("button", name="Look").click()
    expect(plain_page.locator(".who-name")).to_have_text(["Wilf Oakshott"])


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_who_was_that_is_one_tap_with_a_filter(open_context: OpenContext, site: Site, width: int) -> None:
    page = opened(open_context(viewport={"width": width, "height": 800}).new_page(), site)
    opener = page.get_by_role("link", name="Who was that?", exact=True).locator("visible=true")
    opener.click()
    sheet = page.get_by_role("dialog", name="Who was that?")
    expect(sheet.locator(".who-name").first).to_be_visible()
    rows = sheet.locator(".who-list li").locator("visible=true")
    every = rows.count()
    field = sheet.get_by_label("A name, or part of one")
    field.fill("ÓAKS")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("Wilf Oakshott")
    field.fill("zzz")
    expect(rows).to_have_count(0)
    expect(sheet.get_by_role("status")).to_have_text("No name like that as far as you have read.")
    field.fill("")
    expect(rows).to_have_count(every)
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(sheet).to_have_count(0)
    assert page.url == f"{site.sample}3/"


def test_who_was_that_knows_what_was_just_read(page: Page, site: Site) -> None:
    page.goto(f"{site.sample}1/")
    dwell(page)
    page.get_by_role("link", name="Who was that?", exact=True).locator("visible=true").click()

    expect(page.locator("who-sheet .who-name").first).to_be_visible()


@pytest.mark.parametrize("theme", THEMES)
def test_axe_finds_nothing_in_card_and_sheet(open_context: OpenContext, site: Site, theme: str) -> None:
    wrong = {}
    for width in (360, 1280, 1920):
        context = open_context(viewport={"width": width, "height": 1200}, has_touch=width == 360)
        with_look(context, site.url, f"theme:{theme}")
        page = opened(context.new_page(), site)
        name_of(page).click()
        expect(card(page)).to_be_visible()
        wrong[width, "card"] = violations(page)
        page.keyboard.press("Escape")
        page.locator(".who-link").locator("visible=true").click()
        expect(page.locator("who-sheet .who-name").first).to_be_visible()
        wrong[width, "who"] = violations(page)
        page.goto(f"{site.sample.replace('/read/', '/wiki/')}-/who/")
        wrong[width, "page"] = violations(page)
        page.goto(f"{site.sample}3/")
        choose(context, site.sample, "1:1")
        name_of(page).click()
        expect(card(page)).to_be_visible()
        wrong[width, "asked or told"] = violations(page)

    assert {key: found for key, found in wrong.items() if found} == {}
