"""Every payload through every field of the wiki, and every page on which it comes out: words, and nothing else."""

from urllib.parse import quote
from xml.etree import ElementTree as ET

import pytest

from tests.wiki.hostile.audit import Audit, squeezed
from tests.wiki.hostile.payloads import LONG, PAYLOADS
from tests.wiki.hostile.scene import (
    BODY,
    LABELS,
    MALLORY,
    NAMES,
    REFUSED,
    VALUES,
    WIKI,
    Scene,
    audited,
    body,
    is_plain,
    rows,
    summaries,
    typed,
)
from wiki.text.engine import clean

ATOM = "{http://www.w3.org/2005/Atom}"
READ = ("", "?as=1", "-/kind/character/", "-/recent/", "-/people/", "-/wanted/", "-/orphans/", "xenia/", "xenia/?as=2")
ABOUT = ("edit", "history", "diff", "links", "more", "rename", "merge", "delete", "protect", "report", "watch")
KEEPING = ("-/review/", "-/reports/", "-/log/", "-/settings/", "-/deleted/", "-/bans/", "-/new/", "-/note/?at=1:3")
FRAGMENT = {"X-Requested-With": "fetch"}


def missing(wanted: list[str], text: str) -> list[str]:
    """Those of which the words are not there."""
    return [one for one in map(typed, wanted) if one not in text]


@pytest.fixture
def full(scene: Scene) -> Scene:
    """The entry Xenia, which holds all of it since the beginning."""
    scene.save("-/new/", rows() | {"body": body(), "summary": summaries()[0]})
    return scene


def test_entry_form_and_diff_show_every_payload_as_words(full: Scene) -> None:
    page, form, compared = (full.look(path, by=full.writer) for path in ("xenia/", "xenia/edit/", "xenia/diff/"))
    plain = [one for one in BODY if is_plain(one)]
    fields = " ".join(form.fields.values())
    lines = [clean(one) for one in BODY if "\n" not in one and "|" not in one and "[^" not in one and "][" not in one]

    assert (len(plain) > 100, missing([*plain, LONG], page.text)) == (True, [])
    assert missing([one for one in VALUES[:199] if is_plain(one)], page.text) == []
    for wanted in (NAMES[:199], LABELS[:199]):
        assert (missing(wanted, page.text), missing(wanted, fields), missing(wanted, compared.text)) == ([], [], [])
    assert [one for one in map(squeezed, lines) if one not in squeezed(form.areas["body"])] == []
    assert [one for one in map(squeezed, lines) if one not in compared.text] == []


def test_every_page_about_an_entry_holds_nothing_but_ours(full: Scene) -> None:
    account = quote(MALLORY, safe="")
    paths = [*READ, *(f"xenia/{what}/" for what in ABOUT), *KEEPING, f"-/people/{account}/", f"-/bans/{account}/"]
    for visitor, least in ((full.moderator, len(paths)), (full.writer, 20)):
        answers = {path: visitor.get(WIKI + path) for path in paths}
        wrong = {path: Audit(answer.content.decode()).wrong for path, answer in answers.items()}
        statuses = [one.status_code for one in answers.values()]

        assert {path: found for path, found in wrong.items() if found} == {}
        assert set(statuses) <= {200, 403}
        assert statuses.count(200) >= least


def test_search_finds_and_repeats_every_payload_as_words(full: Scene) -> None:
    story = {"story": full.story.slug}
    for payload in PAYLOADS[::3]:
        audited(full.writer.get("/search/", {"q": payload, **story}))
        answer = full.writer.get("/search/suggest/", {"q": payload, **story})
        assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
    assert "Xenia" in audited(full.writer.get("/search/", {"q": "xenia alert", **story})).text


def test_saving_what_the_form_holds_changes_nothing_and_changed_words_are_told_apart(full: Scene) -> None:
    before = full.look("xenia/history/").text
    form = full.look("xenia/edit/", by=full.writer)
    same = full.writer.post(f"{WIKI}xenia/edit/", form.fields | {"body": form.areas["body"]})
    assert (same.status_code, full.look("xenia/history/").text) == (303, before)

    changed = form.areas["body"].replace("__ran=1", "__ran=2")
    answer = full.writer.post(f"{WIKI}xenia/edit/", form.fields | {"body": changed, "summary": summaries()[2]})
    assert answer.status_code == 303
    chosen = full.look("xenia/history/").fields
    compared = full.look(f"xenia/diff/?from={chosen['from']}&to={chosen['to']}").html
    assert compared.count("<ins>") == compared.count("<del>") > 100
    assert summaries()[2] in full.look("xenia/history/").text


