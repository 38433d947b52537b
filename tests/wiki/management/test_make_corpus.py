"""`manage.py make_corpus`: the same every time, and just what an import of the same pack would store."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from reader.models import Paragraph, Story
from tests.wiki.packs import WHY, wiki_of
from wiki.lint import lint
from wiki.models import Entry
from wiki.packing import import_pack

pytestmark = pytest.mark.django_db
SMALL = ("--chapters=4", "--words=400", "--entries=60")


def made(*arguments: str) -> list[str]:
    """What the command says."""
    out = StringIO()
    call_command("make_corpus", *SMALL, *arguments, stdout=out)
    return out.getvalue().splitlines()


def text_of(slug: str) -> list[tuple[int, str, str]]:
    """Point, kind and text of every paragraph."""
    rows = Paragraph.objects.filter(chapter__story__slug=slug).order_by("point")
    return list(rows.values_list("point", "kind", "text"))


def forget() -> None:
    """Take all stories away."""
    Entry.objects.whole(because=WHY).delete()  # first: kinds do not go while entries are of them
    Story.objects.all().delete()


def test_make_corpus_makes_stories_of_the_size_asked_for() -> None:
    lines = made("--stories=2", "--slug-prefix=bench")

    assert [line.split(", ")[:2] for line in lines[:2]] == [
        ["bench-1: 24 paragraphs", "60 entries"],
        ["bench-2: 24 paragraphs", "60 entries"],
    ]
    assert [story.slug for story in Story.objects.order_by("slug")] == ["bench-1", "bench-2"]
    assert len(text_of("bench-1")) == 24
    assert text_of("bench-1") != text_of("bench-2")
    wiki = wiki_of(Story.objects.get(slug="bench-1"))
    assert len(wiki["entries"]) == 60
    sorts = {name[2] for own in wiki["entries"].values() for name in own["Name"]}
    assert sorts == {"title", "alias", "nickname", "misspelling", "described"}


def test_make_corpus_is_the_same_for_the_same_seed(tmp_path: Path) -> None:
    made(f"--pack={tmp_path / 'once'}")
    text, wiki = text_of("corpus-1"), wiki_of(Story.objects.get())
    forget()

    made(f"--pack={tmp_path / 'again'}")

    assert (text_of("corpus-1"), wiki_of(Story.objects.get())) == (text, wiki)
    packs = [{path.name: path.read_bytes() for path in (tmp_path / name).rglob("*.*")} for name in ("once", "again")]
    assert packs[0] == packs[1]
    assert len(packs[0]) == 61
    forget()
    made("--seed=2")
    assert text_of("corpus-1") != text


def test_make_corpus_stores_what_an_import_of_its_pack_would(tmp_path: Path) -> None:
    made(f"--pack={tmp_path}")
    story = Story.objects.get()
    stored = wiki_of(story)
    report = import_pack(tmp_path / "corpus-1")
    assert (report.has_changed, report.same) == (False, 60)
    forget()
    made(f"--pack={tmp_path}", "--only-pack")

    import_pack(tmp_path / "corpus-1")

    assert wiki_of(Story.objects.get()) == stored


def test_make_corpus_spoils_nothing() -> None:
    made()

    found = {finding.sort for finding in lint(Story.objects.get())}

    assert found <= {"stamped", "dead-link", "orphan"}


def test_make_corpus_leaves_alone_what_is_there() -> None:
    made()
    text = text_of("corpus-1")

    assert made("--seed=2")[0] == "corpus-1 is there already."
    assert text_of("corpus-1") == text


@pytest.mark.parametrize("arguments", [("--entries=0",), ("--stories=0",), ("--only-pack",)])
def test_make_corpus_refuses_numbers_that_make_nothing(arguments: tuple[str, ...]) -> None:
    with pytest.raises(CommandError):
        call_command("make_corpus", *arguments)
