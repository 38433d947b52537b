"""The full text of what entries tell is that of their blocks and facts, from when they show to when they do not."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from reader.models import Story
from reader.text.points import EVERYTHING, format_point, point
from tests.wiki.packs import entry
from tests.wiki.search.shore import TEXT, WHY, asked, at, fact, marked, shore
from tests.wiki.tended import Crew, change, create, write
from wiki import gate
from wiki.models import Block, Entry, Fact, Kind, Telling
from wiki.packing.founding import found_wiki
from wiki.search.tellings import renew_tellings
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
