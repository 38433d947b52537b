"""Search as one meets it: the page of results, names as JSON, what an address may say. Never ahead of the reader."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils.html import escape

from reader.models import Story
from tests.conftest import Visitor
from tests.wiki.views.lodge import lodge, reader_at
from wiki import search
from wiki.errors import SearchTooSlowError
from wiki.search import finding
from wiki.search.passages import renew_passages
from wiki.views import searching

PAGE, NAMES = "/search/", "/search/suggest/"
IN = "story=the-lodge"
HIT = re.compile(r'<h3><a href="([^"]*)"><bdi[^>]*>(.*?)</bdi>', re.DOTALL)
LINE = re.compile(r'<a class="line-found" href="([^"]*)">')
FACET = re.compile(
    r'<li[^>]*><a (?:class="narrow-kind" )?href="([^"]*)"( aria-current="true")?>.*?class="count">\s*(\S+)\s*<'
)
TAG = re.compile(r"<[^>]+>")


@pytest.fixture(autouse=True)
def told(db: None, import_text: Callable[..., Story], tmp_path: Path) -> Story:
    story = lodge(import_text, tmp_path / "pack")
    renew_passages(story)
    return story


def page(query: str, *, reader: str = "3") -> str:
    """The page of results, which always is one."""
    answer = reader_at(reader).get(f"{PAGE}?{query}")
    assert answer.status_code == 200, query
    return answer.content.decode()


def names(query: str, *, reader: str = "3") -> list[str]:
    """Titles as they are offered."""
    answer = reader_at(reader).get(f"{NAMES}?{query}")
    assert answer.status_code == 200, query
    return [one["name"] for one in answer.json()["results"]]


def hits(query: str, *, reader: str = "3") -> list[str]:
    """Titles of the entries on the page of results."""
    return [TAG.sub("", title) for _url, title in HIT.findall(page(query, reader=reader))]


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


def test_search_counts_only_what_shows() -> None:
    def counts(reader: str) -> list[tuple[str, str, str]]:
        return FACET.findall(page(f"q=wilf&{IN}", reader=reader))

    everything, kind, passages = f"{PAGE}?q=wilf&amp;{IN}", f"{PAGE}?q=wilf&amp;kind=character&amp;{IN}", "#in-text"
    current = ' aria-current="true"'
    assert counts("1:1") == [(everything, current, "2"), (kind, "", "1"), (passages, "", "1")]
    assert counts("1") == [(everything, current, "4"), (kind, "", "1"), (passages, "", "3")]


def test_search_keeps_to_a_kind() -> None:
    assert hits(f"q=wilf&kind=character&{IN}")[:1] == ["Wilf Oakshott"]
    assert hits(f"q=wilf&kind=location&{IN}") == []


def test_search_keeps_to_chapters() -> None:
    assert sorted(LINE.findall(page(f"q=wilf&from=2&to=2&{IN}"))) == [
        f"/read/the-lodge/2/p/{number}/" for number in (1, 2, 3)
    ]


@pytest.mark.parametrize(("reader", "shown"), [("1", []), ("3", ["/read/the-lodge/2/p/1/"])])
def test_search_finds_scenes_together(reader: str, shown: list[str]) -> None:
    found = page(f"with=wilf&with=ada&{IN}", reader=reader)

    assert LINE.findall(found)[:1] == shown


@pytest.mark.parametrize(("reader", "offered"), [("1", []), ("3", [f"{PAGE}?{IN}&amp;with=wilf&amp;with=ada"])])
def test_search_offers_who_may_join_a_scene(reader: str, offered: list[str]) -> None:
    found = page(f"with=wilf&add=ad&{IN}", reader=reader)

    assert [url for url in re.findall(r'<a href="([^"]*)"><span class="kind">', found) if "ada" in url] == offered
    assert ('role="status">No name like that as far as you have read.' in found) == (not offered)


def test_search_offers_the_nearest_names_where_nothing_is_found() -> None:
    def near(reader: str) -> list[str]:
        found = page(f"q=oakzzyqqx&{IN}", reader=reader)
        return re.findall(r'class="entry [^"]*" data-kind="character" href="([^"]*)"', found)

    assert (near("2:1"), near("2:2")) == ([], ["/wiki/the-lodge/wilf/"])


def test_search_is_lowered_by_its_address() -> None:
    lowered, whole = (page(f"q=wilf&{IN}{more}") for more in ("&as=1", ""))

    assert ("Wilf Oakshott" in lowered.replace("<mark>", "").replace("</mark>", ""), "2:3" in lowered) == (False, False)
    assert 'href="/wiki/the-lodge/wilf/?as=1"' in lowered
    assert 'href="/wiki/the-lodge/wilf/"' in whole
    assert (names(f"q=wil&{IN}&as=1"), names("q=wil&as=1:2")) == (["Wilf"], ["Wilf"])


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
    "numbers": "q=wilf&from=99999999999999999999&to=-1&page=999999999999",
    "no numbers": "q=wilf&from=x&to=%C2%B2&page=%D9%A3",
    "unknown values": "q=wilf&kind=spells&with=nobody&role=none&as=never",
    "many values": "q=wilf" + "&with=wilf" * 90 + "&with=ada&q=ada",
}


@pytest.mark.parametrize("query", ODD.values(), ids=ODD)
def test_search_takes_any_input(query: str) -> None:
    reader = reader_at("3")
    asked = [query, f"{query}&{IN}" if "story=" not in query else query]

    assert [reader.get(f"{path}?{one}").status_code for path in (PAGE, NAMES) for one in asked] == [200] * 4


@pytest.mark.parametrize("story", ["none", "a%00b", "%ED%A0%80", "x" * 500])
def test_search_of_no_story_is_not_found(story: str) -> None:
    assert [reader_at("3").get(f"{path}?q=a&story={story}").status_code for path in (PAGE, NAMES)] == [404, 404]


def test_search_is_ones_own_and_found_by_nobody() -> None:
    answers = [reader_at("3").get(f"{path}?q=wilf") for path in (PAGE, NAMES)]

    kept = [(one["Cache-Control"], "Cookie" in one["Vary"], one["X-Robots-Tag"]) for one in answers]
    assert kept == [("private, no-cache", True, "noindex")] * 2
    assert '<meta name="robots" content="noindex">' in answers[0].content.decode()


def test_search_says_when_it_takes_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(*args: object, **kwargs: object) -> None:
        raise SearchTooSlowError("That takes too long.")

    monkeypatch.setattr(search, "find", slow)
    monkeypatch.setattr(search, "suggest", slow)
    reader = reader_at("3")
    whole, offered = reader.get(f"{PAGE}?q=wilf&{IN}"), reader.get(f"{NAMES}?q=wilf")

    assert (whole.status_code, "That takes too long." in whole.content.decode()) == (503, True)
    assert (offered.status_code, offered.json()) == (503, {"error": "That takes too long.", "results": []})


def test_search_is_throttled(settings: object) -> None:
    settings.THROTTLES = {**settings.THROTTLES, "search": (2, 3600)}  # type: ignore[attr-defined]
    reader = reader_at("3")

    answers = [reader.get(f"{path}?q=wilf").status_code for path in (PAGE, NAMES, NAMES, PAGE)]
    assert answers == [200, 200, 429, 429]
    # A page that is not there is still told as such, without the names that a search would find.
    lost = reader.get("/wiki/the-lodge/wilfrid/").content.decode()
    assert ("Not here (yet)" in lost, "Near it in spelling" in lost) == (True, False)


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


def test_the_header_of_a_lowered_page_searches_as_of_then() -> None:
    pages = [f"/wiki/the-lodge/{page}{more}" for page in ("", "wilf/", "-/recent/") for more in ("", "?as=1")]
    found = [reader_at("3").get(address).content.decode() for address in pages]

    assert ['name="as" value="1"' in one for one in found] == [False, True] * 3


def test_search_of_two_stories_says_what_is_in_which(import_text: Callable[..., Story]) -> None:
    other = import_text("# One\n\nWilf came.\n\nWilf went.", title="Elsewhere")
    renew_passages(other)
    reader = reader_at("1")
    reader.post("/read/elsewhere/reached/", {"point": "1:1"})
    found = reader.get(f"{PAGE}?q=wilf").content.decode()
    stories = re.findall(r'<a href="([^"]*)"><bdi lang="en">([^<]*)</bdi> <span class="count">\s*(\S+)\s*<', found)

    assert sorted(stories) == [
        (f"{PAGE}?q=wilf&amp;story=elsewhere", "Elsewhere", "1"),
        (f"{PAGE}?q=wilf&amp;story=the-lodge", "The Lodge", "4"),
    ]
    assert ("/read/elsewhere/1/p/1/" in LINE.findall(found), "/read/elsewhere/1/p/2/" in found) == (True, False)
    assert "Elsewhere</bdi>" in found
    assert "Elsewhere" not in page("q=wilf", reader="1")


def test_search_turns_its_pages(told: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    def ways(number: int) -> list[str]:
        return re.findall(r'<a class="button" href="([^"]*)" rel="(?:prev|next)"', page(f"q=wilf&{IN}&page={number}"))

    monkeypatch.setattr(finding, "ON_PAGE", 2)
    first, second, third = (f"{PAGE}?q=wilf&amp;{IN}{more}" for more in ("", "&amp;page=2", "&amp;page=3"))
    assert [ways(number) for number in (1, 2, 3)] == [[second], [first, third], [second]]


@pytest.mark.parametrize("role", ["", "present"])
def test_search_keeps_what_narrows_it_in_its_forms_and_links(role: str) -> None:
    query = f"q=wilf&kind=character&{IN}&from=1&to=2&with=ada" + (f"&role={role}" if role else "")
    found = page(query)
    form = found[found.index('action="/search/#narrow-more"') :]
    form = form[: form.index("</form>")]
    fields = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', form)

    kept = [("q", "wilf"), ("kind", "character"), ("story", "the-lodge"), ("from", "1"), ("to", "2"), ("with", "ada")]
    assert fields == kept + [("role", role)] * bool(role)
    # Without the last of those who shall stand together there is no role to ask for.
    assert f'href="{PAGE}?q=wilf&amp;kind=character&amp;{IN}&amp;from=1&amp;to=2"' in found
