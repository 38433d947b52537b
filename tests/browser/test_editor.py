"""People write in the wiki: by keyboard alone, on a phone, without scripts, two at once; and nothing typed is lost."""

import re
from base64 import b64encode

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import OpenContext, Problems
from tests.browser.reader import choose, eventually, with_look
from tests.browser.served import Site
from tests.browser.test_accessible import THEMES, violations
from tests.wiki.packs import png

INES = "ines-tarrant"
PHRASE = "quiet harbour lamp 1951"
PASTE = """(field, data) => {
    const file = new File([Uint8Array.from(atob(data), (one) => one.charCodeAt(0))], "a.png", { type: "image/png" });
    const clipboardData = new DataTransfer();
    clipboardData.items.add(file);
    field.focus();
    field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}"""
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
OFFERS = "#offers [role=option]"
names = iter(f"writer_{number}" for number in range(1000))


def wiki(site: Site) -> str:
    return site.sample.replace("/read/", "/wiki/")


def edit(site: Site, slug: str = INES) -> str:
    return f"{wiki(site)}{slug}/edit/"


def join(context: BrowserContext, site: Site, point: str = "6") -> BrowserContext:
    """Make an account in this browser, and say how far it has read."""
    name, page = next(names), context.new_page()
    page.goto(f"{site.url}/account/signup/")
    page.locator("[name=username]").fill(name)
    page.locator("[name=email]").fill(f"{name}@example.org")
    page.locator("[name=password1]").fill(PHRASE)
    page.locator("main form button").first.click()
    expect(page.locator(".account-word")).to_have_text(name)
    page.close()
    choose(context, site.sample, point)
    return context


def new_entry(page: Page, site: Site, name: str, body: str) -> str:
    """Write an entry of one's own for a test, and give its address."""
    page.goto(f"{wiki(site)}-/new/?name={name}")
    page.get_by_label("Known from").fill("1:2")
    page.locator("#body").fill(body)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    return page.url


def saves(page: Page, entry: str) -> int:
    """How many saves the history of an entry lists."""
    page.goto(f"{entry}history/")
    return page.locator("main time").count()


@pytest.fixture
def writer(open_context: OpenContext, site: Site) -> Page:
    return join(open_context(), site).new_page()


def test_editor_by_keyboard_alone(writer: Page, site: Site) -> None:
    entry = new_entry(writer, site, "Keyboard", "Begins. {1:2}")
    writer.goto(f"{entry}edit/")
    body, keys = writer.locator("#body"), writer.keyboard
    while writer.evaluate("document.activeElement.id") != "body":
        keys.press("Tab")
    keys.press("Control+End")
    keys.type("\nShe knows [[jonah p")
    expect(writer.locator(OFFERS, has_text="Jonah Pell").first).to_be_visible()
    keys.press("Enter")
    keys.type(" well. {")
    expect(writer.locator(OFFERS).nth(1)).to_be_visible()
    keys.press("ArrowDown")
    chosen = writer.locator("[role=option][aria-selected=true]")
    point = chosen.locator("span").first.inner_text()
    keys.press("Enter")
    expect(body).to_have_value(f"Begins. {{1:2}}\n\nShe knows [[Jonah Pell]] well. {{{point}}}")
    expect(writer.locator(".preview-gate b").last).to_have_text(f"Shows from {point}", use_inner_text=False)
    keys.press("Tab")
    expect(writer.get_by_role("region", name="Preview")).to_be_focused()
    keys.press("Tab")
    expect(writer.get_by_label("What you changed")).to_be_focused()
    keys.type("By hand")
    keys.press("Tab")
    expect(writer.get_by_role("button", name="Save")).to_be_focused()
    keys.press("Enter")
    expect(writer).to_have_url(entry)
    expect(writer.locator(".entry-body")).to_contain_text("She knows Jonah Pell well.")


def test_editor_field_gives_up_tab_and_escape(writer: Page, site: Site) -> None:
    writer.goto(edit(site))
    before = writer.locator("#body").input_value()
    writer.locator("#body").focus()
    writer.keyboard.press("Escape")
    writer.keyboard.press("Shift+Tab")

    expect(writer.locator("#body")).not_to_be_focused()
    assert writer.locator("#body").input_value() == before


