"""The full text of what entries tell is that of their blocks and facts, from when they show to when they do not."""

from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from django.db import connection
from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from reader.models import Story
from reader.text.points import EVERYTHING, format_point, point
from tests.wiki.packs import entry
from tests.wiki.search.shore import TEXT, WHY, asked, at, fact, marked, shore
from tests.wiki.tended import Crew, change, create, write
from wiki import gate
from wiki.models import Block, Entry, Fact, Kind, Name, Slug, Telling, Word
from wiki.packing.founding import found_wiki
from wiki.search import matching
from wiki.search.bounding import Bounds
from wiki.search.keeping import renew
from wiki.search.shapes import Filters, Scope
from wiki.search.standing import TOLD
from wiki.search.tellings import renew_tellings
from wiki.text.asked import parse
from wiki.text.reach import blocks_of


def rows(story: Story) -> list[tuple[object, ...]]:
    """All of a story, without primary keys of their own."""
    found = Telling.objects.whole(because=WHY).filter(story=story)
    return sorted(found.values_list("entry", "block", "fact", "since", "until", "reach", "vector"), key=str)


def told(story: Story) -> list[tuple[str, str]]:
    """Stems, and from where on they show."""
    found = []
    for one in Telling.objects.whole(because=WHY).filter(story=story):
        stems = sorted(part.split(":")[0].strip("'") for part in one.vector.split())
        end = f"–{format_point(one.until)}" if one.until else ""
        found.append((one.since, " ".join(stems), format_point(one.since) + end))
    return [(stems, place) for _since, stems, place in sorted(found)]


@pytest.fixture
def sea(db: None, import_text: Callable[..., Story], tmp_path: Path) -> Story:
    """The shore's story."""
    return shore(import_text(TEXT), tmp_path)


def test_tellings_show_as_long_as_their_pieces(sea: Story) -> None:
    assert told(sea) == [
        ("keep light work", "1:1–2:1"),
        ("lamp tower trim", "1:1"),
        ("open stand", "1:2"),
        ("bake bread", "1:3"),
        ("ferri row work", "2:1"),
        ("drown", "3:1"),
        ("fond lamp", "3:1"),
        ("lamp put tower wrecker", "3:3"),
    ]
    row = Telling.objects.whole(because=WHY).get(story=sea, since=point(3, 3))
    assert row.reach == blocks_of(sea.pk, point(3, 3))


def test_tellings_wait_for_their_entry(db: None, import_text: Callable[..., Story], tmp_path: Path) -> None:
    story = shore(import_text(TEXT), tmp_path, diver=entry("A kelp knife. {1:1}", The_Diver="3:1"))
    assert [marked(one.runs) for one in asked(story, "kelp", "2").entries] == []
    assert [marked(one.runs) for one in asked(story, "kelp", "3:1").entries] == ["A [kelp] knife."]


def test_values_of_a_label_come_back_where_it_is_known_to_hold_many(
    db: None, import_text: Callable[..., Story], tmp_path: Path
) -> None:
    head = fact("Boat", "Skiff", "1:1") + fact("Boat", "Dory", "1:3") + fact("Boat", "Punt", "3:1", many=True)
    story = shore(import_text(TEXT), tmp_path, keeper=entry("", head=head, The_Keeper="1:1"))
    shown = {one: [hit.point for hit in asked(story, "skiff", one).entries] for one in ("1:1", "1:2", "1:3", "2", "3")}
    there = {
        one: "Skiff" in str(gate.entry_page(story, "the-keeper", at(one)).facts)  # type: ignore[union-attr]
        for one in shown
    }
    assert there == {"1:1": True, "1:2": True, "1:3": False, "2": False, "3": True}
    assert {one: bool(many) for one, many in shown.items()} == there


