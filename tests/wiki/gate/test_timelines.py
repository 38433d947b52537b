"""What entries are called at any point: the same as the gate says where it is asked at one point only."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reader.models import Story
from reader.text.points import EVERYTHING
from tests.wiki.gate.tagged import TEXT, WHY, at
from tests.wiki.packs import entry, png, write_pack
from wiki import gate
from wiki.gate.naming import known_of, visible_names
from wiki.gate.timelines import Timeline, timelines
from wiki.models import Entry, Fact, Name, Picture, Slug
from wiki.packing import import_pack

pytestmark = pytest.mark.django_db
KEEPER = entry(
    The_Keeper="1:1",
    head='[[names]]\nname = "Silas Brand"\nsort = "title"\nsince = "2:2"\n'
    '[[pictures]]\nfile = "images/lamp.png"\nalt = "A lamp"\nsince = "1:3"\n'
    '[[pictures]]\nfile = "images/boat.png"\nalt = "A boat"\nsince = "2:3"\n',
)


@pytest.fixture
def keeper(db: None, import_text: Callable[..., Story], tmp_path: Path) -> tuple[Story, int]:
    story = import_text(TEXT)
    files = {"keeper": KEEPER, "images/lamp.png": png("red"), "images/boat.png": png("blue")}
    import_pack(write_pack(tmp_path, files))
    return story, Entry.objects.whole(because=WHY).get(story=story).pk


def called(found: Timeline, point: str) -> tuple[str, str]:
    ref = found.at(at(point))
    return (ref.title, ref.picture.alt if ref.picture else "") if ref else ("", "")


def test_a_timeline_knows_each_name_and_picture_from_its_point(keeper: tuple[Story, int]) -> None:
    story, key = keeper
    found = timelines(story, [key], EVERYTHING)[key]

    assert [called(found, point) for point in ("0", "1:1", "1:2", "1:3", "2:1", "2:2", "2:3", "all")] == [
        ("", ""),
        ("The Keeper", ""),
        ("The Keeper", ""),
        ("The Keeper", "A lamp"),
        ("The Keeper", "A lamp"),
        ("Silas Brand", "A lamp"),
        ("Silas Brand", "A boat"),
        ("Silas Brand", "A boat"),
    ]


def test_a_timeline_holds_nothing_from_beyond_its_horizon(keeper: tuple[Story, int]) -> None:
    story, key = keeper
    early, late = (timelines(story, [key], at(point))[key] for point in ("2:1", "2:2"))

    assert [row["text"] for row in early.names] == ["The Keeper"]
    assert {row["text"] for row in late.names} == {"The Keeper", "Silas Brand"}
    assert [called(one, "all") for one in (early, late)] == [("The Keeper", "A lamp"), ("Silas Brand", "A lamp")]


def test_timelines_of_what_is_unmet_or_elsewhere_do_not_exist(
    keeper: tuple[Story, int], import_text: Callable[..., Story]
) -> None:
    story, key = keeper
    other = import_text(TEXT, title="The Other")

    assert timelines(story, [key], at("0")) == {}
    assert timelines(other, [key], EVERYTHING) == {}
    assert list(timelines(story, [key], at("1:1"))) == [key]


def test_a_name_that_ends_is_followed_by_the_one_before(keeper: tuple[Story, int]) -> None:
    story, key = keeper
    Name.objects.whole(because=WHY).filter(text="Silas Brand").update(until=at("3:1"))
    found = timelines(story, [key], EVERYTHING)[key]

    assert [called(found, point)[0] for point in ("2:1", "2:4", "3:1")] == ["The Keeper", "Silas Brand", "The Keeper"]


def test_timelines_take_one_query(keeper: tuple[Story, int]) -> None:
    story, key = keeper
    with CaptureQueriesContext(connection) as queries:
        timelines(story, [key], EVERYTHING)

    assert len(queries) == 1


def test_timelines_agree_with_the_gate_at_every_point_of_the_sample(electra: Story) -> None:
    entries = list(Entry.objects.whole(because=WHY).filter(story=electra).values_list("pk", flat=True))
    turns = {0, at("all")}
    for model in (Name, Slug, Picture, Fact):
        turns |= set(model.objects.whole(because=WHY).filter(entry__in=entries).values_list("since", flat=True))
    found = timelines(electra, entries, EVERYTHING)
    differing = []
    for point in sorted(turns):
        known = known_of(visible_names(electra, point)).refs
        differing += [(point, key) for key in entries if found[key].at(point) != known.get(key)]

    assert differing == []
    assert len(turns) > 50
    assert gate.exists(electra, "ines-tarrant", at("all")) in [one.at(at("all")) for one in found.values()]
