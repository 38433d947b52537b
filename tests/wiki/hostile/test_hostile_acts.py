"""Payloads in all that is written beside an entry: proposals, reports, acts, pictures, accounts, addresses, mail."""

import json
from datetime import timedelta
from urllib.parse import quote

from allauth.account.models import EmailAddress
from django.core import mail
from django.utils import timezone

from reader import jobs
from reader.models import Job, User
from tests.wiki.hostile.payloads import PAYLOADS, RAN
from tests.wiki.hostile.scene import MALLORY, NAMES, WIKI, Scene, audited, body, rows, summaries, typed, upload
from tests.wiki.tended import WHY, reviewed
from tests.worlds.routes import ROUTES
from tests.worlds.world import SLUG
from wiki.models import Ban, Image, Report

RAIN = {"names-0-text": "Xenia", "names-0-since": "0", "kind": "character", "body": "Rain. {since 0}"}
ALL = " ".join(map(typed, PAYLOADS))
STRANGE = ("a\0b\ud800", "9" * 5000, "'\"><script>../%00%s")
PATHS = sorted(
    {one.partition("?")[0].replace(SLUG, "the-lamp") for name in ROUTES if ":" in name for one in ROUTES[name]}
)


def test_proposals_are_words_in_the_queue_and_on_their_pages(scene: Scene) -> None:
    reviewed(scene.story)
    sent = scene.writer.post(
        f"{WIKI}-/new/", scene.form("-/new/") | rows() | {"body": body(), "summary": summaries()[0]}
    )
    assert "waits" in audited(sent).text
    queue = scene.look("-/review/")
    page = scene.look(next(one for one in queue.links if "/-/review/" in one and one.count("/") > 5))
    proposed = page.links[-1]

    assert (MALLORY in queue.text, summaries()[0] in queue.text) == (True, True)
    assert [name for name in NAMES[:100] if name not in page.text] == []
    assert proposed
    scene.look(next(one for one in page.links if "proposal=" in one))
    decided = scene.moderator.post(page_of(page.links, queue.links), {"decision": "reject", "note": ALL[:400]})
    assert decided.status_code == 303
    mine = scene.look(page_of(page.links, queue.links), by=scene.writer)
    assert ALL[:400].strip() in mine.text


def page_of(links: list[str], queue: list[str]) -> str:
    """The address of the one proposal."""
    return next(one for one in queue if "/-/review/" in one and one.count("/") > 5) if links else ""


def test_reports_are_words_in_the_queue(scene: Scene) -> None:
    scene.save("-/new/", RAIN | {"body": f"{body()}"})
    chosen = scene.look("xenia/report/", by=scene.writer)
    for part in parts(chosen.html)[:200:20]:
        note = ALL[:480]
        assert scene.writer.post(f"{WIKI}xenia/report/", {"part": part, "note": note}).status_code == 303
    queue = scene.look("-/reports/")

    assert Report.objects.whole(because=WHY).count() == 10
    assert (MALLORY in queue.text, ALL[:200] in queue.text) == (True, True)


def parts(html: str) -> list[str]:
    """The values that a report can choose."""
    return [piece.split('"')[0] for piece in html.split('name="part" value="')[1:]]


def test_notes_of_acts_are_words_in_lists_and_log(scene: Scene) -> None:
    note = ALL[:290]
    named = [name for name in NAMES if "<script" in name][:3]
    for name in named:
        scene.save("-/new/", RAIN | {"names-0-text": name})
    scene.save("-/new/", RAIN)
    made = {one for one in scene.look("-/kind/character/").links if "script" in one}
    renamed = scene.look("xenia/edit/", by=scene.writer)
    address = f"{WIKI}xenia/rename/"
    scene.save("xenia/edit/", {"body": renamed.areas["body"], "names-1-text": NAMES[0], "names-1-since": "0"})
    assert scene.moderator.post(address, {"name": NAMES[0]}).status_code == 303
    one, other, *_rest = sorted(made)
    scene.look(f"{one}merge/?into={quote(named[1])}")
    assert scene.moderator.post(f"{one}delete/", {"note": note}).status_code == 303
    assert scene.moderator.post(f"{other}protect/", {"protection": "editors"}).status_code == 303
    ban = scene.moderator.post(f"{WIKI}-/bans/{quote(MALLORY, safe='')}/", {"act": "ban", "note": note})
    assert (ban.status_code, Ban.objects.count()) == (303, 1)

    assert note in scene.look("-/bans/").text
    assert MALLORY in scene.look("-/log/").text
    assert any(name in scene.look("-/deleted/").text for name in named)
    assert MALLORY in scene.look(f"-/bans/{quote(MALLORY, safe='')}/").text


def test_notes_for_the_wiki_come_back_or_stand_as_words(scene: Scene) -> None:
    scene.save("-/new/", RAIN)
    for at in range(0, len(ALL), 1900):
        sentence = ALL[at : at + 1900]
        answer = scene.writer.post(f"{WIKI}-/note/", {"at": "1:3", "entry": "Xenia", "sentence": sentence})
        if answer.status_code != 303:
            assert " ".join(sentence.split()) in " ".join(audited(answer, 422).areas["sentence"].split())
    for name in NAMES[:20]:
        said = {"at": "1:3", "entry": name, "sentence": "<b onclick=window.__ran=1>Sun.</b>"}
        assert scene.writer.post(f"{WIKI}-/note/", said).status_code == 303
    shown = scene.look("-/kind/character/").text

    assert [name for name in NAMES[:20] if name not in shown] == []
    assert "onclick" in scene.look("-/recent/").text or RAN in scene.look("-/recent/").text


