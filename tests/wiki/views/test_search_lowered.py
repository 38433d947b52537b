"""A search as of an earlier point, in one story or in all of them: it says so, and what it leads to stays lowered."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from reader.models import Story
from tests.wiki.views.lodge import lodge, reader_at
from tests.wiki.views.searched import IN, NAMES, PAGE, links, names, page
from wiki.search.passages import renew_passages


@pytest.fixture(autouse=True)
def told(db: None, import_text: Callable[..., Story], tmp_path: Path) -> Story:
    story = lodge(import_text, tmp_path / "pack")
    renew_passages(story)
    return story


def test_search_is_lowered_by_its_address() -> None:
    lowered, whole = (page(f"q=wilf&{IN}{more}") for more in ("&as=1", ""))

    assert ("Wilf Oakshott" in lowered.replace("<mark>", "").replace("</mark>", ""), "2:3" in lowered) == (False, False)
    assert 'href="/wiki/the-lodge/wilf/?as=1"' in lowered
    assert 'href="/wiki/the-lodge/wilf/"' in whole
    assert (names(f"q=wil&{IN}&as=1"), names("q=wil&as=1:2")) == (["Wilf"], ["Wilf"])


def test_the_header_of_a_lowered_page_searches_as_of_then() -> None:
    pages = [f"/wiki/the-lodge/{page}{more}" for page in ("", "wilf/", "-/recent/") for more in ("", "?as=1")]
    found = [reader_at("3").get(address).content.decode() for address in pages]

    assert ['name="as" value="1"' in one for one in found] == [False, True] * 3


@pytest.mark.parametrize(
    ("lowered", "bar", "why"),
    [
        ("", [], ""),
        ("&as=1", ["chapter 1"], "?as=1"),
        ("&as=1:1", ["chapter 1, paragraph 1"], "?as=1:1"),
        ("&as=3", [], ""),
        ("&as=9", [], ""),
    ],
)
def test_search_of_all_stories_says_as_of_when(lowered: str, bar: list[str], why: str) -> None:
    found = page(f"q=wilf{lowered}")
    rows = reader_at("3").get(f"{NAMES}?q=wilf{lowered}").json()["results"]

    assert re.findall(r"<p>As of <b>([^<]*)</b>", found) == bar
    assert re.findall(r'href="(/wiki/the-lodge/wilf/[^"]*)"', found)[-1] == f"/wiki/the-lodge/wilf/{why}"
    assert [row["url"] for row in rows] == [f"/wiki/the-lodge/wilf/{why}"]


def test_what_is_lowered_is_not_kept_by_the_browser() -> None:
    def kept(query: str) -> list[str]:
        return [reader_at("3").get(f"{path}?{query}")["Cache-Control"] for path in (PAGE, NAMES)]

    asked = {"q=wilf", f"q=wilf&{IN}"}
    assert {query: kept(query) for query in asked} == dict.fromkeys(asked, ["private, no-cache"] * 2)
    asked = {"q=wilf&as=1", f"q=wilf&{IN}&as=1", f"q=wilf&{IN}&as=never"}
    assert {query: kept(query) for query in asked} == dict.fromkeys(asked, ["private, no-store"] * 2)


def test_a_lowered_search_of_a_story_leads_to_all_of_all_stories() -> None:
    found = links(page(f"q=wilf&{IN}&from=1&with=wilf&as=2"))

    assert found["All your stories"] == f"{PAGE}?q=wilf"


def test_a_lowered_page_that_is_not_there_stays_so() -> None:
    def near(lowered: str) -> tuple[str, list[str]]:
        found = reader_at("3").get(f"/wiki/the-lodge/willf/{lowered}").content.decode()
        return links(found).get("Wilf", ""), re.findall(r'name="as" value="([^"]*)"', found)

    assert near("?as=1") == ("/wiki/the-lodge/wilf/?as=1", ["1", "1"])
    assert near("?as=3") == near("") == ("", [])
