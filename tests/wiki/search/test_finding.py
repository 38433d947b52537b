"""What a page of results shows, and never shows before it is due."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.models import Chapter, Story, User
from tests.wiki.gate.tagged import say
from tests.wiki.packs import entry
from tests.wiki.search.shore import TEXT, WHY, asked, at, marked, places, shore, titles
from wiki import search
from wiki.models import Block, Entry, Slug, Telling
from wiki.search import matching
from wiki.search.bounding import Bounds
from wiki.search.keeping import renew_all
from wiki.search.languages import language_of
from wiki.search.passages import renew_passages
from wiki.search.shapes import Count, Filters, Results, Scope
from wiki.text.asked import parse

_TYPED = ["lamp", "the", "Keeper", "silas-brand", "wrecker", "-lamp", '"low tide"', "-drown", "ferry", "bake", '"', "c"]
few = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
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


def test_find_takes_words_that_the_text_holds_as_they_are_typed(sea: Story) -> None:
    found = asked(sea, "cook rows", "2")
    assert places(found) == ["2:1"]
    assert titles(found) == ["The Cook"]  # and not who is only told to row

    assert titles(asked(sea, "cook rows", "1")) == ["The Cook"]
    assert titles(asked(sea, "wrecker rows", "2")) == titles(asked(sea, "zzyzxyz rows", "2"))


@pytest.mark.parametrize(
    ("typed", "point", "is_tried"),
    [("cook rows", "2", False), ("cook rows", "1", True), ("cook rwos", "2", True), ('"cook rows"', "2", False)],
)
def test_find_tries_slips_where_nothing_that_was_read_holds_the_words(
    sea: Story, typed: str, point: str, is_tried: bool
) -> None:
    with CaptureQueriesContext(connection) as queries:
        asked(sea, typed, point)
    assert any("wiki_words_slipped" in query["sql"] for query in queries) == is_tried


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


def test_find_counts_films_however_many_are_named(db: None, import_text: Callable[..., Story], tmp_path: Path) -> None:
    films = {f"film{one}": entry(kind="film", **{f"Lamp_{one}": "1:1"}) for one in range(60)}
    people = {f"one{one}": entry(**{f"Lamplighter_{one}": "1:2"}) for one in range(55)}
    story = shore(import_text(TEXT), tmp_path, **films, **people)
    found = asked(story, "lamp", "1")
    assert (found.entry_count, {one.count.is_more for one in found.kinds}) == (Count(50, is_more=True), {True})
    only = asked(story, "lamp", "1", kind="film", page=6)
    assert (only.entry_count, len(only.entries), only.has_next) == (Count(60), 10, False)
    assert sorted((one.kind.slug, one.count) for one in only.kinds) == [("character", Count(55)), ("film", Count(60))]
    few = asked(story, "lamplighter -7", "1")
    assert few.entry_count == Count(54)


def test_find_counts_who_has_no_name_for_a_while_as_nobody(
    db: None, import_text: Callable[..., Story], tmp_path: Path
) -> None:
    head = '[[names]]\nname = "The Diver"\nsince = "1:1"\nuntil = "1:3"\n[[names]]\nname = "Ann"\nsince = "2:1"\n'
    story = shore(import_text(TEXT), tmp_path, diver=entry("Has a kelp knife. {1:1}", head=head))
    for point, many in {"1:1": 1, "1:3": 0, "1": 0, "2": 1}.items():
        found = asked(story, "kelp", point)
        assert (found.entry_count, len(found.entries), len(found.kinds)) == (Count(many), many, many)


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


def test_find_looks_into_scenes_whatever_kind_is_asked_for(sea: Story) -> None:
    both = ("the-cook", "the-keeper")
    assert places(asked(sea, "lamp", "3", together=both, kind="location")) == ["2:1", "3:1"]
    assert places(asked(sea, "", "3", together=both, kind="location")) == ["1:3", "2:1", "3:1"]


def test_find_leaves_out_scenes_in_which_something_is_said(sea: Story) -> None:
    both = ("the-cook", "the-keeper")
    assert places(asked(sea, "-bread", "3", together=both)) == ["2:1", "3:1"]
    assert places(asked(sea, '-bread -"silas brand rows"', "3", together=both)) == ["3:1"]
    assert asked(sea, "-bread -drown", "2", together=both).passage_count == Count(1)
    assert places(asked(sea, "-drown", "3", together=both)) == ["1:3", "2:1"]


def test_find_takes_two_addresses_of_one_for_one(sea: Story) -> None:
    keeper = Entry.objects.whole(because=WHY).get(story=sea, source_name="keeper.md")
    Slug.objects.create(story=sea, entry=keeper, slug="silas-brand", since=at("2:1"))
    one, two = (asked(sea, "", "3", together=slugs) for slugs in (("the-keeper",), ("the-keeper", "silas-brand")))
    assert places(one) == ["1:1", "1:3", "2:1", "3:1"]
    assert two == one


def test_find_looks_into_scenes_of_one_story_only(sea: Story, import_text: Callable[..., Story]) -> None:
    other = import_text(TEXT, title="The Other Lamp")
    renew_passages(other)
    assert places(asked(sea, "lamp", "3", together=("the-keeper",))) == ["1:1", "2:1", "3:1"]
    scopes = [Scope(sea, at("3")), Scope(other, at("3"))]
    for typed in ("lamp", ""):
        found = search.find(typed, scopes, Filters(together=("the-keeper",)))
        assert (found.passages, found.passage_count, found.together, found.entries) == ((), Count(), (), ())


def test_find_shows_what_is_left_where_a_save_comes_in_between(sea: Story) -> None:
    """What was found may be replaced by the time that its sentence or its kind is asked for."""

    def come_in(before: str, tables: Sequence[str]) -> Callable[..., Any]:
        def wrapper(execute: Callable[..., Any], sql: str, values: Any, many: bool, context: Any) -> Any:
            if before in sql:
                for table in tables:
                    context["cursor"].cursor.execute(f"DELETE FROM {table} WHERE story_id = {sea.pk}")
            return execute(sql, values, many, context)

        return wrapper

    def found() -> list[tuple[str, bool]]:
        return [(one.entry.title, bool(one.runs)) for one in asked(sea, "cook", "3").entries]

    Block.objects.whole(because=WHY).filter(story=sea, text="She bakes bread.").update(text="A cook bakes bread.")
    renew_all(sea)
    for before, tables, left in [
        ("nothing that is asked", ["wiki_telling"], [("The Cook", True)]),
        ("FROM wiki_telling t\n    LEFT JOIN", ["wiki_telling"], [("The Cook", False)]),
        ("SELECT id, kind_id FROM wiki_entry", ["wiki_telling", "wiki_entry"], []),
    ]:
        with transaction.atomic(), connection.execute_wrapper(come_in(before, tables)):
            assert found() == left
            transaction.set_rollback(True)


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


def test_find_counts_no_further_than_the_limit(
    sea: Story, import_text: Callable[..., Story], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(matching, "MOST", 2)
    found = asked(sea, "lamp", "3")
    assert (found.passage_count, len(found.passages)) == (Count(2, is_more=True), 2)
    # What lies ahead makes no “more”.
    assert asked(sea, "lamp", "2").passage_count == Count(2)
    other = import_text("# One\n\nLamp.\n\nA lamp.", title="The Other Lamp", language="de")
    renew_passages(other)
    found = search.find("lamp", [Scope(sea, at("3")), Scope(other, at("1"))])
    assert found.passage_count == Count(4, is_more=True)
    assert {one.story: one.count for one in found.stories}[other] == Count(2, is_more=True)


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


@few
@given(typed=st.text(max_size=60) | st.lists(st.sampled_from(_TYPED), max_size=8).map(" ".join))
def test_find_never_fails_and_shows_nothing_ahead(sea: Story, typed: str) -> None:
    for filters in (Filters(), Filters(kind="character"), Filters(first=1, together=("the-cook",))):
        found = search.find(typed, [Scope(sea, at("2"))], filters)
        assert set(titles(found)) <= {"Silas Brand", "The House", "The Cook"}
        assert set(places(found)) <= {"1:1", "1:2", "1:3", "2:1", "2:2"}
        assert found.entry_count.number >= len(found.entries)


def test_tellings_of_later_chapters_are_in_none_of_the_blocks_looked_up(sea: Story) -> None:
    """So that the index itself leaves them out."""
    query, _wanted, values = language_of(sea).query(parse("lamp"))
    bounds = Bounds([Scope(sea, at("2"))], Filters())
    sql = f"SELECT since FROM wiki_telling WHERE reach && %(reached)s::bigint[] AND vector @@ {query}"
    with connection.cursor() as cursor:
        cursor.execute(sql, values | {"reached": bounds.reached[0]})
        assert [row[0] for row in cursor.fetchall()] == [at("1:1")]
    assert Telling.objects.whole(because=WHY).filter(story=sea).count() == 8
