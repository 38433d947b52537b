"""What a page of results shows, and never shows before it is due."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from reader.models import Chapter, Story, User
from tests.wiki.gate.tagged import say
from tests.wiki.search.shore import TEXT, WHY, asked, at, marked, places, shore, titles
from wiki import search
from wiki.models import Telling
from wiki.search import matching
from wiki.search.bounding import Bounds
from wiki.search.languages import language_of
from wiki.search.passages import renew_passages
from wiki.search.shapes import Count, Filters, Results, Scope
from wiki.text.asked import parse

POINTS = ["0", "1:1", "1:2", "1:3", "1", "2:1", "2:2", "2", "3:1", "3:2", "3:3", "3", "all"]


@pytest.fixture
def sea(db: None, import_text: Callable[..., Story], tmp_path: Path) -> Story:
    """The shore's story."""
    return shore(import_text(TEXT), tmp_path)


def test_find_shows_entries_and_passages_when_they_are_due(sea: Story) -> None:
    found = {point: asked(sea, "lamp", point) for point in POINTS}
    assert {point: (titles(one), places(one)) for point, one in found.items()} == {
        "0": ([], []),
        "1:1": (["The Keeper"], ["1:1"]),
        "1:2": (["The Keeper"], ["1:1"]),
        "1:3": (["The Keeper"], ["1:1"]),
        "1": (["The Keeper"], ["1:1"]),
        "2:1": (["Silas Brand"], ["1:1", "2:1"]),
        "2:2": (["Silas Brand"], ["1:1", "2:1"]),
        "2": (["Silas Brand"], ["1:1", "2:1"]),
        "3:1": (["The Cook", "Silas Brand"], ["1:1", "2:1", "3:1"]),
        "3:2": (["The Cook", "Silas Brand"], ["1:1", "2:1", "3:1"]),
        "3:3": (["The Wrecker", "The Cook", "Silas Brand"], ["1:1", "3:3", "2:1", "3:1"]),
        "3": (["The Wrecker", "The Cook", "Silas Brand"], ["1:1", "3:3", "2:1", "3:1"]),
        "all": (["The Wrecker", "The Cook", "Silas Brand"], ["1:1", "3:3", "2:1", "3:1"]),
    }
    for one in found.values():
        assert one.entry_count == Count(len(one.entries))
        assert one.passage_count == Count(len(one.passages))
        assert sum(facet.count.number for facet in one.kinds) == len(one.entries)
        assert sum(facet.count.number for facet in one.stories) == len(one.entries) + len(one.passages)


def test_find_shows_the_sentence_that_fits_and_its_point(sea: Story) -> None:
    hits = asked(sea, "lamp", "3").entries
    assert [(marked(hit.runs), hit.point, hit.seen) for hit in hits] == [
        ("The Wrecker put out the [lamp] of the tower.", at("3:3"), at("3:3")),
        ("She was fond of the [lamp].", at("3:1"), at("3:1")),
        ("He trims the [lamp] in the tower.", at("1:1"), at("3:1")),
    ]
    piece = asked(sea, "cafe", "1:3").passages[0]
    assert marked(piece.runs) == "The Cook bakes bread for The Keeper, and her [café] is warm."


def test_find_shows_the_value_that_a_label_has_now(sea: Story) -> None:
    assert [marked(hit.runs) for hit in asked(sea, "keeps light", "1").entries] == ["Work: [Keeps] the [light]"]
    assert [marked(hit.runs) for hit in asked(sea, "ferry", "1").entries] == []
    assert [marked(hit.runs) for hit in asked(sea, "ferry", "2").entries] == ["Work: Rows a [ferry]"]
    assert [hit.runs for hit in asked(sea, '"keeps the light"', "2").entries] == []


def test_find_keeps_phrases_together_and_leaves_out_what_is_not_wanted(sea: Story) -> None:
    assert places(asked(sea, "low tide", "2")) == ["1:2", "2:2"]
    assert places(asked(sea, '"low tide"', "2")) == ["1:2"]
    assert places(asked(sea, "lamp -trims", "2")) == ["2:1"]
    assert places(asked(sea, 'lamp -"the cook"', "3")) == ["1:1", "3:3"]
    assert titles(asked(sea, "the -house", "2")) == ["The Cook", "Silas Brand"]
    assert titles(asked(sea, '"the keeper"', "2")) == ["Silas Brand"]


