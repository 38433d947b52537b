"""Payloads in a real browser: on every page where they come out nothing runs, nothing is asked of another host, and the
policy has nothing to refuse."""

import re

import pytest
from playwright.sync_api import BrowserContext, Dialog, Page, Request, expect

from tests.browser.conftest import OpenContext
from tests.browser.served import Site
from tests.browser.test_editor import join
from tests.wiki.hostile.payloads import ELSEWHERE, RAN
from tests.wiki.hostile.scene import BODY, LABELS, NAMES, REFUSED, rows, summaries

STORY = "broken-mirror"
LISTENING = """
window.addEventListener("securitypolicyviolation", (event) => {
  window.__policy = [...(window.__policy ?? []), `${event.violatedDirective} ${event.blockedURI}`];
});
"""
FIRED = "[window.__ran ?? null, window.__policy ?? [], document.body instanceof HTMLBodyElement]"
READ_FEED = """
xml => {
  for (const one of new DOMParser().parseFromString(xml, "application/xml").querySelectorAll("title, summary, name")) {
    const place = document.querySelector("main"), isHtml = one.getAttribute("type") === "html";
    isHtml ? place.insertAdjacentHTML("beforeend", one.textContent) : place.append(one.textContent);
  }
}
"""


class Canary:
    """What a browser did that no page of ours asks of it."""

    def __init__(self, context: BrowserContext, site: Site) -> None:
        self.site, self.sung = site, list[str]()
        context.add_init_script(LISTENING)
        context.on("dialog", self._dialog)
        context.on("request", self._request)

    def _dialog(self, dialog: Dialog) -> None:
        self.sung.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _request(self, request: Request) -> None:
        if not request.url.startswith((f"{self.site.url}/", "data:,")):
            self.sung.append(f"asked: {request.url}")

    def is_quiet(self, page: Page) -> bool:
        """Give the page time to do what it should not; whether it did nothing."""
        page.wait_for_load_state("networkidle")
        page.mouse.move(300, 300)
        fired = page.evaluate(FIRED)
        return (fired, self.sung) == ([None, [], True], [])


@pytest.fixture
def canary(open_context: OpenContext, site: Site) -> tuple[Page, Canary]:
    context = join(open_context(), site, "6")
    return context.new_page(), Canary(context, site)


def wiki(site: Site) -> str:
    return f"{site.url}/wiki/{STORY}/"


def save_everything(page: Page, site: Site, title: str = "Xenia") -> str:
    """Every payload as a name, a label or a part of the text; an account of today may not link elsewhere in a text."""
    page.context.request.post(
        f"{site.story(STORY)}reached/", form={"point": "5"}, headers={"Sec-Fetch-Site": "same-origin"}
    )
    page.goto(f"{wiki(site)}-/new/")
    fields = {name: page.locator(f"#edit [name={name}]").input_value() for name in ("token", "csrfmiddlewaretoken")}
    sent = {name: value for name, value in rows().items() if not (name.endswith("-source") and "//" in value)}
    sent |= {name: RAN for name in rows() if name not in sent}
    sent["names-0-text"] = title
    text = "::: since 0\n\n" + "\n\n".join(one for one in BODY if "//" not in one) + "\n\n:::\n"
    form: dict[str, str | float | bool] = {**fields, **sent, "body": text, "summary": summaries()[0]}
    answer = page.context.request.post(f"{wiki(site)}-/new/", form=form)
    assert answer.ok, re.sub(r"<[^>]+>|\s+", " ", answer.text())[:3000]
    return answer.url


def test_canary_sings_when_something_runs_or_loads(canary: tuple[Page, Canary], site: Site) -> None:
    page, watch = canary
    page.goto(site.url)
    assert watch.is_quiet(page)
    page.evaluate("window.__ran = 1")
    assert not watch.is_quiet(page)


def test_hostile_entry_is_quiet_on_every_page(canary: tuple[Page, Canary], site: Site) -> None:
    page, watch = canary
    entry = save_everything(page, site)
    about = [f"{entry}{what}" for what in ("", "history/", "diff/", "edit/", "links/", "report/", "rename/")]
    lists = [f"{wiki(site)}{what}" for what in ("", "-/recent/", "-/wanted/", "-/people/", "-/kind/character/")]
    loud = []
    for address in [*about, *lists, site.story(STORY)]:
        page.goto(address)
        loud += [] if watch.is_quiet(page) else [address]

    page.goto(entry)
    assert loud == []
    expect(page.locator("main")).to_contain_text("<script>window.__ran=1</script>")
    expect(page.locator("main")).to_contain_text(LABELS[20])
    expect(page.locator("main")).to_contain_text(NAMES[30])


def test_hostile_feed_is_quiet(canary: tuple[Page, Canary], site: Site) -> None:
    page, watch = canary
    save_everything(page, site, '<img src="//evil.example/x" onerror="window.__ran=1">')
    page.goto(f"{site.url}/about/")
    # As a careless reader of feeds does it, on a page with no policy: what is said to be HTML is set as HTML.
    page.set_content("<main></main>")
    page.evaluate(READ_FEED, page.context.request.get(f"{wiki(site)}-/feed/").text())

    expect(page.locator("main")).to_contain_text('<img src="//evil.example/x" onerror="window.__ran=1">')
    assert page.locator("main *").count() == 0
    assert watch.is_quiet(page)


def test_hostile_text_is_quiet_while_it_is_typed(canary: tuple[Page, Canary], site: Site) -> None:
    page, watch = canary
    page.context.request.post(
        f"{site.story(STORY)}reached/", form={"point": "5"}, headers={"Sec-Fetch-Site": "same-origin"}
    )
    page.goto(f"{wiki(site)}-/new/")
    page.locator("[name=names-0-text]").fill("Mirror")
    for text in ("\n\n".join(BODY), "\n\n".join(REFUSED)):
        with page.expect_response(re.compile("/preview/")) as answer:
            page.locator("#body").fill(text)
        assert answer.value.ok
        assert watch.is_quiet(page)
    expect(page.locator(".preview-slip").first).to_be_visible()
    page.locator("#body").fill("\n\n".join(BODY))
    expect(page.locator(".preview-slip")).to_have_count(0)
    expect(page.locator(".preview-block").nth(100)).to_be_attached()
    links = page.locator(".preview-html a[href]").evaluate_all("all => all.map((one) => one.protocol)")

    assert (set(links) <= {"http:", "https:"}, len(links) > 5) == (True, True)
    assert page.locator(".preview-html").locator("script, iframe, object, style, form, input, svg, math").count() == 0
    assert watch.is_quiet(page)
    assert page.locator(".preview-html", has_text=ELSEWHERE).count() > 10
