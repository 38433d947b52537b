"""Search as one meets it: names as JSON, the page of results, any input. Never ahead of the reader."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils.html import escape

from reader.models import Story
from tests.conftest import Visitor
from tests.wiki.views.lodge import lodge, reader_at
from tests.wiki.views.searched import HIT, IN, LINE, NAMES, PAGE, hits, names, page
from wiki.search import finding
from wiki.search.passages import renew_passages
from wiki.views import searching


@pytest.fixture(autouse=True)
def told(db: None, import_text: Callable[..., Story], tmp_path: Path) -> Story:
    story = lodge(import_text, tmp_path / "pack")
    renew_passages(story)
    return story


@pytest.mark.parametrize(
    ("reader", "offered"), [("0", []), ("1", ["Wilf"]), ("2:1", ["Wilf"]), ("2:2", ["Wilf Oakshott"])]
)
def test_search_suggest_names_whom_one_has_met(reader: str, offered: list[str]) -> None:
    assert names(f"q=wil&{IN}", reader=reader) == offered


def test_search_suggest_says_of_each_what_a_row_shows() -> None:
    found = reader_at("3").get(f"{NAMES}?q=wilf&{IN}").json()["results"][0]
    picture = found.pop("picture")

    assert re.fullmatch(r"/wiki/the-lodge/-/picture/[\w-]+/96\.webp", picture)
    assert found == {
        "name": "Wilf Oakshott",
        "kind": "Character",
        "url": "/wiki/the-lodge/wilf/",
        "why": "",
        "seen": "last seen 2:3",
        "marks": [[0, 4]],
        "icon": "user-round",
        "hue": "hue-255",
        "initial": "W",
        "round": True,
        "story": "",
        "lang": "en",
    }


def test_search_suggest_names_the_story_where_there_are_several(import_text: Callable[..., Story]) -> None:
    import_text("# One\n\nWilf came.", title="Elsewhere")

    def found(reader: Visitor) -> tuple[str, str]:
        first = reader.get(f"{NAMES}?q=ada").json()["results"][0]
        return first["name"], first["story"]

    of_one, of_two = reader_at("3"), reader_at("3")
    of_two.post("/read/elsewhere/reached/", {"point": "1"})
    assert (found(of_one), found(of_two)) == (("Ada", ""), ("Ada", "The Lodge"))


def test_search_looks_only_into_stories_that_were_begun(import_text: Callable[..., Story]) -> None:
    import_text("# One\n\nWilf came.", title="Elsewhere")
    newcomer = Visitor()

    assert newcomer.get(f"{NAMES}?q=wilf").json() == {"results": []}
    assert "You have not begun a story yet." in newcomer.get(f"{PAGE}?q=wilf").content.decode()
    assert names("q=wilf") == ["Wilf Oakshott"]


def test_search_of_all_stories_looks_into_those_read_last(told: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "FOR_NAMES", 0)
    assert (names("q=wilf"), hits("q=wilf")) == ([], ["Wilf Oakshott"])


@pytest.mark.parametrize(("reader", "seen"), [("0", []), ("2:1", ["Wilf"]), ("3", ["Wilf Oakshott"])])
def test_search_finds_entries_as_they_are_known(reader: str, seen: list[str]) -> None:
    assert hits(f"q=wilf&{IN}", reader=reader)[:1] == seen


def test_search_leads_to_the_entry_and_to_the_paragraph() -> None:
    found = page(f"q=wilf&{IN}", reader="1")

    assert HIT.findall(found) == [("/wiki/the-lodge/wilf/", "<mark>Wilf</mark>")]
    assert sorted(LINE.findall(found)) == [f"/read/the-lodge/1/p/{number}/" for number in (1, 3, 4)]


@pytest.mark.parametrize(("reader", "shown"), [("2:1", []), ("2:2", ["/read/the-lodge/2/p/2/"])])
def test_search_shows_passages_that_were_read(reader: str, shown: list[str]) -> None:
    assert LINE.findall(page(f"q=went+home&{IN}", reader=reader)) == shown


def test_search_offers_the_nearest_names_where_nothing_is_found() -> None:
    def near(reader: str) -> list[str]:
        found = page(f"q=oakzzyqqx&{IN}", reader=reader)
        return re.findall(r'class="entry [^"]*" data-kind="character" href="([^"]*)"', found)

    assert (near("2:1"), near("2:2")) == ([], ["/wiki/the-lodge/wilf/"])


def test_search_escapes_what_was_typed() -> None:
    typed = '"><script>alert(1)</script>'
    found = page(f"q={typed}&{IN}".replace(">", "%3E").replace("<", "%3C"))

    assert ("<script>alert" in found, escape(typed) in found) == (False, True)


ODD = {
    "nothing": "",
    "blanks": "q=%20%09%0A",
    "marks": "q=%22%27%3F%21%2C.%3B-%2B%26%7C%3A%2A%28%29%3C-%3E",
    "stop words": "q=the+a+of+in+it",
    "ten kilobytes": "q=" + "lamp+" * 2000,
    "one word of ten kilobytes": "q=" + "x" * 10_000,
    "SQL": "q=%27%3B+DROP+TABLE+wiki_entry%3B--+%25_%5C",
    "tsquery": "q=a+%26+%21b+%7C+%28c+%3C-%3E+d%3A%2A",
    "quotes left open": "q=%22wilf+oak",
    "minus alone": "q=-+--+-wilf",
    "right to left": "q=%E2%80%AEwilf%E2%80%8F",
    "emoji": "q=%F0%9F%95%AF%EF%B8%8F",
    "NUL": "q=%00&kind=%00&story=&with=%00&role=%00&add=%00",
    "NUL inside": "q=wi%00lf&with=wi%00lf&add=a%00",
    "a lone surrogate": "q=%ED%A0%80&with=%ED%A0%80&kind=%ED%A0%80",
    "no characters": "q=%FF%FE",
    "numbers": "q=wilf&from=99999999999999999999&to=-1",
    "a page far beyond the last": "q=wilf&page=999999999999",
    "no numbers": "q=wilf&from=x&to=%C2%B2&page=%D9%A3",
    "unknown values": "q=wilf&kind=spells&with=nobody&role=none&as=never",
    "many values": "q=wilf" + "&with=wilf" * 90 + "&with=ada&q=ada",
}


@pytest.mark.parametrize("query", ODD.values(), ids=ODD)
def test_search_takes_any_input(query: str) -> None:
    reader = reader_at("3")
    asked = [query, f"{query}&{IN}" if "story=" not in query else query]

    answers = [reader.get(f"{path}?{one}", follow=True) for path in (PAGE, NAMES) for one in asked]
    assert [answer.status_code for answer in answers] == [200] * 4


@pytest.mark.parametrize("story", ["none", "a%00b", "%ED%A0%80", "x" * 500])
def test_search_of_no_story_is_not_found(story: str) -> None:
    assert [reader_at("3").get(f"{path}?q=a&story={story}").status_code for path in (PAGE, NAMES)] == [404, 404]


def test_search_is_ones_own_and_found_by_nobody() -> None:
    answers = [reader_at("3").get(f"{path}?q=wilf") for path in (PAGE, NAMES)]

    kept = [(one["Cache-Control"], "Cookie" in one["Vary"], one["X-Robots-Tag"]) for one in answers]
    assert kept == [("private, no-cache", True, "noindex")] * 2
    assert '<meta name="robots" content="noindex">' in answers[0].content.decode()


def test_search_is_throttled(settings: object) -> None:
    settings.THROTTLES = {**settings.THROTTLES, "search": (2, 3600)}  # type: ignore[attr-defined]
    reader = reader_at("3")

    answers = [reader.get(f"{path}?q=wilf").status_code for path in (PAGE, NAMES, NAMES, PAGE)]
    assert answers == [200, 200, 429, 429]
    # A page that is not there is still told as such, without the names that a search would find.
    lost = reader.get("/wiki/the-lodge/wilfrid/").content.decode()
    assert ("Not here (yet)" in lost, "Names near to it" in lost) == (True, False)


def test_search_is_only_read() -> None:
    assert [reader_at("3").post(f"{path}?q=wilf").status_code for path in (PAGE, NAMES)] == [405, 405]


@pytest.mark.parametrize(("reader", "near"), [("0", []), ("1", ["Wilf"]), ("3", ["Wilf Oakshott"])])
def test_a_page_that_is_not_there_names_what_is_near(reader: str, near: list[str]) -> None:
    answer = reader_at(reader).get("/wiki/the-lodge/willf/")
    found = answer.content.decode()

    assert (answer.status_code, 'id="search-here"' in found) == (404, True)
    assert re.findall(r'class="entry [^"]*"[^>]*><bdi[^>]*>([^<]*)<', found) == near


@pytest.mark.parametrize(
    ("address", "story"),
    [("/", ""), ("/about/", ""), ("/read/the-lodge/", "the-lodge"), ("/read/the-lodge/1/", "the-lodge"),
     ("/wiki/the-lodge/", "the-lodge"), ("/wiki/the-lodge/wilf/", "the-lodge"), ("/wiki/the-lodge/none/", "the-lodge")],
)  # fmt: skip
def test_the_search_stands_in_the_header_of_every_page(address: str, story: str) -> None:
    found = reader_at("3").get(address).content.decode()
    header = found[found.index('<header class="site-header">') : found.index("</header>")]

    assert re.findall(r'class="icon-button search-link" href="([^"]*)"', header) == [
        f"/search/?story={story}" if story else "/search/"
    ]
    assert re.findall(r'name="story" value="([^"]*)"', header) == [story] * bool(story)
    assert header.count('name="q"') == 1


def test_search_turns_its_pages(told: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    def ways(number: int) -> list[str]:
        return re.findall(r'<a class="button" href="([^"]*)" rel="(?:prev|next)"', page(f"q=wilf&{IN}&page={number}"))

    monkeypatch.setattr(finding, "ON_PAGE", 2)
    first, second, third = (f"{PAGE}?q=wilf&amp;{IN}{more}" for more in ("", "&amp;page=2", "&amp;page=3"))
    assert [ways(number) for number in (1, 2, 3)] == [[second], [first, third], [second]]
