"""Taking a manuscript in: what stayed keeps its number, and nothing changes that need not."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.db import connection

from reader import importing, pagecache
from reader.models import Chapter, Membership, Paragraph, Story, User
from reader.text.manuscript import parse
from tests.conftest import manuscript_of

LATER = datetime(2024, 6, 1, tzinfo=UTC)


def take(text: str, **settings: object) -> importing.Report:
    wanted = importing.Settings(slug="the-lamp", title="The Lamp", **settings)  # type: ignore[arg-type]
    return importing.import_story(parse(text.encode(), name="story.md"), wanted, now=LATER)


def versions() -> dict[str, list[tuple[object, ...]]]:
    """Each row with the transaction that wrote it last."""
    found = {}
    with connection.cursor() as cursor:
        for model in (Story, Chapter, Paragraph, Membership):
            cursor.execute(f"SELECT id, xmin::text, ctid::text FROM {model._meta.db_table} ORDER BY id")
            found[model.__name__] = cursor.fetchall()
    return found


def labels(chapter: int) -> list[str]:
    rows = Paragraph.objects.live().filter(chapter__number=chapter).in_order()
    return [f"{row.number}.{row.sub}" if row.sub else str(row.number) for row in rows]


def test_import_story_stores_every_paragraph_once_and_in_order(db: None) -> None:
    report = take(manuscript_of(3))

    rows = Paragraph.objects.order_by("point").values_list("chapter__number", "number", "sub", "text")
    expected = [(c, p, 0, f"c{c} p{p} " + " ".join(["word"] * 98)) for c in range(1, 4) for p in range(1, 31)]
    assert list(rows) == expected
    assert report == importing.Report(True, True, "/read/the-lamp/", report.changes)
    assert list(Chapter.objects.values_list("number", "title", "words", "page_count", "published_at")) == [
        (number, f"Title {number}", 3000, 3, LATER) for number in (1, 2, 3)
    ]


def test_import_story_again_writes_no_row(db: None) -> None:
    take(manuscript_of(3))
    before = versions()

    report = take(manuscript_of(3))

    assert (report.is_new, report.has_changed, report.changes) == (False, False, {})
    assert versions() == before


def test_import_story_again_with_everything_said_writes_no_row(db: None, member: User) -> None:
    said = {"owner": member.username, "show_titles": True, "publish": {3: datetime(2030, 1, 1, tzinfo=UTC)},
            "warnings": ("grief",), "language": "cy", "author": "A. N. Other", "status": "finished"}  # fmt: skip
    take(manuscript_of(3), **said)
    before = versions()

    assert (take(manuscript_of(3), **said).has_changed, versions()) == (False, before)
    assert (take(manuscript_of(3)).has_changed, versions()) == (False, before)  # what is not said stays


def test_import_story_of_a_corrected_file_keeps_numbers_and_says_what_happened(db: None) -> None:
    take(manuscript_of(3))
    untouched = versions()["Paragraph"][60:]
    text = manuscript_of(3)
    text = text.replace("c1 p3 word word", "c1 p3 word wort")
    text = text.replace("c1 p6 ", "Something that was never there before.\n\nc1 p6 ")
    gone = next(block for block in text.split("\n\n") if block.startswith("c2 p4 "))
    moved = next(block for block in text.split("\n\n") if block.startswith("c2 p9 "))
    text = (
        text.replace(f"{gone}\n\n", "")
        .replace(f"{moved}\n\n", "")
        .replace("# Title 2\n\n", f"# Title 2\n\n{moved}\n\n")
    )

    report = take(text)

    assert {what: found for what, found in report.changes.items() if found} == {
        "changed": ["1:3"],
        "new": ["1:5.128"],
        "moved": ["2:9 → 2:0.128"],
        "gone": ["2:4"],
    }
    assert labels(1) == ["1", "2", "3", "4", "5", "5.128", *map(str, range(6, 31))]
    assert labels(2) == ["0.128", "1", "2", "3", "5", "6", "7", "8", *map(str, range(10, 31))]
    assert versions()["Paragraph"][60:90] == untouched


def test_import_story_there_and_back_is_as_before(db: None) -> None:
    take(manuscript_of(2))
    shown = list(Paragraph.objects.live().in_order().values_list("point", "text", "page", "scene"))
    short = "\n\n".join(block for block in manuscript_of(2).split("\n\n") if not block.startswith(("c1 p7 ", "c2 p1 ")))

    assert take(short).changes["gone"] == ["1:7", "2:1"]
    assert take(manuscript_of(2)).changes["revived"] == ["1:7", "2:1"]
    assert list(Paragraph.objects.live().in_order().values_list("point", "text", "page", "scene")) == shown


def test_import_story_appends_chapters_and_touches_no_other(db: None) -> None:
    take(manuscript_of(2))
    before = versions()

    take(manuscript_of(3))

    after = versions()
    assert (after["Chapter"][:2], after["Paragraph"][:60]) == (before["Chapter"], before["Paragraph"])
    assert Chapter.objects.count() == 3


@pytest.mark.parametrize(("before", "is_change"), [(None, True), ("editor", True), ("owner", False)])
def test_import_story_names_the_owner(db: None, member: User, before: str | None, *, is_change: bool) -> None:
    take(manuscript_of(1))
    if before:
        Membership.objects.create(user=member, story=Story.objects.get(), role=before)

    assert take(manuscript_of(1), owner=member.username).has_changed is is_change
    assert list(Membership.objects.values_list("user", "role")) == [(member.pk, "owner")]


def test_import_story_tells_every_process_that_the_story_changed_and_only_then(db: None) -> None:
    told = _Told()
    with connection.execute_wrapper(told):
        take(manuscript_of(1))
        take(manuscript_of(1))
        take(manuscript_of(1), author="Somebody")

    assert told.heard == ["the-lamp", "the-lamp"]


class _Told:
    def __init__(self) -> None:
        self.heard: list[str] = []

    def __call__(self, execute: Callable[..., object], sql: str, params: list[str], *rest: object) -> object:
        if "pg_notify" in sql and params[0] == pagecache.CHANNEL:  # an import wakes the worker too
            self.heard.append(params[1])
        return execute(sql, params, *rest)