def test_find_filters_by_kind(sea: Story) -> None:
    every, places_only = asked(sea, "the", "1"), asked(sea, "the", "1", kind="location")
    assert [(facet.kind.slug, facet.count) for facet in every.kinds] == [
        ("character", Count(2)),
        ("location", Count(1)),
    ]
    assert (titles(places_only), places_only.entry_count, places_only.passages) == (["The House"], Count(1), ())
    assert places_only.kinds == every.kinds
    # A kind of which nothing is met is as one that there is not.
    assert asked(sea, "the", "1:1", kind="location") == asked(sea, "the", "1:1", kind="spell")


def test_find_filters_by_chapters(sea: Story) -> None:
    assert places(asked(sea, "lamp", "all", first=2)) == ["3:3", "2:1", "3:1"]
    assert places(asked(sea, "lamp", "all", first=2, last=2)) == ["2:1"]
    assert places(asked(sea, "lamp", "2", first=2, last=3)) == ["2:1"]
    assert places(asked(sea, "lamp", "2", first=3)) == []
    assert titles(asked(sea, "the", "all", first=2, last=2)) == ["The Cook", "Silas Brand"]
    assert titles(asked(sea, "the cook", "1", first=2)) == []
    assert places(asked(sea, "lamp", "all", first=10**30, last=-5)) == []


def test_find_shows_scenes_in_which_all_stand(sea: Story, member: User) -> None:
    scenes = asked(sea, "", "3", together=("the-keeper", "the-cook"))
    assert (places(scenes), scenes.passage_count, scenes.entries) == (["1:3", "2:1", "3:1"], Count(3), ())
    assert [one.title for one in scenes.together] == ["Silas Brand", "The Cook"]
    assert marked(scenes.passages[1].runs) == "[Silas Brand] rows out to [The Cook] with the lamp."
    assert places(asked(sea, "", "2", together=("the-keeper", "the-cook"))) == ["1:3", "2:1"]
    assert places(asked(sea, "lamp", "3", together=("the-cook", "the-keeper"))) == ["2:1", "3:1"]
    assert places(asked(sea, "", "all", together=("the-keeper", "the-wrecker"))) == []
    say(sea, member, "2:1", "Silas Brand", "the-keeper", role="present")
    assert places(asked(sea, "", "3", together=("the-keeper", "the-cook"), role="present")) == ["2:1"]
    assert places(asked(sea, "", "1", together=("the-keeper", "the-cook"), role="present")) == []


def test_find_takes_an_unmet_companion_for_an_unknown_one(sea: Story) -> None:
    unmet = asked(sea, "lamp", "2", together=("the-cook", "the-wrecker"))
    assert unmet == asked(sea, "lamp", "2", together=("the-cook", "nobody"))
    assert places(asked(sea, "sings", "3:2", together=("the-wrecker",))) == ["3:2"]


def test_find_offers_visible_names_where_nothing_is_found(sea: Story) -> None:
    for point, nearest in {"0": [], "1": ["The Keeper"], "2": ["Silas Brand"]}.items():
        found = asked(sea, "keeqqpr", point)
        assert (titles(found), [one.entry.title for one in found.nearest]) == ([], nearest)
    assert asked(sea, "wrecqqer", "2") == asked(sea, "wrqkkxvv", "2")
    assert [one.entry.title for one in asked(sea, "wrecqqxr", "3").nearest] == ["The Wrecker"]


