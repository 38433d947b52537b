"""The sample story's own wiki: it loads, the lint finds nothing in it, and it holds one of everything."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings
from pytest_django.plugin import DjangoDbBlocker

from reader.models import Story
from reader.text.points import parse_point
from wiki import gate, lint
from wiki.packing import import_pack

SLUG = "low-water-at-the-electra"
END = parse_point("9")


pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def electra(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Story]:
    """Taken in once for all tests of this file, and taken back at the end: its fifty pictures take a while."""
    folder = tmp_path_factory.mktemp("media")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=str(folder)), transaction.atomic():
        manuscript = settings.BASE_DIR / "reader" / "stories" / SLUG / "manuscript.md"
        call_command("import_story", str(manuscript), quiet=True)
        import_pack(settings.BASE_DIR / "wiki" / "packs" / SLUG)
        yield Story.objects.get(slug=SLUG)
        transaction.set_rollback(True)


def test_the_lint_finds_nothing(electra: Story) -> None:
    assert list(lint.lint(electra)) == []


def test_there_are_entries_of_every_kind(electra: Story) -> None:
    counts = {one.kind.slug: one.count for one in gate.index(electra, END)}

    assert set(counts) >= {"character", "location", "film", "program", "event", "organisation", "theme"}
    assert sum(counts.values()) >= 60
    assert gate.index(electra, 0) == ()


def test_a_described_person_is_named_in_her_time(electra: Story) -> None:
    titles = [
        page.entry.title
        for point in ("3", "6:75", "6:76")
        if (page := gate.entry_page(electra, "the-woman-in-the-grey-coat", parse_point(point)))
    ]

    assert titles == ["The woman in the grey coat", "The woman in the grey coat", "Grace Frost"]


def test_two_identities_are_joined_at_the_reveal(electra: Story) -> None:
    def same_as(point: str) -> list[str]:
        page = gate.entry_page(electra, "the-tideman", parse_point(point))
        assert page is not None
        return [value.text for row in page.facts if row.label == "Same as" for value in row.values]

    assert (same_as("8:9"), same_as("8:10")) == ([], ["Mr Crane"])


def test_a_renamed_place_changes_its_title_and_back(electra: Story) -> None:
    found = [gate.exists(electra, "the-lamp-room", parse_point(point)) for point in ("4:28", "4:29", "9:45")]

    assert [entry.title if entry else None for entry in found] == [None, "The Lookout", "The Lamp Room"]