def test_editor_tools_write_and_undo_takes_back(writer: Page, site: Site) -> None:
    writer.goto(f"{wiki(site)}-/new/")
    body = writer.locator("#body")
    body.focus()
    writer.keyboard.type("one two")
    writer.keyboard.press("Shift+Control+ArrowLeft")
    writer.get_by_role("button", name="Bold").click()
    expect(body).to_have_value("one **two**")
    writer.keyboard.press("Control+z")
    expect(body).to_have_value("one two")
    body.press("Control+End")
    writer.get_by_role("button", name="Link").click()
    expect(body).to_have_value("one two[[")
    expect(writer.get_by_role("listbox")).to_be_visible()
    name = writer.locator(OFFERS).first.locator("span").first.inner_text()
    writer.locator(OFFERS).first.click()
    expect(body).to_have_value(f"one two[[{name}]]")
    writer.keyboard.press("Control+z")
    expect(body).to_have_value("one two[[")


def test_editor_preview_says_from_when_while_one_types(writer: Page, site: Site) -> None:
    writer.goto(f"{wiki(site)}-/new/")
    writer.locator("#body").fill("Cited. {2:3}\n\nSaid by nobody. [[Nobody There]]")
    gates = writer.locator(".preview-gate")

    expect(gates.nth(0)).to_contain_text("cites 2:3")
    expect(gates.nth(1)).to_contain_text("stamped 6")
    expect(gates.nth(1)).to_contain_text("“Nobody There” leads to no page yet.")
    expect(writer.locator("[data-looks-said]")).to_have_text("2 things to look at")
    writer.locator("#body").fill("Cited. {2:3}\n\n::: since 3\nOpen")
    expect(writer.locator(".preview-slip")).to_contain_text("Line 3:")
    expect(gates.nth(0)).to_contain_text("cites 2:3")


def test_editor_preview_never_shows_a_page_to_sign_in(writer: Page, site: Site, problems: Problems) -> None:
    problems.expect("401")
    writer.goto(edit(site))
    expect(writer.locator(".preview-block").first).to_be_visible()
    writer.context.clear_cookies(name="sessionid")
    writer.locator("#body").press("Control+End")
    writer.keyboard.type(" More.")

    expect(writer.locator("[data-preview-said]")).to_contain_text("You are signed out")
    assert writer.locator("[data-preview-said] input, .markdownx-preview input").count() == 0


def test_editor_mends_what_nothing_dates_by_one_press(writer: Page, site: Site) -> None:
    writer.goto(f"{wiki(site)}-/new/")
    body, gates = writer.locator("#body"), writer.locator(".preview-gate b")
    body.fill("Cited. {2:3}\n\nSaid by nobody.\n\nLast. {1:4}")
    expect(gates.nth(1)).to_have_text("Shows from 6", use_inner_text=False)
    writer.get_by_role("button", name="Cite 2:3").click()

    expect(body).to_have_value("Cited. {2:3}\n\nSaid by nobody. {2:3}\n\nLast. {1:4}")
    expect(gates.nth(1)).to_have_text("Shows from 2:3", use_inner_text=False)
    expect(writer.locator("cite-mend")).to_have_count(0)
    writer.keyboard.press("Control+z")
    expect(body).to_have_value("Cited. {2:3}\n\nSaid by nobody.\n\nLast. {1:4}")
    body.fill("Said by nobody.")
    offered = writer.get_by_role("button", name=re.compile("^Cite 6:"))
    expect(offered).to_be_visible()


def test_editor_takes_a_pasted_and_a_chosen_picture(writer: Page, site: Site) -> None:
    writer.goto(f"{wiki(site)}-/new/")
    body, shown = writer.locator("#body"), writer.locator(".preview-html img")
    body.evaluate(PASTE, b64encode(png("red")).decode())
    expect(body).to_have_value(re.compile(r"^!\[what the picture shows\]\(image:[\w-]+\)\n$"))
    writer.keyboard.type("A red wall")
    expect(shown).to_have_attribute("alt", "A red wall")
    assert eventually(writer, lambda: shown.evaluate("image => image.naturalWidth > 0"), True)
    body.press("Control+End")
    with writer.expect_file_chooser() as chooser:
        writer.get_by_role("button", name="Add a picture").click()
    chooser.value.set_files({"name": "b.png", "mimeType": "image/png", "buffer": png("blue")})

    expect(shown).to_have_count(2)
    assert eventually(writer, lambda: shown.nth(1).evaluate("image => image.naturalWidth > 0"), True)


