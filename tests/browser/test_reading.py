"""Reading with scripts: what is passed is kept, and nothing else is."""

from playwright.sync_api import BrowserContext, Page, Request, expect

from tests.browser.conftest import OpenContext, Problems
from tests.browser.reader import dwell, eventually, reached
from tests.browser.served import Site

NOTHING = "You have not begun."


def reports(page: Page) -> list[str]:
    """The bodies of the reports that this page sends from now on."""
    sent: list[str] = []

    def note(request: Request) -> None:
        if request.method == "POST" and request.url.endswith("/reached/"):
            sent.append(request.post_data or "")

    page.on("request", note)
    return sent


def paragraph_of(sentence: str) -> int:
    """19, from “You have read as far as chapter 1, paragraph 19.”."""
    return int(sentence.rstrip(".").rpartition("paragraph ")[2])


def read_page(page: Page) -> None:
    """Rest on what is on screen, then on the page's end."""
    dwell(page)
    page.keyboard.press("End")
    dwell(page)


def last_page(context: BrowserContext, address: str) -> str:
    """The address of the chapter's last page: one beyond the end leads there."""
    return context.request.get(f"{address}99/").url


def test_reading_shows_the_text_and_keeps_what_was_passed(page: Page, site: Site) -> None:
    story = site.story()
    page.goto(f"{story}1/")

    expect(page.get_by_role("heading", level=1)).to_have_text("Chapter 1 Anvil")
    expect(page.get_by_text("Chapter 1, paragraph 1:")).to_be_in_viewport()
    seen = eventually(page, lambda: reached(page.context, story), lambda text: text != NOTHING)
    assert seen.startswith("You have read as far as chapter 1, paragraph ")


def test_reading_hangs_the_ribbon_on_the_next_page(page: Page, site: Site) -> None:
    page.goto(f"{site.story()}1/")
    expect(page.locator(".ribbon")).to_have_count(0)
    read_page(page)
    page.get_by_role("link", name="Page 2").last.click()

    expect(page.locator(".ribbon")).to_contain_text("ch. 1")


def test_reading_moves_by_next_within_and_across_chapters(page: Page, site: Site) -> None:
    story = site.story()
    page.goto(f"{story}1/")
    chapters = []
    for _ in range(4):
        read_page(page)
        page.locator("a[rel=next]").click()
        page.wait_for_load_state()
        chapters.append(page.url.removeprefix(story))

    assert chapters == ["1/2/", "1/3/", "2/", "2/2/"]
    expect(page.get_by_text("You came here from")).to_have_count(0)
    text = eventually(page, lambda: reached(page.context, story), lambda found: "chapter 2, paragraph" in found)
    assert "chapter 2, paragraph" in text


def test_reading_back_leads_to_the_end_of_the_chapter_before(page: Page, site: Site) -> None:
    story = site.story()
    page.goto(f"{story}2/")
    page.locator("a[rel=prev]").click()

    page.wait_for_url(last_page(page.context, f"{story}1/"))


def test_reading_reports_once_in_ten_seconds(page: Page, site: Site) -> None:
    sent = reports(page)
    page.goto(f"{site.story()}1/")
    dwell(page)
    for _ in range(4):
        page.mouse.wheel(0, 400)
        page.wait_for_timeout(700)

    assert len(sent) == 1
    eventually(page, lambda: len(sent), 2, seconds=12)
    assert len(sent) == 2


def test_reading_says_nothing_more_when_nothing_changed(page: Page, site: Site) -> None:
    page.goto(f"{site.story()}1/")
    dwell(page)
    sent = reports(page)
    page.goto(f"{site.url}/about/")
    page.wait_for_timeout(300)

    assert sent == []


def test_reading_reports_when_the_page_goes_away(page: Page, site: Site) -> None:
    story = site.story()
    page.goto(f"{story}1/")
    read_page(page)
    before = page.locator(".n").last.get_attribute("data-n") or ""
    page.goto(f"{site.url}/about/")

    wanted = "You have read as far as chapter 1, paragraph " + before.removeprefix("1:") + "."
    assert eventually(page, lambda: reached(page.context, story), wanted) == wanted


