"""Saving an entry: what is written shows from where it may, what is not seen stays, nothing is saved twice."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from reader.models import Membership, Story, User
from reader.text.points import EVERYTHING, parse_point
from tests.conftest import manuscript_of
from tests.wiki.packs import entry, write_pack
from wiki.editing.forming import edit_page, find_entry
from wiki.editing.forms import EntryForm, FactField, NameField, Outcome
from wiki.editing.rights import rights_of
from wiki.editing.saving import Save, new_token, save
from wiki.errors import EditError, UsedTokenError
from wiki.models import Block, Entry, Fact, Name, Revision
from wiki.packing import import_pack

WHY = "a test looks at everything"


@pytest.fixture
def lamp(db: None, import_text: Callable[..., Story], tmp_path: object) -> Story:
    story = import_text(manuscript_of(5))
    pack = {
        "keeper": entry(
            "He trims the lamp. {1:3}\n\n## Later\n\nHe leaves. {3:2}\n\nNobody knows where. {4:4}",
            head='[[facts]]\nlabel = "Lives"\nvalue = "At the light"\nsince = "1:4"\n',
            The_Keeper="1:2",
            Silas_Brand="3:1",
        )
    }
    import_pack(write_pack(tmp_path, pack))  # type: ignore[arg-type]
    return story


@pytest.fixture
def owner_of_lamp(lamp: Story) -> User:
    """Somebody else, whose changes never wait."""
    user = User.objects.create_user("hester", "hester@example.org", "a long enough phrase")
    Membership.objects.create(user=user, story=lamp, role="owner")
    return user


def form_at(story: Story, user: User, point: str) -> tuple[str, EntryForm]:
    found = find_entry(story, "the-keeper", parse_point(point))
    assert found
    page = edit_page(found, user=user.pk, horizon=parse_point(point))
    return page.token, page.form


def sources(story: Story) -> list[tuple[str, int]]:
    rows = Block.objects.whole(because=WHY).filter(story=story).order_by("position")
    return [(row.source, row.since) for row in rows]


@pytest.mark.parametrize("point", ["1:2", "1:3", "2", "3:1", "3:2", "4", "5"])
def test_an_unchanged_form_makes_no_revision(lamp: Story, member: User, point: str) -> None:
    before = sources(lamp)
    token, form = form_at(lamp, member, point)
    outcome = save(lamp, Save(token, form), rights_of(member, lamp), horizon=parse_point(point))
    assert (outcome.sort, sources(lamp), Revision.objects.whole(because=WHY).count()) == ("same", before, 1)


def test_a_save_half_way_leaves_what_comes_later(lamp: Story, member: User) -> None:
    token, form = form_at(lamp, member, "2")
    assert form.body == "He trims the lamp. {1:3}\n"
    sent = Save(token, EntryForm(form.kind, form.names, form.facts, (), "He trims the great lamp. {1:3}\n\nIt burns."))
    outcome = save(lamp, sent, rights_of(member, lamp), horizon=parse_point("2"))
    assert outcome.sort == "saved"
    assert [source for source, _ in sources(lamp)] == [
        "He trims the great lamp. {1:3}",
        "It burns. {since 2}",
        "## Later",
        "He leaves. {3:2}",
        "Nobody knows where. {4:4}",
    ]
    assert save(lamp, sent, rights_of(member, lamp), horizon=parse_point("2")) == outcome
    assert Revision.objects.whole(because=WHY).count() == 2


def test_a_new_entry_gets_its_address_from_its_first_name(lamp: Story, member: User) -> None:
    form = EntryForm(
        "character",
        (NameField(text="Mirelle Vance", since="2:3"), NameField(text="The stranger", sort="described", since="1:5")),
        (FactField(label="Trade", source="Pilot"),),
        (),
        "A stranger comes. {1:5}",
    )
    sent = Save(new_token(user=member.pk, horizon=parse_point("3"), story=lamp.pk), form)
    outcome = save(lamp, sent, rights_of(member, lamp), horizon=parse_point("3"))
    assert (outcome.sort, outcome.slug) == ("saved", "the-stranger")
    assert Name.objects.whole(because=WHY).filter(entry__since__lt=EVERYTHING).count() == 4


def test_a_form_does_not_tell_what_unmet_links_lead_to(lamp: Story, member: User) -> None:
    sent = Save(form_at(lamp, member, "5")[0], form_at(lamp, member, "5")[1])
    body = "Long ago [[Silas Brand|somebody]] trims the lamp. {1:3}\n\n## Later\n\nHe leaves. {3:2}\n"
    sent = Save(sent.token, EntryForm(sent.form.kind, sent.form.names, sent.form.facts, (), body))
    assert save(lamp, sent, rights_of(member, lamp), horizon=parse_point("5")).sort == "saved"
    token, form = form_at(lamp, member, "2")
    assert form.body == "Long ago [[…|somebody]] trims the lamp. {1:3}\n"
    assert save(lamp, Save(token, form), rights_of(member, lamp), horizon=parse_point("2")).sort == "same"
    changed = EntryForm(form.kind, form.names, form.facts, (), "Once [[…|somebody]] trims the lamp. {1:3}\n")
    assert save(lamp, Save(token, changed), rights_of(member, lamp), horizon=parse_point("2")).sort == "saved"
    assert sources(lamp)[0] == ("Once [[Silas Brand|somebody]] trims the lamp. {1:3}", parse_point("1:3"))
    assert "[[Silas Brand|somebody]]" in form_at(lamp, member, "3")[1].body


def at(point: str, story: Story, user: User, change: Callable[[EntryForm], EntryForm], *, token: str = "") -> Outcome:
    """Take the form at a point, change it, send it."""
    found, form = form_at(story, user, point)
    return save(story, Save(token or found, change(form)), rights_of(user, story), horizon=parse_point(point))


def body(text: str) -> Callable[[EntryForm], EntryForm]:
    return lambda form: replace(form, body=text)


def created(story: Story, user: User, point: str, name: str, since: str = "") -> Outcome:
    form = EntryForm("character", (NameField(text=name, since=since),), (), (), "Somebody.")
    sent = Save(new_token(user=user.pk, horizon=parse_point(point), story=story.pk), form)
    return save(story, sent, rights_of(user, story), horizon=parse_point(point))


def test_two_people_who_change_two_blocks_both_have_their_way(lamp: Story, member: User, owner_of_lamp: User) -> None:
    mine, form = form_at(lamp, member, "5")
    theirs = at("5", lamp, owner_of_lamp, lambda one: replace(one, body=one.body.replace("He leaves.", "He runs.")))
    sent = Save(mine, replace(form, body=form.body.replace("He trims", "He lights")))
    assert (theirs.sort, save(lamp, sent, rights_of(member, lamp), horizon=parse_point("5")).sort) == ("saved", "saved")
    assert [source for source, _ in sources(lamp)][:3:2] == ["He lights the lamp. {1:3}", "He runs. {3:2}"]


def test_a_clash_brings_both_texts_and_a_form_that_can_be_saved(lamp: Story, member: User, owner_of_lamp: User) -> None:
    mine, form = form_at(lamp, member, "2")
    at("2", lamp, owner_of_lamp, body("He snuffs the lamp. {1:3}"))
    sent = Save(mine, replace(form, body="He drops the lamp. {1:3}"))
    clash = save(lamp, sent, rights_of(member, lamp), horizon=parse_point("2"))
    assert (clash.sort, [(one.mine, one.theirs) for one in clash.clashes]) == (
        "clash",
        [("He drops the lamp. {1:3}", "He snuffs the lamp. {1:3}")],
    )
    assert clash.page
    again = Save(clash.page.token, sent.form)
    assert save(lamp, again, rights_of(member, lamp), horizon=parse_point("2")).sort == "saved"
    assert sources(lamp)[0][0] == "He drops the lamp. {1:3}"


def test_a_hidden_save_in_between_makes_no_conflict(lamp: Story, member: User, owner_of_lamp: User) -> None:
    mine, form = form_at(lamp, member, "2")
    at("5", lamp, owner_of_lamp, lambda one: replace(one, body=one.body.replace("Nobody knows", "Someone knows")))
    assert form_at(lamp, member, "2") == (mine, form)
    sent = Save(mine, replace(form, body="He trims the old lamp. {1:3}"))
    assert save(lamp, sent, rights_of(member, lamp), horizon=parse_point("2")).sort == "saved"
    assert sources(lamp)[3][0] == "Someone knows where. {4:4}"


def test_a_name_without_a_date_is_known_from_where_it_first_stands(lamp: Story, member: User) -> None:
    at("5", lamp, member, lambda form: replace(form, names=(*form.names, NameField(text="c3 p7", sort="alias"))))
    at("5", lamp, member, lambda form: replace(form, names=(*form.names, NameField(text="Old Nick", sort="alias"))))
    rows = Name.objects.whole(because=WHY).filter(text__in=["c3 p7", "Old Nick"]).order_by("text")
    assert list(rows.values_list("text", "since", "is_stamped")) == [
        ("Old Nick", parse_point("5"), True),
        ("c3 p7", parse_point("3:7"), False),
    ]


def test_a_fact_waits_for_the_names_that_it_prints(lamp: Story, member: User) -> None:
    new = FactField(label="Called", source="Silas Brand by some", since="1:5")
    at("5", lamp, member, lambda form: replace(form, facts=(*form.facts, new)))
    early = FactField(label="Known as", source="Silas Brand", since="1:5")
    at("2", lamp, member, lambda form: replace(form, facts=(*form.facts, early)))
    rows = Fact.objects.whole(because=WHY).filter(label__in=["Called", "Known as"]).order_by("label")
    assert list(rows.values_list("since", flat=True)) == [parse_point("3:1"), parse_point("1:5")]


def test_an_unmet_entrys_name_and_address_can_be_taken(lamp: Story, member: User, owner_of_lamp: User) -> None:
    assert created(lamp, owner_of_lamp, "5", "Mirelle Vance", "4:1").slug == "mirelle-vance"
    assert created(lamp, member, "2", "Mirelle Vance", "1:9").slug == "mirelle-vance"
    assert created(lamp, member, "2", "Mirelle Vance", "1:8").slug == "mirelle-vance-2"


def test_a_new_entry_that_is_sent_twice_is_one(lamp: Story, member: User) -> None:
    assert created(lamp, member, "2", "Ada") == created(lamp, member, "2", "Ada")
    assert Entry.objects.whole(because=WHY).count() == 2


def test_an_unseen_end_stays_when_a_fact_is_changed(lamp: Story, member: User) -> None:
    ends = replace(FactField(label="Mood", source="Calm", since="1:5"), until="4:1")
    at("5", lamp, member, lambda form: replace(form, facts=(*form.facts, ends)))
    _, form = form_at(lamp, member, "2")
    assert [(one.source, one.until) for one in form.facts] == [("At the light", ""), ("Calm", "")]
    changed = tuple(replace(one, source="Quiet") if one.label == "Mood" else one for one in form.facts)
    at("2", lamp, member, lambda one: replace(one, facts=changed))
    row = Fact.objects.whole(because=WHY).get(label="Mood")
    assert (row.source, row.until) == ("Quiet", parse_point("4:1"))


@pytest.mark.parametrize(
    ("change", "where"),
    [
        (lambda form: replace(form, names=()), "names"),
        (lambda form: replace(form, names=(*form.names, NameField(text="!!", since="1:2"))), "names.1"),
        (lambda form: replace(form, names=(*form.names, NameField(text="Ada", since="soon"))), "names.1"),
        (lambda form: replace(form, facts=(*form.facts, FactField(label="Age"))), "facts.1"),
        (lambda form: replace(form, facts=(*form.facts, FactField(label="Age", source="9 {3:2}"))), "facts.1"),
        (lambda form: replace(form, kind="dragon"), "kind"),
        (lambda form: replace(form, body="::: since 1:3\nOpen."), "body"),
        (lambda form: replace(form, body="a" * 200_001), "body"),
    ],
)
def test_what_cannot_be_saved_is_said_beside_its_field(
    lamp: Story, member: User, change: Callable[[EntryForm], EntryForm], where: str
) -> None:
    before = sources(lamp)
    outcome = at("2", lamp, member, change)
    assert (outcome.sort, [one.where for one in outcome.troubles]) == ("trouble", [where])
    assert outcome.troubles[0].sentence.endswith(".")
    assert (sources(lamp), Revision.objects.whole(because=WHY).count()) == (before, 1)


def test_somebody_elses_token_and_a_forged_one_are_refused(lamp: Story, member: User, owner_of_lamp: User) -> None:
    token, form = form_at(lamp, owner_of_lamp, "2")
    for wrong in (token, token[:-1] + "x", "", "\0"):
        with pytest.raises(UsedTokenError, match="cannot be used any more"):
            save(lamp, Save(wrong, form), rights_of(member, lamp), horizon=parse_point("5"))


def test_nothing_can_be_written_by_who_has_read_nothing(lamp: Story, member: User) -> None:
    form = EntryForm("character", (NameField(text="Ada"),), (), (), "")
    with pytest.raises(EditError, match="how far you have read"):
        save(lamp, Save(new_token(user=member.pk, horizon=0, story=lamp.pk), form), rights_of(member, lamp), horizon=0)


def test_one_section_is_saved_alone(lamp: Story, member: User) -> None:
    found = find_entry(lamp, "the-keeper", parse_point("5"))
    assert found
    whole = edit_page(found, user=member.pk, horizon=parse_point("5"))
    page = edit_page(found, user=member.pk, horizon=parse_point("5"), section=whole.sections[0].key)
    assert page.form.body == "## Later\n\nHe leaves. {3:2}\n\nNobody knows where. {4:4}\n"
    sent = Save(page.token, replace(page.form, body="## Later\n\nHe leaves at dawn. {3:2}"))
    assert save(lamp, sent, rights_of(member, lamp), horizon=parse_point("5")).sort == "saved"
    assert [source for source, _ in sources(lamp)] == [
        "He trims the lamp. {1:3}",
        "## Later",
        "He leaves at dawn. {3:2}",
    ]
