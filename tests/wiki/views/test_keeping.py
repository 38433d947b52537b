"""The pages of those who keep a wiki clean, over HTTP: what each shows, does, and does not tell."""

import re
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from reader.models import Story
from tests.conftest import Visitor
from tests.wiki.packs import png
from tests.wiki.tended import WHY, Crew, at, change, horizon, keys, reviewed, rights, sources
from wiki.editing import acts, banning, reporting, reviewing, uploading, watching
from wiki.editing.forming import edit_page, find_entry
from wiki.editing.forms import PictureField
from wiki.editing.saving import Save, save
from wiki.models import Act, Entry, Proposal, Report, Watch, Wiki


def text(visitor: Visitor, address: str) -> str:
    answer = visitor.get(address)
    assert answer.status_code == 200, address
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["X-Robots-Tag"] == "noindex"
    body = re.sub(r"<(script|header class=\"site)[^>]*>.*?</(script|header)>", " ", answer.content.decode(), flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


ENTRY_PAGES = ("more", "rename", "merge", "delete", "protect", "report", "watch")
OTHER_PAGES = ("review", "reports", "log", "settings", "deleted", "bans")


@pytest.mark.parametrize("page", ENTRY_PAGES)
def test_an_unmet_entry_is_as_unknown_as_one_that_never_was(tended: Story, people: Crew, page: str) -> None:
    owner = at(tended, people.owner, "1:3")
    base = f"/wiki/{tended.slug}"
    unmet, unknown = (owner.get(f"{base}/{slug}/{page}/") for slug in ("the-cook", "nobody"))
    assert (unmet.status_code, unmet.content) == (404, unknown.content.replace(b"nobody", b"the-cook"))
    posted = [owner.post(f"{base}/{slug}/{page}/").status_code for slug in ("the-cook", "nobody")]
    assert posted[0] == posted[1]
    assert posted[0] in {404, 405}
    assert owner.get(f"{base}/the-keeper/{page}/").status_code == 200


@pytest.mark.parametrize("page", [f"the-keeper/{one}" for one in ENTRY_PAGES] + [f"-/{one}" for one in OTHER_PAGES])
def test_posts_from_elsewhere_are_refused(tended: Story, people: Crew, page: str) -> None:
    at(tended, people.owner, "all")
    from django.test import Client

    elsewhere = Client(headers={"Sec-Fetch-Site": "cross-site"})
    elsewhere.force_login(people.owner)
    assert elsewhere.post(f"/wiki/{tended.slug}/{page}/", {"policy": "reviewed"}).status_code == 403
    assert (Wiki.objects.get(story=tended).policy, len(sources(tended, "the-keeper"))) == ("open", 3)


def test_review_queue_and_proposal_detail(tended: Story, people: Crew) -> None:
    reviewed(tended)
    change(tended, people.reader, "the-keeper", "He trims", "He cleans", point="2", summary="cleaner")
    row = Proposal.objects.whole(because=WHY).get()
    queue, page = f"/wiki/{tended.slug}/-/review/", f"/wiki/{tended.slug}/-/review/{row.public_id}/"
    assert "cleaner" not in text(at(tended, people.editor, "1"), queue)
    editor = at(tended, people.editor, "2")
    assert "cleaner" in text(editor, queue)
    assert "trims cleans the lamp" in text(editor, page)
    assert editor.post(page, {"decision": "reject", "note": "He does not."}).status_code == 303
    reader = at(tended, people.reader, "2")
    assert "not taken" in text(reader, queue)
    assert "He does not." in text(reader, page)
    assert editor.post(page, {"decision": "accept"}).status_code == 400
    assert sources(tended, "the-keeper")[0] == "He trims the lamp. {1:3}"


def test_a_proposal_is_edited_in_the_form_and_is_then_decided(tended: Story, people: Crew) -> None:
    reviewed(tended)
    change(tended, people.reader, "the-keeper", "He trims", "He cleans", point="2")
    row = Proposal.objects.whole(because=WHY).get()
    editor = at(tended, people.editor, "5")
    address = f"/wiki/{tended.slug}/the-keeper/edit/?proposal={row.public_id}"
    page = editor.get(address).content.decode()
    assert "He cleans the lamp. {1:3}" in page
    assert f"?proposal={row.public_id}" in page
    found = re.search(r'name="token" value="([^"]+)"', page)
    assert found
    data = {"token": found[1], "kind": "character", "body": "He keeps it clean. {1:3}\n"}
    for number, (key, name, since) in enumerate(re.findall(r'name="names-\d+-key" value="([^"]+)"()()', page)):
        data[f"names-{number}-key"] = key
        data[f"names-{number}-text"] = name or "The Keeper"
        data[f"names-{number}-since"] = since or "1:2"
    assert editor.post(address, data).status_code == 303
    assert sources(tended, "the-keeper")[:2] == ["He keeps it clean. {1:3}", "He leaves. {3:2}"]
    assert Proposal.objects.whole(because=WHY).get().state == "accepted"
    assert Proposal.objects.whole(because=WHY).get().decided_by == people.editor


def test_a_picture_that_is_proposed_is_seen_by_its_uploader_and_by_editors(tended: Story, people: Crew) -> None:
    reviewed(tended)
    upload = SimpleUploadedFile("a.png", png(size=(40, 40)), "image/png")
    identity = uploading.take(tended, upload, rights(people.reader, tended))
    address = f"/wiki/{tended.slug}/-/picture/{identity}/96.webp"
    assert at(tended, people.editor, "5").get(address).status_code == 404
    found = find_entry(tended, "the-keeper", horizon("2"))
    assert found
    page = edit_page(found, user=people.reader.pk, horizon=horizon("2"))
    form = replace(page.form, pictures=(PictureField(image=identity, alt="Him"),))
    assert save(tended, Save(page.token, form), rights(people.reader, tended), horizon=horizon("2")).sort == "waits"
    seen = {
        (who, point): at(tended, getattr(people, who), point).get(address).status_code
        for who, point in (("reader", "2"), ("stranger", "5"), ("editor", "1"), ("editor", "2"))
    }
    assert seen == {("reader", "2"): 200, ("stranger", "5"): 404, ("editor", "1"): 404, ("editor", "2"): 200}
    row, editor = Proposal.objects.whole(because=WHY).get(), rights(people.editor, tended)
    filled = reviewing.proposal_form(tended, row.public_id, editor, horizon=horizon("5"))
    assert save(tended, Save(filled.token, filled.form), editor, horizon=horizon("5")).sort == "saved"


def test_a_change_is_taken_back_from_the_page_that_shows_it(tended: Story, people: Crew) -> None:
    made = change(tended, people.reader, "the-keeper", "He trims", "He eats")
    address = f"/wiki/{tended.slug}/the-keeper/diff/?to={made.revision}"
    undo = f"/wiki/{tended.slug}/the-keeper/undo/"
    assert undo not in at(tended, people.editor, "5").get(address).content.decode()
    moderator = at(tended, people.moderator, "5")
    assert undo in moderator.get(address).content.decode()
    assert moderator.post(undo, {"revision": made.revision}).status_code == 303
    assert sources(tended, "the-keeper")[0] == "He trims the lamp. {1:3}"


def test_entry_report_answers_the_same_whoever_reported_it(tended: Story, people: Crew) -> None:
    key = keys(tended, "the-keeper")[0]
    address = f"/wiki/{tended.slug}/the-keeper/report/"
    first, second = at(tended, people.stranger, "5"), at(tended, people.reader, "5")
    before = text(first, f"{address}?block={key}")
    answers = []
    for visitor in (first, second, second):
        answer = visitor.post(address, {"part": f"block:{key}"}, follow=True)
        answers.append(re.search(r'<div[^>]*role="status">(.*?)</div>', answer.content.decode(), re.S))
    assert all(one is not None and "Thank you" in one[1] for one in answers)
    assert len({one[1] for one in answers if one}) == 1
    assert text(first, f"{address}?block={key}") == before
    page = first.get(f"{address}?block={key}").content.decode()
    assert re.findall(r'value="block:([^"]+)" required checked', page) == [key]
    assert "He leaves" not in text(at(tended, people.stranger, "2"), address)


def test_report_queue_shows_and_decides(tended: Story, people: Crew) -> None:
    key, mine = keys(tended, "the-keeper")[1], rights(people.reader, tended)
    reporting.report(tended, "the-keeper", mine, horizon=horizon("4"), sort="block", key=key, note="Too soon")
    queue = f"/wiki/{tended.slug}/-/reports/"
    assert "Too soon" not in text(at(tended, people.editor, "3"), queue)
    editor = at(tended, people.editor, "4")
    assert "He leaves. Too" not in text(editor, queue)
    assert "Too soon" in text(editor, queue)
    row = Report.objects.whole(because=WHY).get()
    assert editor.post(queue, {"report": row.public_id, "decision": "keep"}).status_code == 303
    assert sources(tended, "the-keeper")[1] == "He leaves. {3:2} {since 5}"
    assert "Nothing was reported" in text(editor, queue)


@pytest.mark.parametrize("page", ["merge", "delete"])
def test_pages_that_reach_beyond_what_was_read_say_so(tended: Story, people: Crew, page: str) -> None:
    address = f"/wiki/{tended.slug}/the-keeper/{page}/"
    low = at(tended, people.moderator, "5")
    assert "switch “show everything” on" in text(low, address)
    assert low.post(address, {"into": "the-cook"}).status_code == 400
    assert len(sources(tended, "the-keeper")) == 3
    assert "switch “show everything” on" not in text(at(tended, people.moderator, "all"), address)


def test_entry_merge_says_what_happens_and_does_it(tended: Story, people: Crew) -> None:
    moderator, address = at(tended, people.moderator, "all"), f"/wiki/{tended.slug}/the-cook/merge/"
    assert "“The Cook” is taken out" in text(moderator, f"{address}?into=silas+brand")
    assert moderator.get(f"{address}?into=nobody").status_code == 400
    assert moderator.get(f"{address}?into=the-cook").status_code == 400
    assert moderator.post(address, {"into": "the-keeper"}).status_code == 303
    assert len(sources(tended, "the-keeper")) == 5


def test_entry_delete_and_deleted_list(tended: Story, people: Crew) -> None:
    moderator, listed = at(tended, people.moderator, "all"), f"/wiki/{tended.slug}/-/deleted/"
    assert moderator.post(f"/wiki/{tended.slug}/the-cook/delete/", {"note": "Twice"}).status_code == 303
    assert moderator.get(f"/wiki/{tended.slug}/the-cook/").status_code == 404
    assert "The Cook" in text(moderator, listed)
    assert "The Cook" not in text(at(tended, people.moderator, "5"), listed)
    gone = Entry.objects.whole(because=WHY).get(since=horizon("all"))
    moderator = at(tended, people.moderator, "all")
    assert moderator.post(listed, {"entry": gone.public_id}).status_code == 303
    assert moderator.get(f"/wiki/{tended.slug}/the-cook/").status_code == 200


def test_entry_rename_leads_from_the_old_address(tended: Story, people: Crew) -> None:
    reader = at(tended, people.reader, "5")
    answer = reader.post(f"/wiki/{tended.slug}/the-keeper/rename/", {"name": "Silas Brand"})
    assert answer["Location"] == f"/wiki/{tended.slug}/silas-brand/"
    assert reader.get(f"/wiki/{tended.slug}/the-keeper/")["Location"] == f"/wiki/{tended.slug}/silas-brand/"
    early = at(tended, people.stranger, "2")
    assert early.get(f"/wiki/{tended.slug}/the-keeper/").status_code == 200
    assert early.get(f"/wiki/{tended.slug}/silas-brand/").status_code == 404


def test_act_log_is_cut_at_the_horizon(tended: Story, people: Crew) -> None:
    acts.protect(tended, "the-cook", "editors", rights(people.moderator, tended), horizon=horizon("5"))
    banning.ban(tended, "a_reader", rights(people.owner, tended), note="Spam")
    log = f"/wiki/{tended.slug}/-/log/"
    early, late = (text(at(tended, people.moderator, point), log) for point in ("1:3", "1:4"))
    assert ("The Cook" in early, "protected a page" in early, "a_reader" in early) == (False, False, True)
    assert ("The Cook" in late, "protected a page" in late, "a_reader" in late) == (True, True, True)


def test_switching_everything_on_is_logged_for_moderators(tended: Story, people: Crew) -> None:
    for user in (people.reader, people.moderator):
        at(tended, user, "2").post(f"/read/{tended.slug}/reached/", {"point": "all"})
    assert [(row.sort, row.by) for row in Act.objects.whole(because=WHY)] == [("show-all", people.moderator)]


def test_wiki_settings_sets_the_policy(tended: Story, people: Crew) -> None:
    owner, address = at(tended, people.owner, "5"), f"/wiki/{tended.slug}/-/settings/"
    assert owner.post(address, {"policy": "reviewed"}).status_code == 303
    assert owner.post(address, {"policy": "anarchy"}).status_code == 400
    assert Wiki.objects.get(story=tended).policy == "reviewed"
    assert f"/read/{tended.slug}/people/" in owner.get(address).content.decode()


def test_ban_detail_takes_all_back_and_lists_what_stays(tended: Story, people: Crew) -> None:
    change(tended, people.reader, "the-keeper", "He trims", "He eats")
    change(tended, people.editor, "the-keeper", "He eats", "He guards")
    moderator, address = at(tended, people.moderator, "5"), f"/wiki/{tended.slug}/-/bans/a_reader/"
    assert "One change is taken back in one step" in text(moderator, address)
    assert "Show everything" in text(at(tended, people.moderator, "2"), address)
    at(tended, people.moderator, "5")
    answer = moderator.post(address, {"act": "undo-all"}).content.decode()
    assert ("1 change was taken back" in answer, "He guards the lamp" in answer) == (True, True)
    assert moderator.get(f"/wiki/{tended.slug}/-/bans/?name=A_READER")["Location"] == address
    assert moderator.get(f"/wiki/{tended.slug}/-/bans/?name=no_one").status_code == 404


def test_entry_watch_and_the_link_that_stops_it(tended: Story, people: Crew) -> None:
    reader = at(tended, people.reader, "5")
    assert reader.post(f"/wiki/{tended.slug}/the-keeper/watch/").status_code == 303
    assert "Stop watching" in text(reader, f"/wiki/{tended.slug}/the-keeper/watch/")
    change(tended, people.editor, "the-keeper", "He trims", "He cleans")
    from django.utils import timezone

    news = watching.news(Watch.objects.get().pk, now=timezone.now())
    assert news
    anybody, address = Visitor(), f"/wiki/-/unwatch/?mail={news.token}"
    assert "Keeper" not in anybody.get(address).content.decode()
    assert Watch.objects.exists()
    assert anybody.post("/wiki/-/unwatch/", {"mail": news.token[:-2] + "xx"}).status_code == 400
    assert Watch.objects.exists()
    assert anybody.post("/wiki/-/unwatch/", {"mail": news.token}).status_code == 200
    assert not Watch.objects.exists()
