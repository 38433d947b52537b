"""The database's functions that find names: what counts as met and where, and words that fit kinds alone."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from reader.models import Paragraph, Story
from reader.text.points import EVERYTHING, parse_point
from tests.conftest import manuscript_of
from tests.wiki.packs import entry, write_pack
from wiki import search
from wiki.models import Entry, Kind
from wiki.packing import import_pack
from wiki.search import keeping
from wiki.search.shapes import Scope, Suggestion
from wiki.tagging import finding

WHY = "a test takes away what may not show"
pytestmark = pytest.mark.django_db


@pytest.fixture
def tower(import_text: Callable[..., Story]) -> Story:
    """Three chapters of six paragraphs, and no wiki yet."""
    return import_text(manuscript_of(3, paragraphs=6, length=5), title="The Tower")


def told(story: Story, folder: Path, **entries: str) -> Story:
    """The story with a wiki of these."""
    import_pack(write_pack(folder, entries, story=story.slug))
    return story


def suggested(story: Story, words: str, point: str = "all") -> tuple[Suggestion, ...]:
    horizon = EVERYTHING if point == "all" else parse_point(point)
    return search.suggest(words, [Scope(story, horizon)])


def titles(story: Story, words: str, point: str = "all") -> list[str]:
    return [one.entry.title for one in suggested(story, words, point)]


def written(import_text: Callable[..., Story], folder: Path) -> Story:
    """A story whose text names Wilf in both chapters, tagged."""
    story = import_text("# One\n\nHere is Wilf.\n\n# Two\n\nWilf again.\n\nWilf to the end.", title="The Tower")
    told(story, folder, wilf=entry(Wilf="1:1"))
    finding.tag_all(story)
    return story


def test_last_seen_keeps_to_chapters_that_are_out(import_text: Callable[..., Story], tmp_path: Path) -> None:
    story = written(import_text, tmp_path)
    assert [one.seen for one in suggested(story, "wilf")] == [parse_point("2:2")]

    story.chapters.filter(number=2).update(published_at=timezone.now() + timedelta(days=1))
    assert [one.seen for one in suggested(story, "wilf")] == [parse_point("1:1")]

    story.chapters.update(published_at=timezone.now() + timedelta(days=1))
    assert [one.seen for one in suggested(story, "wilf")] == [None]


def test_last_seen_keeps_to_paragraphs_that_stand_in_the_text(
    import_text: Callable[..., Story], tmp_path: Path
) -> None:
    story = written(import_text, tmp_path)
    assert [one.seen for one in suggested(story, "wilf")] == [parse_point("2:2")]

    Paragraph.objects.filter(chapter__story=story, point=parse_point("2:2")).update(is_retired=True)

    assert [one.seen for one in suggested(story, "wilf")] == [parse_point("2:1")]


def test_how_often_somebody_is_met_counts_in_chapters_that_are_out(
    import_text: Callable[..., Story], tmp_path: Path
) -> None:
    later = "\n\n".join(["Wila is here."] * 10)
    story = import_text(f"# One\n\nWilb. Wila. Wilb.\n\n# Two\n\n{later}", title="The Tower")
    told(story, tmp_path, a=entry(Wilb="1:1"), b=entry(Wila="1:1"))
    finding.tag_all(story)
    keeping.renew_all(story)
    assert titles(story, "wil") == ["Wila", "Wilb"]

    story.chapters.filter(number=2).update(published_at=timezone.now() + timedelta(days=1))

    assert titles(story, "wil") == ["Wilb", "Wila"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("movie event", "Movie Night"),  # one word fits its name and another only its kind
        ("event movie", "Movie Night"),
        ("xyzzy film", "Harbour"),  # a kind, beside a word that fits nothing
        ("film xyzzy", "Harbour"),
        ("epee", "Durendal"),
        ("épées", "Durendal"),
        ("sharp blade", "Durendal"),  # the second word of a kind's name
    ],
)
def test_a_word_may_fit_a_kind_alone(tower: Story, tmp_path: Path, words: str, found: str) -> None:
    named = '[[kinds]]\nslug = "{}"\nname = "{}"\nplural = "{}s"\nhue = 30\n'
    kinds = named.format("epee", "Épée", "Épée") + named.format("edge", "Sharp blade", "Sharp blade")
    pack = {"night": entry(kind="event", Movie_Night="1:2"), "harbour": entry(kind="film", Harbour="1:1")}
    pack["sword"] = entry(kind="epee", Durendal="1:3")
    import_pack(write_pack(tmp_path, pack, story=tower.slug, about=kinds))
    if words == "sharp blade":
        Entry.objects.whole(because=WHY).filter(kind__slug="epee").update(kind=Kind.objects.get(slug="edge"))

    assert titles(tower, words, "1")[:1] == [found]
    assert titles(tower, words, "0") == []


def test_what_was_taken_away_takes_nobodys_place(tower: Story, tmp_path: Path) -> None:
    films = {f"film{at}": entry(kind="film", **{f"Reel_{at}": "1:1"}) for at in range(70)}
    told(tower, tmp_path, **films)
    rows = Entry.objects.whole(because=WHY).filter(story=tower).order_by("pk")
    rows.exclude(pk=rows.values_list("pk", flat=True)[0]).update(since=EVERYTHING)

    assert titles(tower, "film") == ["Reel 0"]


def test_of_equal_names_those_met_last_come_first(tower: Story, tmp_path: Path) -> None:
    points = [f"{chapter}:{number}" for chapter in (1, 2, 3) for number in range(1, 7)] * 4
    told(tower, tmp_path, **{f"a{at}": entry(**{f"Wilf_{at}": point}) for at, point in enumerate(points)})

    found = [one.entry.since for one in suggested(tower, "wilf", "3")]

    assert len(found) == 10
    assert found == sorted(found, reverse=True)
    assert min(found) >= parse_point("3:4")
