"""The card of a name: cut at its paragraph, the same for all who have read that far, a question for the others."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django.fixtures import DjangoAssertNumQueries

from reader.models import Chapter, Story, User
from reader.pagecache import cache
from reader.text import points
from tests.wiki.tended import at as account_at
from tests.wiki.tended import change, crew
from tests.wiki.views.lodge import lodge, reader_at
from wiki.models import Tagging
from wiki.views.strips import Length, Strip, strip

CARD = "/wiki/the-lodge/wilf/card/?at="
TAGS = re.compile(r"<[^>]*>")


@pytest.fixture
def told(db: None, import_text: Callable[..., Story], tmp_path: Path) -> Story:
    return lodge(import_text, tmp_path / "pack")


@pytest.fixture
def kept(told: Story) -> Iterator[None]:
    """Pages are kept in memory, as where changes are heard."""
    cache.flush(live=True)
    yield
    cache.flush(live=False)


def html(at: str, *, reader: str = "3", slug: str = "wilf") -> str:
    answer = reader_at(reader).get(f"/wiki/the-lodge/{slug}/card/?at={at}")
    assert answer.status_code == 200
    return answer.content.decode()


def words(at: str, **more: str) -> str:
    """What a card says, blanks apart."""
    return " ".join(TAGS.sub(" ", html(at, **more)).split())


KNOWN = "He keeps the lamp. Work Keeper"
MET = "First met 1:1 Last seen"
SAID = {
    "1:1": "W Wilf Character Close First met here Open the page",
    "1:3": f"Wilf Character Close {KNOWN} {MET} 1:1 Open the page",
    "2:1": f"Wilf Character Close {KNOWN} {MET} 1:4 Open the page Earlier: 1:3 , 1:1",
    "2:2": f"Wilf Oakshott Character Close {KNOWN} Lives Far off {MET} 2:1 Open the page Earlier: 1:4 , 1:3",
}


@pytest.mark.parametrize(("at", "said"), SAID.items())
def test_a_card_knows_what_its_paragraph_knows(told: Story, at: str, said: str) -> None:
    for reader in (at, "3"):
        assert words(at, reader=reader) == f"{said} Is this right?"


def test_a_card_has_the_picture_from_its_paragraph_on(told: Story) -> None:
    assert ["<img" in html(at) for at in ("1:2", "1:3")] == [False, True]


def test_a_card_says_in_words_what_its_strip_shows(told: Story) -> None:
    said = {at: re.search(r'aria-label="(Named[^"]*)"', html(at)) for at in ("1:1", "1:2", "1:3", "2:3")}

    assert {at: found and found[1] for at, found in said.items()} == {
        "1:1": "Named once so far, in 1:1.",
        "1:2": "Named once so far, in 1:1.",
        "1:3": "Named in 2 paragraphs so far, from 1:1 to 1:3.",
        "2:3": "Named in 6 paragraphs so far, from 1:1 to 2:3.",
    }


def test_a_card_leads_to_its_paragraphs_and_to_the_page(told: Story) -> None:
    page = html("2:1")

    for address in (
        "/read/the-lodge/1/p/1/",
        "/read/the-lodge/1/p/4/",
        "/wiki/the-lodge/wilf/?from=2:1",
        "/wiki/the-lodge/wilf/tagging/?at=2:1",
    ):
        assert f'href="{address}"' in page
    assert "/read/the-lodge/2/" not in page


def test_an_entry_that_no_paragraph_names_has_a_card_without_a_strip(told: Story) -> None:
    Tagging.objects.whole(because="nobody is named any more").delete()
    page = html("2:1")

    assert ("First met" in page, "Last seen" in page, "entry-strip" in page) == (True, False, False)


def test_ahead_of_the_reader_a_card_is_one_question_for_every_name(told: Story) -> None:
    reader = reader_at("1:2")
    asked = [reader.get(f"/wiki/the-lodge/{slug}/card/?at=2:2") for slug in ("wilf", "ada", "nobody")]

    assert {(one.status_code, one.content) for one in asked} == {(200, asked[0].content)}
    page = asked[0].content.decode()
    assert "Have you read up to here?" in page
    assert 'action="/read/the-lodge/reached/"' in page
    assert 'name="next" value="/read/the-lodge/2/p/2/"' in page
    assert 'name="point" value="2:2"' in page
    assert "Have you read" not in html("1:2", reader="1:2")


@pytest.mark.parametrize("reader", ["0", "1:2"])
def test_a_lowered_card_asks_too(told: Story, reader: str) -> None:
    answer = reader_at("3").get(f"{CARD}2:2&as={reader}")

    assert "Have you read up to here?" in answer.content.decode()


def test_an_unmet_name_has_the_same_404_as_an_unknown_one(told: Story) -> None:
    reader = reader_at("3")
    unmet, unknown = (reader.get(f"/wiki/the-lodge/{slug}/card/?at=1:4") for slug in ("ada", "xyz"))

    assert (unmet.status_code, unmet.content) == (404, unknown.content)
    assert reader.get("/wiki/the-lodge/ada/card/?at=2:1").status_code == 200


@pytest.mark.parametrize(
    "query", ["", "?at=", "?at=x", "?at=1:02", "?at=1:1%20", "?at=-1", "?at=all", f"?at={'9' * 40}"]
)
def test_a_card_at_no_point_is_not_found(told: Story, query: str) -> None:
    visitor = reader_at("3")
    visitor.post("/read/the-lodge/reached/", {"point": "all"})

    assert visitor.get(f"/wiki/the-lodge/wilf/card/{query}").status_code == 404
    assert visitor.get(f"{CARD}1:1").status_code == 200


def test_a_card_of_no_story_is_not_found(told: Story) -> None:
    assert reader_at("3").get("/wiki/no-story/wilf/card/?at=1:1").status_code == 404


def test_a_card_is_private_and_found_by_nobody(told: Story) -> None:
    for at in ("1:1", "3:1"):
        answer = reader_at("1").get(CARD + at)
        headers = {name: answer.headers[name] for name in ("Cache-Control", "Vary", "X-Robots-Tag")}
        assert headers["Cache-Control"] == "private, no-cache"
        assert "Cookie" in headers["Vary"]
        assert headers["X-Robots-Tag"] == "noindex"


@pytest.mark.usefixtures("kept")
def test_a_kept_card_costs_a_browser_no_query(told: Story, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    reader = reader_at("2")
    first = reader.get(f"{CARD}1:3").content

    with django_assert_num_queries(0):
        assert reader.get(f"{CARD}1:3").content == first
        assert "Have you read" in reader.get(f"{CARD}3:1").content.decode()


@pytest.mark.usefixtures("kept")
def test_a_kept_card_costs_an_account_its_place_alone(told: Story, member: User) -> None:
    account = account_at(told, member, "2")
    cache.flush(live=True)
    page = account.get(f"{CARD}1:3").content

    with CaptureQueriesContext(connection) as queries:
        assert account.get(f"{CARD}1:3").content == page
    asked = [one["sql"] for one in queries if "session" not in one["sql"] and "reader_user" not in one["sql"]]
    assert len(asked) == 1
    assert "reader_place" in asked[0]


@pytest.mark.usefixtures("kept")
def test_a_kept_card_is_for_its_paragraph_alone(told: Story) -> None:
    reader = reader_at("3")
    for at in ("1:1", "2:2"):
        reader.get(CARD + at)

    assert ["Oakshott" in reader.get(CARD + at).content.decode() for at in ("1:1", "2:2")] == [False, True]


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("kept")
def test_a_save_drops_what_is_kept(told: Story) -> None:
    editor, reader = crew(told).editor, reader_at("3")
    before = reader.get(f"{CARD}1:3").content.decode()
    change(told, editor, "wilf", "He keeps the lamp.", "He trims the lamp.", point="3")
    after = reader.get(f"{CARD}1:3").content.decode()

    assert ["keeps" in before, "trims" in before, "trims" in after, "keeps" in after] == [True, False, True, False]


@pytest.mark.usefixtures("kept")
def test_a_scheduled_chapter_makes_a_kept_card_old(told: Story) -> None:
    Chapter.objects.filter(story=told, number=3).update(published_at=timezone.now() + timedelta(seconds=60))
    cache.flush(live=True)
    reader_at("1").get(f"{CARD}1:3")
    [page] = [one for key, one in cache.pages.items() if "wiki" in key]

    assert page.until == Chapter.objects.get(story=told, number=3).published_at
    later = datetime(2100, 1, 1, tzinfo=UTC)
    assert [cache.get(key, now=later) for key in list(cache.pages) if "wiki" in key] == [None]


def test_strip_shows_nothing_ahead() -> None:
    chapters = [Length(1, 300, points.point(1, 3)), Length(2, 100, points.point(2, 2))]
    named = [points.point(1, 1), points.point(2, 2)]

    assert [strip(named, chapters, at=at, sentence="S") for at in (0, points.point(1, 2), points.chapter_end(2))] == [
        Strip("", (), 0.0, None, "S"),
        Strip("M12.4 0V1", (), 50.0, 50.0, "S"),
        Strip("M12.4 0V1M93.8 0V1", (75.0,), 100.0, 100.0, "S"),
    ]


def test_strip_of_everything_ends_at_the_end() -> None:
    chapters = [Length(1, 0, points.point(1, 1))]

    assert strip([], chapters, at=points.EVERYTHING, sentence="") == Strip("", (), 100.0, 100.0, "")
    assert strip([], [], at=points.point(1, 1), sentence="").lines == ""


def test_strip_of_a_long_story_keeps_few_lines() -> None:
    chapters = [Length(number, 100, points.point(number, 1000)) for number in range(1, 101)]
    named = [points.point(chapter, number) for chapter in range(1, 101) for number in range(1, 1001, 2)]
    found = strip(named, chapters, at=points.chapter_end(100), sentence="")

    assert (found.lines.count("M"), found.gaps) == (501, ())
