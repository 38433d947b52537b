"""Where an entry appears: on its own page, and on the page of all its passages, as far as somebody has read."""

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from reader.models import Chapter, Story, User
from reader.pagecache import cache
from tests.conftest import Visitor
from tests.wiki.gate.tagged import TEXT, say, tag
from tests.wiki.packs import entry
from tests.wiki.views.test_history import page, reader_at
from wiki.models import Slug
from wiki.tagging import finding
from wiki.views.mentions import PAGE

PASSAGE = re.compile(r'<li><a class="passage" href="([^"]+)">(.*?)</a></li>', re.DOTALL)
CHAPTER = re.compile(r'<a class="appears-chapter"( aria-current="true")? href="([^"]+)">(.*?)</a>', re.DOTALL)
NOTHING = "Nothing in the text is tagged with this yet"


@pytest.fixture
def tagged(db: None, import_text: Callable[..., Story], tmp_path: Path) -> Story:
    cache.flush(live=False)
    return tag(import_text(TEXT), tmp_path)


def said(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", "", html)).split())


def passages(html: str) -> list[tuple[str, str]]:
    """The address of each passage and what stands there, its names between stars."""
    return [(href, said(re.sub(r"</?b>", "*", line))) for href, line in PASSAGE.findall(html)]


def chapters(html: str) -> list[tuple[str, bool]]:
    return [(said(words), bool(is_open)) for is_open, _href, words in CHAPTER.findall(html)]


def line(html: str) -> str:
    found = re.search(r'<p class="appears-line">(.*?)</p>', html, re.DOTALL)
    return said(found[1]) if found else ""


def test_entry_mentions_opens_the_latest_chapter(tagged: Story) -> None:
    html = page(reader_at("2:2"), "the-keeper/mentions/")

    assert chapters(html) == [("2. The Boat 1 time", True), ("1. The Stair 3 times", False)]
    assert passages(html) == [("/read/the-lamp/2/p/2/?back=the-keeper", "2:2 *Silas Brand* rows out to The Cook.")]
    assert line(html) == "First met 1:1 Last seen 2:2 4 times in 2 chapters"


def test_entry_mentions_opens_the_chapter_that_is_asked_for(tagged: Story) -> None:
    html = page(reader_at("2:2"), "the-keeper/mentions/?chapter=1")

    assert [one[1] for one in chapters(html)] == [False, True]
    assert passages(html) == [
        ("/read/the-lamp/1/p/1/?back=the-keeper", "1:1 *The Keeper* trims the lamp, and the lamp burns."),
        (
            "/read/the-lamp/1/p/3/?back=the-keeper",
            "1:3 The Cook bakes bread for *The Keeper*. *The Keeper* eats it.",
        ),
    ]


@pytest.mark.parametrize("chapter", ["3", "0", "-1", "x", "²", "99999999999999999999"])
def test_entry_mentions_of_a_chapter_without_any_opens_the_latest(tagged: Story, chapter: str) -> None:
    visitor = reader_at("2:2")

    assert passages(page(visitor, f"the-keeper/mentions/?chapter={chapter}")) == passages(
        page(visitor, "the-keeper/mentions/?chapter=2")
    )


def test_entry_mentions_end_in_the_middle_of_a_chapter(tagged: Story) -> None:
    early, late = (passages(page(reader_at(point), "the-cook/mentions/?chapter=2")) for point in ("2:2", "2:3"))

    assert [href for href, _words in early] == ["/read/the-lamp/2/p/2/?back=the-cook"]
    assert [href for href, _words in late] == [f"/read/the-lamp/2/p/{number}/?back=the-cook" for number in (2, 3)]


def test_entry_mentions_of_the_unmet_are_the_same_404_as_of_the_unknown(tagged: Story) -> None:
    visitor = reader_at("1:2")
    answers = {slug: visitor.get(f"/wiki/the-lamp/{slug}/mentions/") for slug in ("the-cook", "nobody-here")}

    assert [answer.status_code for answer in answers.values()] == [404, 404]
    assert len({answer.content.replace(slug.encode(), b"") for slug, answer in answers.items()}) == 1
    assert reader_at("1:3").get("/wiki/the-lamp/the-cook/mentions/").status_code == 200
    assert visitor.get("/wiki/unknown/the-cook/mentions/").status_code == 404


def test_entry_mentions_can_stand_as_of_an_earlier_point(tagged: Story) -> None:
    answer = reader_at("3").get("/wiki/the-lamp/the-keeper/mentions/?as=2:1&chapter=3")
    html = answer.content.decode()

    assert chapters(html) == [("1. The Stair 3 times", True)]
    assert ("Silas Brand" in html, "The Keeper" in html) == (False, True)
    assert 'href="/wiki/the-lamp/the-keeper/mentions/?chapter=1&amp;as=2:1#chapter-1"' in html
    assert (answer["Cache-Control"], answer["X-Robots-Tag"]) == ("private, no-store", "noindex")
    assert len(chapters(page(reader_at("3"), "the-keeper/mentions/?as=9"))) == 3


def test_entry_mentions_say_what_an_entry_does_there(tagged: Story, member: User) -> None:
    say(tagged, member, "2:1", "Nobody", "the-house", role="setting")
    html = page(reader_at("2:4"), "the-house/mentions/")

    assert [words for _href, words in passages(html)] == [
        "2:1 *Nobody* is at home. setting",
        "2:4 *The House* is shut behind The Keeper.",
    ]


def test_entry_mentions_escape_the_text(db: None, import_text: Callable[..., Story], tmp_path: Path) -> None:
    tag(import_text("# <i>One</i>\n\nThe Keeper says <script>alert(1)</script> & goes."), tmp_path)
    html = page(reader_at("1"), "the-keeper/mentions/")

    assert "<b>The Keeper</b> says &lt;script&gt;alert(1)&lt;/script&gt; &amp; goes." in html
    assert "<script>alert" not in html


def test_entry_mentions_of_what_the_text_never_names_say_what_one_can_do(tagged: Story) -> None:
    html = page(reader_at("2:1"), "the-wreck/mentions/")

    assert NOTHING in html
    assert (chapters(html), passages(html), 'class="entry-strip"' in html) == ([], [], False)
    assert NOTHING in page(reader_at("2:1"), "the-wreck/")
    assert NOTHING not in page(reader_at("2:1"), "the-keeper/mentions/")
    assert 'class="entry-strip"' in page(reader_at("2:1"), "the-keeper/mentions/")


def test_entry_mentions_lead_on_from_an_older_address(tagged: Story) -> None:
    row = Slug.objects.whole(because="a test").get(slug="the-keeper")
    Slug.objects.create(story=tagged, entry=row.entry, slug="silas-brand", since=2 << 32 | 2 << 8)
    early, late = (reader_at(point).get("/wiki/the-lamp/the-keeper/mentions/?chapter=1") for point in ("2:1", "2:2"))

    assert (early.status_code, late.status_code) == (200, 302)
    assert late["Location"] == "/wiki/the-lamp/silas-brand/mentions/?chapter=1"


def test_entry_mentions_of_a_chapter_with_very_many_go_on_over_pages(
    db: None, import_text: Callable[..., Story], tmp_path: Path
) -> None:
    tag(import_text("# One\n\n" + "\n\n".join(["The Keeper goes."] * (PAGE + 5))), tmp_path)
    visitor = reader_at("1")
    pages = {name: page(visitor, f"the-keeper/mentions/?chapter=1&page={name}") for name in ("1", "2", "0", "9", "x")}

    assert [len(passages(html)) for html in pages.values()] == [PAGE, 5, PAGE, 5, PAGE]
    assert passages(pages["2"])[0][0] == f"/read/the-lamp/1/p/{PAGE + 1}/?back=the-keeper"
    assert [(">Earlier</a>" in pages[one], ">Later</a>" in pages[one]) for one in "12"] == [
        (False, True),
        (True, False),
    ]
    assert 'href="?chapter=1&amp;page=2#chapter-1"' in pages["1"]


def test_entry_mentions_cost_as_many_queries_however_many_there_are(
    db: None, import_text: Callable[..., Story], tmp_path: Path
) -> None:
    text = "# One\n\nThe Keeper goes.\n\n"
    story = tag(import_text(text), tmp_path)
    counts = []
    for more in (0, 40):
        import_text(text + "The Keeper goes on.\n\n" * more)
        finding.tag_changed_text(story)
        visitor = reader_at("1")
        with CaptureQueriesContext(connection) as queries:
            page(visitor, "the-keeper/mentions/")
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 10


def test_the_page_of_an_entry_says_where_it_appears(tagged: Story) -> None:
    early, late = (page(reader_at(point), "the-keeper/") for point in ("1:2", "3"))

    assert chapters(early) == [("1. The Stair 1 time", False)]
    assert chapters(late) == [
        ("3. The Letter 1 time", False),
        ("2. The Boat 2 times", False),
        ("1. The Stair 3 times", False),
    ]
    assert line(late) == "First met 1:1 Last seen 3:1 6 times in 3 chapters"
    assert 'href="/wiki/the-lamp/the-keeper/mentions/?chapter=2#chapter-2"' in late
    assert '<dt>Last seen</dt><dd><a href="/read/the-lamp/1/p/1/?back=the-keeper">1:1</a></dd>' in early
    assert '<dt>Last seen</dt><dd><a href="/read/the-lamp/3/p/1/?back=the-keeper">3:1</a></dd>' in late


def test_the_page_of_an_entry_says_who_was_seen_with_it(tagged: Story) -> None:
    def company(html: str) -> list[str]:
        section = html.partition('id="seen-with"')[2].partition("</section>")[0]
        return [said(words) for words in re.findall(r'<span class="entry-words">(.*?)</a>', section)]

    assert company(page(reader_at("1:1"), "the-keeper/")) == []
    assert company(page(reader_at("1:2"), "the-keeper/")) == ["The House 1 scene"]
    assert company(page(reader_at("3"), "the-keeper/")) == ["The Cook 4 scenes", "The House 2 scenes"]
    assert company(page(reader_at("3"), "the-keeper/?as=1:2")) == company(page(reader_at("1:2"), "the-keeper/"))


def test_the_page_of_an_entry_tells_knowing_from_seeing(tagged: Story, member: User) -> None:
    say(tagged, member, "1:1", "the lamp", "the-house")
    say(tagged, member, "1:1", "burns", "the-wreck", since="2:1")
    say(tagged, member, "2:3", "sings", "the-cook")
    say(tagged, member, "1:3", "The Cook", "the-cook", no=True)

    lines = {
        slug: line(page(reader_at(point), f"{slug}/"))
        for slug, point in (("the-house", "1:3"), ("the-wreck", "2:1"), ("the-cook", "2:3"), ("the-keeper", "1:1"))
    }
    assert lines == {
        "the-house": "Known from 1:2 First seen 1:1 Last seen 1:2 2 times in 1 chapter",
        "the-wreck": "Known from 2:1 First seen 1:1 Last seen 1:1 1 time in 1 chapter",
        "the-cook": "Known from 1:3 First named 2:2 Last seen 2:3 3 times in 1 chapter",
        "the-keeper": "First met 1:1 Last seen 1:1 1 time in 1 chapter",
    }


def test_the_page_of_an_entry_shows_eight_chapters_and_leads_to_the_rest(
    db: None, import_text: Callable[..., Story], tmp_path: Path
) -> None:
    tag(import_text("\n\n".join(f"# Part {number}\n\nThe Keeper goes." for number in range(1, 13))), tmp_path)
    early, late = (page(reader_at(point), "the-keeper/") for point in ("10", "11"))
    link = '<a href="/wiki/the-lamp/the-keeper/mentions/">All 11 chapters</a>'

    assert [words.partition(".")[0] for words, _is_open in chapters(late)] == ["11", "10", "9", "8", "7", "6", "5", "4"]
    assert (len(chapters(early)), "All 10 chapters" in early, link in late) == (10, False, True)


def test_the_page_of_an_entry_grows_old_when_a_chapter_comes_out(tagged: Story) -> None:
    cache.flush(live=True)
    soon = timezone.now() + timedelta(hours=1)
    Chapter.objects.filter(story=tagged, number=3).update(published_at=soon)
    visitor = reader_at("2")
    page(visitor, "the-keeper/")
    kept = [one for key, one in cache.pages.items() if "/wiki/the-lamp/the-keeper/" in key]

    assert [one.until for one in kept] == [soon]
    cache.flush(live=False)


def test_the_page_of_an_entry_costs_four_queries_more(tagged: Story) -> None:
    visitor = reader_at("3")
    page(visitor, "the-keeper/")
    with CaptureQueriesContext(connection) as queries:
        page(visitor, "the-keeper/?as=3")
    asked = [one["sql"] for one in queries.captured_queries]

    assert (len([sql for sql in asked if "wiki_tagging" in sql]), len(asked)) == (2, 9)


@pytest.mark.parametrize("path", ["history/", "links/", "more/"])
def test_pages_about_an_entry_lead_to_its_mentions(tagged: Story, signed_in: Visitor, path: str) -> None:
    signed_in.post("/read/the-lamp/reached/", {"point": "3"})

    assert 'href="/wiki/the-lamp/the-keeper/mentions/"' in page(signed_in, f"the-keeper/{path}")


def test_an_entry_named_in_letters_says_so(db: None, import_text: Callable[..., Story], tmp_path: Path) -> None:
    text = "# One\n\nHello.\n\n::: messages\nPru: is the keeper there\n:::"
    tag(import_text(text), tmp_path, pru=entry(Pru="1:1"))

    assert passages(page(reader_at("1"), "pru/mentions/")) == [
        ("/read/the-lamp/1/p/2/?back=pru", "1:2 *Pru*: is the keeper there by message")
    ]
