"""A hundred things that readers type, half of them misspelt, a third described: who is meant comes first, nobody early.

`queries.tsv`: the story, how far somebody has read, what is typed, the files of the entries that are meant (any of
them will do), and what sort of question it is. `twenty.tsv`: the same for what one would ask of each story after three
chapters. `passages.tsv`: the paragraphs that are meant.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from pytest_django import DjangoDbBlocker

from reader.models import Story
from reader.text.points import chapter_end, format_point, parse_point
from tests.conftest import NOW
from tests.worlds.build import work
from wiki import search
from wiki.models import Name, Slug
from wiki.packing import import_pack
from wiki.search.shapes import Filters, Scope

HERE = Path(__file__).parent
WHY = "a test knows what must not show"
SKATING = "skating-story"
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("search-quality")]


@dataclass(frozen=True)
class Query:
    """One line of the list."""

    point: int
    typed: str
    wanted: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.typed!r} at {format_point(self.point)}: {' or '.join(self.wanted)}"


def lines(name: str, story: str) -> Iterator[dict[str, str]]:
    """Those of one story."""
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        yield from (
            row for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE) if row["story"] == story
        )


def queries(story: str, name: str = "queries.tsv") -> list[Query]:
    """What is typed in this story."""
    rows = lines(name, story)
    return [Query(parse_point(row["point"]), row["query"], tuple(row["expected"].split())) for row in rows]


def places(story: Story, query: Query) -> int:
    """The place of who is meant among those suggested, from 1; 0 where they are not."""
    files = [f"{stem}.md" for stem in query.wanted]
    rows = Slug.objects.whole(because=WHY).filter(story=story, entry__source_name__in=files)
    wanted = set(rows.values_list("slug", flat=True))
    found = [one.entry.slug for one in search.suggest(query.typed, [Scope(story, query.point)])]
    return next((at for at, slug in enumerate(found, 1) if slug in wanted), 0)


@pytest.fixture
def sample(electra: Story) -> Story:
    work()
    return electra


@pytest.fixture(scope="module")
def skating(django_db_setup: None, django_db_blocker: DjangoDbBlocker, real_manuscript: Path) -> Iterator[Story]:
    """The skating story with its wiki, taken in once for all tests of this file."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("import_story", str(real_manuscript), title="Skating Story", quiet=True)
        import_pack(settings.BASE_DIR / "wiki" / "packs" / SKATING, story=SKATING)
        story = Story.objects.get(slug=SKATING)
        story.chapters.update(published_at=NOW)  # for the database it is still when this began
        work()
        yield story
        transaction.set_rollback(True)


def judge(story: Story) -> None:
    """First in nine of ten, among the first three but for one in fifty."""
    asked = queries(story.slug)
    assert len(asked) >= 45
    found = {query: places(story, query) for query in asked}
    late = {str(query): place for query, place in found.items() if place != 1}
    assert len(late) <= len(asked) // 10, late
    missed = {said: place for said, place in late.items() if not 1 <= place <= 3}
    assert len(missed) <= len(asked) // 50, missed


def asked_early(story: Story) -> None:
    """Whatever one would ask after three chapters is answered, nine of ten among the first three."""
    asked = queries(story.slug, "twenty.tsv")
    assert len(asked) >= 45
    found = {str(query): places(story, query) for query in asked}
    assert [said for said, place in found.items() if not place] == []
    late = {said: place for said, place in found.items() if place > 3}
    assert len(late) <= len(asked) // 10, late


def hidden(story: Story) -> None:
    """At the end of no chapter does any of them tell a name or an address from further on."""
    names = list(Name.objects.whole(because=WHY).filter(story=story).values_list("text", "since", "until"))
    slugs = list(Slug.objects.whole(because=WHY).filter(story=story).values_list("slug", "since"))
    for chapter in range(story.chapters.count() + 1):
        horizon = chapter_end(chapter) if chapter else 0
        known = {text for text, since, until in names if since <= horizon and (until is None or horizon < until)}
        open_slugs = {slug for slug, since in slugs if since <= horizon}
        for query in queries(story.slug):
            for one in search.suggest(query.typed, [Scope(story, horizon)]):
                assert one.entry.title in known
                assert one.entry.slug in open_slugs
                assert one.entry.since <= horizon
                assert one.seen is None or one.seen <= horizon


def test_who_is_meant_comes_first_in_the_sample_story(sample: Story) -> None:
    judge(sample)


def test_what_is_asked_after_three_chapters_is_answered_in_the_sample_story(sample: Story) -> None:
    asked_early(sample)


def test_nobody_comes_early_in_the_sample_story(sample: Story) -> None:
    hidden(sample)


@pytest.mark.real_manuscript
def test_who_is_meant_comes_first_in_the_skating_story(skating: Story) -> None:
    judge(skating)


@pytest.mark.real_manuscript
def test_what_is_asked_after_three_chapters_is_answered_in_the_skating_story(skating: Story) -> None:
    asked_early(skating)


@pytest.mark.real_manuscript
def test_nobody_comes_early_in_the_skating_story(skating: Story) -> None:
    hidden(skating)


def passages(story: Story) -> None:
    """What stands in the text is found with the paragraph, once it was read."""
    rows: list[dict[str, Any]] = list(lines("passages.tsv", story.slug))
    assert len(rows) >= 10
    for row in rows:
        found = search.find(row["query"], [Scope(story, parse_point(row["point"]))], Filters())
        points = [format_point(one.point) for one in found.passages]
        assert set(points[:3]) & set(row["paragraph"].split()), (row["query"], points)
        first = min(parse_point(one) for one in row["paragraph"].split())
        before = search.find(row["query"], [Scope(story, first - 1)], Filters())
        assert not {format_point(one.point) for one in before.passages} & set(row["paragraph"].split())


def test_passages_are_found_in_the_sample_story(sample: Story) -> None:
    passages(sample)


@pytest.mark.real_manuscript
def test_passages_are_found_in_the_skating_story(skating: Story) -> None:
    passages(skating)
