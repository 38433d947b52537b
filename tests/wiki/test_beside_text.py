"""What the wiki sets beside the text: names as links, and the list of those on a page. The same for all who read."""

import gzip
import re
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reader.annotators import Annotator, registry
from reader.models import Paragraph, Story, User
from reader.pagecache import PageCache, cache
from reader.text.annotate import annotate, plain
from tests.conftest import Visitor
from tests.wiki.beside import TEXT, lines, named, names
from tests.wiki.gate.tagged import at, say
from wiki import beside_text, gate
from wiki.models import Picture
from wiki.tagging import finding

pytestmark = pytest.mark.django_db
READ, WIKI = "/read/the-lamp/", "/wiki/the-lamp/"


@pytest.fixture
def lamp(db: None, import_text: Callable[..., Story], tmp_path: Path) -> Story:
    return named(import_text(TEXT), tmp_path / "pack")


@pytest.fixture
def kept_pages() -> Iterator[PageCache]:
    """The common cache as in a web process that hears of changes."""
    cache.flush(live=True)
    yield cache
    cache.flush(live=False)


def page(visitor: Visitor, path: str) -> str:
    """What a visitor gets."""
    answer = visitor.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def rows(story: Story, chapter: int) -> list[Paragraph]:
    return list(Paragraph.objects.filter(chapter__story=story, chapter__number=chapter).in_order())


def without_names(monkeypatch: pytest.MonkeyPatch, visitor: Visitor, path: str) -> str:
    """The page as it is while no name is linked; the rest of what the wiki adds stays."""
    bare = Annotator("wiki", tool=beside_text.who_tool)
    monkeypatch.setattr(registry, "annotators", [bare])
    found = page(visitor, path)
    monkeypatch.undo()
    return found


def test_spans_are_the_links_that_the_gate_gives(lamp: Story) -> None:
    for chapter in (1, 2):
        paragraphs = rows(lamp, chapter)
        links = gate.text_links(lamp, {row.pk: row.point for row in paragraphs})
        made = beside_text.spans(lamp, paragraphs)

        assert {key: [one.about for one in spans] for key, spans in made.items()} == links
        assert {key: [(one.start, one.end) for one in spans] for key, spans in made.items()} == {
            key: [(one.start, one.end) for one in many] for key, many in links.items()
        }
        assert all(plain(annotate(row.html, made.get(row.pk, []))) == row.text for row in paragraphs)


def test_names_are_links_and_the_first_of_a_scene_is_marked(lamp: Story, newcomer: Visitor) -> None:
    keeper, cook = f"{WIKI}the-keeper/?from=", f"{WIKI}the-cook/?from="

    assert names(page(newcomer, f"{READ}1/")) == [
        ("The Keeper", "name first", "character", f"{keeper}1:1"),
        ("The Cook", "name first", "character", f"{cook}1:2"),
        ("<em>The Keeper</em>", "name", "character", f"{keeper}1:2"),
        ("The Keeper", "name", "character", f"{keeper}1:2"),
        ("House", "name first", "location", f"{WIKI}house/?from=1:3"),
        ("The Keeper", "name first", "character", f"{keeper}1:3"),
    ]


def test_names_in_messages_and_beside_entities_are_links(lamp: Story, newcomer: Visitor) -> None:
    found = page(newcomer, f"{READ}2/")
    link = '<a href="/wiki/the-lamp/the-keeper/?from=2:{}" class="{}" data-kind="character">{}</a>'

    assert (
        f"{link.format(2, 'name first', 'The Keeper')} &amp; {link.format(2, 'name', 'Silas Brand')} are one" in found
    )
    assert f"<dt>{link.format(5, 'name', 'Silas Brand')}<" in found
    assert f"is {link.format(4, 'name', 'the keeper')} in" in found
    assert re.search(r'<dt><a href="[^"]*/the-cook/\?from=2:4" class="name"[^>]*>Cook</a><', found)


def test_page_list_is_in_order_of_appearance(lamp: Story, newcomer: Visitor) -> None:
    first, second = (lines(page(newcomer, f"{READ}{chapter}/")) for chapter in (1, 2))

    assert first == [
        ("character", "", f"{WIKI}the-keeper/?from=1:1", "span", "The Keeper", ""),
        ("character", 'class="later"', f"{WIKI}the-cook/?from=1:2", "span", "The Cook", ""),
        ("location", 'class="later"', f"{WIKI}house/?from=1:3", "span", "House", ""),
    ]
    assert second == [
        ("character", 'class="later"', f"{WIKI}the-keeper/?from=2:2", "img", "Silas Brand", "by message"),
        ("character", "", f"{WIKI}the-cook/?from=2:2", "span", "The Cook", "by message"),
    ]


def test_page_list_says_what_an_entry_does_there(lamp: Story, newcomer: Visitor, member: User) -> None:
    say(lamp, member, "1:3", "House", "house", role="setting")
    say(lamp, member, "1:2", "The Cook", "the-cook", role="spoken of")

    assert [one[-2:] for one in lines(page(newcomer, f"{READ}1/"))] == [
        ("The Keeper", ""), ("The Cook", "spoken of"), ("House", "setting"),
    ]  # fmt: skip


def test_page_list_is_made_of_the_spans_without_a_query(lamp: Story) -> None:
    paragraphs = rows(lamp, 1)
    spans = beside_text.spans(lamp, paragraphs)

    with CaptureQueriesContext(connection) as queries:
        assert beside_text.page_list(lamp, paragraphs, spans) is not None
        assert beside_text.page_list(lamp, paragraphs, {}) is None
    assert len(queries) == 0


