"""Who may do what: role × action × policy, each cell over HTTP; and that nobody does more by guessing ids or fields."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client

from reader.models import Membership, Story, User
from reader.pagecache import cache
from tests.conftest import Visitor, manuscript_of
from tests.wiki.packs import png
from tests.wiki.tended import WHY, Crew, at, change, create, horizon, keys, reviewed, rights, tag, tags
from wiki.editing import acts, reporting
from wiki.editing.forming import edit_page, find_entry
from wiki.models import Act, Ban, Entry, Image, Proposal, Report, Revision, Wiki

ROLES = ("signed out", "reader", "new account", "editor", "moderator", "owner", "banned", "owner of another")
# Columns as ROLES: + done, w waits for an editor, s sent to sign in, x refused (403), . as if it were not there (404).
TABLE: dict[str, tuple[str, str]] = {  # action → (open, reviewed)
    "read": ("++++++++", "++++++++"),
    "view history": ("++++++++", "++++++++"),
    "edit": ("s+++++x+", "sww+++xw"),
    "edit for editors": ("sxx+++xx", "sxx+++xx"),
    "edit for moderators": ("sxxx++xx", "sxxx++xx"),
    "create": ("s+++++x+", "sww+++xw"),
    "upload": ("x+++++x+", "x+++++x+"),
    "restore": ("s+++++x+", "sww+++xw"),
    "rename": ("s+++++x+", "sxx+++xx"),
    "report": ("s+++++x+", "s+++++x+"),
    "decide reports": ("sxx+++xx", "sxx+++xx"),
    "accept": ("sxx+++xx", "sxx+++xx"),
    "reject": ("sxx+++xx", "sxx+++xx"),
    "protect": ("sxxx++xx", "sxxx++xx"),
    "undo": ("sxxx++xx", "sxxx++xx"),
    "ban": ("sxxx++xx", "sxxx++xx"),
    "lift": ("sxxx++xx", "sxxx++xx"),
    "undo all": ("sxxx++xx", "sxxx++xx"),
    "merge": ("sxxx++xx", "sxxx++xx"),
    "delete": ("sxxx++xx", "sxxx++xx"),
    "undelete": ("sxxx++xx", "sxxx++xx"),
    "log": ("sxxx++xx", "sxxx++xx"),
    "settings": ("sxxxx+xx", "sxxxx+xx"),
    "people": (".....+..", ".....+.."),
    "watch": ("s+++++++", "s+++++++"),
    "tag": ("s+++++x+", "sxx+++xx"),
    "tag for editors": ("sxx+++xx", "sxx+++xx"),
    "take back a tag": ("sxxx++xx", "sxxx++xx"),
    "see the doubtful": ("s+++++++", "s+++++++"),
}


@dataclass
class Scene:
    """The wiki, and what the actions need: a change to undo, a proposal, a report, an entry taken out."""

    story: Story
    people: Crew
    role: str
    client: Client
    user: User | None

    def url(self, path: str) -> str:
        return f"/wiki/{self.story.slug}/{path}"


def post(scene: Scene, path: str, **data: str) -> int:
    return scene.client.post(scene.url(path), data).status_code


def edit(scene: Scene, protection: str = "") -> str:
    Entry.objects.whole(because=WHY).filter(story=scene.story).update(protection=protection)
    entry = find_entry(scene.story, "the-cook", horizon("all"))
    assert entry
    page = edit_page(entry, user=scene.user.pk if scene.user else 0, horizon=horizon("all"))
    data = {"token": page.token, "kind": "character", "body": page.form.body + "\n\nNew words. {2}\n"}
    for at_, one in enumerate(page.form.names):
        data |= {f"names-{at_}-key": one.key, f"names-{at_}-text": one.text, f"names-{at_}-since": one.since}
    before = Revision.objects.whole(because=WHY).count(), Proposal.objects.whole(because=WHY).count()
    answer = scene.client.post(scene.url("the-cook/edit/"), data)
    after = Revision.objects.whole(because=WHY).count(), Proposal.objects.whole(because=WHY).count()
    return said(answer.status_code, before, after)


def said(status: int, before: tuple[int, int], after: tuple[int, int]) -> str:
    """A save in one letter: what was kept decides, not what the page says."""
    if after[0] > before[0]:
        return "+"
    return "w" if after[1] > before[1] else letter(status, is_done=False)


def letter(status: int, *, is_done: bool = True) -> str:
    return {302: "s", 401: "s", 403: "x", 404: "."}.get(status, "+" if is_done else "?")


def create_(scene: Scene) -> str:
    from wiki.editing.saving import new_token

    token = new_token(user=scene.user.pk if scene.user else 0, horizon=horizon("all"), story=scene.story.pk)
    data = {
        "token": token,
        "kind": "character",
        "names-0-text": "The Pilot",
        "names-0-since": "1:6",
        "body": "Hm. {1:6}",
    }
    before = Revision.objects.whole(because=WHY).count(), Proposal.objects.whole(because=WHY).count()
    answer = scene.client.post(scene.url("-/new/"), data)
    after = Revision.objects.whole(because=WHY).count(), Proposal.objects.whole(because=WHY).count()
    return said(answer.status_code, before, after)


def restore(scene: Scene) -> str:
    entry = find_entry(scene.story, "the-keeper", horizon("all"))
    first = Revision.objects.whole(because=WHY).filter(entry=entry).earliest("pk")
    before = Revision.objects.whole(because=WHY).count(), Proposal.objects.whole(because=WHY).count()
    answer = scene.client.post(scene.url("the-keeper/restore/"), {"revision": first.public_id})
    after = Revision.objects.whole(because=WHY).count(), Proposal.objects.whole(because=WHY).count()
    return said(answer.status_code, before, after)


def upload(scene: Scene) -> str:
    picture = SimpleUploadedFile("a.png", png(size=(40, 40)), "image/png")
    answer = scene.client.post(scene.url("-/upload/"), {"image": picture})
    done = Image.objects.whole(because=WHY).filter(story=scene.story).count()
    assert done == (answer.status_code == 200)
    return letter(answer.status_code)


def propose(scene: Scene) -> Proposal:
    reviewed(scene.story)
    change(scene.story, scene.people.stranger, "the-keeper", "He leaves", "He flees")
    return Proposal.objects.whole(because=WHY).latest("pk")


def decide(scene: Scene, decision: str, policy: str) -> str:
    row = propose(scene)
    Wiki.objects.filter(story=scene.story).update(policy=policy)
    status = post(scene, f"-/review/{row.public_id}/", decision=decision)
    state = Proposal.objects.whole(because=WHY).get(pk=row.pk).state
    assert (state != "waiting") == (letter(status) == "+")
    return letter(status)


def report(scene: Scene) -> str:
    status = post(scene, "the-keeper/report/", part=f"block:{keys(scene.story, 'the-keeper')[0]}")
    assert Report.objects.whole(because=WHY).exists() == (letter(status) == "+")
    return letter(status)


def decide_report(scene: Scene) -> str:
    key = keys(scene.story, "the-keeper")[0]
    theirs = rights(scene.people.stranger, scene.story)
    reporting.report(scene.story, "the-keeper", theirs, horizon=horizon("5"), sort="block", key=key)
    row = Report.objects.whole(because=WHY).get()
    return letter(post(scene, "-/reports/", report=row.public_id, decision="keep"))


def undo(scene: Scene) -> str:
    entry = find_entry(scene.story, "the-keeper", horizon("all"))
    last = Revision.objects.whole(because=WHY).filter(entry=entry).latest("pk")
    return letter(post(scene, "the-keeper/undo/", revision=last.public_id))


def undelete(scene: Scene) -> str:
    mine = rights(scene.people.moderator, scene.story)
    acts.delete(scene.story, "the-cook", mine, horizon=horizon("all"))
    gone = Entry.objects.whole(because=WHY).get(since=horizon("all"))
    status = post(scene, "-/deleted/", entry=gone.public_id)
    assert (find_entry(scene.story, "the-cook", horizon("all")) is not None) == (letter(status) == "+")
    return letter(status)


def tag_(scene: Scene, protection: str = "") -> str:
    Entry.objects.whole(because=WHY).filter(story=scene.story).update(protection=protection)
    status = post(scene, "-/decide/", at="2:3", start="6", end="10", words="word", link="the-cook")
    assert ("2:3", "word", "the-cook") in tags(scene.story) if letter(status) == "+" else tags(scene.story) == []
    return done(status)


def take_back(scene: Scene, policy: str) -> str:
    Wiki.objects.filter(story=scene.story).update(policy="open")
    tag(scene.story, scene.people.stranger, "the-cook", "2:3")
    Wiki.objects.filter(story=scene.story).update(policy=policy)
    status = post(scene, "-/decide/", at="2:3", start="6", end="10", undo="the-cook")
    assert (tags(scene.story) == []) == (letter(status) == "+")
    return done(status)


def people(scene: Scene) -> str:
    answer = scene.client.get(f"/read/{scene.story.slug}/people/")
    return letter(answer.status_code)


def get(path: str) -> Callable[[Scene, str], str]:
    return lambda scene, policy: letter(scene.client.get(scene.url(path)).status_code)


ACTIONS: dict[str, Callable[[Scene, str], str]] = {
    "read": get("the-keeper/"),
    "view history": get("the-keeper/history/"),
    "edit": lambda scene, policy: edit(scene),
    "edit for editors": lambda scene, policy: edit(scene, "editors"),
    "edit for moderators": lambda scene, policy: edit(scene, "moderators"),
    "create": lambda scene, policy: create_(scene),
    "upload": lambda scene, policy: upload(scene),
    "restore": lambda scene, policy: restore(scene),
    "rename": lambda scene, policy: done(post(scene, "the-keeper/rename/", name="Silas Brand")),
    "report": lambda scene, policy: report(scene),
    "decide reports": lambda scene, policy: decide_report(scene),
    "accept": lambda scene, policy: decide(scene, "accept", policy),
    "reject": lambda scene, policy: decide(scene, "reject", policy),
    "protect": lambda scene, policy: done(post(scene, "the-keeper/protect/", protection="editors")),
    "undo": lambda scene, policy: undo(scene),
    "ban": lambda scene, policy: done(post(scene, "-/bans/a_stranger/", act="ban")),
    "lift": lambda scene, policy: done(post(scene, "-/bans/a_stranger/", act="lift")),
    "undo all": lambda scene, policy: done(post(scene, "-/bans/a_stranger/", act="undo-all")),
    "merge": lambda scene, policy: done(post(scene, "the-cook/merge/", into="the-keeper")),
    "delete": lambda scene, policy: done(post(scene, "the-cook/delete/")),
    "undelete": lambda scene, policy: undelete(scene),
    "log": get("-/log/"),
    "settings": lambda scene, policy: done(post(scene, "-/settings/", policy=policy)),
    "people": lambda scene, policy: people(scene),
    "watch": lambda scene, policy: done(post(scene, "the-keeper/watch/")),
    "tag": lambda scene, policy: tag_(scene),
    "tag for editors": lambda scene, policy: tag_(scene, "editors"),
    "take back a tag": take_back,
    "see the doubtful": get("-/doubtful/"),
}


def done(status: int) -> str:
    assert status in {200, 302, 303, 403, 404}, status
    return letter(status)


def test_every_action_has_a_row() -> None:
    assert set(TABLE) == set(ACTIONS)
    assert {len(cells) for row in TABLE.values() for cells in row} == {len(ROLES)}


@pytest.fixture
def scene_of(tended: Story, people: Crew, import_text: Callable[..., Story]) -> Callable[[str, str], Scene]:
    """The wiki with one change by a reader, and the browser of somebody in a role."""
    change(tended, people.reader, "the-keeper", "He trims", "He cleans")

    def make(role: str, policy: str) -> Scene:
        Wiki.objects.filter(story=tended).update(policy=policy)
        if role == "signed out":
            client = Visitor()
            client.post(f"/read/{tended.slug}/reached/", {"point": "all"})
            return Scene(tended, people, role, client, None)
        names = {"new account": "newcomer", "banned": "reader", "owner of another": "reader"}
        user: User = getattr(people, names.get(role, role))
        if role == "banned":
            Ban.objects.create(story=tended, user=user)
        if role == "owner of another":
            other = import_text(manuscript_of(1), title="Another")
            Membership.objects.create(user=user, story=other, role=Membership.Role.OWNER)
        return Scene(tended, people, role, at(tended, user, "all"), user)

    return make


@pytest.mark.parametrize("policy", ["open", "reviewed"])
@pytest.mark.parametrize("role", ROLES)
def test_rights_are_as_the_table_says(scene_of: Callable[[str, str], Scene], role: str, policy: str) -> None:
    scene = scene_of(role, policy)
    found, wanted = {}, {}
    for name, act in ACTIONS.items():
        wanted[name] = TABLE[name][policy == "reviewed"][ROLES.index(role)]
        with transaction.atomic():
            found[name] = act(scene, policy)
            transaction.set_rollback(True)
        cache.flush(live=False)
    assert found == wanted


def test_ids_of_another_story_are_not_there(tended: Story, people: Crew, import_text: Callable[..., Story]) -> None:
    other = import_text(manuscript_of(5), title="Another")
    Wiki.objects.get_or_create(story=other)
    Membership.objects.create(user=people.stranger, story=other, role=Membership.Role.OWNER)
    reviewed(tended)
    change(tended, people.reader, "the-keeper", "He leaves", "He flees")
    proposal = Proposal.objects.whole(because=WHY).get()
    reporting.report(
        tended,
        "the-keeper",
        rights(people.reader, tended),
        horizon=horizon("5"),
        sort="block",
        key=keys(tended, "the-keeper")[0],
    )
    report_ = Report.objects.whole(because=WHY).get()
    save = Revision.objects.whole(because=WHY).earliest("pk")
    client = at(other, people.stranger, "all")
    found = [
        client.get(f"/wiki/{other.slug}/-/review/{proposal.public_id}/").status_code,
        client.post(f"/wiki/{other.slug}/-/review/{proposal.public_id}/", {"decision": "accept"}).status_code,
        client.post(f"/wiki/{other.slug}/-/reports/", {"report": report_.public_id, "decision": "keep"}).status_code,
        client.post(f"/wiki/{other.slug}/x/undo/", {"revision": save.public_id}).status_code,
        client.post(f"/wiki/{other.slug}/-/deleted/", {"entry": save.entry.public_id}).status_code,
    ]
    assert found == [404] * 5
    assert Proposal.objects.whole(because=WHY).get().state == "waiting"
    assert (
        at(tended, people.editor, "all").get(f"/wiki/{tended.slug}/-/review/{proposal.public_id}/").status_code == 200
    )


def test_a_proposal_of_somebody_else_is_not_there_for_readers(tended: Story, people: Crew) -> None:
    reviewed(tended)
    change(tended, people.reader, "the-keeper", "He leaves", "He flees")
    address = f"/wiki/{tended.slug}/-/review/{Proposal.objects.whole(because=WHY).get().public_id}/"
    seen = {
        who: at(tended, getattr(people, who), "5").get(address).status_code for who in ("reader", "stranger", "editor")
    }
    assert seen == {"reader": 200, "stranger": 404, "editor": 200}


def test_fields_that_no_form_has_change_nothing(tended: Story, people: Crew) -> None:
    extra = {"role": "owner", "state": "accepted", "since": "0", "editor": people.owner.pk, "protection": "moderators"}
    extra |= {"policy": "reviewed", "is_superuser": "1", "user": people.owner.pk, "story": "1", "public_id": "mine"}
    client = at(tended, people.reader, "5")
    key = keys(tended, "the-keeper")[0]
    assert client.post(f"/wiki/{tended.slug}/the-keeper/report/", {"part": f"block:{key}", **extra}).status_code == 303
    assert client.post(f"/wiki/{tended.slug}/the-keeper/watch/", extra).status_code == 303
    assert client.post(f"/wiki/{tended.slug}/the-keeper/rename/", {"name": "Silas Brand", **extra}).status_code == 303
    row = Report.objects.whole(because=WHY).get()
    assert (row.reporter, row.state, row.since) == (people.reader, "waiting", horizon("5"))
    assert Wiki.objects.get(story=tended).policy == "open"
    assert set(Entry.objects.whole(because=WHY).values_list("protection", flat=True)) == {""}
    assert rights(people.reader, tended).rank == 0
    assert not Act.objects.whole(because=WHY).exists()
    assert create(tended, people.reader, "The Pilot", "Hm. {1:6}").sort == "saved"