def test_editor_asks_what_a_portrait_shows(writer: Page, site: Site, problems: Problems) -> None:
    problems.expect("422")
    entry = new_entry(writer, site, "Pictured", "Begins. {1:2}")
    writer.goto(f"{entry}edit/")
    with writer.expect_file_chooser() as chooser:
        writer.get_by_role("button", name="Choose a picture").click()
    chooser.value.set_files({"name": "a.png", "mimeType": "image/png", "buffer": png("red")})
    alt = writer.get_by_label("What it shows")
    expect(alt).to_be_focused()
    expect(writer.locator("[name^=pictures-][name$=-image]")).not_to_have_value("")
    writer.get_by_role("button", name="Save").click()
    expect(writer.locator("#said")).to_contain_text("one thing needs another look")
    alt.first.fill("A red wall")
    writer.get_by_role("button", name="Save").click()

    expect(writer).to_have_url(entry)
    portrait = writer.get_by_role("img", name="A red wall")
    expect(portrait).to_be_visible()
    assert eventually(writer, lambda: portrait.evaluate("image => image.naturalWidth > 0"), True)


def test_editor_saves_after_signing_in_again_elsewhere(writer: Page, site: Site, problems: Problems) -> None:
    problems.expect("401|403")
    entry = new_entry(writer, site, "Elsewhere", "Begins. {1:2}")
    name = writer.locator(".account-word").inner_text()
    writer.goto(f"{entry}edit/")
    writer.locator("#body").fill("Begins again. {1:2}")
    writer.context.clear_cookies(name="sessionid")
    writer.context.clear_cookies(name="csrftoken")
    writer.get_by_role("button", name="Save").click()
    expect(writer.locator("[data-kept-said]")).to_contain_text("You are signed out")
    expect(writer.locator("#body")).to_have_value("Begins again. {1:2}")
    other = writer.context.new_page()
    other.goto(f"{site.url}/account/login/")
    other.locator("[name=login]").fill(name)
    other.locator("[name=password]").fill(PHRASE)
    other.locator("main form button").first.click()
    expect(other.locator(".account-word")).to_have_text(name)
    writer.get_by_role("button", name="Save").click()

    expect(writer).to_have_url(entry)
    expect(writer.locator(".entry-body")).to_contain_text("Begins again.")


def test_editor_draft_survives_a_closed_window(writer: Page, site: Site) -> None:
    entry = new_entry(writer, site, "Drafted", "Begins. {1:2}")
    writer.goto(f"{entry}edit/")
    writer.get_by_role("button", name="Add a name").click()
    writer.keyboard.type("The Other")
    writer.locator("#body").fill("Begins otherwise. {1:2}")
    expect(writer.locator("[data-kept-said]")).to_contain_text("Draft kept")
    context = writer.context
    writer.close()

    page = context.new_page()
    page.goto(f"{entry}edit/")
    expect(page.locator("#body")).to_have_value("Begins. {1:2}\n")
    page.get_by_role("button", name="Take it up again").click()
    expect(page.locator("#body")).to_have_value("Begins otherwise. {1:2}")
    expect(page.get_by_label("Name", exact=True).nth(1)).to_have_value("The Other")
    page.get_by_role("button", name="Save").click()
    expect(page).to_have_url(entry)
    expect(page.locator(".entry-body")).to_contain_text("Begins otherwise.")
    page.goto(f"{entry}edit/")
    expect(page.locator("#body")).to_have_value("Begins otherwise. {1:2}\n")
    expect(page.get_by_role("button", name="Take it up again")).to_have_count(0)


def test_editor_stays_while_the_site_is_away(writer: Page, site: Site, problems: Problems) -> None:
    problems.expect("ERR_INTERNET_DISCONNECTED")
    writer.goto(edit(site))
    expect(writer.locator(".preview-block").first).to_be_visible()
    writer.locator("#body").fill("Written in a tunnel. {1:2}")
    writer.context.set_offline(True)
    writer.get_by_role("button", name="Save").click()

    expect(writer.locator("[data-kept-said]")).to_contain_text("The site cannot be reached just now.")
    expect(writer.locator("#body")).to_have_value("Written in a tunnel. {1:2}")
    writer.context.set_offline(False)


