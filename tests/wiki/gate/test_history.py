"""Who saved what: listed as far as it shows, each hidden thing beside the point at which it shows."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reader.models import Story, User
from tests.conftest import manuscript_of
from tests.wiki.gate.desk import acts, at, body, edit, everything, more, tell, write
from tests.wiki.packs import entry as entry_of
from tests.wiki.packs import write_pack
from wiki import gate
from wiki.editing.forms import EntryForm, FactField, NameField
from wiki.models import Change, Entry, Revision
from wiki.packing import import_pack

WHY = "a test looks at everything"


@pytest.fixture
def told(db: None, import_text: Callable[..., Story], tmp_path: Path) -> Story:
    return tell(import_text(manuscript_of(5)), tmp_path)


def saves(story: Story, point: str, slug: str = "the-keeper") -> list[tuple[str, str, str, dict[str, int]]]:
    found = gate.history(story, slug, at(point))
    assert found is not None
    return [
        (one.editor, one.sort, one.summary, {count.sort: count.number for count in one.counts})
        for one in found.saves.rows
    ]


def recent(story: Story, point: str) -> list[tuple[str, str]]:
    rows = gate.recent_changes(story, at(point)).rows
    return [(one.entry.title if one.entry else one.title, one.sort) for one in rows]


def test_history_lists_what_shows_newest_first(told: Story, member: User) -> None:
    edit(told, member, "2", body("He trims the great lamp. {1:3}"), summary="Great")
    edit(told, member, "4", more("It burns. {3:5}"), summary="Burns")

    mine, later = ("mo_farrow", "edit", "Great", {"block": 1}), ("mo_farrow", "edit", "Burns", {"block": 1})
    assert saves(told, "2") == [mine, ("", "import", "", {})]
    assert saves(told, "3:4") == [mine, ("", "import", "", {})]
    assert saves(told, "4") == [later, mine, ("", "import", "", {})]


def test_history_tells_a_pack_from_a_former_editor(told: Story, member: User) -> None:
    edit(told, member, "2", more("It burns. {1:5}"))
    member.delete()

    found = gate.history(told, "the-keeper", at("2"))
    assert found is not None
    assert [(one.editor, one.is_pack, one.is_first) for one in found.saves.rows] == [
        ("", False, False),
        ("", True, True),
    ]


def test_a_summary_shows_from_where_it_was_written(told: Story, member: User) -> None:
    edit(told, member, "4", more("It burns. {1:5}"), summary="As at the end of chapter 4")

    assert [summary for _, _, summary, _ in saves(told, "3")] == ["", ""]
    assert [summary for _, _, summary, _ in saves(told, "4")] == ["As at the end of chapter 4", ""]


def test_a_save_that_only_raises_a_gate_shows_from_there(told: Story, member: User) -> None:
    """Whoever stands before it keeps the old words, and so nothing was done as far as they can see."""
    edit(
        told, member, "4", body("He trims the lamp, and Silas Brand is his name. {1:3}\n\n## Later\n\nHe leaves. {3:2}")
    )

    assert saves(told, "2") == [("", "import", "", {})]
    assert saves(told, "4")[0][:2] == ("mo_farrow", "edit")
    assert [one.name for one in gate.contributors(told, at("2"))] == []
    assert [one.name for one in gate.contributors(told, at("4"))] == ["mo_farrow"]


def test_a_hidden_block_that_moves_makes_no_save(told: Story, member: User) -> None:
    edit(
        told,
        member,
        "all",
        body("He trims the lamp. {1:3}\n\nNobody knows where. {4:4}\n\n## Later\n\nHe leaves. {3:2}"),
    )

    assert saves(told, "3:1") == [("", "import", "", {})]
    assert saves(told, "5")[0][:2] == ("mo_farrow", "edit")


def test_a_block_that_moves_is_told(told: Story, member: User) -> None:
    edit(told, member, "2", body("The keeper sleeps in it. {1:5}\n\nA house of stone. {1:4}"), slug="the-house")

    assert saves(told, "2", "the-house")[0] == ("mo_farrow", "edit", "", {"order": 1})
    assert [one.saves for one in gate.contributors(told, at("2"))] == [1]


def test_a_link_that_leads_elsewhere_shows_to_who_has_met_either(told: Story, member: User) -> None:
    edit(told, member, "4", more("He saw [[Silas Brand|somebody]]. {1:5}"), slug="the-house")
    edit(
        told,
        member,
        "4",
        lambda form: replace(form, body=form.body.replace("Silas Brand|", "Nobody|")),
        slug="the-house",
    )

    assert [sort for _, sort, _, _ in saves(told, "2", "the-house")] == ["edit", "import"]
    assert [sort for _, sort, _, _ in saves(told, "3", "the-house")] == ["edit", "edit", "import"]
    assert [one.saves for point in ("2", "3") for one in gate.contributors(told, at(point))] == [1, 2]


@pytest.mark.parametrize("slug", ["silas-brand", "nobody"])
def test_an_unmet_entry_has_no_history(told: Story, slug: str, member: User) -> None:
    form = EntryForm("character", (NameField(text="Silas Brand", since="4:1"),), (), (), "")
    made = write(told, member, "4", form).slug

    for asked in (gate.history, gate.entry_diff, gate.links_here):
        assert asked(told, slug if slug == "nobody" else made, at("3")) is None
        assert (asked(told, made, at("4")) is None) is False


def test_pages_of_a_history_go_on_where_the_last_ended(told: Story, member: User) -> None:
    for number in range(1, 121):
        edit(told, member, "2", body(f"He trims lamp {number}. {{1:3}}"))
    found, page = [], ""
    while True:
        history = gate.history(told, "the-keeper", at("2"), page=page)
        assert history is not None
        found.append(len(history.saves.rows))
        page = history.saves.older
        if not page:
            break

    assert found == [50, 50, 21]


def test_an_unseen_save_is_no_page_to_go_on_from(told: Story, member: User) -> None:
    hidden = edit(told, member, "4", more("It burns. {3:5}")).revision
    seen = edit(told, member, "2", body("He trims the great lamp. {1:3}")).revision

    def page(name: str) -> int:
        found = gate.history(told, "the-keeper", at("2"), page=name)
        assert found is not None
        return len(found.saves.rows)

    assert (page(hidden), page("unknown"), page(seen)) == (2, 2, 1)


def test_recent_changes_name_entries_as_far_as_they_are_known(told: Story, member: User) -> None:
    title = NameField(text="The Old Keeper", sort="title", since="3:3")
    edit(told, member, "4", more("It burns. {1:5}"))
    edit(told, member, "4", lambda form: replace(form, names=(*form.names, title)))

    assert recent(told, "1:1") == []
    assert recent(told, "1:3") == [("The Keeper", "import")]
    assert recent(told, "2")[0] == ("The Keeper", "edit")
    assert recent(told, "4")[:2] == [("The Old Keeper", "edit"), ("The Old Keeper", "edit")]


def test_a_deletion_is_told_to_who_had_met_the_entry(told: Story, member: User) -> None:
    acts.delete(told, "the-house", everything(member), horizon=at("all"), note="A doublet")

    assert recent(told, "1:3") == [("The Keeper", "import")]
    assert recent(told, "1:4") == [("The House", "delete"), ("The Keeper", "import")]
    assert gate.recent_changes(told, at("1:4")).rows[0].entry is None
    assert [gate.history(told, "the-house", at(point)) for point in ("1:3", "all")] == [None, None]
    assert [one.summary for one in gate.recent_changes(told, at("all")).rows] == ["A doublet", ""]


def test_a_merge_is_in_the_history_of_the_entry_that_is_left(told: Story, member: User) -> None:
    acts.merge(told, "the-house", "the-keeper", everything(member), horizon=at("all"))

    assert [sort for _, sort, _, _ in saves(told, "1:4")] == ["merge", "import"]
    assert [sort for _, sort, _, _ in saves(told, "1:3")] == ["import"]
    assert gate.history(told, "the-house", at("1:3")) is None


def test_contributors_count_what_shows(told: Story, member: User, owner: User) -> None:
    edit(told, member, "2", body("He trims the great lamp. {1:3}"))
    edit(told, member, "4", more("It burns. {3:5}"))
    edit(told, owner, "4", more("And burns. {3:6}"))

    def people(point: str) -> list[tuple[str, int]]:
        return [(one.name, one.saves) for one in gate.contributors(told, at(point))]

    assert people("1:1") == []
    assert people("2") == [("mo_farrow", 1)]
    assert people("3:5") == [("mo_farrow", 2)]
    assert people("4") == [("mo_farrow", 2), ("hester", 1)]


def test_former_editors_are_one(told: Story, member: User, owner: User) -> None:
    edit(told, member, "2", body("He trims the great lamp. {1:3}"))
    edit(told, owner, "2", body("He trims the lamp again. {1:3}"))
    User.objects.all().delete()

    assert [(one.name, one.saves) for one in gate.contributors(told, at("2"))] == [("", 2)]


def test_changes_of_one_account(told: Story, member: User, owner: User) -> None:
    edit(told, member, "4", more("It burns. {3:5}"))
    edit(told, owner, "2", body("He trims the great lamp. {1:3}"))

    def of(name: str, point: str) -> list[str]:
        return [one.editor for one in gate.recent_changes(told, at(point), who=name).rows]

    assert (of("mo_farrow", "2"), of("nobody", "2"), of("mo_farrow", "4")) == ([], [], ["mo_farrow"])


def test_links_wanted_and_orphans_know_what_shows(told: Story, member: User) -> None:
    edit(told, member, "4", more("[[The Keeper]] saw [[The Wreck]] and [[A Rock|a rock]]. {2:1}"), slug="the-house")

    def links(point: str) -> list[str]:
        found = gate.links_here(told, "the-keeper", at(point))
        assert found is not None
        return [one.title for one in found.entries]

    def nothing_links(point: str) -> list[str]:
        return [one.title for one in gate.orphans(told, at(point))]

    assert (links("1:5"), links("2:1")) == ([], ["The House"])
    assert (gate.wanted(told, at("1:5")), gate.wanted(told, at("2:1"))) == ((), (gate.Wanted("The Wreck", 1),))
    assert (nothing_links("1:5"), nothing_links("2:1")) == (["The House", "The Keeper"], ["The House"])


def test_wanted_cannot_tell_unmet_from_unknown(told: Story, member: User, owner: User) -> None:
    edit(told, member, "2", more("[[The Wreck]] and [[The Rock]] and [[the wreck]]. {2:1}"), slug="the-house")
    before = gate.wanted(told, at("3"))
    write(told, owner, "4", EntryForm("location", (NameField(text="The Wreck", since="4:1"),), (), (), ""))

    assert gate.wanted(told, at("3")) == before == (gate.Wanted("The Wreck", 2), gate.Wanted("The Rock", 1))
    assert gate.wanted(told, at("4")) == (gate.Wanted("The Rock", 1),)


def test_links_in_facts_count(told: Story, member: User) -> None:
    facts = (FactField(label="Keeper", source="[[The Keeper]] of [[The Rock]]", since="2:2"),)
    edit(told, member, "4", lambda form: replace(form, facts=(*form.facts, *facts)), slug="the-house")

    assert (gate.wanted(told, at("2:1")), gate.wanted(told, at("2:2"))) == ((), (gate.Wanted("The Rock", 1),))


def everything_at(story: Story, horizon: int) -> list[object]:
    """All that these lists give out."""
    return [
        *(gate.history(story, slug, horizon) for slug in ("the-keeper", "the-house")),
        *(gate.entry_diff(story, slug, horizon) for slug in ("the-keeper", "the-house")),
        *(gate.links_here(story, slug, horizon) for slug in ("the-keeper", "the-house")),
        gate.recent_changes(story, horizon),
        gate.contributors(story, horizon),
        gate.wanted(story, horizon),
        gate.orphans(story, horizon),
    ]


def test_later_saves_cannot_be_noticed(told: Story, member: User, owner: User) -> None:
    edit(told, member, "2", more("[[The Wreck]] lies there. {2:1}"), slug="the-house")
    points = ("0", "1:2", "1:5", "2", "3")
    before = {point: everything_at(told, at(point)) for point in points}
    everywhere = everything_at(told, at("5"))
    facts = (FactField(label="Later", source="[[The House]]", since="4:1"),)
    edit(told, member, "5", lambda form: replace(form, facts=(*form.facts, *facts)), summary="Far on")
    edit(told, owner, "5", more("[[The Keeper]] and [[A Ship]] were [[The House|there]]. {4:2}"), summary="More")
    edit(told, owner, "5", more("[[The Keeper]] was [[A Ship|there]]. {4:3}"), slug="the-house")
    edit(told, owner, "5", lambda form: replace(form, names=(*form.names, NameField(text="Brand", since="4:4"))))
    edit(told, member, "5", lambda form: replace(form, body=form.body.replace("Nobody knows where. {4:4}", "")))

    assert {point: everything_at(told, at(point)) for point in points} == before
    assert everything_at(told, at("5")) != everywhere


def test_queries_do_not_grow(told: Story, member: User, tmp_path: Path) -> None:
    def count() -> list[int]:
        found = []
        for ask in (
            lambda: gate.history(told, "the-keeper", at("2")),
            lambda: gate.recent_changes(told, at("2")),
            lambda: gate.contributors(told, at("2")),
            lambda: gate.entry_diff(told, "the-keeper", at("2"), older=first.public_id),
            lambda: gate.links_here(told, "the-keeper", at("2")),
            lambda: gate.wanted(told, at("2")),
            lambda: gate.orphans(told, at("2")),
        ):
            with CaptureQueriesContext(connection) as queries:
                ask()
            found.append(len(queries))
        return found

    first = Revision.objects.whole(because=WHY).get(entry=Entry.objects.whole(because=WHY).get(source_name="keeper.md"))
    edit(told, member, "2", body("He trims the [[lamp]]. {1:3}"))
    few = count()
    entry = first.entry
    rows = [Revision(story=told, entry=entry, editor=member, sort="edit", since=at("1:3")) for _ in range(500)]
    made = Revision.objects.bulk_create(rows)
    key = Change.objects.whole(because=WHY).filter(sort="block").values_list("key", "after").first()
    assert key is not None
    assert key[1] is not None
    before = {**key[1], "source": "He trims. {1:3}"}
    Change.objects.bulk_create(
        Change(
            revision=one,
            sort="block",
            key=key[0],
            before=before if number % 2 else key[1],
            after=key[1] if number % 2 else before,
            since=at("1:3"),
        )
        for number, one in enumerate(made)
    )

    assert count() == few
    assert gate.contributors(told, at("2"))[0].saves == 501
    many = {
        f"rock-{number}": entry_of("[[The Keeper]] saw [[Rock 1]]. {1:5}", **{f"Rock_{number}": "1:5"})
        for number in range(60)
    }
    import_pack(write_pack(tmp_path / "many", many), prune=False)
    assert count() == few
    assert few == [4, 3, 2, 13, 5, 1, 2]


def test_a_save_tells_by_how_much_the_text_grew_as_far_as_it_shows(told: Story, member: User) -> None:
    text = "He trims the great lamp of [[Silas Brand|him]]. {1:3}"
    edit(told, member, "4", lambda form: replace(form, body=form.body.replace("He trims the lamp. {1:3}", text)))
    edit(told, member, "4", more("Rain. {3:5}"))

    def grown(point: str) -> list[int]:
        found = gate.history(told, "the-keeper", at(point))
        assert found is not None
        return [one.grown for one in found.saves.rows]

    veiled, met = len("great  of [[…|him]]"), len("great  of [[Silas Brand|him]]")
    assert (grown("2"), grown("3:4"), grown("4")) == ([veiled, 0], [met, 0], [len("Rain. {3:5}"), met, 0])


def test_who_accepted_a_save_is_told(told: Story, member: User, owner: User) -> None:
    made = edit(told, member, "2", more("It burns. {1:5}")).revision
    Revision.objects.whole(because=WHY).filter(public_id=made).update(accepted_by=owner)

    assert [one.accepted_by for one in gate.recent_changes(told, at("2")).rows] == ["hester", "", ""]


def test_what_is_brought_back_has_its_history_again(told: Story, member: User) -> None:
    public_id = Entry.objects.whole(because=WHY).get(source_name="house.md").public_id
    acts.delete(told, "the-house", everything(member), horizon=at("all"))
    acts.undelete(told, public_id, everything(member), horizon=at("all"))

    assert [sort for _, sort, _, _ in saves(told, "1:4", "the-house")] == ["undelete", "delete", "import"]
    assert gate.history(told, "the-house", at("1:3")) is None
