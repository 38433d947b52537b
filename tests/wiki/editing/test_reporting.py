"""Reports of what tells too much: what is held back at once and what waits, and what editors make of it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from reader.models import Story, User
from tests.wiki.tended import ALL, WHY, Crew, body_at, change, horizon, keys, revision, rights, sources
from wiki.editing import acts, reporting
from wiki.errors import EditError, GoneError, NotAllowedError
from wiki.models import Act, Ban, Fact, Report, Revision

END = horizon("5")
HELD = "He trims the lamp. {1:3} {since 5}"


@pytest.fixture
def known(tended: Story, people: Crew) -> User:
    """A reader whose saves stand: five of them."""
    for number in range(5):
        change(tended, people.reader, "the-cook", "She bakes", f"She bakes {number}")
    return people.reader


def tell(story: Story, user: User, *, at: int = 0, point: str = "5", slug: str = "the-keeper", note: str = "") -> None:
    key = keys(story, slug)[at]
    reporting.report(story, slug, rights(user, story), horizon=horizon(point), sort="block", key=key, note=note)


def test_what_an_established_account_reports_is_held_back_at_once(tended: Story, known: User) -> None:
    tell(tended, known, point="2")
    assert sources(tended, "the-keeper")[0] == HELD
    assert "trims" not in body_at(tended, "the-keeper", "4")
    assert "trims" in body_at(tended, "the-keeper", "5")
    made = Revision.objects.whole(because=WHY).get(sort="report")
    assert (made.editor, Report.objects.whole(because=WHY).get().revision) == (known, made)


def test_a_fact_is_held_back_too(tended: Story, known: User) -> None:
    fact = Fact.objects.whole(because=WHY).get(label="Lives")
    reporting.report(tended, "the-keeper", rights(known, tended), horizon=END, sort="fact", key=fact.key)
    assert Fact.objects.whole(because=WHY).get(label="Lives").since == END


def test_what_others_report_waits(tended: Story, people: Crew, known: User) -> None:
    tell(tended, people.stranger)
    assert sources(tended, "the-keeper")[0] == "He trims the lamp. {1:3}"
    User.objects.filter(pk=known.pk).update(date_joined=timezone.now() - timedelta(days=6))
    known.refresh_from_db()
    tell(tended, known)
    assert sources(tended, "the-keeper")[0] == "He trims the lamp. {1:3}"
    assert [one.count for one in reporting.queue(tended, rights(people.editor, tended), END)] == [2]


def test_saves_that_were_taken_back_establish_nobody(tended: Story, people: Crew, known: User) -> None:
    assert reporting.is_established(known, tended)
    last = Revision.objects.whole(because=WHY).filter(editor=known).latest("pk")
    acts.undo(tended, last.public_id, rights(people.moderator, tended), horizon=ALL)
    assert not reporting.is_established(known, tended)


def test_one_report_a_day_for_each_entry_holds_back(tended: Story, known: User) -> None:
    tell(tended, known, at=0)
    tell(tended, known, at=1)
    assert sources(tended, "the-keeper") == [HELD, "He leaves. {3:2}", "Nobody knows where. {4:4}"]
    Report.objects.whole(because=WHY).update(created_at=timezone.now() - timedelta(days=1, minutes=1))
    tell(tended, known, at=2)
    assert sources(tended, "the-keeper")[2] == "Nobody knows where. {4:4} {since 5}"


def test_whose_reports_are_put_back_too_often_holds_nothing_back(tended: Story, people: Crew, known: User) -> None:
    for at in range(3):
        Report.objects.whole(because=WHY).update(created_at=timezone.now() - timedelta(days=2))
        tell(tended, known, at=at)
        row = Report.objects.whole(because=WHY).get(state="waiting")
        assert reporting.put_back(tended, row.public_id, rights(people.editor, tended), horizon=END)
    assert not reporting.is_established(known, tended)
    Report.objects.whole(because=WHY).update(state="kept")
    assert reporting.is_established(known, tended)


def test_put_back_shows_as_before(tended: Story, people: Crew, known: User) -> None:
    tell(tended, known)
    row = Report.objects.whole(because=WHY).get()
    assert reporting.put_back(tended, row.public_id, rights(people.editor, tended), horizon=END)
    assert sources(tended, "the-keeper")[0] == "He trims the lamp. {1:3}"
    assert Report.objects.whole(because=WHY).get().state == "dismissed"
    assert [one.sort for one in Act.objects.whole(because=WHY)] == ["report-dismissed"]


def test_put_back_leaves_what_was_edited_since(tended: Story, people: Crew, known: User) -> None:
    tell(tended, known)
    change(tended, people.editor, "the-keeper", HELD, "He does a thing. {5:1}")
    row = Report.objects.whole(because=WHY).get()
    assert not reporting.put_back(tended, row.public_id, rights(people.editor, tended), horizon=END)
    assert sources(tended, "the-keeper")[0] == "He does a thing. {5:1}"


def test_keep_holds_back_what_still_shows_and_settles_all_reports_of_it(tended: Story, people: Crew) -> None:
    tell(tended, people.stranger, note="It is told in 4:1.")
    tell(tended, people.newcomer)
    editor = rights(people.editor, tended)
    (row,) = reporting.queue(tended, editor, END)
    said = (row.text.strip() if row.text else "", row.notes, row.by, row.is_held)
    assert said == ("He trims the lamp.", ("It is told in 4:1.",), ("a_stranger", "a_newcomer"), False)
    reporting.keep(tended, row.public_id, editor, horizon=END)
    assert sources(tended, "the-keeper")[0] == HELD
    assert set(Report.objects.whole(because=WHY).values_list("state", flat=True)) == {"kept"}
    with pytest.raises(EditError, match="already"):
        reporting.put_back(tended, row.public_id, editor, horizon=END)


def test_the_queue_is_cut_at_the_editors_horizon(tended: Story, people: Crew, known: User) -> None:
    tell(tended, known, point="2")
    tell(tended, people.stranger, at=1, point="4")
    editor = rights(people.editor, tended)
    seen = {
        point: [one.text for one in reporting.queue(tended, editor, horizon(point))] for point in ("1", "2", "4", "5")
    }
    assert (seen["1"], seen["2"]) == ([], [None])
    assert (len(seen["4"]), seen["4"][0]) == (2, None)
    assert None not in seen["5"]
    row = Report.objects.whole(because=WHY).earliest("pk")
    with pytest.raises(EditError, match="show everything"):
        reporting.keep(tended, row.public_id, editor, horizon=horizon("2"))


def test_a_report_is_taken_once_and_only_of_what_shows(tended: Story, people: Crew) -> None:
    tell(tended, people.stranger)
    tell(tended, people.stranger)
    assert Report.objects.whole(because=WHY).count() == 1
    with pytest.raises(EditError, match="Choose"):
        tell(tended, people.stranger, at=1, point="2")
    with pytest.raises(GoneError):
        tell(tended, people.stranger, point="1:1")
    Ban.objects.create(story=tended, user=people.stranger)
    with pytest.raises(NotAllowedError):
        tell(tended, people.stranger, at=1)


def test_reportables_are_what_shows(tended: Story) -> None:
    def words(point: str) -> list[tuple[str, str]] | None:
        found = reporting.reportables(tended, "the-keeper", horizon(point))
        return None if found is None else [(one.label, one.text.strip()) for one in found]

    assert words("1:1") is None
    assert words("1:3") == [("", "He trims the lamp.")]
    assert words("3") == [("", "He trims the lamp."), ("", "He leaves."), ("Lives", "At the light")]


def test_a_save_that_is_edited_keeps_what_is_held_back(tended: Story, people: Crew, known: User) -> None:
    tell(tended, known)
    done = change(tended, people.editor, "the-keeper", "He leaves", "He flees", point="4")
    assert revision(done).sort == "edit"
    assert sources(tended, "the-keeper")[:2] == [HELD, "He flees. {3:2}"]