def test_alt_texts_and_file_names_are_words_or_nothing(scene: Scene) -> None:
    found = [upload(scene, typed(one) + ".png", one) for one in PAYLOADS[::9]]
    assert {one.status_code for one in found} <= {200, 400}
    ids = [json.loads(one.content)["image"] for one in found if one.status_code == 200]
    assert {one["Content-Type"] for one in found} == {"application/json"}
    assert len(ids) > 20
    sent = dict(RAIN)
    for number, (identity, alt) in enumerate(zip(ids, PAYLOADS, strict=False)):
        row = {"image": identity, "alt": alt, "since": "0"}
        sent |= {f"pictures-{number}-{name}": value for name, value in row.items()}
    plain = (one for one in map(typed, PAYLOADS) if one.isprintable() and one.count("__") < 2)
    alts = [one for one in plain if not set(one) & set("[]{}\\`*&:")]
    sent["body"] = "\n\n".join(
        f'![{alt}](image:{ids[at % len(ids)]} "{RAN}<b>") {{since 0}}' for at, alt in enumerate(alts)
    )
    scene.save("-/new/", sent)
    page = scene.look("xenia/")

    assert [one for one in alts if one not in page.alts] == []
    assert {row.source_name for row in Image.objects.whole(because=WHY).all()} == {f"uploads/{one}.webp" for one in ids}
    for path in ("xenia/edit/", "xenia/diff/", "xenia/history/", "-/kind/character/", ""):
        scene.look(path, by=scene.writer)


def test_names_of_accounts_are_refused_and_come_back_as_words(scene: Scene) -> None:
    before = User.objects.count()
    door = scene.writer.__class__()
    for payload in PAYLOADS[::12]:
        sent = {"username": payload, "email": f"{payload}@example.org", "password1": payload}
        page = audited(door.post("/account/signup/", sent))
        assert page.fields["username"] in (payload.replace("\0", "\ufffd"), payload.strip(), typed(payload), payload)
        audited(door.post("/account/login/", {"login": payload, "password": payload}))
    assert User.objects.count() == before


def test_mail_to_watchers_is_plain_text_with_one_subject(scene: Scene) -> None:
    reader = User.objects.create_user("watcher", "watcher@example.org", "a long enough phrase")
    EmailAddress.objects.create(user=reader, email=reader.email, verified=True, primary=True)
    name = '"><img src=x onerror=window.__ran=1> Bcc: a@evil.example'
    scene.save("-/new/", RAIN | {"names-0-text": name})
    (entry,) = (one for one in scene.look("-/kind/character/").links if "onerror" in one)
    visitor = scene.writer.__class__()
    visitor.force_login(reader)
    visitor.post("/read/the-lamp/reached/", {"point": "5"})
    assert visitor.post(f"{entry}watch/").status_code == 303
    form = scene.look(f"{entry}edit/", by=scene.writer)
    line = form.fields | {"body": "Sun. {since 0}", "summary": f"{summaries()[0]}\r\nBcc: b@evil.example"}
    assert scene.writer.post(f"{entry}edit/", line).status_code == 303
    for _round in range(2):
        for job in Job.objects.filter(kind__startswith="tell-", finished_at=None).order_by("pk"):
            jobs.works[job.kind](job.payload, now=timezone.now() + timedelta(minutes=1))
            Job.objects.filter(pk=job.pk).update(finished_at=timezone.now())
    (sent,) = mail.outbox
    message = sent.message()

    assert (message.get_content_type(), message.is_multipart(), sent.to) == ("text/plain", False, [reader.email])
    assert (sent.subject, message["Bcc"], message["Cc"]) == (f"{name} has changed", None, None)
    assert (MALLORY in str(sent.body), summaries()[0] in str(sent.body)) == (True, True)


def test_suggestions_are_json_and_never_a_page(scene: Scene) -> None:
    scene.save("-/new/", rows())
    for payload in PAYLOADS[::11]:
        for what in ("names", "paragraphs"):
            answer = scene.writer.get(f"{WIKI}-/suggest/{what}/", {"q": typed(payload)})
            assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
            assert answer["X-Content-Type-Options"] == "nosniff"
        said = quote(typed(payload))
        scene.look(f"-/new/?name={said}&kind={said}&at={said}", by=scene.writer)


def test_no_address_and_no_field_makes_an_error(scene: Scene) -> None:
    """Strange signs as every part of an address, every question and every field, on every route of the wiki."""
    visitor, answers = scene.moderator, list[tuple[int, str]]()
    assert visitor.get(f"{WIKI}-/suggest/names/?q=keeper").json()["results"][0]["name"] == "The Keeper"
    asked = (
        "q",
        "name",
        "from",
        "to",
        "page",
        "as",
        "at",
        "kind",
        "order",
        "section",
        "proposal",
        "block",
        "into",
        "mail",
    )
    sent = ("revision", "note", "part", "report", "decision", "act", "entry", "sentence", "token", "body", "summary")
    for strange in STRANGE:
        text = quote(strange.encode(errors="surrogatepass"))
        query = "&".join(f"{one}={text}" for one in asked)
        fields = "&".join(f"{one}={text}" for one in (*sent, "into", "name", "mail", "names-0-text", "facts-0-label"))
        for path in PATHS:
            here = path.replace("{entry}", "the-keeper").replace("{kind}", "character").replace("{picture}", "unknown")
            for address in {here, here.replace("unknown-entry", text).replace("unknown", text)}:
                answers.append((visitor.get(f"{address}?{query}").status_code, address))
            form = "application/x-www-form-urlencoded"
            answers.append((visitor.post(here, fields, content_type=form).status_code, here))
    assert {one for one in answers if one[0] >= 500} == set()
    assert sum(status == 200 for status, _address in answers) > 50
