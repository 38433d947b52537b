"""What is offered while one types: what is met, what was read, and nothing else."""

from collections.abc import Callable
from pathlib import Path

import pytest

from reader.models import Story, User
from reader.text.points import parse_point
from tests.conftest import Visitor
from tests.wiki.views.writing import WIKI, keeper_story, reader_at
from wiki.editing import suggesting

NAMES, PARAGRAPHS = f"{WIKI}-/suggest/names/", f"{WIKI}-/suggest/paragraphs/"


@pytest.fixture
def lamp(db: None, import_text: Callable[..., Story], tmp_path: Path) -> Story:
    return keeper_story(import_text, tmp_path)


def named(visitor: Visitor, said: str) -> list[str]:
    return [one["name"] for one in visitor.get(NAMES, {"q": said}).json()["results"]]


def test_suggest_names_offers_met_names_with_their_kind(lamp: Story, member: User) -> None:
    answer = reader_at(member, "3").get(NAMES, {"q": "keep"})

    assert answer.json() == {
        "results": [
            {
                "name": "The Keeper",
                "title": "The Keeper",
                "kind": "character",
                "kind_name": "Character",
                "slug": "the-keeper",
            }
        ]
    }
    assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("said", "early", "late"),
    [
        ("", ["The Keeper"], ["The Pilot", "The Keeper"]),
        ("pil", [], ["The Pilot"]),
        ("silas", [], ["Silas Brand"]),
        ("no such", [], []),
    ],
)
def test_suggest_names_offers_nothing_that_is_unmet(
    lamp: Story, member: User, said: str, early: list[str], late: list[str]
) -> None:
    assert (named(reader_at(member, "2"), said), named(reader_at(member, "5"), said)) == (early, late)


def test_suggest_names_begins_with_what_begins_so(lamp: Story, member: User) -> None:
    visitor = reader_at(member, "5")

    assert named(visitor, "the") == ["The Keeper", "The Pilot"]
    assert named(visitor, "p") == ["The Pilot", "The Keeper"]


def test_suggest_paragraphs_offers_the_last_that_were_read(lamp: Story, member: User) -> None:
    found = reader_at(member, "2:3").get(PARAGRAPHS).json()["results"]

    assert [one["point"] for one in found[:4]] == ["2:3", "2:2", "2:1", "1:30"]
    assert found[0]["words"] == "c2 p3 word word word word word word word …"
    assert len(found) == 12


def test_suggest_names_signed_out_says_so(lamp: Story, halfway: Visitor) -> None:
    assert halfway.get(NAMES, headers={"X-Requested-With": "fetch"}).status_code == 401


def test_kinds_offers_built_in_kinds_and_labels_that_are_met(lamp: Story, member: User) -> None:
    early, late = (suggesting.kinds(lamp, parse_point(point)) for point in ("1:3", "1:4"))

    assert [kind.slug for kind in early] == [kind.slug for kind in late]
    assert ("Lives" in early[0].labels, "Lives" in late[0].labels) == (False, True)
