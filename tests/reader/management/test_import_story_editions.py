"""What a corrected file leaves where it was: the sample’s second edition, bookmarks, places."""

from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client

from reader.models import Bookmark, Paragraph, Place, Story, User
from reader.text import points
from tests.conftest import manuscript_of

SAMPLE = settings.BASE_DIR / "reader" / "stories" / "low-water-at-the-electra"


def run(path: Path, **options: object) -> str:
    said = StringIO()
    call_command("import_story", str(path), stdout=said, **options)
    return said.getvalue()


@pytest.fixture
def lamp(tmp_path: Path) -> Path:
    path = tmp_path / "the_lamp.md"
    path.write_text(manuscript_of(3), encoding="utf-8")
    return path


def test_import_story_of_the_second_edition_is_one_new_one_changed_and_one_gone(db: None) -> None:
    run(SAMPLE / "manuscript.md")
    story, user = Story.objects.get(), User.objects.create_user("reader")
    kept = list(Paragraph.objects.in_order().values_list("point", "text"))

    lines = run(SAMPLE / "second-edition.md").splitlines()

    found = dict(line.strip().split(": ", 1) for line in lines if line.startswith("  ") and ": " in line)
    assert {what: value.count(",") + 1 for what, value in found.items() if what in _CHANGES} == {
        "changed": 1, "new": 1, "gone": 1,
    }  # fmt: skip
    new, changed, gone = (points.parse_point(found[what]) for what in ("new", "changed", "gone"))
    assert points.split(new)[2] > 0
    after = dict(Paragraph.objects.live().values_list("point", "text"))
    assert {point for point, text in kept if after.get(point) != text} == {changed, gone}
    assert set(after) - {point for point, _text in kept} == {new}

    chapter, number, _sub = points.split(gone)
    before = Paragraph.objects.live().filter(point__lt=gone).order_by("-point")[0]
    answer = Client().get(f"/read/{story.slug}/{chapter}/p/{number}/")
    assert answer["Location"].endswith(f"/{before.page}/#p{points.format_number(before.number, before.sub)}")
    assert Client().get(answer["Location"]).status_code == 200
    assert not Place.objects.filter(user=user).exists()


def test_import_story_leaves_bookmarks_and_places_where_they_were(db: None, lamp: Path, member: User) -> None:
    run(lamp, title="The Lamp")
    story = Story.objects.get()
    for number in (3, 5):
        Bookmark.objects.create(user=member, story=story, point=points.point(1, number), note="kept")
    Place.objects.create(
        user=member, story=story, place=points.point(1, 5), reached=points.point(2, 9), updated_at=story.created_at
    )
    text = "\n\n".join(block for block in manuscript_of(3).split("\n\n") if not block.startswith("c1 p5 "))
    lamp.write_text(text.replace("# Title 1\n\n", "# Title 1\n\nQuite new.\n\n"), encoding="utf-8")
    client = Client()
    client.force_login(member)

    run(lamp, title="The Lamp")

    marks = client.get("/read/the-lamp/bookmarks/").context["bookmarks"]
    assert [(mark["label"], str(mark["quote_html"])[:5], mark["note"]) for mark in marks] == [
        ("1:3", "c1 p3", "kept"),
        ("1:5", "", "kept"),
    ]
    assert client.get(marks[1]["url"])["Location"] == "/read/the-lamp/1/1/#p4"
    assert client.get("/").context["current"].continue_url == "/read/the-lamp/1/p/5/"
    assert Place.objects.get().reached == points.point(2, 9)


_CHANGES = {"changed", "new", "revived", "moved", "gone"}