def test_a_save_renews_what_it_changes_and_nothing_else(tended: Story, people: Crew) -> None:
    before = {row.pk: row.vector for row in Telling.objects.whole(because=WHY).filter(story=tended)}
    assert [one.entry.title for one in asked(tended, "bread", "5").entries] == ["The Cook"]
    change(tended, people.editor, "the-cook", "She bakes bread.", "She fries kippers.")
    after = {row.pk: row.vector for row in Telling.objects.whole(because=WHY).filter(story=tended)}
    assert len(before.items() - after.items()) == len(after.items() - before.items()) == 1
    assert [one.entry.title for one in asked(tended, "bread", "5").entries] == []
    assert [one.entry.title for one in asked(tended, "kipper", "5").entries] == ["The Cook"]
    create(tended, people.editor, "The Diver", "She dives for kippers. {2:1}")
    assert {one.entry.title for one in asked(tended, "kipper", "5").entries} == {"The Cook", "The Diver"}
    assert [one.entry.title for one in asked(tended, "dives kipper", "1").entries if one.runs] == []
    assert [one.entry.title for one in asked(tended, "dives kipper", "2").entries if one.runs] == ["The Diver"]
    write(tended, people.editor, "the-diver", "")
    assert [one.entry.title for one in asked(tended, "dives kipper", "5").entries if one.runs] == []