def test_turning_fast_is_not_a_jump(page: Page, site: Site) -> None:
    page.goto(f"{site.story()}1/")
    page.wait_for_timeout(200)
    for address in ("1/2/", "1/3/", "2/"):
        page.keyboard.press("ArrowRight")
        page.wait_for_url(f"**/{address}")

    expect(page.get_by_role("heading", level=1)).to_contain_text("Beacon")
    expect(page.get_by_text("further on than you had read")).to_have_count(0)


def test_flinging_to_the_end_of_a_chapter_marks_nothing_on_the_way(page: Page, site: Site) -> None:
    story = site.story()
    page.goto(f"{story}1/all/")
    dwell(page)
    page.keyboard.press("End")
    dwell(page)
    expect(page.get_by_text("Chapter 1, paragraph 50:")).to_be_in_viewport()
    page.goto(f"{site.url}/about/")
    page.wait_for_timeout(300)

    assert 1 <= paragraph_of(reached(page.context, story)) <= 8


def test_scrolling_through_a_chapter_reaches_its_end(page: Page, site: Site) -> None:
    story = site.story()
    page.goto(f"{story}1/all/")
    dwell(page)
    for _ in range(16):
        page.keyboard.press("PageDown")
        page.wait_for_timeout(450)
    page.goto(f"{site.url}/about/")

    wanted = "You have read as far as chapter 1."
    assert eventually(page, lambda: reached(page.context, story), wanted) == wanted


def test_a_prerendered_page_counts_only_once_it_is_opened(open_context: OpenContext, site: Site) -> None:
    story, context = site.story(), open_context()
    context.add_init_script("Object.defineProperty(document, 'prerendering', {get: () => !window.opened})")
    page = context.new_page()
    sent = reports(page)
    page.goto(f"{story}1/")
    dwell(page)
    assert (sent, reached(context, story)) == ([], NOTHING)

    page.evaluate("window.opened = true; document.dispatchEvent(new Event('prerenderingchange'))")
    assert eventually(page, lambda: reached(context, story), lambda text: text != NOTHING) != NOTHING


def test_a_prefetch_counts_for_nothing(page: Page, site: Site) -> None:
    story = site.story()
    page.goto(f"{site.url}/about/")
    page.evaluate(
        """url => new Promise(done => {
            const link = Object.assign(document.createElement("link"), {rel: "prefetch", href: url});
            link.onload = link.onerror = done;
            document.head.append(link);
        })""",
        f"{story}1/",
    )
    headers = {"Sec-Fetch-Site": "same-origin", "Sec-Purpose": "prefetch"}
    page.context.request.get(f"{story}seen.gif?page=1/1", headers=headers)

    assert reached(page.context, story) == NOTHING


def test_reports_that_failed_are_sent_when_the_line_is_back(page: Page, site: Site, problems: Problems) -> None:
    problems.expect("ERR_INTERNET_DISCONNECTED")
    story = site.story()
    page.goto(f"{story}1/")
    dwell(page)
    before = eventually(page, lambda: reached(page.context, story), lambda text: text != NOTHING)
    page.context.set_offline(True)
    read_page(page)
    page.evaluate("document.querySelector('reading-place').report()")
    page.wait_for_timeout(300)
    page.context.set_offline(False)

    last = str(page.locator(".n").last.get_attribute("data-n")).removeprefix("1:")
    wanted = f"You have read as far as chapter 1, paragraph {last}."
    assert eventually(page, lambda: reached(page.context, story), wanted) == wanted != before


def test_the_cookies_of_reading_are_closed_to_scripts(page: Page, site: Site) -> None:
    page.goto(f"{site.story()}1/")
    eventually(page, page.context.cookies, bool)

    found = [(cookie["name"][:3], cookie["httpOnly"], cookie["sameSite"]) for cookie in page.context.cookies()]
    assert found == [("at_", True, "Lax")]
    assert page.evaluate("document.cookie") == ""


def test_finishing_is_said_on_the_last_page(page: Page, site: Site) -> None:
    story = site.story()
    page.goto(last_page(page.context, f"{story}5/"))
    page.get_by_role("button", name="I have finished").click()

    page.wait_for_url(story)
    assert reached(page.context, story) == "You have read as far as chapter 5."
