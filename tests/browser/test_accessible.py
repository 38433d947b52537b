"""Axe finds nothing, on every kind of page and in every theme; and paper gets the text alone."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Problems
from tests.browser.reader import choose, pages_of, with_look
from tests.browser.served import Site

AXE = (Path(__file__).parent / "vendor" / "axe-core" / "axe.min.js").read_text("utf-8")
RUN = f"async () => {{ {AXE}; return await window.axe.run(document, {{resultTypes: ['violations']}}); }}"
COPIED = "The link is copied."
THEMES = ("light", "sepia", "dark", "black")
LOOKS = (("light", 1280), ("sepia", 360), ("dark", 360), ("black", 1280))
"""Every theme once, and each width in a light one and in a dark one."""


def violations(page: Page) -> list[str]:
    """Each rule that is broken, with the elements that break it."""
    found: dict[str, Any] = page.evaluate(RUN)
    return [f"{one['id']}: {node['html'][:140]}" for one in found["violations"] for node in one["nodes"]]


@pytest.mark.parametrize("theme", THEMES)
def test_axe_finds_nothing_on_any_page(page: Page, site: Site, problems: Problems, theme: str) -> None:
    problems.expect("404")
    with_look(page.context, site.url, f"theme:{theme}")
    choose(page.context, site.story("difficult"), "1")
    wrong = {}
    for address in [*pages_of(site.url, site.story("difficult")), f"{site.sample}6/", f"{site.story()}4/"]:
        page.goto(address)
        if found := violations(page):
            wrong[address.removeprefix(site.url)] = found

    assert wrong == {}


@pytest.mark.parametrize("theme", ["light", "black"])
def test_axe_finds_nothing_on_a_phone(phone: Page, site: Site, theme: str) -> None:
    with_look(phone.context, site.url, f"theme:{theme}")
    wrong = {}
    for address in (site.url, site.sample, f"{site.sample}1/", f"{site.story()}4/", f"{site.story('hebrew')}1/"):
        phone.goto(address)
        if found := violations(phone):
            wrong[address.removeprefix(site.url)] = found

    assert wrong == {}


@pytest.mark.parametrize("theme", THEMES)
def test_axe_finds_nothing_in_the_sheet_and_the_bar(page: Page, site: Site, theme: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    with_look(page.context, site.url, f"theme:{theme}")
    page.goto(f"{site.story()}1/")
    page.get_by_text("Chapter 1, paragraph 3:").hover()
    page.locator("#p3 .n").click()
    expect(page.get_by_role("status")).to_have_text(COPIED)
    bar = violations(page)
    page.keyboard.press("Escape")
    page.get_by_role("link", name="How it looks").click()
    expect(page.get_by_role("dialog")).to_be_visible()

    assert (bar, violations(page)) == ([], [])


def test_paper_gets_the_text_and_nothing_around_it(page: Page, site: Site) -> None:
    choose(page.context, site.story(), "1")
    with_look(page.context, site.url, "theme:dark")
    page.goto(f"{site.story()}1/")
    page.emulate_media(media="print")

    expect(page.get_by_text("Chapter 1, paragraph 1:")).to_be_visible()
    expect(page.locator("article p").first).to_have_css("color", "rgb(0, 0, 0)")
    for hidden in (".site-header", ".site-footer", ".page-foot", ".foot-bar", ".page-list"):
        expect(page.locator(hidden)).to_be_hidden()