def test_editor_of_two_people_at_once_loses_nothing(open_context: OpenContext, site: Site, problems: Problems) -> None:
    problems.expect("409")
    first, second = (join(open_context(), site).new_page() for _ in range(2))
    entry = new_entry(first, site, "Disputed", "He waits at the door. {1:2}\n\nIt rains. {1:3}")
    for page in (first, second):
        page.goto(f"{entry}edit/")
    first.locator("#body").fill("He waits at the green door. {1:2}\n\nIt rains. {1:3}")
    second.locator("#body").fill("He waits at the red door. {1:2}\n\nIt rains hard. {1:3}")
    first.get_by_role("button", name="Save").click()
    expect(first.get_by_text("Saved.")).to_be_visible()
    second.get_by_role("button", name="Save").click()

    expect(second.get_by_role("heading", name="Somebody else changed the same words")).to_be_visible()
    expect(second.locator(".clash")).to_contain_text("He waits at the green door.")
    expect(second.locator("#body")).to_have_value("He waits at the red door. {1:2}\n\nIt rains hard. {1:3}")
    second.locator("#body").fill("He waits at the green or red door. {1:2}\n\nIt rains hard. {1:3}")
    second.get_by_role("button", name="Save").click()
    expect(second).to_have_url(entry)
    expect(second.locator(".entry-body")).to_contain_text("green or red door")
    expect(second.locator(".entry-body")).to_contain_text("It rains hard.")


def test_editor_clicked_twice_saves_once(writer: Page, site: Site) -> None:
    entry = new_entry(writer, site, "Twice", "Begins. {1:2}")
    writer.goto(f"{entry}edit/")
    writer.locator("#body").fill("Begins twice. {1:2}")
    writer.get_by_role("button", name="Save").dblclick(no_wait_after=True)
    expect(writer).to_have_url(entry)

    assert saves(writer, entry) == 2


def test_editor_without_scripts(open_context: OpenContext, site: Site) -> None:
    page = join(open_context(java_script_enabled=False), site).new_page()
    page.goto(f"{wiki(site)}-/new/")
    page.locator("[name=names-0-text]").fill("Plain")
    page.locator("[name=names-0-since]").fill("1:2")
    page.locator("#body").fill("Plainly said. {1:2}")
    page.get_by_role("button", name="Preview", exact=True).click()
    expect(page.locator(".preview-gate").first).to_contain_text("cites 1:2")
    expect(page.locator("#body")).to_have_value("Plainly said. {1:2}")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    expect(page.locator(".entry-body")).to_contain_text("Plainly said.")


