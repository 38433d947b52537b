"""Whole entries: taken back, renamed, merged, taken out, brought back, protected; what others wrote stays."""

import pytest

from reader.models import Story
from tests.wiki.tended import ALL, WHY, Crew, body_at, change, create, horizon, revision, rights, sources
from wiki.editing import acts
from wiki.editing.forming import edit_page, find_entry, own_slug
from wiki.editing.forms import Clash
from wiki.editing.state import read
from wiki.errors import EditError, GoneError, NotAllowedError
from wiki.models import Act, Entry, Name, Revision, Slug, Watch

KEEPER = ["He trims the lamp. {1:3}", "He leaves. {3:2}", "Nobody knows where. {4:4}"]


def logged(story: Story) -> list[tuple[str, str]]:
    rows = Act.objects.whole(because=WHY).filter(story=story).order_by("pk")
    return [(row.sort, row.by.username if row.by else "") for row in rows]


def test_restore_brings_back_what_was_seen_and_leaves_the_rest(tended: Story, people: Crew) -> None:
    first = Revision.objects.whole(because=WHY).filter(entry=find_entry(tended, "the-keeper", ALL)).get()
    change(tended, people.reader, "the-keeper", "He trims", "He breaks", point="2")
    change(tended, people.reader, "the-keeper", "He leaves", "He flees", point="4")
    done = acts.restore(tended, "the-keeper", first.public_id, rights(people.reader, tended), horizon=horizon("2"))
    assert done.sort == "saved"
    assert sources(tended, "the-keeper") == [KEEPER[0], "He flees. {3:2}", KEEPER[2]]


def test_restore_of_a_version_that_is_not_seen_is_gone(tended: Story, people: Crew) -> None:
    late = change(tended, people.reader, "the-keeper", "He leaves", "He flees", point="5")
    mine = rights(people.reader, tended)
    with pytest.raises(GoneError):
        acts.restore(tended, "the-keeper", late.revision, mine, horizon=horizon("2"))
    assert acts.restore(tended, "the-keeper", late.revision, mine, horizon=horizon("5")).sort == "same"


def test_undo_takes_one_save_back(tended: Story, people: Crew) -> None:
    bad = change(tended, people.reader, "the-keeper", "He trims the lamp", "He eats the lamp")
    change(tended, people.editor, "the-keeper", "Nobody knows", "Hardly anybody knows")
    left = acts.undo(tended, bad.revision, rights(people.moderator, tended), horizon=horizon("5"))
    assert left == ()
    assert sources(tended, "the-keeper") == [*KEEPER[:2], "Hardly anybody knows where. {4:4}"]
    assert logged(tended) == [("undo", "a_moderator")]
    undone = Revision.objects.whole(because=WHY).get(sort="undo")
    assert (undone.editor, undone.undoes) == (people.moderator, revision(bad))


def test_undo_leaves_what_others_changed_since_and_tells(tended: Story, people: Crew) -> None:
    bad = change(tended, people.reader, "the-keeper", "He trims the lamp", "He eats the lamp")
    change(tended, people.editor, "the-keeper", "He eats the lamp", "He loves the lamp")
    left = acts.undo(tended, bad.revision, rights(people.moderator, tended), horizon=horizon("5"))
    said = Clash("block", KEEPER[0], "He eats the lamp. {1:3}", "He loves the lamp. {1:3}")
    assert [one.clash for one in left] == [said]
    assert sources(tended, "the-keeper")[0] == "He loves the lamp. {1:3}"


def test_undo_puts_blocks_back_where_they_stood(tended: Story, people: Crew) -> None:
    bad = change(tended, people.reader, "the-keeper", "He leaves. {3:2}\n\n", "")
    assert sources(tended, "the-keeper") == [KEEPER[0], KEEPER[2]]
    change(
        tended, people.editor, "the-keeper", "He trims the lamp. {1:3}", "He trims the lamp. {1:3}\n\nIt shines. {1:6}"
    )
    acts.undo(tended, bad.revision, rights(people.moderator, tended), horizon=horizon("5"))
    assert [one for one in sources(tended, "the-keeper") if one in KEEPER] == KEEPER


