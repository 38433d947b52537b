"""What an edit must not destroy: what lies beyond its horizon, what shares an address, names whose time ends."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from reader.models import Membership, Story, User
from reader.text.points import EVERYTHING, parse_point
from tests.wiki.views.writing import WIKI, keeper_story, reader_at, text_of
from wiki.editing import acts, noting
from wiki.editing.forming import edit_page, find_entry
from wiki.editing.forms import EntryForm, FactField, NameField, Outcome
from wiki.editing.rights import rights_of
from wiki.editing.saving import Save, new_token, save
from wiki.models import Block, Entry, Fact, Name

WHY = "a test looks at everything"


@pytest.fixture
def lamp(db: None, import_text: Callable[..., Story], tmp_path: Path) -> Story:
    return keeper_story(import_text, tmp_path)


@pytest.fixture
def moderator(lamp: Story) -> User:
    user = User.objects.create_user("hester", "hester@example.org", "a long enough phrase")
    Membership.objects.create(user=user, story=lamp, role="moderator")
    return user


def changed(
    story: Story, user: User, point: int, change: Callable[[EntryForm], EntryForm], slug: str = "the-keeper"
) -> Outcome:
    found = find_entry(story, slug, point)
    assert found
    page = edit_page(found, user=user.pk, horizon=point)
    return save(story, Save(page.token, change(page.form)), rights_of(user, story), horizon=point)


def created(story: Story, user: User, point: int, *names: NameField) -> Outcome:
    form = EntryForm("character", names, (), (), "Somebody.")
    token = new_token(user=user.pk, horizon=point, story=story.pk)
    return save(story, Save(token, form), rights_of(user, story), horizon=point)


def sources(story: Story) -> list[str]:
    rows = Block.objects.whole(because=WHY).filter(story=story, entry__source_name="keeper.md").order_by("position")
    return list(rows.values_list("source", flat=True))


def test_undo_half_way_leaves_what_the_same_save_did_further_on(lamp: Story, member: User, moderator: User) -> None:
    def both(form: EntryForm) -> EntryForm:
        return replace(form, body=form.body.replace("He trims", "He lights").replace("Nobody knows", "Ada knows"))

    made = changed(lamp, member, EVERYTHING, both)
    acts.undo(lamp, made.revision, rights_of(moderator, lamp), horizon=parse_point("2"))
    assert sources(lamp) == ["He trims the lamp. {1:3}", "## Later", "He leaves. {3:2}", "Ada knows where. {4:4}"]


def test_undo_takes_all_of_a_save_back_for_who_sees_all(lamp: Story, member: User, moderator: User) -> None:
    def both(form: EntryForm) -> EntryForm:
        return replace(form, body=form.body.replace("He trims", "He lights").replace("Nobody knows", "Ada knows"))

    before = sources(lamp)
    made = changed(lamp, member, EVERYTHING, both)
    acts.undo(lamp, made.revision, rights_of(moderator, lamp), horizon=EVERYTHING)
    assert sources(lamp) == before


def test_an_entry_has_a_name_at_every_point_from_its_first(lamp: Story, member: User) -> None:
    gone = NameField(text="Old Nick", since="1:1", until="1:1")
    created(lamp, member, parse_point("3"), gone, NameField(text="Ada", since="2:1"))
    short = created(
        lamp,
        member,
        parse_point("3"),
        NameField(text="Bo", since="1:1", until="1:5"),
        NameField(text="Cy", since="2:1"),
    )
    statuses = {
        f"{slug} {point}": reader_at(member, point).get(f"{WIKI}{slug}/").status_code
        for slug in ("old-nick", "ada", "bo")
        for point in ("1:3", "1:7", "2:3")
    }
    assert short.sort == "saved"
    assert set(statuses.values()) <= {200, 302, 404}, statuses


def two_adas(story: Story, owner: User, member: User) -> tuple[str, str]:
    """Two entries at one address; whoever has read all has met both."""
    created(story, owner, EVERYTHING, NameField(text="Ada", since="4:1"))
    created(story, member, parse_point("2"), NameField(text="Ada", since="1:9"), NameField(text="Ada Two", since="2"))
    rows = Entry.objects.whole(because=WHY).filter(story=story).order_by("-pk")
    return rows[1].public_id, rows[0].public_id


def test_pages_that_act_name_the_entry_that_they_act_on(lamp: Story, member: User, moderator: User) -> None:
    late, early = two_adas(lamp, moderator, member)
    changed(
        lamp,
        moderator,
        EVERYTHING,
        lambda form: replace(form, names=(NameField(text="Ada the Late", since="4:1"), *form.names)),
        f"ada~{late}",
    )
    visitor = reader_at(moderator, "all")
    page = text_of(visitor.get(f"{WIKI}ada~{late}/delete/"))
    assert "Ada the Late" in page
    assert "Ada the Late" not in text_of(visitor.get(f"{WIKI}ada~{early}/delete/"))
    assert visitor.get(f"{WIKI}ada~nothing/delete/").status_code == 404


def test_a_note_goes_to_the_entry_of_that_name(lamp: Story, member: User, moderator: User) -> None:
    late, _early = two_adas(lamp, moderator, member)
    changed(
        lamp,
        moderator,
        EVERYTHING,
        lambda form: replace(form, names=(*form.names, NameField(text="Lovelace", since="4:1"))),
        f"ada~{late}",
    )
    noting.note(
        lamp, noting.Note("Lovelace", "character", "She counts.", "4:2"), rights_of(member, lamp), horizon=EVERYTHING
    )
    row = Block.objects.whole(because=WHY).get(source="She counts. {4:2}")
    assert row.entry.public_id == late


def test_merging_goes_into_the_entry_that_was_named(lamp: Story, member: User, moderator: User) -> None:
    late, _early = two_adas(lamp, moderator, member)
    changed(
        lamp,
        moderator,
        EVERYTHING,
        lambda form: replace(form, names=(*form.names, NameField(text="Lovelace", since="4:1"))),
        f"ada~{late}",
    )
    into = acts.named(lamp, "Lovelace", EVERYTHING)
    assert into
    acts.merge(lamp, "the-pilot", into.slug, rights_of(moderator, lamp), horizon=EVERYTHING)
    row = Name.objects.whole(because=WHY).get(text="The Pilot")
    assert row.entry.public_id == late


def test_merging_keeps_a_shared_name_as_long_as_either_had_it(lamp: Story, member: User, moderator: User) -> None:
    created(
        lamp, member, EVERYTHING, NameField(text="Bo", since="1:1"), NameField(text="The Pilot", since="2:1", until="3")
    )
    acts.merge(lamp, "the-pilot", "bo", rights_of(moderator, lamp), horizon=EVERYTHING)
    rows = Name.objects.whole(because=WHY).filter(text="The Pilot")
    assert list(rows.values_list("since", "until")) == [(parse_point("2:1"), None)]


def test_a_fact_brought_back_half_way_has_words_for_what_is_not_met(lamp: Story, member: User) -> None:
    point = parse_point("2")
    new = FactField(label="Friend", source="[[The Pilot|Somebody]]", since="1:5")
    made = changed(lamp, member, EVERYTHING, lambda form: replace(form, facts=(*form.facts, new)))
    changed(lamp, member, point, lambda form: replace(form, facts=form.facts[:-1]))
    assert not Fact.objects.whole(because=WHY).filter(label="Friend").exists()
    acts.restore(lamp, "the-keeper", made.revision, rights_of(member, lamp), horizon=point)
    assert Fact.objects.whole(because=WHY).get(label="Friend").source == "Somebody"


@pytest.mark.parametrize("name", ["ß" * 200, "勝" * 200, "ﷺ" * 200, "ab " * 66, "🎈", "x" * 200])
def test_names_of_any_script_save_or_say_why(lamp: Story, member: User, name: str) -> None:
    first, second = (created(lamp, member, parse_point("2"), NameField(text=name, since=at)) for at in ("1:5", "1:4"))
    assert first.sort in ("saved", "trouble")
    assert second.sort in ("saved", "trouble")
    if first.sort == "saved":
        earlier = changed(
            lamp,
            member,
            parse_point("2"),
            lambda form: replace(form, names=(replace(form.names[0], since="1:2"),)),
            first.slug,
        )
        assert earlier.sort == "saved"


@pytest.mark.parametrize("point", ["99999999:1", "2147483646", "9999999999:1", "1:16777214.255", "all", "-1", "1:1\n"])
def test_points_that_are_none_or_huge_save_or_say_why(lamp: Story, member: User, point: str) -> None:
    def dated(form: EntryForm) -> EntryForm:
        fact = FactField(label="L", source="v", since=point, until="1:1")
        return replace(form, facts=(*form.facts, fact), body=f"{form.body}\n\nMore. {{{point}}}")

    assert changed(lamp, member, parse_point("2"), dated).sort in ("saved", "trouble")