def test_a_row_whose_end_alone_moves_stays_where_it_is(
    db: None, import_text: Callable[..., Story], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of more matches than are looked at the first in the table are: what is written ahead must not move them."""
    names = ["Ada", "Bo", "Cy", "Di", "Ed", "Flo"]
    pack = {name.lower(): entry("", head=fact("Holds", "A lamp", "1:1"), **{name: "1:1"}) for name in names}
    story = shore(import_text(TEXT), tmp_path, **pack)
    monkeypatch.setattr(matching, "MOST", 2)

    def found(point: str) -> list[int]:
        bounds = Bounds([Scope(story, at(point))], Filters())
        return [one.telling for one in matching.tellings(parse("lamp"), bounds, top=9).best]

    before = found("1")
    assert len(before) == 3
    ahead = {"story": story, "label": "Holds", "source": "x", "html": "x", "text": "x", "position": 9}
    for one in Entry.objects.whole(because=WHY).filter(story=story).order_by("pk"):
        Fact.objects.create(entry=one, since=point(3, 1), **ahead)
        renew(story, [one.pk])
    assert found("1") == before
    assert found("3") == []


def test_a_text_of_any_length_is_taken_up(tended: Story) -> None:
    """As far as it is read: full text has a largest size."""
    keeper = Entry.objects.whole(because=WHY).get(story=tended, source_name="keeper.md")
    text = "".join(map(chr, Random(7).choices(range(0x4E00, 0x9F00), k=200_000)))
    for language, told in (("zh", text), ("en", " ".join(text)), ("en", "lamps " * 100_000)):
        tended.language = language
        said = {"source": told, "html": "x", "text": told, "since": point(1, 1), "position": 9}
        row = Block.objects.create(story=tended, entry=keeper, kind="paragraph", **said)
        renew_tellings(tended, [keeper.pk])
        assert Telling.objects.whole(because=WHY).get(block=row).vector
        row.delete()


_points = st.sampled_from([0, point(1, 1), point(1, 2), point(2, 1), point(3, 1), EVERYTHING])
_texts = st.sampled_from(["", "the lamp", "low tide", "a boat of oak", "Zoë’s café/bar"])


class TestTellings(TestCase):
    """Whatever was written, the rows are those that are made afresh, and what shows is what the page shows."""

    @given(
        st.lists(st.tuples(_texts, _points, st.none() | _points, st.booleans(), st.booleans()), max_size=8),
        _points,
        st.data(),
    )
    def test_tellings_are_those_made_afresh(
        self, pieces: list[tuple[str, int, int | None, bool, bool]], met: int, data: st.DataObject
    ) -> None:
        story = Story.objects.create(slug="made", title="Made")
        found_wiki(story)
        kind = Kind.objects.filter(story=story)[0]
        one = Entry.objects.create(story=story, kind=kind, since=met)
        Name.objects.create(story=story, entry=one, text="One", folded="one", sort="title", since=met)
        for place, (text, since, until, is_fact, is_many) in enumerate(pieces):
            common = {"story": story, "entry": one, "source": text, "html": text, "text": text, "position": place}
            if is_fact:
                Fact.objects.create(label="L", since=since, until=until, is_many=is_many, **common)
            else:
                Block.objects.create(kind="paragraph", since=since, until=until, **common)
            if data.draw(st.booleans()):
                renew_tellings(story, [one.pk])
        renew_tellings(story, [one.pk])
        renewed = rows(story)
        Telling.objects.whole(because=WHY).filter(story=story).delete()
        renew_tellings(story, [one.pk])
        assert renewed == rows(story)
        # What is written later than a point changes nothing of what shows there.
        horizon = data.draw(_points.filter(lambda one: one != EVERYTHING))
        shown = sorted(Telling.objects.at(horizon).filter(story=story).values_list("pk", flat=True))
        Fact.objects.create(
            story=story, entry=one, label="L", source="x", html="x", text="x", since=horizon + 256, is_many=True
        )
        renew_tellings(story, [one.pk])
        assert sorted(Telling.objects.at(horizon).filter(story=story).values_list("pk", flat=True)) == shown


_PLACES = [point(1, 1), point(1, 2), point(2, 1), point(2, 2), point(3, 1)]
_ALWAYS, _BREAK = (_PLACES[0], None), (_PLACES[0], _PLACES[2])
_known = st.sampled_from([*_PLACES, EVERYTHING])
_spans = st.tuples(_known, st.none() | _known)
_WORDS = ["adder", "bittern", "curlew", "dunlin", "egret", "fulmar", "gannet"]
_FACTS_AT = "SELECT label, said FROM wiki_told_of(%s::bigint[], %s::bigint[], %s::text[], 99, 99, 99)"


class TestWhatIsFound(TestCase):
    """At every point the same facts and blocks are found in each way, and they are those on the page."""

    @settings(max_examples=50)
    @example([(_ALWAYS, "L", False), ((_PLACES[1], _PLACES[3]), "L", False)], [_ALWAYS])
    @example([(_ALWAYS, "L", False), (_ALWAYS, "L", False), ((_PLACES[2], None), "L", True)], [_ALWAYS])
    @example(
        [(_ALWAYS, "L", False), ((_PLACES[1], _PLACES[2]), "L", True), ((_PLACES[3], None), "L", False)], [_ALWAYS]
    )
    @example([(_ALWAYS, "L", False), (_ALWAYS, "b", False)], [_BREAK, (_PLACES[3], None)])
    @given(
        st.lists(st.tuples(_spans, st.sampled_from("LMb"), st.booleans()), max_size=len(_WORDS)),
        st.lists(st.tuples(st.sampled_from(_PLACES), st.none() | _known), min_size=1, max_size=2),
    )
    def test_what_is_found_is_what_the_page_shows(
        self, pieces: list[tuple[tuple[int, int | None], str, bool]], names: list[tuple[int, int | None]]
    ) -> None:
        story = Story.objects.create(slug="made", title="Made")
        found_wiki(story)
        met = min(since for since, _until in names)
        one = Entry.objects.create(story=story, kind=Kind.objects.filter(story=story)[0], since=met)
        Slug.objects.create(story=story, entry=one, slug="made", since=met)
        for place, (since, until) in enumerate(names):
            Name.objects.create(
                story=story, entry=one, text="Zq", folded="zq", sort="title", since=since, until=until, position=place
            )
        for place, (word, ((since, until), label, is_many)) in enumerate(zip(_WORDS, pieces, strict=False)):
            common = {"story": story, "entry": one, "source": word, "html": word, "text": word, "position": place}
            common |= {"since": since, "until": until}
            if label == "b":
                Block.objects.create(kind="paragraph", **common)
            else:
                Fact.objects.create(label=label, is_many=is_many, **common)
        renew(story, [one.pk])
        never = {word for word, ((since, _until), *_rest) in zip(_WORDS, pieces, strict=False) if since == EVERYTHING}
        for horizon in [0, *_PLACES, EVERYTHING]:
            page = gate.entry_page(story, "made", horizon)
            shown = page.body + str([value.text for row in page.facts for value in row.values]) if page else ""
            due = {word for word in _WORDS if word in shown} - never
            tellings = Telling.objects.at(horizon).filter(story=story)
            assert {text for row in tellings.values_list("block__text", "fact__text") for text in row if text} == due
            words = Word.objects.at(horizon).filter(story=story, level__lt=0)
            assert set(words.values_list("key", flat=True)) - {"l", "m"} == due
            with connection.cursor() as cursor:  # asked only of entries that have a name
                cursor.execute(_FACTS_AT, [[one.pk] if page else [], [horizon] if page else [], list(TOLD)])
                assert {said for _label, said in cursor.fetchall()} == due
