"""`manage.py import_story`: what it says, and that it may be repeated."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from reader.models import Chapter, Story, User
from tests.conftest import manuscript_of


def run(path: Path, **options: object) -> str:
    said = StringIO()
    call_command("import_story", str(path), stdout=said, **options)
    return said.getvalue()


@pytest.fixture
def lamp(tmp_path: Path) -> Path:
    path = tmp_path / "the_lamp.md"
    path.write_text(manuscript_of(3), encoding="utf-8")
    return path


def test_import_story_says_what_it_made_of_the_file(db: None, lamp: Path) -> None:
    assert run(lamp, title="The Lamp") == (
        "The Lamp: 3 chapters, 9,000 words, 90 paragraphs, 0 scene breaks.\nThe story is in: /read/the-lamp/\n"
    )


def test_import_story_again_says_that_nothing_has_changed(db: None, lamp: Path) -> None:
    run(lamp, title="The Lamp")

    assert run(lamp, title="The Lamp").splitlines()[-1] == "Nothing has changed: /read/the-lamp/"


def test_import_story_of_a_corrected_file_says_what_became_of_the_paragraphs(db: None, lamp: Path) -> None:
    run(lamp, title="The Lamp")
    lamp.write_text(manuscript_of(3).replace("c1 p3 word word", "c1 p3 word wort"), encoding="utf-8")

    assert run(lamp, title="The Lamp").splitlines()[1:] == [
        "The story is brought up to date: /read/the-lamp/",
        "  changed: 1:3",
    ]


def test_import_story_takes_its_title_from_the_person_the_file_the_story_or_the_name(db: None, lamp: Path) -> None:
    run(lamp)
    assert list(Story.objects.values_list("slug", "title")) == [("the-lamp", "The lamp")]

    lamp.write_text('+++\ntitle = "The Big Lamp"\n+++\n\n' + manuscript_of(3), encoding="utf-8")
    run(lamp, slug="the-lamp")
    assert Story.objects.get().title == "The Big Lamp"

    run(lamp, title="The  Bigger\nLamp", slug="the-lamp")
    assert Story.objects.get().title == "The Bigger Lamp"

    corrected = lamp.with_name("corrected-3.md")
    corrected.write_text(manuscript_of(3), encoding="utf-8")
    run(corrected, slug="the-lamp")
    assert Story.objects.get().title == "The Bigger Lamp"


def test_import_story_dry_run_says_the_same_and_writes_nothing(db: None, lamp: Path) -> None:
    assert run(lamp, title="The Lamp", dry_run=True) == (
        "The Lamp: 3 chapters, 9,000 words, 90 paragraphs, 0 scene breaks.\n"
    )
    assert not Story.objects.exists()


def test_import_story_quiet_says_nothing(db: None, lamp: Path) -> None:
    assert run(lamp, title="The Lamp", quiet=True) == ""


def test_import_story_takes_options(db: None, lamp: Path, member: User) -> None:
    run(lamp, title="The Lamp", author="A. Wick", language="cy", status="finished", owner="mo_farrow", show_titles=True,
        publish=["3=2090-01-31T18:00Z", "2=2089-01-31 18:00+01:00"])  # fmt: skip

    story = Story.objects.get()
    assert (story.author, story.language, story.status, story.show_titles) == ("A. Wick", "cy", "finished", True)
    assert list(story.memberships.values_list("user__username", "role")) == [("mo_farrow", "owner")]
    moments = Chapter.objects.in_order().values_list("published_at", flat=True)
    assert [str(moment) for moment in moments[1:]] == ["2089-01-31 17:00:00+00:00", "2090-01-31 18:00:00+00:00"]


def test_import_story_lets_no_mark_up_through(db: None, tmp_path: Path) -> None:
    path = tmp_path / "evil.md"
    evil = '<script>alert("x")</script> <b onclick=x>&amp; <a href="javascript:x">y</a> [z](javascript:x)'
    path.write_text(
        '+++\ntitle = "<i>T</i>"\nblurb = "<b>B</b>"\n'
        'warnings = ["<u>W</u>"]\nlanguage = "x\\" y=\\""\n+++\n\n'
        f"# {evil}\n\n::: note\n{evil}\n:::\n\n{evil}\n\n::: messages\n{evil}: {evil}\n:::\n\n"
        f"::: letter\n{evil}\n:::\n",
        encoding="utf-8",
    )
    run(path, slug="itit")

    pages = {
        url: Client().get(url).content.decode() for url in ("/", "/read/itit/", "/read/itit/1/", "/read/itit/1/all/")
    }

    for url, page in pages.items():
        assert [
            mark for mark in ("<script>", "<b ", "<b>", "<i>", "<u>", '<a href="javascript', ' y=""') if mark in page
        ] == [], url
    assert "&lt;script&gt;alert" in pages["/read/itit/1/"]
    assert "&lt;i&gt;T&lt;/i&gt;" in pages["/read/itit/"]
