"""The sample story's own wiki: it loads, the lint finds nothing in it, and it holds one of everything."""

import pytest

from reader.models import Story
from reader.text.points import parse_point
from wiki import gate, lint

END = parse_point("9")


pytestmark = pytest.mark.django_db


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
