"""Saving an entry: what is written shows from where it may, what is not seen stays, nothing is saved twice."""

from collections.abc import Callable

import pytest

from reader.models import Story, User
from reader.text.points import EVERYTHING, parse_point
from tests.conftest import manuscript_of
from tests.wiki.packs import entry, write_pack
from wiki.editing.forming import edit_page, find_entry
from wiki.editing.forms import EntryForm, FactField, NameField
from wiki.editing.rights import rights_of
from wiki.editing.saving import Save, new_token, save
from wiki.models import Block, Name, Revision
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
    sent = Save(new_token(user=member.pk, horizon=parse_point("3")), form)
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