def test_undo_of_how_an_entry_came_about_takes_it_out_and_it_can_be_brought_back(tended: Story, people: Crew) -> None:
    made = create(tended, people.reader, "Spam Shop", "Buy here. {1:6}")
    acts.undo(tended, made.revision, rights(people.moderator, tended), horizon=horizon("5"))
    assert find_entry(tended, "spam-shop", ALL) is None
    gone = Entry.objects.whole(because=WHY).get(since=ALL)
    back = acts.undelete(tended, gone.public_id, rights(people.moderator, tended), horizon=ALL)
    assert (back.slug, sources(tended, "spam-shop")) == ("spam-shop", ["Buy here. {1:6}"])


def test_undo_of_how_an_entry_came_about_keeps_what_others_wrote_in_it(tended: Story, people: Crew) -> None:
    made = create(tended, people.reader, "The Pilot", "Bad words. {1:6}")
    change(tended, people.editor, "the-pilot", "Bad words. {1:6}", "Bad words. {1:6}\n\nShe steers. {2:1}")
    left = acts.undo(tended, made.revision, rights(people.moderator, tended), horizon=horizon("5"))
    assert [one.clash.theirs for one in left] == ["The Pilot"]
    assert sources(tended, "the-pilot") == ["She steers. {2:1}"]


def test_undo_is_for_moderators(tended: Story, people: Crew) -> None:
    bad = change(tended, people.reader, "the-keeper", "He trims", "He eats")
    with pytest.raises(NotAllowedError):
        acts.undo(tended, bad.revision, rights(people.editor, tended), horizon=horizon("5"))
    assert sources(tended, "the-keeper")[0] == "He eats the lamp. {1:3}"


def test_rename_takes_the_address_from_a_name_where_that_is_known(tended: Story, people: Crew) -> None:
    done = acts.rename(tended, "the-keeper", "Silas Brand", rights(people.reader, tended), horizon=horizon("5"))
    entry = find_entry(tended, "the-keeper", horizon("2"))
    assert entry
    state = read([entry.pk])[entry.pk]
    assert done.slug == "silas-brand"
    assert {point: own_slug(state, horizon(point)) for point in ("1:2", "2", "3:1", "5")} == {
        "1:2": "the-keeper",
        "2": "the-keeper",
        "3:1": "silas-brand",
        "5": "silas-brand",
    }


def test_rename_there_and_back_has_one_address_each_time(tended: Story, people: Crew) -> None:
    mine = rights(people.reader, tended)
    for name, slug in (("Silas Brand", "silas-brand"), ("The Keeper", "the-keeper"), ("Silas Brand", "silas-brand")):
        address = acts.choices(tended, "the-keeper", horizon("5"))
        now = next((one.address for one in address if one.is_now), "")
        assert acts.rename(tended, now, name, mine, horizon=horizon("5")).slug == slug
        entry = find_entry(tended, slug, horizon("5"))
        assert entry
        assert edit_page(entry, user=0, horizon=horizon("5")).slug == slug
        rows = Slug.objects.at(horizon("5")).filter(entry=entry, is_redirect=False).order_by("-since", "-pk")
        assert rows.values_list("slug", flat=True)[0] == slug


def test_rename_knows_no_name_that_lies_ahead(tended: Story, people: Crew) -> None:
    mine = rights(people.reader, tended)
    with pytest.raises(EditError, match="one of the entry"):
        acts.rename(tended, "the-keeper", "Silas Brand", mine, horizon=horizon("2"))
    assert [one.name for one in acts.choices(tended, "the-keeper", horizon("2"))] == ["The Keeper"]
    assert [one.name for one in acts.choices(tended, "the-keeper", horizon("3"))] == ["The Keeper", "Silas Brand"]


