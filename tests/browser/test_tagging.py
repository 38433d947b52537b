"""Tagging by hand: words selected in the text, a wrong link rejected, doubtful names settled by keyboard."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenContext
from tests.browser.reader import choose, eventually, with_look
from tests.browser.served import Site
from tests.browser.stories import plain
from tests.browser.test_accessible import LOOKS, violations
from tests.browser.test_editor import PHONE, join, wiki

# Where some words of a paragraph stand on the screen: the box of the first of them.
BOX = """([id, words]) => {
    const paragraph = document.getElementById(id), walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const at = node.data.indexOf(words), range = document.createRange();
        if (at < 0) continue;
        range.setStart(node, at);
        range.setEnd(node, at + words.length);
        const { left, right, top, height } = range.getBoundingClientRect();
        return { left, right, middle: top + height / 2 };
    }
}"""
SELECT = """([id, words]) => {
    const paragraph = document.getElementById(id), walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const at = node.data.indexOf(words);
        if (at >= 0) getSelection().setBaseAndExtent(node, at, node, at + words.length);
    }
}"""
HOLDER = """words => [...document.querySelectorAll(".messages [id], .letter [id]")].find(
    (one) => one.textContent.includes(words)).id"""
# Each is tagged in one test only, since the site is the same for all of them: 6:3 names nobody but Mary.
POINT, WORDS = "6:3", "the bulb"


@pytest.fixture
def tagger(open_context: OpenContext, site: Site) -> Page:
    return join(open_context(), site).new_page()


def drag(page: Page, paragraph: str, words: str) -> None:
    """Select words with the mouse."""
    page.locator(f"#{paragraph}").scroll_into_view_if_needed()
    box = page.evaluate(BOX, [paragraph, words])
    page.mouse.move(box["left"] + 1, box["middle"])
    page.mouse.down()
    page.mouse.move(box["right"] - 1, box["middle"], steps=4)
    page.mouse.up()


def test_words_are_selected_tagged_and_taken_back(tagger: Page, site: Site) -> None:
    tagger.goto(f"{site.sample}6/")
    drag(tagger, "p3", WORDS)
    bar = tagger.locator(".paragraph-bar")
    bar.get_by_role("link", name="Tag as").click()
    expect(tagger.get_by_role("heading", level=1)).to_have_text("Who or what is “the bulb”?")
    expect(tagger.locator("mark")).to_have_text(WORDS)
    tagger.get_by_label("setting").check()
    tagger.get_by_role("button", name="The Electra").click()

    tagger.wait_for_url("**#p3")
    said = tagger.get_by_role("region", name="What was done")
    expect(said).to_contain_text("Tagged as The Electra.")
    expect(said).to_be_in_viewport()
    expect(tagger.locator("#p3 a.name", has_text=WORDS)).to_have_attribute(
        "href", re.compile(r"/the-electra/\?from=6:3$")
    )
    said.get_by_role("button", name="Undo").click()
    tagger.wait_for_url("**#p3")
    expect(said).to_contain_text("Taken back.")
    expect(tagger.locator("#p3 a.name", has_text=WORDS)).to_have_count(0)
    tagger.reload()
    expect(said).to_have_count(0)


def test_a_selection_beyond_one_paragraph_tags_nothing_and_copies_as_ever(tagger: Page, site: Site) -> None:
    tagger.context.grant_permissions(["clipboard-read", "clipboard-write"])
    tagger.goto(f"{site.sample}6/")
    bar = tagger.locator(".paragraph-bar").get_by_role("link", name="Tag as")
    tagger.evaluate(
        "getSelection().setBaseAndExtent(document.getElementById('p1'), 0, document.getElementById('p3'), 1)"
    )
    tagger.wait_for_timeout(500)
    expect(bar).to_be_hidden()
    tagger.evaluate("getSelection().empty()")  # else the mouse would drag the words away
    drag(tagger, "p3", WORDS)
    expect(bar).to_be_visible()
    tagger.keyboard.press("Control+C")
    assert tagger.evaluate("navigator.clipboard.readText()") == WORDS
    tagger.locator("#p2").click(position={"x": 5, "y": 5})
    expect(bar).to_be_hidden()


@pytest.mark.parametrize(("paragraph", "words"), [("p1", "address"), ("p3", "Mary"), ("p3", "flex. She")])
def test_offsets_are_those_of_the_text(tagger: Page, site: Site, paragraph: str, words: str) -> None:
    tagger.goto(f"{site.sample}6/")
    tagger.evaluate(SELECT, [paragraph, words])
    tagger.locator(".paragraph-bar").get_by_role("link", name="Tag as").click()

    expect(tagger.locator("mark")).to_have_text(words)


def test_offsets_in_messages_and_in_letters(open_context: OpenContext, site: Site) -> None:
    story = site.story("difficult")
    page = join(open_context(), site).new_page()
    choose(page.context, story, "2")
    page.goto(f"{story}1/")
    found = {}
    for words in ("hello", "Short", "February", "Words of"):
        identity = page.evaluate(HOLDER, words)
        page.evaluate(SELECT, [identity, words])
        page.wait_for_timeout(400)
        address = page.locator("[data-tag]").get_attribute("href")
        answer = page.context.request.get(address).text() if address else ""
        marked = re.search(r"<mark>(.*?)</mark>", answer)
        found[words] = marked[1] if marked else address

    assert found == {words: words for words in found}


def test_a_wrong_link_is_rejected(tagger: Page, site: Site) -> None:
    tagger.goto(f"{site.sample}6/")
    names = tagger.locator("#p1 a.name", has_text="Jonah")
    expect(names).to_have_count(1)
    tagger.goto(f"{wiki(site)}jonah-pell/tagging/?at=6:1")
    tagger.get_by_role("button", name="Not this one").click()
    tagger.wait_for_url("**#p1")
    said = tagger.get_by_role("region", name="What was done")
    expect(said).to_contain_text("Marked as not Jonah Pell.")
    expect(names).to_have_count(0)
    said.get_by_role("button", name="Undo").click()
    expect(names).to_have_count(1)


def test_a_rejected_link_stays_rejected_through_another_edition(tagger: Page, site: Site) -> None:
    story = site.story("far-harbour")
    choose(tagger.context, story, "5")
    tagger.goto(f"{story.replace('/read/', '/wiki/')}-/new/?name=Chapter&at=1:1")
    tagger.locator("#body").fill("It is told of. {1:1}")
    tagger.get_by_role("button", name="Save").click()
    expect(tagger.get_by_text("Saved.")).to_be_visible()
    first, second = (tagger.locator(f"#p{number} a.name") for number in (1, 2))

    def linked() -> int:
        tagger.goto(f"{story}1/")
        return second.count()

    assert eventually(tagger, linked, 1) == 1
    tagger.goto(f"{story.replace('/read/', '/wiki/')}chapter/tagging/?at=1:1")
    tagger.get_by_role("button", name="Not this one").click()
    tagger.wait_for_url("**#p1")
    expect(first).to_have_count(0)

    text = plain(title="Far Harbour", paragraphs=6)
    opening = next(line for line in text.splitlines() if line.startswith("Chapter"))
    site.take("far-harbour", text.replace(opening, f"Again and again: {opening}", 1))

    def said() -> str:
        tagger.goto(f"{story}1/")
        return tagger.locator("#p1").inner_text()

    assert eventually(tagger, said, lambda words: words.startswith("Again")).startswith("Again")
    expect(second).to_have_count(1)
    expect(first).to_have_count(0)


def doubtful(page: Page, site: Site) -> str:
    """The list of a wiki in which two entries go by the first word of each of 150 paragraphs."""
    story = site.story("two-lanterns")
    choose(page.context, story, "5")
    address = story.replace("/read/", "/wiki/")
    for title in ("Anvil", "Beacon"):
        page.goto(f"{address}-/new/?name={title}&at=1:1")
        page.get_by_role("button", name="Add a name").click()
        page.locator("[name^=names-][name$=-text]").last.fill("Chapter")
        page.locator("[name^=names-][name$=-since]").last.fill("1:1")
        page.locator("#body").fill("It is told of. {1:1}")
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_text("Saved.")).to_be_visible()
    listed = f"{address}-/doubtful/"
    page.goto(listed)

    def count() -> str:
        page.reload()
        return page.locator("h1").inner_text()

    assert eventually(page, count, lambda said: "150" in said).split()[-1] == "150"
    return listed


def test_doubtful_names_are_settled_by_keyboard(tagger: Page, site: Site) -> None:
    listed = doubtful(tagger, site)
    keys, here, count = tagger.keyboard, tagger.locator(".doubt-keys-here"), tagger.locator("h1 .count")
    expect(tagger.locator(".doubt-hint")).to_be_visible()
    expect(tagger.locator(".doubt")).to_have_count(20)
    keys.press("j")
    keys.press("ArrowDown")
    expect(here).to_have_id("doubt-2")
    keys.press("k")
    keys.press("j")
    expect(here.locator("a.cite")).to_have_text("1:2")
    keys.press("2")
    expect(tagger.locator(".told")).to_contain_text("Tagged as")
    expect(count).to_have_text("149")
    expect(here.locator("a.cite")).to_have_text("1:3")
    expect(here).to_be_in_viewport()
    keys.press("0")
    expect(tagger.locator(".told")).to_contain_text("Marked as none of them.")
    expect(count).to_have_text("148")
    keys.press("u")
    expect(tagger.locator(".told")).to_contain_text("Taken back.")
    expect(count).to_have_text("149")
    keys.press("ArrowUp")
    for _ in range(25):
        keys.press("j")
    expect(tagger.get_by_role("link", name="Go on")).to_be_focused()
    keys.press("Enter")
    expect(tagger).to_have_url(f"{listed}?after=20")
    expect(tagger.locator(".doubt a.cite").first).to_have_text("1:22")

    # The same without scripts, on a phone's width.
    plain = tagger.context.browser
    assert plain
    context = plain.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    context.add_cookies(tagger.context.cookies())  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(listed)
    expect(page.locator(".doubt-hint")).to_be_hidden()
    page.locator("#doubt-1").get_by_role("button", name="None of them").click()
    expect(page.locator(".told")).to_contain_text("Marked as none of them.")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".told")).to_contain_text("Taken back.")
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    context.close()


def test_without_scripts_words_are_typed(open_context: OpenContext, site: Site) -> None:
    page = join(open_context(java_script_enabled=False, viewport={"width": 360, "height": 740}), site).new_page()
    page.goto(f"{site.sample}bookmarks/?at=6:2")
    page.get_by_role("link", name="Tag words of it").click()
    page.get_by_label("The words, as they stand in the paragraph").fill("it")
    page.get_by_role("button", name="Go on").click()
    expect(page.locator("figure mark")).to_have_text("It", ignore_case=True)
    page.get_by_label("Somebody or something else").fill("The Electra")
    page.get_by_role("button", name="Tag", exact=True).click()
    expect(page.get_by_role("region", name="What was done")).to_contain_text("Tagged as The Electra.")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("region", name="What was done")).to_contain_text("Taken back.")


def test_on_a_phone_words_are_tagged(open_context: OpenContext, site: Site) -> None:
    page = join(open_context(**PHONE), site).new_page()
    page.goto(f"{site.sample}6/")
    page.evaluate(SELECT, ["p3", "flex"])
    page.locator(".paragraph-bar").get_by_role("link", name="Tag as").tap()
    expect(page.locator("mark")).to_have_text("flex")
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    page.get_by_role("link", name="Back to the text").tap()
    page.wait_for_url("**#p3")


@pytest.mark.parametrize(("theme", "width"), LOOKS)
def test_axe_finds_nothing_on_the_pages_for_tagging(
    open_context: OpenContext, site: Site, theme: str, width: int
) -> None:
    page = join(open_context(viewport={"width": width, "height": 900}), site).new_page()
    with_look(page.context, site.url, f"theme:{theme}")
    wrong = {}
    for path in ("-/tag/?at=6:1&start=30&end=35", "-/tag/?at=6:1&words=t", "jonah-pell/tagging/?at=6:1", "-/doubtful/"):
        page.goto(f"{wiki(site)}{path}")
        if found := violations(page):
            wrong[path] = found

    assert wrong == {}
