"""What is done after a request: mails to those who watch, which tell nothing unmet; pictures that nothing shows go."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from reader import jobs
from reader.models import Job, Story, User
from tests.wiki.packs import png
from tests.wiki.tended import WHY, Crew, at, change, horizon, reviewed, rights
from wiki.editing import acts, uploading, watching
from wiki.editing.forming import edit_page, find_entry
from wiki.editing.forms import PictureField
from wiki.editing.saving import Save, save
from wiki.jobs import expire_pictures
from wiki.models import Image, Watch
from wiki.picturing import folder_of


def watch(story: Story, user: User, point: str, *, is_confirmed: bool = True) -> Watch:
    at(story, user, point)
    EmailAddress.objects.update_or_create(
        user=user, defaults={"email": user.email, "verified": is_confirmed, "primary": True}
    )
    assert watching.toggle(story, "the-keeper", rights(user, story), horizon=horizon(point))
    row: Watch = Watch.objects.get(user=user)
    return row


def work(now: datetime | None = None) -> list[mail.EmailMessage]:
    """Do what is due; the mails that went out."""
    now = now or timezone.now()
    mail.outbox.clear()
    for _round in range(3):
        for job in Job.objects.filter(kind__startswith="tell-", finished_at=None, run_at__lte=now).order_by("pk"):
            jobs.works[job.kind](job.payload, now=now)
            Job.objects.filter(pk=job.pk).update(finished_at=now)
    return list(mail.outbox)


def test_a_change_that_is_seen_is_told(tended: Story, people: Crew) -> None:
    watch(tended, people.stranger, "2")
    change(tended, people.editor, "the-keeper", "He trims", "He cleans", point="2", summary="cleaner")
    (sent,) = work()
    assert (sent.to, sent.subject) == (["stranger@example.org"], "The Keeper has changed")
    body = str(sent.body)
    assert ("a_editor: cleaner" in body, f"/wiki/{tended.slug}/the-keeper/history/" in body) == (True, True)
    assert work() == []


def test_what_lies_ahead_is_not_told(tended: Story, people: Crew) -> None:
    watch(tended, people.stranger, "2")
    watch(tended, people.reader, "4")
    change(tended, people.editor, "the-keeper", "He leaves", "He flees", point="5", summary="he flees")
    sent = work()
    assert [one.to for one in sent] == [["reader@example.org"]]
    assert "he flees" not in str(sent[0].body)
    change(tended, people.editor, "the-keeper", "He trims", "He cleans", point="4", summary="he cleans")
    late = timezone.now() + timedelta(days=1, minutes=1)
    sent = work(late)
    assert [one.to for one in sent] == [["stranger@example.org"], ["reader@example.org"]]
    assert ["he cleans" in str(one.body) for one in sent] == [False, True]
    assert "flees" not in str(sent[0].body)
    assert "Silas" not in f"{sent[0].body}{sent[0].subject}"


def test_an_entry_that_is_not_met_any_more_is_not_named(tended: Story, people: Crew) -> None:
    watch(tended, people.stranger, "2")
    at(tended, people.stranger, "1:1")
    change(tended, people.editor, "the-keeper", "He trims", "He cleans", point="2")
    assert work() == []
    at(tended, people.stranger, "2")
    watching.announce(Watch.objects.get().entry)
    assert len(work()) == 1


def test_ones_own_changes_are_not_told(tended: Story, people: Crew) -> None:
    watch(tended, people.stranger, "2")
    change(tended, people.stranger, "the-keeper", "He trims", "He cleans", point="2")
    assert work() == []
    change(tended, people.editor, "the-keeper", "He cleans", "He shines", point="2")
    assert len(work()) == 1


def test_one_mail_a_day_for_each_entry(tended: Story, people: Crew) -> None:
    watch(tended, people.stranger, "2")
    change(tended, people.editor, "the-keeper", "He trims", "He cleans", point="2", summary="the one")
    assert len(work()) == 1
    change(tended, people.editor, "the-keeper", "He cleans", "He shines", point="2", summary="the two")
    change(tended, people.editor, "the-keeper", "He shines", "He mends", point="2", summary="the three")
    assert work() == []
    (sent,) = work(timezone.now() + timedelta(days=1, minutes=1))
    assert [word in str(sent.body) for word in ("the one", "the two", "the three")] == [False, True, True]


def test_no_mail_goes_to_an_address_that_is_not_confirmed(tended: Story, people: Crew) -> None:
    watch(tended, people.stranger, "2", is_confirmed=False)
    change(tended, people.editor, "the-keeper", "He trims", "He cleans", point="2")
    assert work() == []


def test_a_save_that_nobody_watches_orders_nothing(tended: Story, people: Crew) -> None:
    change(tended, people.editor, "the-keeper", "He trims", "He cleans")
    assert not Job.objects.filter(kind__startswith="tell-").exists()


@pytest.fixture
def upload(tended: Story, people: Crew, media: Path) -> Image:
    """A picture that its uploader has not put anywhere, two days old."""
    picture = SimpleUploadedFile("a.png", png(size=(40, 40)), "image/png")
    identity = uploading.take(tended, picture, rights(people.reader, tended))
    Image.objects.whole(because=WHY).update(created_at=timezone.now() - timedelta(days=2))
    row: Image = Image.objects.whole(because=WHY).get(public_id=identity)
    return row


def is_there(image: Image) -> bool:
    expire_pictures({}, now=timezone.now())
    return Image.objects.whole(because=WHY).filter(pk=image.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_a_picture_that_nothing_shows_goes_after_a_day(tended: Story, upload: Image) -> None:
    folder = folder_of(tended.public_id)
    Image.objects.whole(because=WHY).update(created_at=timezone.now() - timedelta(hours=23))
    assert (is_there(upload), len(list(folder.iterdir()))) == (True, 4)
    Image.objects.whole(because=WHY).update(created_at=timezone.now() - timedelta(hours=25))
    assert (is_there(upload), list(folder.iterdir())) == (False, [])


def test_a_picture_stays_while_a_page_a_history_or_a_proposal_needs_it(
    tended: Story, people: Crew, upload: Image
) -> None:
    before = "He trims the lamp. {1:3}"
    with_picture = f"{before}\n\n![A lamp](image:{upload.public_id}) {{1:4}}"
    outcome = change(tended, people.reader, "the-keeper", before, with_picture)
    assert outcome.troubles == ()
    assert is_there(upload)
    change(tended, people.reader, "the-keeper", f"\n\n![A lamp](image:{upload.public_id}) {{1:4}}", "")
    assert is_there(upload)


def test_a_picture_stays_while_a_portrait_is_proposed(tended: Story, people: Crew, upload: Image) -> None:
    reviewed(tended)
    found = find_entry(tended, "the-keeper", horizon("5"))
    assert found
    page = edit_page(found, user=people.reader.pk, horizon=horizon("5"))
    form = replace(page.form, pictures=(PictureField(image=upload.public_id, alt="Him"),))
    assert save(tended, Save(page.token, form), rights(people.reader, tended), horizon=horizon("5")).sort == "waits"
    assert is_there(upload)
    from wiki.models import Proposal

    Proposal.objects.whole(because=WHY).update(state="rejected")
    assert not is_there(upload)


def test_a_picture_of_an_entry_that_was_taken_out_stays(tended: Story, people: Crew, upload: Image) -> None:
    before = "He trims the lamp. {1:3}"
    change(tended, people.reader, "the-keeper", before, f"{before}\n\n![A lamp](image:{upload.public_id}) {{1:4}}")
    acts.delete(tended, "the-keeper", rights(people.moderator, tended), horizon=horizon("all"))
    assert is_there(upload)
