"""A reader and the wiki beside the story: it knows what was read, grows with it, and can be drawn back."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenContext, Problems
from tests.browser.reader import choose, dwell, eventually, reached, with_look
from tests.browser.served import Site
from tests.browser.test_accessible import LOOKS, violations

WIDTHS = (360, 1280)
SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])
WIDE = pytest.mark.parametrize("width", WIDTHS)
UNMET, UNKNOWN, WOMAN, INES = "jonah-pell", "a-name-of-nobody", "the-woman-in-the-grey-coat", "ines-tarrant"


def wiki(site: Site) -> str:
    """The portal's address."""
    return site.sample.replace("/read/", "/wiki/")


def opened(open_context: OpenContext, *, width: int = 1280, scripts: bool = True) -> Page:
    """A window of a new visitor."""
    return open_context(viewport={"width": width, "height": 900}, java_script_enabled=scripts).new_page()


def read_chapter(page: Page, site: Site, chapter: int, *, scripts: bool) -> None:
    """Read every page of a chapter to its end, the eye resting on each screenful."""
    told = f"You have read as far as chapter {chapter}."
    page.goto(f"{site.sample}{chapter}/")
    while True:
        end = 0 if not scripts else page.evaluate("document.documentElement.scrollHeight")
        for top in range(0, end, 800):
            page.evaluate("top => scrollTo({top, behavior: 'instant'})", top)
            dwell(page)
        onward = page.locator(".page-foot a[rel=next]")
        if f"{site.sample}{chapter}/" not in f"{site.url}{onward.get_attribute('href')}":
            break
        onward.click()
        page.wait_for_load_state("load")
    if scripts:
        page.goto(site.sample)  # leaving the text reports the rest
    assert eventually(page, lambda: reached(page.context, site.sample), told) == told


def index(page: Page, kind: str) -> list[str]:
    """The names under a heading of the portal's index, whose count must be theirs."""
    section = page.get_by_role("region", name=kind)
    names = section.locator("ul").get_by_role("link").all_inner_texts()
    assert section.locator(".count").inner_text() == str(len(names))
    return names