def test_page_without_a_name_has_no_list_and_no_script_for_it(lamp: Story, newcomer: Visitor, member: User) -> None:
    full = page(newcomer, f"{READ}2/")
    for words in ("The Keeper", "Silas Brand", "The Cook"):
        say(lamp, member, "2:2", words, "the-cook" if "Cook" in words else "the-keeper", no=True)
    for point, words, slug in (("2:4", "Cook", "the-cook"), ("2:4", "the keeper", "the-keeper"),
                               ("2:5", "Silas Brand", "the-keeper")):  # fmt: skip
        say(lamp, member, point, words, slug, no=True)
    bare = page(newcomer, f"{READ}2/")

    assert all(part in full for part in ("page-names.js", "margin-list", "on-page-opener", "with-list"))
    assert not any(part in bare for part in ("page-names", "margin-list", "on-page", "with-list", 'class="name'))


def test_page_shows_nothing_that_is_known_later(lamp: Story, newcomer: Visitor, finished_lamp: Visitor) -> None:
    first, second = page(finished_lamp, f"{READ}1/"), page(newcomer, f"{READ}2/")

    assert ("Silas Brand" in first, "Silas Brand" in second) == (False, True)
    assert ("/face/" in first, "/face/" in second) == (False, True)  # of the keeper, known from 1:3


@pytest.fixture
def finished_lamp(lamp: Story) -> Visitor:
    """Has read it all."""
    visitor = Visitor()
    visitor.post(f"{READ}reached/", {"point": "2"})
    return visitor


def test_page_is_the_same_for_every_visitor(
    lamp: Story, newcomer: Visitor, finished_lamp: Visitor, signed_in: Visitor
) -> None:
    everything = Visitor()
    everything.post(f"{READ}reached/", {"point": "all"})
    for path in (f"{READ}1/", f"{READ}2/", f"{READ}2/all/"):
        seen = {
            tuple(
                re.sub(r" data-reached", "", part) for part in re.findall(r"<main.*</main>", page(one, path), re.DOTALL)
            )
            for one in (newcomer, finished_lamp, signed_in, everything)
        }
        assert len(seen) == 1


def test_pictures_of_a_page_open_for_all_who_see_the_page(lamp: Story, newcomer: Visitor) -> None:
    src = re.findall(r'<img class="thumb" src="([^"]+)"', page(newcomer, f"{READ}2/"))
    (address,) = map(unescape, src)
    path, _mark, _point = address.partition("?at=")
    # Paragraphs that do not name it, one that is not there, an unknown entry, one that is named and has no picture.
    others = [f"{path}?at=1:3", f"{path}?at=2:1", f"{path}?at=2"]
    never = [path, f"{path}?at=9:9", f"{path}?at=x", address.replace("/the-keeper/", "/nobody/")]
    never.append(f"{WIKI}the-cook/face/?at=2:2")

    assert newcomer.get(address)["Content-Type"] == "image/webp"
    assert {newcomer.get(one).status_code for one in [*others[1:], *never]} == {404}
    newcomer.post(f"{READ}reached/", {"point": "2"})
    assert [newcomer.get(one)["Content-Type"] for one in others] == ["image/webp"] * 3
    assert {newcomer.get(one).status_code for one in never} == {404}


def test_picture_beside_the_text_is_that_of_the_paragraph(lamp: Story, newcomer: Visitor) -> None:
    portrait = Picture.objects.whole(because="a picture known later").get(story=lamp)
    address = f"{WIKI}the-keeper/face/?at=1:3"

    assert newcomer.get(address).status_code == 200
    portrait.since = at("2:1")
    portrait.save()
    assert newcomer.get(address).status_code == 404


def test_page_costs_two_queries_more_cold_and_none_warm(
    lamp: Story, newcomer: Visitor, kept_pages: PageCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    def queries(path: str) -> int:
        with CaptureQueriesContext(connection) as found:
            page(newcomer, path)
        return len(found)

    for path in (f"{READ}1/", f"{READ}2/", f"{READ}2/all/"):
        with CaptureQueriesContext(connection) as bare:
            without_names(monkeypatch, newcomer, path)
        kept_pages.flush(live=True)
        assert (queries(path) - len(bare), queries(path)) == (2, 0)


def test_pages_of_the_sample_story_are_at_most_a_quarter_larger(
    electra: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    finding.tag_all(electra)
    visitor, sizes = Visitor(), {}
    for chapter in electra.chapters.all():
        for number in range(1, chapter.page_count + 1):
            path = f"/read/{electra.slug}/{chapter.number}/{number}/"
            bare, full = without_names(monkeypatch, visitor, path), page(visitor, path)
            assert (bare.count('class="name'), full.count('class="name') > 0) == (0, True)
            sizes[path] = tuple(len(gzip.compress(text.encode(), 6)) for text in (bare, full))

    assert {path: f"{full / bare:.3f}" for path, (bare, full) in sizes.items() if full > 1.25 * bare} == {}


def test_later_entries_are_those_known_otherwise_than_where_the_page_begins(lamp: Story) -> None:
    paragraphs = rows(lamp, 2)
    links = gate.text_links(lamp, {row.pk: row.point for row in paragraphs})
    turned = {(row.point, one.entry.slug): one.turned for row in paragraphs for one in links.get(row.pk, ())}

    assert turned == {
        (at("2:2"), "the-keeper"): at("2:2"), (at("2:2"), "the-cook"): at("1:2"),
        (at("2:4"), "the-keeper"): at("2:2"), (at("2:4"), "the-cook"): at("1:2"),
        (at("2:5"), "the-keeper"): at("2:2"),
    }  # fmt: skip