def test_merge_puts_everything_into_the_other(tended: Story, people: Crew) -> None:
    cook = find_entry(tended, "the-cook", ALL)
    assert cook
    Watch.objects.create(user=people.reader, entry=cook)
    done = acts.merge(tended, "the-cook", "the-keeper", rights(people.moderator, tended), horizon=ALL)
    entry = find_entry(tended, "the-cook", ALL)
    assert entry
    assert entry == find_entry(tended, "the-keeper", ALL)
    assert (done.slug, sources(tended, "the-keeper")) == (
        "the-keeper",
        [*KEEPER, "She bakes bread. {1:5}", "She sails. {4:2}"],
    )
    names = Name.objects.whole(because=WHY).filter(entry=entry).order_by("position")
    assert list(names.values_list("text", "sort")) == [
        ("The Keeper", "title"),
        ("Silas Brand", "alias"),
        ("The Cook", "alias"),
    ]
    assert Watch.objects.get().entry == entry
    assert logged(tended) == [("merge", "a_moderator")]


def test_merge_keeps_the_address_where_the_other_is_not_known_yet(tended: Story, people: Crew) -> None:
    acts.merge(tended, "the-keeper", "the-cook", rights(people.moderator, tended), horizon=ALL)
    entry = find_entry(tended, "the-keeper", horizon("1:2"))
    assert entry
    assert [edit_page(entry, user=0, horizon=horizon(point)).slug for point in ("1:2", "1:4", "5")] == [
        "the-keeper",
        "the-cook",
        "the-cook",
    ]


def test_undelete_after_a_merge_brings_the_entry_back_as_it_was(tended: Story, people: Crew) -> None:
    mine = rights(people.moderator, tended)
    acts.merge(tended, "the-cook", "the-keeper", mine, horizon=ALL)
    gone = Entry.objects.whole(because=WHY).get(since=ALL)
    back = acts.undelete(tended, gone.public_id, mine, horizon=ALL)
    assert (back.slug, sources(tended, back.slug)) == ("the-cook-2", ["She bakes bread. {1:5}", "She sails. {4:2}"])


def test_delete_and_undelete_leave_all_as_it_was(tended: Story, people: Crew) -> None:
    mine = rights(people.moderator, tended)
    before = body_at(tended, "the-keeper", "all")
    acts.delete(tended, "the-keeper", mine, horizon=ALL, note="Not this one.")
    assert [find_entry(tended, "the-keeper", horizon(point)) for point in ("1:2", "5", "all")] == [None, None, None]
    gone = Entry.objects.whole(because=WHY).get(since=ALL)
    assert acts.undelete(tended, gone.public_id, mine, horizon=ALL).slug == "the-keeper"
    assert body_at(tended, "the-keeper", "all") == before
    assert logged(tended) == [("delete", "a_moderator"), ("undelete", "a_moderator")]
    with pytest.raises(GoneError):
        acts.undelete(tended, gone.public_id, mine, horizon=ALL)


def test_taking_entries_away_needs_everything_shown(tended: Story, people: Crew) -> None:
    mine, point = rights(people.moderator, tended), horizon("5")
    with pytest.raises(EditError, match="show everything"):
        acts.delete(tended, "the-keeper", mine, horizon=point)
    with pytest.raises(EditError, match="show everything"):
        acts.merge(tended, "the-cook", "the-keeper", mine, horizon=point)
    with pytest.raises(EditError, match="show everything"):
        acts.undelete(tended, "anything", mine, horizon=point)
    assert sources(tended, "the-keeper") == KEEPER


def test_protect_keeps_others_from_editing(tended: Story, people: Crew) -> None:
    acts.protect(tended, "the-keeper", "editors", rights(people.moderator, tended), horizon=horizon("2"))
    with pytest.raises(NotAllowedError, match="editors of this story"):
        change(tended, people.reader, "the-keeper", "He trims", "He eats")
    assert change(tended, people.editor, "the-keeper", "He trims", "He cleans").sort == "saved"
    assert logged(tended) == [("protect-editors", "a_moderator")]
    with pytest.raises(EditError, match="Choose"):
        acts.protect(tended, "the-keeper", "nobody", rights(people.moderator, tended), horizon=horizon("2"))
