"""The edit page over HTTP: what it shows, what it saves, and that nothing typed is ever lost."""

from collections.abc import Callable
from pathlib import Path

import pytest

from reader.models import Story, User
from tests.conftest import Visitor
from tests.wiki.views.writing import (
    BODY,
    EDIT,
    UNKNOWN,
    UNMET,
    WIKI,
    fields,
    form_of,
    keeper_story,
    reader_at,
    text_of,
)
from wiki.models import Entry, Revision, Wiki

WHY = "a test looks at everything"


@pytest.fixture
def lamp(db: None, import_text: Callable[..., Story], tmp_path: Path) -> Story:
    return keeper_story(import_text, tmp_path)


def revisions(story: Story) -> int:
    return Revision.objects.whole(because=WHY).filter(entry__story=story).count()


@pytest.mark.parametrize("slug", ["the-keeper", UNMET, UNKNOWN])
def test_entry_edit_signed_out_goes_to_sign_in_and_back(lamp: Story, halfway: Visitor, slug: str) -> None:
    answer = halfway.get(f"{WIKI}{slug}/edit/?section=x")

    assert answer.status_code == 302
    assert answer["Location"].endswith(f"?next=/wiki/the-lamp/{slug}/edit/%3Fsection%3Dx")


@pytest.mark.parametrize("what", ["edit", "preview"])
def test_entry_edit_of_an_unmet_entry_is_the_same_404(lamp: Story, member: User, what: str) -> None:
    visitor = reader_at(member, "2")
    ask = visitor.post if what == "preview" else visitor.get
    answers = [ask(f"{WIKI}{slug}/{what}/") for slug in (UNMET, UNKNOWN)]

    assert [one.status_code for one in answers] == [404, 404]
    assert text_of(answers[0]) == text_of(answers[1])
    assert reader_at(member, "4").get(f"{WIKI}{UNMET}/edit/").status_code == 200


def test_entry_edit_holds_what_its_reader_has_met_and_no_more(lamp: Story, member: User) -> None:
    half, whole = reader_at(member, "2").get(EDIT), reader_at(member, "5").get(EDIT)
    there, all_there = text_of(half), text_of(whole)

    assert fields(there)["body"] == "He trims the lamp. {1:3}\n"
    assert "Silas Brand" not in there
    assert fields(all_there)["body"].strip() == BODY
    assert fields(all_there)["names-1-text"] == "Silas Brand"
    assert (half["Cache-Control"], half["X-Robots-Tag"]) == ("private, no-store", "noindex")


def test_entry_edit_has_three_empty_rows_for_those_without_scripts(lamp: Story, member: User) -> None:
    sent = form_of(reader_at(member, "2"))

    assert [name for name in sent if name.endswith("-text")] == [f"names-{number}-text" for number in range(4)]
    assert [name for name in sent if name.endswith("-label")] == [f"facts-{number}-label" for number in range(4)]


def test_entry_edit_unchanged_makes_no_revision(lamp: Story, member: User) -> None:
    visitor, before = reader_at(member, "2"), revisions(lamp)
    answer = visitor.post(EDIT, form_of(visitor))

    assert (answer.status_code, answer["Location"], revisions(lamp)) == (303, f"{WIKI}the-keeper/", before)


def test_entry_edit_saves_and_says_so_once(lamp: Story, member: User) -> None:
    visitor, before = reader_at(member, "2"), revisions(lamp)
    sent = form_of(
        visitor,
        names_1_text="The Lamp Man",
        names_1_since="1:5",
        body="He trims the great lamp. {1:3}",
        summary="Great",
    )
    answer = visitor.post(EDIT, sent)
    first, second = visitor.get(answer["Location"]), visitor.get(answer["Location"])

    assert (answer.status_code, revisions(lamp)) == (303, before + 1)
    assert "great lamp" in text_of(first)
    assert "also The Lamp Man" in text_of(first)
    assert ("Saved." in text_of(first), "Saved." in text_of(second)) == (True, False)
    assert "He leaves." in text_of(reader_at(member, "5").get(f"{WIKI}the-keeper/"))


def test_entry_edit_sent_twice_makes_one_revision(lamp: Story, member: User) -> None:
    visitor, before = reader_at(member, "2"), revisions(lamp)
    sent = form_of(visitor, body="He trims the great lamp. {1:3}")
    answers = [visitor.post(EDIT, sent) for _ in range(2)]

    assert [(one.status_code, one["Location"]) for one in answers] == [(303, f"{WIKI}the-keeper/")] * 2
    assert revisions(lamp) == before + 1


def test_entry_edit_with_trouble_gives_everything_back(lamp: Story, member: User) -> None:
    visitor, before = reader_at(member, "2"), revisions(lamp)
    typed = {"names-1-text": "A & B", "names-1-since": "soon", "facts-1-label": "Trade", "summary": "why <b>"}
    sent = form_of(visitor) | typed | {"body": "One. {1:3}\n\n::: since 1:4\nTwo."}
    answer = visitor.post(EDIT, sent)
    back = fields(text_of(answer))

    assert (answer.status_code, revisions(lamp)) == (422, before)
    assert {name: back[name] for name in typed} == typed
    assert back["body"] == sent["body"]
    assert back["token"] == sent["token"]
    assert 'href="#at-names-1"' in text_of(answer)
    assert "Line 3:" in text_of(answer)
    assert 'id="names-1-trouble"' in text_of(answer)


