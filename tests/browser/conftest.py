"""A Chromium and a whole site for it. Whatever a page complains about (console, policy, lost file) fails the test."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response, expect, sync_playwright

from tests.browser.served import Site, running
from tests.browser.stories import STORIES

NAMES = ("chromium", "chromium-browser", "google-chrome")
HERE = Path(__file__).parent
OpenContext = Callable[..., BrowserContext]
PATIENCE = 20_000  # ms; a busy machine takes its time
expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All tests in this folder are browser tests."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site of this worker, with the stories of stories.py and the sample story."""
    with running(tmp_path_factory.mktemp("site"), STORIES) as found:
        yield found


# Narrower than a session: while a browser is open its event loop is the thread's, which Django's database refuses.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """A Chromium; without one the tests are skipped, or fail where NEED_BROWSER=1."""
    candidates = [os.environ.get("CHROMIUM", ""), *NAMES]
    path = next((found for name in candidates if name and (found := shutil.which(name))), None)
    if path is None:
        sentence = "No Chromium was found (name one in CHROMIUM): the browser tests did not run."
        if os.environ.get("NEED_BROWSER") == "1":
            pytest.fail(sentence, pytrace=False)
        pytest.skip(sentence)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield opened
        opened.close()


class Problems:
    """What pages complained about during one test, but for what the test expects."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self.expected: list[str] = []

    def expect(self, pattern: str) -> None:
        """Complaints that match this regular expression are part of the test."""
        self.expected.append(pattern)

    def unexpected(self) -> list[str]:
        """All others."""
        return [text for text in self.found if not any(re.search(pattern, text) for pattern in self.expected)]

    def watch(self, context: BrowserContext) -> None:
        """Listen to every page of this context."""

        def answered(response: Response) -> None:
            if response.status >= 400:
                self.found.append(f"{response.status} {response.url}")

        def said(message: ConsoleMessage) -> None:
            if message.type in {"error", "warning"}:
                self.found.append(message.text)

        context.on("console", said)
        context.on("weberror", lambda error: self.found.append(str(error.error)))
        context.on("response", answered)


@pytest.fixture
def problems() -> Iterator[Problems]:
    """The complaints of this test's pages; any that is not expected fails it."""
    problems = Problems()
    yield problems
    assert problems.unexpected() == []


@pytest.fixture
def open_context(browser: Browser, problems: Problems) -> Iterator[OpenContext]:
    """A new browser profile, as another person would have it; options as in Playwright's new_context."""
    opened: list[BrowserContext] = []

    def do(**options: object) -> BrowserContext:
        usual = {"viewport": {"width": 1280, "height": 900}, "reduced_motion": "reduce"}
        context = browser.new_context(**(usual | options))  # type: ignore[arg-type]
        context.set_default_timeout(PATIENCE)
        problems.watch(context)
        opened.append(context)
        return context

    yield do
    for context in opened:
        context.close()


@pytest.fixture
def page(open_context: OpenContext) -> Page:
    """A desktop window."""
    return open_context().new_page()


@pytest.fixture
def phone(open_context: OpenContext) -> Page:
    """A small phone."""
    return open_context(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True).new_page()


@pytest.fixture
def plain_page(open_context: OpenContext) -> Page:
    """A window without scripts."""
    return open_context(java_script_enabled=False).new_page()