def test_find_asks_as_often_for_hidden_words_as_for_nonsense(sea: Story) -> None:
    def queries(text: str, point: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as caught:
            asked(sea, text, point)
        return len(caught)

    assert queries("wrecker", "2") == queries("qqkkvvj", "2")
    assert queries("the drowned wrecker", "2") == queries("the qqkkvvj vvqqjkk", "2")
    assert queries("wrecker", "3") != queries("qqkkvvj", "3")


def test_find_leaves_out_what_is_retired(sea: Story, import_text: Callable[..., Story]) -> None:
    assert places(asked(sea, "lamp", "all")) == ["1:1", "3:3", "2:1", "3:1"]
    import_text(TEXT.replace("Silas Brand rows out to The Cook with the lamp.", "Nobody rows."), may_rewrite=True)
    found = asked(sea, "lamp", "all")  # before any job has run
    assert (places(found), found.passage_count) == (["1:1", "3:3", "3:1"], Count(3))


def test_find_leaves_out_chapters_that_are_not_out(sea: Story) -> None:
    assert places(asked(sea, "lamp", "all")) == ["1:1", "3:3", "2:1", "3:1"]
    Chapter.objects.filter(story=sea, number=3).update(published_at=datetime(2999, 1, 1, tzinfo=UTC))
    hidden = asked(sea, "lamp", "all")
    assert (places(hidden), hidden.passage_count) == (["1:1", "2:1"], Count(2))
    assert places(asked(sea, "", "all", together=("the-keeper", "the-cook"))) == ["1:3", "2:1"]
    assert timezone.now() < datetime(2999, 1, 1, tzinfo=UTC)


def test_find_searches_each_story_up_to_its_own_point(sea: Story, import_text: Callable[..., Story]) -> None:
    other = import_text("# One\n\nA lamp.\n\nAnother lamp.", title="The Other Lamp", language="de")
    renew_passages(other)
    found = search.find("lamp", [Scope(sea, at("2:1")), Scope(other, at("1:1"))])
    assert sorted((one.story.slug, one.point) for one in found.passages) == [
        (sea.slug, at("1:1")), (sea.slug, at("2:1")), (other.slug, at("1:1")),
    ]  # fmt: skip
    assert [(facet.story, facet.count) for facet in found.stories] == [(sea, Count(3)), (other, Count(1))]


def test_find_turns_pages(db: None, import_text: Callable[..., Story], tmp_path: Path) -> None:
    story = import_text("# One\n\n" + "\n\n".join(f"Wave number {one} rolls." for one in range(25)))
    renew_passages(story)
    pages = [asked(story, "wave", "1", page=page) for page in (1, 2, 3, 4)]
    assert [(len(one.passages), one.passage_count, one.page, one.has_next) for one in pages] == [
        (10, Count(25), 1, True),
        (10, Count(25), 2, True),
        (5, Count(25), 3, False),
        (0, Count(25), 4, False),
    ]
    assert len({one.point for page in pages for one in page.passages}) == 25
    assert asked(story, "wave", "1", page=-3).page == 1


def test_find_counts_no_further_than_the_limit(sea: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matching, "MOST", 2)
    found = asked(sea, "lamp", "3")
    assert (found.passage_count, len(found.passages)) == (Count(2, is_more=True), 2)
    # What lies ahead makes no “more”.
    assert asked(sea, "lamp", "2").passage_count == Count(2)


@pytest.mark.parametrize(
    "typed",
    ["", "   ", "the of and", "!!!", "'; DROP TABLE x; --", "a & | ! :* <-> (", '"', '-"', "-lamp", "\u202e\u200f",
     "🦊🪔", "\x00lamp\x00", "\ud800\udfff", "x" * 10_000, "word " * 3000, "%_\\", "-", '"" ""',
     "a/b@c.example <b>&amp;</b>"],
)  # fmt: skip
def test_find_takes_anything(sea: Story, typed: str) -> None:
    for filters in (Filters(), Filters(kind=typed, together=(typed, typed), role=typed, first=-1, last=2**40)):
        assert isinstance(search.find(typed, [Scope(sea, at("3"))], filters), Results)
    assert search.find(typed, []) == Results()


def test_find_takes_a_hundred_stories_of_which_nothing_was_read(sea: Story) -> None:
    assert search.find("lamp", [Scope(sea, 0)] * 100).passages == ()


class TestAnything(TestCase):
    """Whatever is typed, nothing breaks."""

    @given(st.text(max_size=60))
    def test_find_never_fails(self, typed: str) -> None:
        story = Story.objects.create(slug="empty", title="Empty")
        assert search.find(typed, [Scope(story, at("all"))]).entries == ()


def test_a_telling_ahead_is_not_even_counted_by_the_index(sea: Story) -> None:
    """Rows that lie in later chapters are left out by the index condition, before any row is looked at."""
    query, _wanted, values = language_of(sea).query(parse("lamp"))
    bounds = Bounds([Scope(sea, at("2"))], Filters())
    sql = f"SELECT since FROM wiki_telling WHERE reach && %(reached)s::bigint[] AND vector @@ {query}"
    with connection.cursor() as cursor:
        cursor.execute(sql, values | {"reached": bounds.reached[0]})
        assert [row[0] for row in cursor.fetchall()] == [at("1:1")]
    assert Telling.objects.whole(because=WHY).filter(story=sea).count() == 8