@SCRIPTS
@WIDE
def test_the_wiki_grows_with_what_is_read(open_context: OpenContext, site: Site, width: int, scripts: bool) -> None:
    page = opened(open_context, width=width, scripts=scripts)
    page.goto(wiki(site))
    expect(page.get_by_role("heading", level=1)).to_have_text("Still blank")
    assert page.locator(".index, .recent, [href*='/-/kind/']").count() == 0
    page.get_by_role("link", name="Begin reading").click()
    expect(page).to_have_url(f"{site.sample}1/")

    read_chapter(page, site, 1, scripts=scripts)
    page.goto(f"{site.sample}1/")
    page.get_by_role("link", name="Wiki", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("All you have met so far")
    after_one = index(page, "Characters")
    assert {"Ines Tarrant", "The woman in the grey coat"} <= set(after_one)
    assert not {"Jonah Pell", "Grace Frost"} & set(after_one)
    assert after_one == sorted(after_one, key=lambda name: name.removeprefix("The ").casefold())

    read_chapter(page, site, 2, scripts=scripts)
    page.goto(wiki(site))
    assert set(index(page, "Characters")) > {*after_one, "Jonah Pell"}
    page.get_by_role("region", name="Recently met").get_by_role("link").first.click()
    expect(page.locator(".entry-facts").get_by_text("First met")).to_have_count(1)


def test_a_title_changes_where_the_story_tells_it(page: Page, site: Site) -> None:
    titles = []
    for point in ("6:75", "6:76"):
        choose(page.context, site.sample, point)
        page.goto(f"{wiki(site)}{WOMAN}/")
        titles.append((page.get_by_role("heading", level=1).inner_text(), "Grace Frost" in page.content()))

    assert titles == [("The woman in the grey coat", False), ("Grace Frost", True)]


def test_an_unmet_entry_is_the_same_404_as_an_unknown_one(page: Page, site: Site, problems: Problems) -> None:
    problems.expect("404")
    choose(page.context, site.sample, "1")
    answers = []
    for slug in (UNMET, UNKNOWN):
        answer = page.goto(f"{wiki(site)}{slug}/")
        assert answer is not None
        answers.append((answer.status, answer.text().replace(slug, "…")))
    expect(page.get_by_role("heading", level=1)).to_have_text("Not here (yet)")
    expect(page.get_by_role("navigation", name="Main").get_by_role("link", name="Wiki")).to_have_attribute(
        "aria-current", "true"
    )

    assert answers[0] == answers[1]
    assert answers[0][0] == 404


@SCRIPTS
def test_a_link_ahead_asks_one_question(
    open_context: OpenContext, site: Site, problems: Problems, scripts: bool
) -> None:
    problems.expect("404")
    page = opened(open_context, scripts=scripts)
    choose(page.context, site.sample, "1")
    asked = [page.context.request.get(f"{wiki(site)}{slug}/?from=2:6").text() for slug in (UNMET, UNKNOWN)]
    assert asked[0].replace(UNMET, "…") == asked[1].replace(UNKNOWN, "…")

    page.goto(f"{wiki(site)}{UNMET}/?from=2:6")
    expect(page.get_by_role("heading", level=1)).to_have_text("Have you read up to here?")
    page.get_by_role("button", name="Yes, I have read up to here").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Jonah Pell")
    page.goto(f"{wiki(site)}{UNKNOWN}/?from=2:6")
    expect(page.get_by_role("heading", level=1)).to_have_text("Not here (yet)")


def test_the_ribbon_is_drawn_back_and_no_further_on(page: Page, site: Site) -> None:
    choose(page.context, site.sample, "6")
    address = f"{wiki(site)}{INES}/"
    page.goto(address)
    slider = page.get_by_role("slider", name="As of chapter")
    assert slider.evaluate("one => [one.min, one.max, one.value, one.ariaValueText]") == ["1", "6", "6", "chapter 6"]
    slider.press("ArrowLeft")
    slider.press("ArrowLeft")
    expect(page).to_have_url(f"{address}?as=4")
    expect(slider).to_be_focused()
    expect(page.get_by_role("heading", name="The letter")).to_have_count(0)
    expect(page.locator(".ribbon-outlined")).to_contain_text("4")
    slider.fill("1")
    expect(page).to_have_url(f"{address}?as=1")
    page.get_by_role("link", name="Back to chapter 6").click()
    expect(page).to_have_url(address)
    expect(page.get_by_role("heading", name="The letter")).to_be_visible()

    page.goto(f"{address}?as=9")
    expect(page.locator(".ribbon")).to_contain_text("6")
    expect(page.locator(".ribbon-outlined")).to_have_count(0)
    assert "at low water" not in page.content().lower()


def test_without_scripts_a_choice_draws_it_back(plain_page: Page, site: Site) -> None:
    choose(plain_page.context, site.sample, "6")
    plain_page.goto(f"{wiki(site)}{INES}/")
    choice = plain_page.get_by_label("As of chapter")
    assert choice.locator("option").all_inner_texts() == list("123456")
    choice.select_option("3")
    plain_page.get_by_role("button", name="Show", exact=True).click()

    expect(plain_page).to_have_url(f"{wiki(site)}{INES}/?as=3")
    expect(plain_page.get_by_role("link", name="Back to chapter 6")).to_be_visible()
    expect(plain_page.locator(".ribbon-outlined")).to_contain_text("3")


@SCRIPTS
@pytest.mark.parametrize("look", ["turn:pages", "turn:scroll"])
def test_a_citation_leads_to_its_paragraph_and_back(
    open_context: OpenContext, site: Site, look: str, scripts: bool
) -> None:
    page = opened(open_context, width=360, scripts=scripts)
    with_look(page.context, site.url, look)
    choose(page.context, site.sample, "6")
    address = f"{wiki(site)}{INES}/"
    for place in (".entry-facts", ".entry-body"):
        page.goto(address)
        cite = page.locator(f"{place} a.cite").first
        number = cite.inner_text().partition(":")[2]
        cite.click()
        expect(page.locator(f"#p{number}")).to_be_in_viewport()
        back = page.get_by_role("link", name="Back to Ines Tarrant")
        expect(back).to_be_in_viewport()
        back.click()
        expect(page).to_have_url(address)


@SCRIPTS
def test_a_phone_folds_the_facts_and_a_desk_does_not(open_context: OpenContext, site: Site, scripts: bool) -> None:
    seen = []
    for width in WIDTHS:
        page = opened(open_context, width=width, scripts=scripts)
        choose(page.context, site.sample, "6")
        page.goto(f"{wiki(site)}{INES}/")
        rows = page.locator(".entry-facts > div")
        folded = rows.filter(visible=True).count()
        if width == 360:
            page.get_by_role("link", name="more facts").click()
        seen.append((folded == rows.count(), rows.filter(visible=True).count() == rows.count()))

    assert seen == [(False, True), (True, True)]


@pytest.mark.parametrize(("theme", "width"), LOOKS)
def test_axe_finds_nothing_in_the_wiki(
    open_context: OpenContext, site: Site, problems: Problems, theme: str, width: int
) -> None:
    problems.expect("404")
    page = opened(open_context, width=width)
    with_look(page.context, site.url, f"theme:{theme}")
    wrong = {}
    for point, paths in {
        "0": ("", f"{INES}/"),
        "6": ("", "-/kind/character/", f"{INES}/", f"{INES}/?as=3", f"{INES}/?from=9:1"),
        "all": ("the-electra/", "the-electra/?as=2"),
    }.items():
        choose(page.context, site.sample, point)
        for path in paths:
            page.goto(f"{wiki(site)}{path}")
            if found := violations(page):
                wrong[point, path] = found

    assert wrong == {}
