"""`/read/<story>/`: contents, length, progress, and titles that are not told before their time."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reader.annotators import Registry
from reader.models import Chapter, Story, User
from tests.conftest import Visitor, manuscript_of
from tests.reader.visits import schedule

URL = "/read/the-lamp/"


def titles_in(visitor: Visitor, *paths: str) -> set[int]:
    text = "\n".join(visitor.get(path).content.decode("utf-8", "replace") for path in paths)
    return {number for number in range(1, 6) if f"Title {number}" in text}


def test_story_detail_shows_progress(story: Story, newcomer: Visitor) -> None:
    newcomer.post(f"{URL}reached/", {"point": "2:14"})

    context = newcomer.get(URL).context

    assert [(row.number, row.state, row.here_label) for row in context["contents"]] == [
        (1, "read", ""),
        (2, "here", "You are on page 2 of 3"),
        (3, "unread", ""),
        (4, "unread", ""),
        (5, "unread", ""),
    ]
    assert (context["continue_label"], context["continue_url"]) == ("Continue chapter 2", f"{URL}2/p/14/")
    assert context["facts_line"] == "5 chapters, still running. 15,000 words, 65 min; 46 min left for you."


def test_story_detail_hides_scheduled_chapters_from_all_but_the_owner(
    story: Story, finished: Visitor, newcomer: Visitor, owner: User
) -> None:
    author = Visitor()
    author.force_login(owner)
    finished.post(f"{URL}reached/", {"point": "all"})
    schedule(story, 4, 5)

    found = [
        (
            len(context["contents"]),
            context["picker"].last_chapter,
            len(context["axis"].segments),
            context["facts_line"][:10],
        )
        for context in (visitor.get(URL).context for visitor in (newcomer, finished, author))
    ]

    assert found == [(3, 3, 3, "3 chapters"), (3, 3, 3, "3 chapters"), (5, 5, 5, "5 chapters")]
    assert [row.is_scheduled for row in author.get(URL).context["contents"]] == [False] * 3 + [True] * 2
    assert titles_in(finished, URL, "/", f"{URL}3/3/", f"{URL}reached/") == {1, 2, 3}


def test_story_detail_of_a_story_with_nothing_out_yet_leads_nowhere(story: Story, newcomer: Visitor) -> None:
    schedule(story, 1, 2, 3, 4, 5)

    response = newcomer.get(URL)

    assert (response.status_code, response.context["continue_url"], response.context["contents"]) == (200, "", [])


def test_story_detail_turns_long_contents_into_hundreds(story: Story, newcomer: Visitor) -> None:
    last = story.chapters.get(number=5)
    Chapter.objects.bulk_create(_copy(last, number) for number in range(6, 251))

    found = []
    for start in ("", "100", "200", "9999", "-5", "x", "9" * 5000):
        context = newcomer.get(URL, {"from": start} if start else {}).context
        rows, before, after = (context[f"contents{part}"] for part in ("", "_previous_url", "_next_url"))
        found.append((rows[0].number, len(rows), before, after))

    first, last_page = (1, 100, "", "?from=100"), (201, 50, "?from=100", "")
    assert found == [first, (101, 100, "?from=0", "?from=200"), last_page, last_page, first, first, first]


def test_story_detail_costs_the_same_for_one_chapter_and_for_many(
    newcomer: Visitor, import_text: Callable[..., Story], empty_registry: Registry
) -> None:
    found = []
    for chapters in (1, 40):
        import_text(manuscript_of(chapters, paragraphs=3), title=f"Story {chapters}")
        newcomer.post(f"/read/story-{chapters}/reached/", {"point": "1:1"})
        with CaptureQueriesContext(connection) as queries:
            newcomer.get(f"/read/story-{chapters}/")
        found.append(len(queries))

    assert found == [3, 3]


def test_story_detail_keeps_its_answer_to_one_visitor(story: Story, newcomer: Visitor) -> None:
    answers = [newcomer.get(path) for path in ("/", URL, f"{URL}reached/", "/read/", f"{URL}bookmarks/")]

    assert [answer["Cache-Control"] for answer in answers] == ["private, no-cache"] * 5
    assert newcomer.get(f"{URL}?as=2")["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(("method", "path", "status"), [("get", "/read/nowhere/", 404), ("post", URL, 405)])
def test_story_detail_refuses(story: Story, newcomer: Visitor, method: str, path: str, status: int) -> None:
    assert getattr(newcomer, method)(path).status_code == status


def _copy(chapter: Chapter, number: int) -> Chapter:
    fields = {
        name: getattr(chapter, name) for name in ("story", "words", "seconds", "page_count", "published_at", "digest")
    }
    return Chapter(number=number, **fields)
