"""What somebody at a point must not learn from tokens, previews, clashes, kinds and the log of acts."""

from collections.abc import Callable
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from reader.models import Membership, Story, User
from reader.text.points import EVERYTHING, parse_point
from tests.conftest import manuscript_of
from tests.wiki.views.writing import WIKI, fields, form_of, keeper_story, reader_at, text_of
from wiki.editing import acts, overseeing
from wiki.editing.forming import edit_page, find_entry
from wiki.editing.forms import EntryForm, FactField, NameField, Outcome
from wiki.editing.rights import rights_of
from wiki.editing.saving import Save, new_token, save
from wiki.models import Kind

SCRIPT = {"X-Requested-With": "fetch"}


@pytest.fixture
def lamp(db: None, import_text: Callable[..., Story], tmp_path: Path) -> Story:
    return keeper_story(import_text, tmp_path)


@pytest.fixture
def moderator(lamp: Story) -> User:
    user = User.objects.create_user("hester", "hester@example.org", "a long enough phrase")
    Membership.objects.create(user=user, story=lamp, role="moderator")
    return user


def changed(story: Story, user: User, point: int, change: Callable[[EntryForm], EntryForm], token: str = "") -> Outcome:
    found = find_entry(story, "the-keeper", point)
    assert found
    page = edit_page(found, user=user.pk, horizon=point)
    return save(story, Save(token or page.token, change(page.form)), rights_of(user, story), horizon=point)


def test_the_token_of_a_new_entry_is_good_for_its_own_story_only(
    lamp: Story, member: User, import_text: Callable[..., Story]
) -> None:
    other = import_text(manuscript_of(5), title="Another")
    visitor = reader_at(member, "2")
    visitor.post(f"/read/{other.slug}/reached/", {"point": "5"})
    token = fields(text_of(visitor.get(f"/wiki/{other.slug}/-/new/")))["token"]
    sent = {"token": token, "kind": "character", "content": "[[The Pilot]] comes. {1:3}", "names-0-text": "Ada"}

    there = visitor.post(f"/wiki/{other.slug}/-/preview/", sent, headers=SCRIPT)
    here = visitor.post(f"{WIKI}-/preview/", sent, headers=SCRIPT)
    assert (there.status_code, here.status_code) == (200, 400)
    assert visitor.post(f"{WIKI}-/new/", sent).status_code == 400


def test_a_preview_does_not_name_what_a_link_in_other_words_leads_to(lamp: Story, member: User) -> None:
    body = (
        "Long ago [[The Pilot|somebody]] rows, and [[Nobody]]. {1:3}\n\n## Later\n\nHe leaves. {3:2}\n\nNobody. {4:4}"
    )
    assert changed(lamp, member, EVERYTHING, lambda form: replace(form, body=body)).sort == "saved"
    visitor = reader_at(member, "2")
    sent = form_of(visitor)
    sent["content"] = sent.pop("body").replace("Long ago", "Once")
    early = unescape(text_of(visitor.post(f"{WIKI}the-keeper/preview/", sent, headers=SCRIPT)))
    assert "Once" in early
    assert "somebody" in early
    assert "“Nobody” leads to no page yet." in early
    assert "Pilot" not in early


def test_a_clash_in_facts_tells_neither_links_nor_ends_that_lie_ahead(
    lamp: Story, member: User, moderator: User
) -> None:
    new = FactField(label="Friend", source="[[The Pilot|Somebody]] kind", since="1:5")
    changed(lamp, member, EVERYTHING, lambda form: replace(form, facts=(*form.facts, new)))
    point = parse_point("2")
    found = find_entry(lamp, "the-keeper", point)
    assert found
    page = edit_page(found, user=member.pk, horizon=point)

    def say(words: str) -> Callable[[EntryForm], EntryForm]:
        def change(form: EntryForm) -> EntryForm:
            facts = (replace(one, source=words) if one.label == "Friend" else one for one in form.facts)
            return replace(form, facts=tuple(facts))

        return change

    changed(lamp, moderator, EVERYTHING, say("[[The Pilot|Somebody]] cruel"))
    clash = save(lamp, Save(page.token, say("[[…|Somebody]] dull")(page.form)), rights_of(member, lamp), horizon=point)
    assert [(one.base, one.mine, one.theirs) for one in clash.clashes] == [
        ("Friend · [[…|Somebody]] kind", "Friend · [[…|Somebody]] dull", "Friend · [[…|Somebody]] cruel")
    ]


def test_a_kind_of_which_nothing_is_met_is_as_unknown_as_one_that_is_not_there(lamp: Story, member: User) -> None:
    Kind.objects.create(story=lamp, slug="ghost", name="Ghost", plural="Ghosts", icon="kind-theme", hue=3, position=9)

    def made(kind: str, point: int, name: str) -> tuple[str, list[str]]:
        form = EntryForm(kind, (NameField(text=name),), (), (), "Somebody.")
        outcome = save(
            lamp,
            Save(new_token(user=member.pk, horizon=point, story=lamp.pk), form),
            rights_of(member, lamp),
            horizon=point,
        )
        return outcome.sort, [one.where for one in outcome.troubles]

    point = parse_point("2")
    assert made("ghost", point, "Ada") == made("nothing", point, "Ada") == ("trouble", ["kind"])
    assert made("film", point, "Ada") == ("saved", [])


def test_the_log_tells_a_merge_to_who_has_met_both(lamp: Story, moderator: User) -> None:
    acts.merge(lamp, "the-pilot", "the-keeper", rights_of(moderator, lamp), horizon=EVERYTHING)
    rights = rights_of(moderator, lamp)
    early, late = (overseeing.act_log(lamp, rights, parse_point(point)).lines for point in ("2", "4"))
    assert ([one.said for one in early], [one.said for one in late]) == ([], ["merged two entries"])


def test_the_log_tells_of_an_undone_save_from_when_that_shows(lamp: Story, member: User, moderator: User) -> None:
    more = changed(
        lamp, member, EVERYTHING, lambda form: replace(form, body=form.body.replace("Nobody knows", "Ada knows"))
    )
    acts.undo(lamp, more.revision, rights_of(moderator, lamp), horizon=EVERYTHING)
    rights = rights_of(moderator, lamp)
    early, late = (overseeing.act_log(lamp, rights, parse_point(point)).lines for point in ("2", "5"))
    assert ([one.said for one in early], [one.said for one in late]) == ([], ["took a change back"])


def test_an_end_that_lies_ahead_clashes_with_nothing(lamp: Story, member: User, moderator: User) -> None:
    point = parse_point("2")
    found = find_entry(lamp, "the-keeper", point)
    assert found
    page = edit_page(found, user=member.pk, horizon=point)

    def ended(form: EntryForm) -> EntryForm:
        return replace(form, facts=tuple(replace(one, until="4:1") for one in form.facts))

    changed(lamp, moderator, EVERYTHING, ended)
    without = Save(page.token, replace(page.form, facts=()))
    assert save(lamp, without, rights_of(member, lamp), horizon=point).sort == "saved"
    assert edit_page(found, user=member.pk, horizon=point).form.facts == ()
