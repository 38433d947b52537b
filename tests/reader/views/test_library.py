"""`/`: the shelf, and where one left off."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from reader.models import Chapter, Story
from tests.conftest import Visitor
from tests.reader.visits import schedule


def test_library_without_a_story_says_how_to_import_one(db: None, newcomer: Visitor) -> None:
    page = newcomer.get("/").content.decode()

    assert "Nothing on the shelf yet" in page
    assert "manage.py import_story" in page


def test_library_shows_a_newcomer_the_shelf(story: Story, newcomer: Visitor) -> None:
    context = newcomer.get("/").context

    assert (context["current"], context["is_newcomer"]) == (None, True)
    assert [
        (item.story.slug, item.state, item.state_label, item.continue_label, item.continue_url)
        for item in context["shelf"]
    ] == [("the-lamp", "unread", "Not begun", "Begin reading", "/read/the-lamp/1/")]


@pytest.mark.parametrize(
    ("point", "expected"),
    [
        ("2:4", ("reading", "Read to chapter 2 of 5", "Continue chapter 2", "/read/the-lamp/2/p/4/")),
        ("2", ("reading", "Read to chapter 2 of 5", "Go on to chapter 3", "/read/the-lamp/3/")),
        ("5", ("done", "All read", "Read again", "/read/the-lamp/1/")),
        ("all", ("reading", "Everything is shown", "Begin reading", "/read/the-lamp/1/")),
    ],
)
def test_library_leads_on_where_one_left_off(
    story: Story, newcomer: Visitor, point: str, expected: tuple[str, ...]
) -> None:
    newcomer.post("/read/the-lamp/reached/", {"point": point})

    current = newcomer.get("/").context["current"]

    assert (current.state, current.state_label, current.continue_label, current.continue_url) == expected


def test_library_quotes_the_paragraph_at_ones_place_and_none_further(story: Story, newcomer: Visitor) -> None:
    newcomer.post("/read/the-lamp/reached/", {"point": "2:4"})

    page = newcomer.get("/").content.decode()

    assert ("c2 p4 word" in page, "c2 p5 word" in page) == (True, False)


def test_library_puts_the_story_most_recently_read_on_top(
    story: Story, newcomer: Visitor, import_text: Callable[..., Story], monkeypatch: pytest.MonkeyPatch
) -> None:
    import_text("# One\n\nText.", title="A Second")
    for minute, slug in enumerate(("the-lamp", "a-second", "the-lamp")):
        monkeypatch.setattr(timezone, "now", lambda at=minute: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=at))
        newcomer.post(f"/read/{slug}/reached/", {"point": "1"})

        context = newcomer.get("/").context

        assert (context["current"].story.slug, len(context["shelf"])) == (slug, 1)


def test_library_passes_over_a_story_that_was_taken_back(
    story: Story, newcomer: Visitor, import_text: Callable[..., Story], monkeypatch: pytest.MonkeyPatch
) -> None:
    newcomer.post("/read/the-lamp/reached/", {"point": "1"})
    gone = import_text("# One\n\nText.", title="Gone")
    monkeypatch.setattr(timezone, "now", lambda: datetime.now(UTC) + timedelta(minutes=5))
    newcomer.post("/read/gone/reached/", {"point": "1"})
    schedule(gone, 1)

    assert newcomer.get("/").context["current"].story == story


def test_library_sorts_without_articles_and_shows_no_story_without_a_published_chapter(
    newcomer: Visitor, import_text: Callable[..., Story]
) -> None:
    for title in ("The Zebra", "An Ant", "middle", "“Bees”", "Later"):
        import_text("# One\n\nText.", title=title, slug=title.lower().strip("“”").replace(" ", "-"))
    schedule(Story.objects.get(slug="later"), 1)

    shelf = [item.story.title for item in newcomer.get("/").context["shelf"]]

    assert shelf == ["An Ant", "“Bees”", "middle", "The Zebra"]


def test_library_counts_published_chapters_alone(story: Story, newcomer: Visitor) -> None:
    def length() -> str:
        return str(newcomer.get("/").context["shelf"][0].length_label)

    assert length() == "15,000 words, 65 min"
    schedule(story, 3, 4, 5)
    assert length() == "6,000 words, 26 min"


def test_library_turns_its_shelf_into_pages(newcomer: Visitor, import_text: Callable[..., Story]) -> None:
    _shelve(import_text, 50)

    sizes = [len(newcomer.get("/", {"page": page}).context["shelf"]) for page in ("", "1", "2", "99", "x", "-1", "\0")]

    assert sizes == [48, 48, 2, 2, 48, 2, 48]


def test_library_costs_the_same_for_one_story_and_for_many(
    newcomer: Visitor, halfway: Visitor, story: Story, import_text: Callable[..., Story]
) -> None:
    def costs() -> list[int]:
        found = []
        for visitor in (newcomer, halfway):
            with CaptureQueriesContext(connection) as queries:
                visitor.get("/")
            found.append(len(queries))
        return found

    before = costs()
    _shelve(import_text, 12)

    assert (before, costs()) == ([2, 5], [2, 5])


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_library_takes_no_other_method(newcomer: Visitor, method: str) -> None:
    assert getattr(newcomer, method)("/").status_code == 405


def _shelve(import_text: Callable[..., Story], count: int) -> None:
    first = import_text("# One\n\nText.", title="Shelved 0")
    chapter = Chapter.objects.get(story=first)
    for number in range(1, count):
        story = Story.objects.create(slug=f"shelved-{number}", title=f"Shelved {number}")
        chapter.pk, chapter.story = None, story
        chapter.save()