def test_preview_is_words_as_fragment_and_as_page(scene: Scene) -> None:
    sent = rows() | {"body": body(), "summary": summaries()[0]}
    fragment = audited(scene.writer.post(f"{WIKI}-/preview/", sent, headers=FRAGMENT))
    page = audited(scene.writer.post(f"{WIKI}-/preview/", sent))

    assert missing([one for one in BODY if is_plain(one)], fragment.text) == []
    assert missing([one for one in BODY if is_plain(one)], page.text) == []
    assert page.fields["summary"] == summaries()[0]


def test_form_that_is_refused_comes_back_with_everything(scene: Scene) -> None:
    bad = "\n\n".join([*BODY, *REFUSED])
    sent = rows() | {"body": bad, "summary": summaries()[1], "names-0-since": '"><b onclick=window.__ran=1>'}
    answer = scene.save("-/new/", sent, 422)
    page = audited(answer, 422)

    assert squeezed(page.areas["body"]) == squeezed(bad.replace("\0", ""))
    assert page.fields["summary"] == summaries()[1]
    assert page.fields["names-0-since"] == sent["names-0-since"]
    for payload in REFUSED:
        fragment = scene.writer.post(f"{WIKI}-/preview/", {"body": payload, "names-0-text": "X"}, headers=FRAGMENT)
        assert "preview-slip" in audited(fragment).html


def test_clash_shows_both_texts_as_words(full: Scene) -> None:
    form = full.look("xenia/edit/", by=full.writer)
    other = full.look("xenia/edit/")
    mine, theirs = (form.areas["body"].replace("__ran=1", f"__ran={number}") for number in (2, 3))
    assert full.moderator.post(f"{WIKI}xenia/edit/", other.fields | {"body": theirs}).status_code == 303
    answer = full.writer.post(f"{WIKI}xenia/edit/", form.fields | {"body": mine})

    page = audited(answer, 409)
    assert "<ins>" in page.html
    assert "<script>window.__ran=3</script>" in page.text


def test_summaries_are_words_wherever_saves_are_listed(scene: Scene) -> None:
    scene.save(
        "-/new/", {"names-0-text": "Xenia", "names-0-since": "0", "kind": "character", "body": "Rain. {since 0}"}
    )
    said = summaries()
    for number, summary in enumerate(said):
        line = {"body": f"Rain {number}. {{since 0}}", "summary": summary}
        scene.save("xenia/edit/", line)
    pages = {path: scene.look(path).text for path in ("xenia/history/", "-/recent/")}
    older = {path: scene.look(f"{path}{one}").text for path, one in followed(scene, pages)}

    assert {path: missing(said, text + older.get(path, "")) for path, text in pages.items()} == {
        key: [] for key in pages
    }
    assert MALLORY in pages["-/recent/"]


def followed(scene: Scene, pages: dict[str, str]) -> list[tuple[str, str]]:
    """The second page of each list."""
    found = []
    for path in pages:
        links = [one for one in scene.look(path).links if one.startswith("?page=")]
        found += [(path, links[0])] if links else []
    return found


def test_feed_is_well_formed_and_says_it_as_text(scene: Scene) -> None:
    rain = {"names-0-since": "0", "kind": "character", "body": "Rain. {since 0}"}
    for name in NAMES[:25]:
        scene.save("-/new/", rain | {"names-0-text": name, "summary": name})
    feed = ET.fromstring(scene.moderator.get(f"{WIKI}-/feed/").content)
    saves = feed.findall(f"{ATOM}entry")
    titles = [one.findtext(f"{ATOM}title") or "" for one in saves]

    assert [name for name in NAMES[:25] if not any(title.startswith(name) for title in titles)] == []
    assert MALLORY in {one.findtext(f"{ATOM}author/{ATOM}name") for one in saves}
    assert all(one.get("href", "").startswith("http://testserver/") for one in feed.iter(f"{ATOM}link"))
    assert {one.get("type") for one in feed.iter(f"{ATOM}title")} == {None}
    said = [Audit(one.text or "") for one in feed.iter(f"{ATOM}summary")]
    assert {one.get("type") for one in feed.iter(f"{ATOM}summary")} == {"html"}
    assert [one.wrong for one in said if one.wrong] == []
    assert all("1 name" in one.text for one in said[:25])
