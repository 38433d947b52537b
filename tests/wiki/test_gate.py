"""What gate.py gives at a horizon: titles as known so far, facts that replace each other, addresses, lists, queries."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reader.models import Story
from reader.text.points import EVERYTHING, parse_point
from tests.conftest import manuscript_of
from tests.wiki.packs import entry, png, write_pack
from wiki import gate
from wiki.models import Entry
from wiki.packing import import_pack


def names(*rows: tuple[str, str, str]) -> str:
    return "".join(f'[[names]]\nname = "{text}"\nsort = "{sort}"\nsince = "{since}"\n' for text, sort, since in rows)


def fact(label: str, value: str, since: str, more: str = "") -> str:
    return f'[[facts]]\nlabel = "{label}"\nvalue = "{value}"\nsince = "{since}"\n{more}'


PACK = {
    "coat": entry(
        "She stands there. {1:2}\n\nHer name is told. {3:2}",
        head=names(
            ("The woman in grey", "described", "1:2"), ("Grace Frost", "title", "3:2"), ("Gracie", "nickname", "3:4")
        )
        + fact("Home", "Nowhere", "1:3")
        + fact("Home", "[[The Lamp Room]]", "3:1")
        + fact("Home", "Abroad", "4:1", 'until = "4:3"\n')
        + fact("Friends", "One", "1:3", "many = true\n")
        + fact("Friends", "Two", "2:3", "many = true\n"),
    ),
    "room": entry(
        "A house. {2:1}",
        kind="location",
        head=names(("The Lamp Room", "title", "2:1"), ("The Lookout", "title", "3:3"))
        + '[[pictures]]\nfile = "images/a.png"\nalt = "A house"\nsince = "2:1"\n'
        + '[[pictures]]\nfile = "images/b.png"\nalt = "A house with a slate"\nsince = "4:2"\n',
    ),
    "images/a.png": png("red"),
    "images/b.png": png("blue"),
}


@pytest.fixture
def told(db: None, import_text: Callable[..., Story], tmp_path: Path) -> Story:
    story = import_text(manuscript_of(4))
    import_pack(write_pack(tmp_path / "pack", PACK))
    return story


def at(story: Story, point: str, slug: str = "the-woman-in-grey") -> gate.EntryPage:
    page = gate.entry_page(story, slug, EVERYTHING if point == "all" else parse_point(point))
    assert page is not None
    return page


@pytest.mark.parametrize(
    ("point", "title", "also"),
    [
        ("1:2", "The woman in grey", ()),
        ("3:1", "The woman in grey", ()),
        ("3:2", "Grace Frost", ("The woman in grey",)),
        ("all", "Grace Frost", ("The woman in grey", "Gracie")),
    ],
)
def test_entry_page_has_the_title_as_known_so_far(told: Story, point: str, title: str, also: tuple[str, ...]) -> None:
    page = at(told, point)

    assert (page.entry.title, page.also) == (title, also)


def test_a_renamed_place_has_its_latest_title(told: Story) -> None:
    assert [at(told, point, "the-lamp-room").entry.title for point in ("2:1", "3:2", "3:3")] == [
        "The Lamp Room",
        "The Lamp Room",
        "The Lookout",
    ]


@pytest.mark.parametrize(
    ("point", "home", "friends"),
    [
        ("1:2", [], []),
        ("1:3", ["Nowhere"], ["One"]),
        ("2:3", ["Nowhere"], ["One", "Two"]),
        ("3:1", ["The Lamp Room"], ["One", "Two"]),
        ("4:2", ["Abroad"], ["One", "Two"]),
        ("4:3", ["The Lamp Room"], ["One", "Two"]),
    ],
)
def test_entry_page_shows_the_latest_value_or_all_of_many(
    told: Story, point: str, home: list[str], friends: list[str]
) -> None:
    rows = {row.label: [value.text for value in row.values] for row in at(told, point).facts}

    assert (rows.get("Home", []), rows.get("Friends", [])) == (home, friends)


def test_entry_page_shows_each_block_from_its_point(told: Story) -> None:
    assert ["Her name is told" in at(told, point).body for point in ("3:1", "3:2")] == [False, True]


def test_a_later_picture_replaces_the_earlier(told: Story) -> None:
    alts = [picture.alt for point in ("2:1", "4:2") if (picture := at(told, point, "the-lamp-room").entry.picture)]

    assert alts == ["A house", "A house with a slate"]


def test_entry_page_is_none_before_the_first_name_and_for_nothing(told: Story) -> None:
    horizon = parse_point("1:1")

    assert [gate.entry_page(told, slug, horizon) for slug in ("the-woman-in-grey", "nobody", "grace-frost")] == [
        None
    ] * 3


def test_every_entry_answers_at_its_public_id_too(told: Story) -> None:
    public_id = Entry.objects.whole(because="a test").get(story=told, source_name="coat.md").public_id

    assert at(told, "3:2", f"the-woman-in-grey~{public_id}").entry == at(told, "3:2").entry
    assert gate.entry_page(told, "the-woman-in-grey~nonsense", EVERYTHING) is None
    assert gate.entry_page(told, f"the-woman-in-grey~{public_id}", parse_point("1:1")) is None


def test_an_address_of_two_entries_leads_to_the_one_known_earlier(told: Story, tmp_path: Path) -> None:
    head = 'shares_slug = true\nslug = "the-lamp-room"\n' + names(("The Other Room", "title", "1:4"))
    import_pack(write_pack(tmp_path / "pack", {**PACK, "twin": entry("Another. {1:4}", head=head)}))

    early, late = at(told, "1:4", "the-lamp-room"), at(told, "2:1", "the-lamp-room")

    assert (early.entry.title, early.others) == ("The Other Room", ())
    assert (late.entry.title, [other.title for other in late.others]) == ("The Other Room", ["The Lamp Room"])


def test_lists_hold_what_is_met_in_the_order_asked_for(told: Story) -> None:
    horizon = parse_point("3:3")
    lists = {one.kind.slug: [entry.title for entry in one.entries] for one in gate.index(told, horizon)}

    assert lists == {"character": ["Grace Frost"], "location": ["The Lookout"]}
    assert gate.index(told, parse_point("1:1")) == ()
    assert gate.kind_list(told, "location", parse_point("2")) is not None
    assert gate.kind_list(told, "location", parse_point("1")) is None
    assert [entry.title for entry in gate.recently_met(told, horizon)] == ["The Lookout", "Grace Frost"]
    assert [(entry.title, entry.note) for entry in gate.cast(told, parse_point("2"))] == [
        ("The woman in grey", "Nowhere")
    ]


def test_entry_page_takes_the_same_few_queries_however_much_there_is(told: Story) -> None:
    with CaptureQueriesContext(connection) as early:
        at(told, "1:2")
    with CaptureQueriesContext(connection) as late:
        at(told, "all")

    assert (len(early), len(late)) == (4, 4)
