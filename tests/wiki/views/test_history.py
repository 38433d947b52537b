"""The history of an entry as pages: choosing two versions, what changed, and back to an earlier one."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reader.models import Membership, Story, User
from tests.conftest import Visitor, manuscript_of
from tests.wiki.gate.desk import body, edit, more, tell
from wiki.models import Block, Revision, Wiki

WHY = "a test looks at everything"
PAGES = ("history/", "diff/", "links/")


@pytest.fixture
def told(db: None, import_text: Callable[..., Story], tmp_path: Path) -> Story:
    return tell(import_text(manuscript_of(5)), tmp_path)


def reader_at(point: str, user: User | None = None) -> Visitor:
    visitor = Visitor()
    if user is not None:
        visitor.force_login(user)
    visitor.post("/read/the-lamp/reached/", {"point": point})
    return visitor


def first(source: str = "keeper.md") -> str:
    row = Revision.objects.whole(because=WHY).filter(entry__source_name=source).order_by("pk").first()
    assert row is not None
    return row.public_id


def page(visitor: Visitor, path: str) -> str:
    answer = visitor.get(f"/wiki/the-lamp/{path}")
    assert answer.status_code == 200, path
    return answer.content.decode()


def sources() -> list[str]:
    rows = Block.objects.whole(because=WHY).filter(entry__source_name="keeper.md").order_by("position")
    return list(rows.values_list("source", flat=True))


def test_entry_history_offers_two_versions_to_compare(told: Story, member: User) -> None:
    made = edit(told, member, "2", body("He trims the great lamp. {1:3}"), summary="Greater").revision
    html = page(reader_at("2"), "the-keeper/history/")

    assert "Greater" in html
    assert re.findall(r'type="radio" name="(\w+)" value="([^"]+)"( checked)?', html) == [
        ("from", made, ""),
        ("to", made, " checked"),
        ("from", first(), " checked"),
        ("to", first(), ""),
    ]
    assert 'href="/wiki/the-lamp/-/people/mo_farrow/"' in html


def test_entry_history_says_since_when_nothing_was_changed(told: Story, member: User) -> None:
    said = "Nothing has been changed here since"

    assert said in page(reader_at("2"), "the-keeper/history/")
    edit(told, member, "2", more("It burns. {1:5}"))
    assert said not in page(reader_at("2"), "the-keeper/history/")


def test_entry_history_can_stand_as_of_an_earlier_point(told: Story, member: User) -> None:
    edit(told, member, "4", more("It burns. {3:5}"), summary="Burns")
    visitor = reader_at("4")

    assert "Burns" in page(visitor, "the-keeper/history/")
    lowered = visitor.get("/wiki/the-lamp/the-keeper/history/?as=2")
    assert "Burns" not in lowered.content.decode()
    assert (lowered["Cache-Control"], lowered["X-Robots-Tag"]) == ("private, no-store", "noindex")


@pytest.mark.parametrize("path", PAGES)
def test_pages_about_an_entry_are_private_and_found_by_no_search(told: Story, path: str) -> None:
    answer = reader_at("2").get(f"/wiki/the-lamp/the-keeper/{path}")

    assert (answer["Cache-Control"], answer["X-Robots-Tag"], answer["Vary"].partition(",")[0]) == (
        "private, no-cache",
        "noindex",
        "Cookie",
    )


@pytest.mark.parametrize("path", PAGES)
def test_pages_about_an_unmet_entry_answer_like_unknown_ones(told: Story, path: str) -> None:
    visitor = reader_at("1:3")
    unmet, unknown = (visitor.get(f"/wiki/the-lamp/{slug}/{path}") for slug in ("the-house", "a-house"))

    assert unmet.status_code == 404
    assert unmet.content.replace(b"the-house", b"a-house") == unknown.content
    assert reader_at("1:4").get(f"/wiki/the-lamp/the-house/{path}").status_code == 200


def test_entry_diff_shows_what_two_versions_differ_in(told: Story, member: User) -> None:
    made = edit(told, member, "2", body("He trims the great lamp. {1:3}")).revision
    html = page(reader_at("2"), f"the-keeper/diff/?from={first()}&to={made}")

    assert "He trims the <ins>great </ins>lamp. {1:3}" in html
    assert "There is no difference" in page(reader_at("2"), f"the-keeper/diff/?from={made}")


def test_entry_diff_does_not_know_a_save_that_does_not_show(told: Story, member: User) -> None:
    made = edit(told, member, "4", more("It burns. {3:5}")).revision

    def status(point: str, name: str) -> int:
        return reader_at(point).get(f"/wiki/the-lamp/the-keeper/diff/?to={name}").status_code

    assert [status(point, made) for point in ("2", "4")] == [404, 200]
    assert status("4", "unknown") == 404


def test_a_hidden_save_leaves_all_pages_as_they_are(told: Story, member: User) -> None:
    edit(told, member, "2", more("It burns. {1:5}"))
    paths = [
        *(f"the-keeper/{path}" for path in PAGES),
        f"the-keeper/diff/?from={first()}",
        *(f"-/{name}/" for name in ("recent", "feed", "people", "wanted", "orphans")),
        "-/people/mo_farrow/",
    ]
    visitor, far = reader_at("2"), reader_at("5")
    before = {path: visitor.get(f"/wiki/the-lamp/{path}").content for path in paths}
    far_before = {path: far.get(f"/wiki/the-lamp/{path}").content for path in paths}
    edit(told, member, "5", more("[[The Keeper]] and [[The Wreck]] in [[The House|a house]]. {4:2}"), summary="Far")
    edit(told, member, "5", more("[[The Keeper]] was here. {4:2}"), slug="the-house", summary="Far")

    assert {path: visitor.get(f"/wiki/the-lamp/{path}").content for path in paths} == before
    changed = {path for path in paths if far.get(f"/wiki/the-lamp/{path}").content != far_before[path]}
    assert changed == set(paths) - {"-/feed/"}


def test_entry_restore_brings_an_earlier_version_back(told: Story, member: User) -> None:
    edit(told, member, "2", body("He breaks the lamp. {1:3}"))
    edit(told, member, "4", more("Rain. {3:5}"))
    visitor = reader_at("2", member)
    answer = visitor.post("/wiki/the-lamp/the-keeper/restore/", {"revision": first()})

    assert (answer.status_code, answer["Location"]) == (303, "/wiki/the-lamp/the-keeper/")
    assert sources() == [
        "He trims the lamp. {1:3}",
        "## Later",
        "He leaves. {3:2}",
        "Nobody knows where. {4:4}",
        "Rain. {3:5}",
    ]
    assert "Back to the version of" in page(visitor, "the-keeper/history/")


def test_entry_restore_says_when_there_is_nothing_to_do(told: Story, member: User) -> None:
    answer = reader_at("2", member).post("/wiki/the-lamp/the-keeper/restore/", {"revision": first()})

    assert answer.status_code == 200
    assert "Nothing was changed" in answer.content.decode()


def test_entry_restore_waits_where_changes_are_reviewed(told: Story, member: User) -> None:
    edit(told, member, "2", body("He breaks the lamp. {1:3}"))
    Wiki.objects.filter(story=told).update(policy="reviewed")
    answer = reader_at("2", member).post("/wiki/the-lamp/the-keeper/restore/", {"revision": first()})

    assert (answer.status_code, sources()[0]) == (200, "He breaks the lamp. {1:3}")
    assert "An editor looks at this" in answer.content.decode()
    Membership.objects.create(user=member, story=told, role=Membership.Role.EDITOR)
    assert reader_at("2", member).post("/wiki/the-lamp/the-keeper/restore/", {"revision": first()}).status_code == 303


def test_entry_restore_is_told_when_it_may_not(told: Story, member: User, owner: User) -> None:
    edit(told, member, "2", body("He breaks the lamp. {1:3}"))
    from wiki.models import Entry

    Entry.objects.whole(because=WHY).filter(source_name="keeper.md").update(protection="moderators")
    answer = reader_at("2", member).post("/wiki/the-lamp/the-keeper/restore/", {"revision": first()})

    assert answer.status_code == 403
    assert "can be changed by moderators" in answer.content.decode()


def test_entry_restore_knows_nothing_of_what_does_not_show(told: Story, member: User) -> None:
    hidden = edit(told, member, "4", more("Rain. {3:5}")).revision

    def status(point: str, slug: str, revision: str) -> int:
        return reader_at(point, member).post(f"/wiki/the-lamp/{slug}/restore/", {"revision": revision}).status_code

    assert [status("2", "the-keeper", name) for name in (hidden, "unknown", "")] == [404] * 3
    assert [status("1:3", slug, first("house.md")) for slug in ("the-house", "unknown")] == [404] * 2
    assert status("4", "the-keeper", hidden) == 200


def test_entry_restore_wants_somebody_signed_in_on_our_page(told: Story, member: User) -> None:
    visitor = reader_at("2")
    assert visitor.post("/wiki/the-lamp/the-keeper/restore/", {"revision": first()})["Location"].startswith("/account/")
    assert reader_at("2", member).get("/wiki/the-lamp/the-keeper/restore/").status_code == 405
    stranger = reader_at("2", member)
    answer = stranger.post(
        "/wiki/the-lamp/the-keeper/restore/", {"revision": first()}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert answer.status_code == 403


def test_entry_restore_is_throttled(told: Story, member: User, settings: Any) -> None:
    settings.THROTTLES = {**settings.THROTTLES, "edit": (4, 60)}  # an account of today has a quarter
    visitor = reader_at("2", member)
    sent = [visitor.post("/wiki/the-lamp/the-keeper/restore/", {"revision": first()}).status_code for _ in range(2)]

    assert sent == [200, 429]


def test_a_page_of_an_older_address_leads_to_the_present_one(told: Story, member: User) -> None:
    from wiki.models import Entry, Slug

    entry = Entry.objects.whole(because=WHY).get(source_name="keeper.md")
    Slug.objects.create(story=told, entry=entry, slug="silas-brand", since=entry.since + (2 << 32))
    answer = reader_at("4").get("/wiki/the-lamp/the-keeper/history/?page=x")

    assert (answer.status_code, answer["Location"]) == (302, "/wiki/the-lamp/silas-brand/history/?page=x")
    assert reader_at("2").get("/wiki/the-lamp/the-keeper/history/").status_code == 200


PAYLOADS = ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "<svg onload=alert(1)>", "</title><b>"]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_people_write_is_never_mark_up(told: Story, member: User, payload: str) -> None:
    edit(told, member, "2", more(f"A {payload} B {{1:5}}"), summary=payload)
    User.objects.filter(pk=member.pk).update(username=payload)
    paths = ["the-keeper/history/", "the-keeper/diff/", f"the-keeper/diff/?from={first()}", "-/recent/", "-/people/"]
    for path in paths:
        html = page(reader_at("2"), path)
        assert payload not in html
        assert payload.partition("<")[2][:6] in html, path