def test_entry_edit_clash_shows_both_texts_whole_and_saves_with_the_fresh_token(lamp: Story, member: User) -> None:
    other = User.objects.create_user("ben", "ben@example.org", "a long enough phrase")
    mine, theirs, before = reader_at(member, "2"), reader_at(other, "2"), revisions(lamp)
    my_form, their_form = form_of(mine), form_of(theirs)
    assert theirs.post(EDIT, their_form | {"body": "He trims the tall lamp at dusk. {1:3}"}).status_code == 303
    answer = mine.post(EDIT, my_form | {"body": "He trims the small lamp at dawn. {1:3}", "summary": "Mine"})
    page, back = text_of(answer), fields(text_of(answer))

    assert (answer.status_code, revisions(lamp)) == (409, before + 1)
    assert back["body"] == "He trims the small lamp at dawn. {1:3}"
    assert back["summary"] == "Mine"
    assert "<ins>small</ins>" in page
    assert "<del>tall</del>" in page
    assert back["token"] != my_form["token"]

    assert mine.post(EDIT, back).status_code == 303
    assert "small lamp at dawn" in text_of(mine.get(f"{WIKI}the-keeper/"))


def test_entry_edit_of_a_section_leaves_the_rest(lamp: Story, member: User) -> None:
    visitor = reader_at(member, "5")
    page = text_of(visitor.get(EDIT))
    section = page.split("?section=")[1].split('"')[0]
    address = f"{EDIT}?section={section}"
    sent = form_of(visitor, address)
    assert sent["body"].startswith("## Later\n\nHe leaves.")
    answer = visitor.post(address, sent | {"body": sent["body"].replace("He leaves.", "He goes.")})

    assert answer.status_code == 303
    assert fields(text_of(visitor.get(EDIT)))["body"].strip() == BODY.replace("He leaves.", "He goes.")


def test_entry_edit_with_a_form_of_somebody_else_is_refused_and_kept(lamp: Story, member: User) -> None:
    other = User.objects.create_user("ben", "ben@example.org", "a long enough phrase")
    sent = form_of(reader_at(other, "2"), body="Whose words. {1:3}")
    before = revisions(lamp)
    answer = reader_at(member, "2").post(EDIT, sent)

    assert (answer.status_code, revisions(lamp)) == (400, before)
    assert fields(text_of(answer))["body"] == "Whose words. {1:3}"


def test_entry_edit_in_a_reviewed_wiki_waits(lamp: Story, member: User) -> None:
    Wiki.objects.filter(story=lamp).update(policy="reviewed")
    visitor, before = reader_at(member, "2"), revisions(lamp)
    answer = visitor.post(EDIT, form_of(visitor, body="He trims the great lamp. {1:3}"))

    assert (answer.status_code, revisions(lamp)) == (200, before)
    assert "Your change waits for an editor" in text_of(answer)
    assert "great lamp" not in text_of(visitor.get(f"{WIKI}the-keeper/"))


def test_entry_edit_of_a_protected_page_shows_its_source_only(lamp: Story, member: User) -> None:
    Entry.objects.whole(because=WHY).update(protection="moderators")
    page = text_of(reader_at(member, "2").get(EDIT))

    assert "He trims the lamp. {1:3}" in page
    assert "data-save" not in page


def test_entry_new_writes_an_entry(lamp: Story, member: User) -> None:
    visitor = reader_at(member, "2")
    sent = form_of(visitor, f"{WIKI}-/new/?name=Mirelle+Vance&kind=location&at=1:5")
    assert (sent["names-0-text"], sent["names-0-since"], sent["kind"], sent["body"]) == (
        "Mirelle Vance",
        "1:5",
        "location",
        "{1:5}",
    )
    answer = visitor.post(f"{WIKI}-/new/", sent | {"body": "A pilot’s house. {1:5}"})

    assert (answer.status_code, answer["Location"]) == (303, f"{WIKI}mirelle-vance/")
    assert "A pilot’s house." in text_of(visitor.get(answer["Location"]))


def test_entry_new_of_an_unmet_name_succeeds_as_any_other(lamp: Story, member: User) -> None:
    visitor = reader_at(member, "2")
    seen = []
    for name in ("The Pilot", "The Baker"):
        sent = form_of(visitor, f"{WIKI}-/new/", names_0_text=name, names_0_since="1:6", body="Seen once. {1:6}")
        answer = visitor.post(f"{WIKI}-/new/", sent)
        seen.append((answer.status_code, answer["Location"]))

    assert seen == [(303, f"{WIKI}the-pilot/"), (303, f"{WIKI}the-baker/")]


def test_entry_new_before_anything_is_read_asks_how_far(lamp: Story, member: User) -> None:
    page = text_of(reader_at(member, "0").get(f"{WIKI}-/new/"))

    assert "Say first how far you have read" in page
    assert "data-save" not in page


def test_entry_detail_offers_to_edit(lamp: Story, member: User) -> None:
    visitor = reader_at(member, "3")

    assert f'href="{EDIT}"' in text_of(visitor.get(f"{WIKI}the-keeper/"))
    assert f'href="{EDIT}?as=2"' in text_of(visitor.get(f"{WIKI}the-keeper/?as=2"))
