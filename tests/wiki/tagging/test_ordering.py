"""The finder's work is ordered with what makes it necessary, is done after it, and reads no more than it must."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connections, transaction

from reader import importing, jobs
from reader.models import Job, Story
from reader.text.manuscript import parse
from reader.text.points import EVERYTHING, format_point
from tests.conftest import NOW
from tests.wiki.packs import entry, write_pack
from tests.wiki.tagging.village import WHY, Act, settle_village
from tests.wiki.tended import Crew, create, crew, rights
from wiki.editing import acts
from wiki.editing.forming import edit_page, find_entry
from wiki.editing.forms import NameField, Outcome
from wiki.editing.saving import Save, save
from wiki.models import Entry, Scan, Tagging
from wiki.packing import import_pack
from wiki.tagging import finding, ordering

LATE = datetime(2040, 5, 1, 12, tzinfo=UTC)  # when all that was ordered is due
FIRST = "The Keeper trims the Lamp.\n\nMr. Brand sleeps.\n\nThe Cook sings to Silas.\n\nNobody came."
SECOND = "Silas Brand sails.\n\nThe Lamp is out.\n\nSilas is gone."
TEXT = f"# One\n\n{FIRST}\n\n# Two\n\n{SECOND}"


@pytest.fixture
def told(db: None, import_text: Callable[..., Story], tmp_path: Path) -> Story:
    """A story of two chapters with a wiki of two entries, nothing of it read yet."""
    story = import_text(TEXT)
    pack = {"keeper": entry(The_Keeper="1:1", Silas="1:3"), "cook": entry(The_Cook="1:3")}
    import_pack(write_pack(tmp_path / "pack", pack))
    return story


@pytest.fixture
def crew_of(told: Story) -> Crew:
    return crew(told)


def work() -> int:
    """Do what is due, as the worker does."""
    return jobs.run_due(now=LATE, limit=100)


def ordered() -> list[str]:
    """What waits for the finder."""
    rows = Job.objects.waiting().filter(kind__startswith="tag-").order_by("pk")
    return list(rows.values_list("kind", flat=True))


def links(story: Story) -> list[str]:
    """Each link of the text, as `1:3 Silas`."""
    rows = Tagging.objects.whole(because=WHY).filter(story=story, state="linked").order_by("point", "start")
    return [f"{format_point(row.point)} {row.words}" for row in rows]


def add_name(story: Story, people: Crew, slug: str, name: str, since: str) -> Outcome:
    """Write one more name through the form."""
    found = find_entry(story, slug, EVERYTHING)
    assert found
    page = edit_page(found, user=people.editor.pk, horizon=EVERYTHING)
    form = replace(page.form, names=(*page.form.names, NameField(text=name, since=since, sort="alias")))
    return save(story, Save(page.token, form), rights(people.editor, story), horizon=EVERYTHING)


def rebuilt(story: Story) -> list[str]:
    Tagging.objects.whole(because=WHY).filter(story=story, origin="found").delete()
    Scan.objects.filter(story=story).delete()
    finding.tag_all(story)
    return links(story)


def test_an_import_and_a_pack_order_what_the_worker_then_does(told: Story) -> None:
    assert (ordered(), links(told)) == (["tag-text", "tag-all"], [])
    work()
    assert (ordered(), links(told)) == ([], ["1:1 The Keeper", "1:3 The Cook", "1:3 Silas", "2:1 Silas", "2:3 Silas"])


def test_a_save_that_adds_a_name_reads_only_the_paragraphs_that_hold_it(
    told: Story, crew_of: Crew, monkeypatch: pytest.MonkeyPatch
) -> None:
    work()
    done: list[finding.Tagged] = []
    tag_names = finding.tag_names

    def counted(story: Story, names: list[str], *, entry: int) -> None:
        done.append(tag_names(story, names, entry=entry))

    monkeypatch.setattr(finding, "tag_names", counted)
    assert add_name(told, crew_of, "the-keeper", "Mr Brand", "1:2").sort == "saved"
    assert ordered() == ["tag-names"]
    work()
    assert done == [finding.Tagged(paragraphs=1, changed=1)]
    assert "1:2 Mr. Brand" in links(told)
    assert add_name(told, crew_of, "the-keeper", "Silas Brand", "2:1").sort == "saved"
    work()
    assert done[1] == finding.Tagged(paragraphs=1, changed=2)  # the longer name instead of the shorter
    assert "2:1 Silas Brand" in links(told)
    assert links(told) == rebuilt(told)


def test_a_save_that_changes_no_name_orders_nothing(told: Story, crew_of: Crew) -> None:
    work()
    found = find_entry(told, "the-keeper", EVERYTHING)
    assert found
    page = edit_page(found, user=crew_of.editor.pk, horizon=EVERYTHING)
    sent = Save(page.token, replace(page.form, body="He trims the lamp. {1:1}"))
    assert save(told, sent, rights(crew_of.editor, told), horizon=EVERYTHING).sort == "saved"
    assert ordered() == []


def test_a_new_entry_a_deleted_one_and_one_that_is_brought_back_are_read_for(told: Story, crew_of: Crew) -> None:
    work()
    assert create(told, crew_of.editor, "The Lamp", "It burns. {1:1}", since="1:1", point="2").sort == "saved"
    work()
    assert [one for one in links(told) if one.endswith("Lamp")] == ["1:1 the Lamp", "2:2 The Lamp"]
    found = find_entry(told, "the-lamp", EVERYTHING)
    assert found
    acts.delete(told, "the-lamp", rights(crew_of.moderator, told), horizon=EVERYTHING)
    work()
    assert [one for one in links(told) if one.endswith("Lamp")] == []
    acts.undelete(told, found.public_id, rights(crew_of.moderator, told), horizon=EVERYTHING)
    work()
    assert [one for one in links(told) if one.endswith("Lamp")] == ["1:1 the Lamp", "2:2 The Lamp"]


def test_a_merge_while_a_job_waits_gives_the_names_to_the_other(told: Story, crew_of: Crew) -> None:
    work()
    add_name(told, crew_of, "the-cook", "Mr Brand", "1:3")
    acts.merge(told, "the-cook", "the-keeper", rights(crew_of.moderator, told), horizon=EVERYTHING)
    work()
    keeper = find_entry(told, "the-keeper", EVERYTHING)
    assert keeper
    rows = Tagging.objects.whole(because=WHY).filter(story=told)
    assert {row.entry_id for row in rows} == {keeper.pk}
    assert "1:3 The Cook" in links(told)
    assert links(told) == rebuilt(told)


def test_a_save_that_is_taken_back_orders_nothing(told: Story, crew_of: Crew) -> None:
    work()
    with transaction.atomic():
        add_name(told, crew_of, "the-keeper", "Mr Brand", "1:2")
        assert ordered() == ["tag-names"]
        transaction.set_rollback(True)
    assert ordered() == []
    assert add_name(told, crew_of, "the-keeper", "Mr Brand", "1:2").sort == "saved"
    assert ordered() == ["tag-names"]


def test_an_import_that_is_taken_back_orders_nothing(told: Story) -> None:
    work()
    wanted = importing.Settings(slug=told.slug, title=told.title)
    changed = parse(TEXT.replace("Silas is gone.", "Silas is here.").encode(), name="a.md")
    with transaction.atomic():
        importing.import_story(changed, wanted, now=NOW)
        assert ordered() == ["tag-text"]
        transaction.set_rollback(True)
    assert ordered() == []
    importing.import_story(changed, wanted, now=NOW)
    importing.import_story(parse(TEXT.encode(), name="a.md"), wanted, now=NOW)
    assert ordered() == ["tag-text"]  # once, however often


def test_a_job_for_a_story_that_is_gone_does_nothing(told: Story, crew_of: Crew) -> None:
    add_name(told, crew_of, "the-keeper", "Mr Brand", "1:2")
    ordering.decided(told.pk, 1)
    assert sorted(ordered()) == ["tag-all", "tag-decided", "tag-names", "tag-text"]
    told.delete()
    work()
    assert (list(Job.objects.failed()), ordered()) == ([], [])
    assert not Tagging.objects.whole(because=WHY).exists()


def test_names_that_nobody_has_change_nothing(told: Story) -> None:
    work()
    before = links(told)
    assert finding.tag_names(told, ["somebody", "silas the cat"]) == finding.Tagged(0, 0)
    assert finding.tag_names(told, ["came"]).changed == 0
    assert finding.tag_names(told, ["!?"]) == finding.Tagged(7, 0)  # without a letter it may stand anywhere
    assert links(told) == before


def test_a_story_without_names_or_without_a_text_is_read_in_peace(db: None, import_text: Callable[..., Story]) -> None:
    story = import_text(TEXT)
    assert (finding.tag_all(story), links(story)) == (finding.Tagged(7, 0), [])
    empty = Story.objects.create(slug="empty", title="Empty")
    assert [finding.tag_all(empty), finding.tag_changed_text(empty)] == [finding.Tagged()] * 2
    assert finding.tag_names(empty, ["ann"]) == finding.Tagged()


def test_a_chapter_that_is_published_later_is_read_already(db: None, import_text: Callable[..., Story]) -> None:
    """It shows nowhere yet; when it does, no worker is needed."""
    story = import_text(TEXT, publish={2: LATE})
    village_row = Entry.objects.whole(because=WHY).filter(story=story)
    assert (finding.tag_changed_text(story).paragraphs, village_row.count()) == (7, 0)


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_end_where_one_would() -> None:
    """Names and text change under their hands; each waits for the other, and none of it is missed."""
    village = settle_village([["Ann sang to Lee"] * 6, ["Lee and Ann Lee"] * 6])
    village.all_of([])
    errors: list[BaseException] = []

    def worker() -> None:
        try:
            for _round in range(20):
                jobs.run_due(now=LATE, limit=5)
        except BaseException as error:
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=worker) for _ in range(2)]
    for thread in threads:
        thread.start()
    names = [("Ann", 0), ("Lee", 1), ("Ann Lee", 2), ("Lee", 3), ("China", 0)]
    for at, (name, whose) in enumerate(names):
        with transaction.atomic():
            village.do(Act("name", (whose, name, 0, None, "")))
        village.do(Act("change", (at, "China and Lee")))
    for thread in threads:
        thread.join()
    jobs.run_due(now=LATE, limit=100)

    assert errors == []
    assert list(Job.objects.failed()) == []
    found = village.rows()
    assert len(found) > 20
    assert village.rebuilt() == found
