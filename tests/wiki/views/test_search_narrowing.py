"""What narrows a search, by kind, story, chapters and scenes, and what is said of nothing."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.template.loader import render_to_string

from reader.models import Story
from tests.wiki.views.lodge import lodge, reader_at
from tests.wiki.views.searched import FACET, IN, LINE, PAGE, hits, links, page, said
from wiki.search.passages import renew_passages
from wiki.search.shapes import Count
from wiki.templatetags.wiki import counted
from wiki.views.search_facets import Choice
from wiki.views.search_query import Question


@pytest.fixture(autouse=True)
def told(db: None, import_text: Callable[..., Story], tmp_path: Path) -> Story:
    story = lodge(import_text, tmp_path / "pack")
    renew_passages(story)
    return story


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


def test_search_does_not_count_everything_where_a_kind_is_chosen() -> None:
    found = page(f"q=wilf&kind=character&{IN}")
    everything = re.search(r"<li><a href=\"([^\"]*)\"><span>Everything</span>(.*?)</a>", found)

    assert everything
    assert everything.groups() == (f"{PAGE}?q=wilf&amp;{IN}", "")
    assert [count for _url, _now, count in FACET.findall(found)] == ["1"]


def test_search_counts_thousands_as_one_reads_them() -> None:
    found = [counted(count) for count in (Count(2000, is_more=True), Count(999), Count(1234567))]

    assert found == ["2,000+", "999", "1,234,567"]


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


def test_search_of_two_stories_says_what_is_in_which(import_text: Callable[..., Story]) -> None:
    other = import_text("# One\n\nWilf came.\n\nWilf went.", title="Elsewhere")
    renew_passages(other)
    reader = reader_at("1")
    reader.post("/read/elsewhere/reached/", {"point": "1:1"})
    found = reader.get(f"{PAGE}?q=wilf").content.decode()
    stories = re.findall(r'<a href="([^"]*)"><bdi lang="en">([^<]*)</bdi> <span class="count">\s*([^<\s]+)\s*<', found)

    assert sorted(stories) == [
        (f"{PAGE}?q=wilf&amp;story=elsewhere", "Elsewhere", "1"),
        (f"{PAGE}?q=wilf&amp;story=the-lodge", "The Lodge", "4"),
    ]
    assert ("/read/elsewhere/1/p/1/" in LINE.findall(found), "/read/elsewhere/1/p/2/" in found) == (True, False)
    assert "Elsewhere</bdi>" in found
    assert "Elsewhere" not in page("q=wilf", reader="1")


@pytest.mark.parametrize("role", ["", "present"])
def test_search_keeps_what_narrows_it_in_its_forms_and_links(role: str) -> None:
    query = f"q=wilf&{IN}&from=1&to=2&with=ada" + (f"&role={role}" if role else "")
    found = page(query)
    form = found[found.index('action="/search/?story=the-lodge#narrow-more"') :]
    form = form[: form.index("</form>")]
    fields = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', form)

    kept = [("q", "wilf"), ("story", "the-lodge"), ("from", "1"), ("to", "2"), ("with", "ada")]
    assert fields == kept + [("role", role)] * bool(role)
    # Without the last of those who shall stand together there is no role to ask for.
    assert f'href="{PAGE}?q=wilf&amp;{IN}&amp;from=1&amp;to=2"' in found


def test_search_asks_for_no_kind_among_scenes() -> None:
    offer = links(page(f"q=wilf&kind=character&add=ada&{IN}"))["Ada"]

    assert offer == f"{PAGE}?q=wilf&{IN}&with=ada"
    assert (
        LINE.findall(page(f"q=wilf&kind=character&with=ada&{IN}")) == LINE.findall(page(f"q=wilf&with=ada&{IN}")) != []
    )
    assert '<input type="hidden" name="kind"' not in page(f"q=wilf&kind=character&with=ada&{IN}")


@pytest.mark.parametrize(
    ("query", "parts"),
    [
        ("q=wilf", []),
        ("q=wilf&from=2&to=2", ["Chapter 2 Change chapters and scenes"]),
        ("q=wilf&from=1&to=2", ["Chapters 1 to 2 Change chapters and scenes"]),
        ("q=wilf&from=2", ["From chapter 2 on Change chapters and scenes"]),
        ("q=wilf&to=2&with=ada&role=present",
         ["In scenes with Ada Ada: present Up to chapter 2 Change chapters and scenes Leave the words out"]),
        ("with=ada", ["Change chapters and scenes"]),
    ],
)  # fmt: skip
def test_search_says_what_it_is_narrowed_to(query: str, parts: list[str]) -> None:
    assert said(page(f"{query}&{IN}"), "p.search-within") == parts


def test_search_leads_from_words_in_scenes_to_the_scenes() -> None:
    found = links(page(f"q=wilf&with=ada&{IN}"))

    assert (found["Leave the words out"], found["All your stories"]) == (f"{PAGE}?{IN}&with=ada", f"{PAGE}?q=wilf")


@pytest.mark.parametrize(
    ("query", "heading", "sentence", "ways"),
    [
        ("q=zzz", "“zzz”", "Nothing goes by these words as far as you have read.", {}),
        ("q=-wilf", "“-wilf”",
         "There is no word in that to look for: a minus leaves out the word that follows it.", {}),
        ("q=ada&kind=location", "“ada”", "Nothing like that in what you narrowed it to.",
         {"Search every kind": "q=ada&{IN}"}),
        ("q=ada&to=1", "“ada”", "Nothing like that in what you narrowed it to.",
         {"Search every chapter": "q=ada&{IN}"}),
        ("q=zzz&with=ada&role=setting", "“zzz”", "Nothing like that in what you narrowed it to.",
         {"Scenes with them in any way": "q=zzz&{IN}&with=ada", "Search all scenes": "q=zzz&{IN}"}),
        ("with=nobody", "Scenes", "No scene like that as far as you have read.",
         {"Look for other scenes": "{IN}#narrow-more"}),
        ("q=zzz&as=1", "“zzz”", "Nothing goes by these words as of chapter 1.", {}),
        ("with=wilf&with=ada&as=1", "Scenes with Wilf", "No scene like that as of chapter 1.",
         {"Look for other scenes": "{IN}&as=1#narrow-more"}),
        ("q=wilf&as=0", "“wilf”", "At the beginning nothing is known yet.", {}),
    ],
)  # fmt: skip
def test_search_says_why_nothing_is_found(query: str, heading: str, sentence: str, ways: dict[str, str]) -> None:
    found = page(f"{query}&{IN}")
    wider = {"Search every kind", "Search every chapter", "Scenes with them in any way", "Search all scenes",
             "Look for other scenes"}  # fmt: skip

    assert (said(found, "h1"), said(found, "p.search-said")) == ([heading], [sentence])
    assert {words: url for words, url in links(found).items() if words in wider} == {
        words: f"{PAGE}?{url.replace('{IN}', IN)}" for words, url in ways.items()
    }


def test_search_answers_alike_for_the_unmet_and_the_unknown() -> None:
    def scenes(slug: str, reader: str) -> str:
        return page(f"with={slug}&with=wilf&{IN}", reader=reader).replace(slug, "SOMEBODY")

    assert scenes("ada", "1") == scenes("nobody", "1")
    assert scenes("ada", "3") != scenes("nobody", "3")


def test_a_page_beyond_the_last_leads_to_the_first() -> None:
    answers = [reader_at("3").get(f"{PAGE}?q={word}&{IN}&page=9") for word in ("wilf", "zzz")]

    assert [(one.status_code, one.headers.get("Location")) for one in answers] == [
        (302, f"{PAGE}?q={word}&{IN}") for word in ("wilf", "zzz")
    ]


@pytest.mark.parametrize(
    ("query", "offered", "sentence"),
    [
        ("with=wilf&add=ad", ["Ada"], []),
        ("with=ada&add=ad", [], ["Everybody of that name is among them already."]),
        ("with=wilf&add=zzz", [], ["No name like that as far as you have read."]),
    ],
)
def test_search_says_why_nobody_is_offered(query: str, offered: list[str], sentence: list[str]) -> None:
    found = page(f"{query}&{IN}")

    assert [name for name in links(found) if name == "Ada"] == offered
    assert re.findall(r'<p class="aside" role="status">([^<]*)', found) == sentence


def test_search_takes_no_fifth_into_a_scene() -> None:
    def full(*slugs: str) -> tuple[bool, bool]:
        found = page("&".join([IN, *(f"with={slug}" for slug in slugs)]))
        return "Nobody else can be added to these." in found, 'name="add"' in found

    assert (full("wilf", "ada", "c"), full("wilf", "ada", "c", "d")) == ((False, True), (True, False))


@pytest.mark.parametrize(("reader", "is_there"), [("0", False), ("1", True)])
def test_scenes_can_be_asked_for_without_words(reader: str, is_there: bool) -> None:
    found = page(IN, reader=reader)

    assert ("Add someone" in found, 'name="from"' in found) == (is_there, False)
    assert ("Wilf" in links(page(f"add=wil&{IN}", reader=reader))) == is_there


def test_search_leads_to_chapters_and_scenes_only_where_they_are() -> None:
    asked = [f"q={word}&kind={kind}&{IN}" for word in ("wilf", "zzz") for kind in ("", "location")]
    found = [page(query) for query in asked]

    there = [('href="#narrow-more"' in one, 'id="narrow-more"' in one) for one in found]
    assert there == [(True, True), (False, False), (False, False), (False, False)]


def test_an_address_refuses_a_field_that_no_search_has() -> None:
    with pytest.raises(TypeError, match=r"A search has no colour\."):
        Question("wilf").address(colour="red")

    assert Question("wilf", page=3).address(first=2) == f"{PAGE}?q=wilf&from=2"


@pytest.mark.parametrize(("many", "folded"), [(10, 0), (12, 2)])
def test_stories_beyond_ten_are_folded_away(many: int, folded: int) -> None:
    stories = [Choice(f"Story {number}", f"#{number}", count=Count(1)) for number in range(many)]
    shown = render_to_string("wiki/components/search_narrow.html", {"stories": stories, "everything": stories[0]})
    first, _more, rest = shown.partition("<details")

    assert ([one.label in shown for one in stories], rest.count("Story"), first.count("Story")) == (
        [True] * many,
        folded,
        10,
    )