@pytest.mark.parametrize("height", [740, 320])
def test_editor_on_a_phone(open_context: OpenContext, site: Site, height: int) -> None:
    """320 px are left of 740 when the keyboard is up."""
    options = PHONE | {"viewport": {"width": 360, "height": height}}
    page = join(open_context(**options), site).new_page()
    page.goto(edit(site))
    expect(page.locator(".preview-block").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    row = page.get_by_role("button", name=re.compile("^Ines Tarrant"))
    assert row.bounding_box()["height"] >= 44  # type: ignore[index]
    row.tap()
    expect(page.locator("[name=names-0-text]")).to_be_visible()
    page.locator("#body").tap()
    page.keyboard.press("Control+End")
    page.keyboard.type("\nA line at the end.")
    save = page.get_by_role("button", name="Save")
    expect(save).to_be_in_viewport(ratio=1)
    foot = page.locator(".edit-foot").bounding_box()
    assert foot is not None
    assert foot["height"] <= height / 4
    seen = page.evaluate("(() => { const box = document.querySelector('#body').getBoundingClientRect();"
                         "return Math.min(box.bottom, document.querySelector('.edit-foot').getBoundingClientRect().top)"
                         " - Math.max(0, box.top); })()")  # fmt: skip
    assert seen >= 60


def test_editor_note_from_a_paragraph(writer: Page, site: Site) -> None:
    entry = new_entry(writer, site, "Noted", "Begins. {1:2}")
    writer.goto(f"{site.sample}1/")
    writer.locator("#p4").hover()
    writer.locator("#p4 .n").click()
    writer.get_by_role("link", name="Note for the wiki").click()
    expect(writer.get_by_text("1:4 is cited for you.")).to_be_visible()
    writer.get_by_label("About whom or what").fill("Noted")
    writer.get_by_label("One sentence").fill("It was noted here.")
    writer.get_by_role("button", name="Put it in").click()

    expect(writer).to_have_url(entry)
    expect(writer.locator(".entry-body")).to_contain_text("It was noted here.")
    expect(writer.locator(".entry-body a.cite").last).to_have_text("1:4")


def test_note_without_scripts_from_the_bookmarks(open_context: OpenContext, site: Site) -> None:
    page = join(open_context(java_script_enabled=False), site).new_page()
    page.goto(f"{site.sample}bookmarks/?at=1:4")
    page.get_by_role("link", name="Note for the wiki").click()

    expect(page.get_by_text("1:4 is cited for you.")).to_be_visible()


def test_entry_leads_from_a_heading_to_its_section(writer: Page, site: Site) -> None:
    writer.goto(f"{wiki(site)}{INES}/")
    heading = writer.locator(".entry-body h2").first
    title, link = heading.inner_text(), writer.locator(".section-edit").first
    expect(link).to_have_css("opacity", "0")
    heading.hover()
    expect(link).to_have_css("opacity", "1")
    link.click()

    expect(writer.locator("#body")).to_have_value(re.compile(f"^## {title}\n"))
    expect(writer.get_by_label("This section")).to_be_visible()


def test_editor_has_one_line_for_each_row(writer: Page, site: Site) -> None:
    writer.goto(edit(site))
    spread = """row => {
        const parts = [...row.querySelectorAll(":scope > .field > *:not(label), .edit-rows-out, summary")];
        const boxes = parts.map((one) => one.getBoundingClientRect());
        const middles = boxes.map(({ top, bottom }) => (top + bottom) / 2);
        return Math.max(...middles) - Math.min(...middles);
    }"""  # px
    rows = writer.locator(".edit-row:is(.edit-name, .edit-fact)")

    expect(writer.locator(".preview-block").first).to_be_visible()
    found = {row.get_attribute("id"): row.evaluate(spread) for row in rows.all()}
    assert {row: px for row, px in found.items() if px > 8} == {}
    assert writer.locator(".edit-fact").first.bounding_box()["height"] <= 80  # type: ignore[index]
    assert writer.locator(".edit-fact").nth(1).bounding_box()["height"] <= 50  # type: ignore[index]
    assert writer.evaluate("document.fonts.check('15px \"Atkinson Mono\"')")


@pytest.mark.parametrize("theme", THEMES)
def test_axe_finds_nothing_in_the_editor(open_context: OpenContext, site: Site, problems: Problems, theme: str) -> None:
    problems.expect("422")
    wrong: dict[tuple[str, str], list[str]] = {}
    for options in ({}, PHONE):
        page = join(open_context(**options), site).new_page()
        with_look(page.context, site.url, f"theme:{theme}")
        page.goto(edit(site))
        expect(page.locator(".preview-block").first).to_be_visible()
        wrong["plain", str(options)] = violations(page)
        page.locator("#body").fill("Uncited [[Nobody]]. [[J")
        expect(page.get_by_role("listbox")).to_be_visible()
        expect(page.locator(".preview-warn").first).to_be_visible()
        wrong["offers", str(options)] = violations(page)
        page.locator("#body").fill("::: since 3\nOpen")
        page.get_by_role("button", name="Save").click()
        expect(page.locator("#said")).to_be_visible()
        wrong["trouble", str(options)] = violations(page)
        page.goto(f"{wiki(site)}-/note/?at=1:4")
        wrong["note", str(options)] = violations(page)

    assert {where: found for where, found in wrong.items() if found} == {}


def test_editor_loads_nothing_of_markdownx_own_script(writer: Page, site: Site) -> None:
    asked: list[str] = []
    writer.on("request", lambda request: asked.append(request.url))
    writer.goto(edit(site))
    expect(writer.locator(".markdownx .markdownx-editor")).to_be_visible()

    assert eventually(writer, lambda: [url for url in asked if "markdownx" in url], []) == []
    assert any("wiki-editor" in url for url in asked)
