"""What cannot go into a story, which is then as it was."""

from datetime import UTC, datetime

import pytest
from django.db import connection

from reader import importing
from reader.errors import ImportRefusedError, NumberingError
from reader.models import Chapter, Membership, Paragraph, Story
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


@pytest.mark.parametrize(
    "order",
    [(1, 3, 2), (3, 1, 2), (1, 2), (2, 3), (4, 1, 2, 3), (1, 4, 2, 3)],
    ids=lambda order: "-".join(map(str, order)),
)
def test_import_story_refuses_chapters_inserted_moved_or_taken_out(db: None, order: tuple[int, ...]) -> None:
    parts = ["# Title" + part for part in manuscript_of(4).split("# Title")[1:]]
    take("".join(parts[:3]))
    before = versions()

    with pytest.raises(NumberingError, match="but not") as caught:
        take("\n\n".join(parts[number - 1] for number in order))

    assert str(caught.value).count(". ") == 0
    assert versions() == before


def test_import_story_refuses_a_file_that_shares_nothing_unless_told(db: None) -> None:
    take(manuscript_of(2))
    other = "# A\n\nA wholly other text about the sea.\n\n# B\n\nAnd one about the hills and their sheep."
    before = versions()

    with pytest.raises(ImportRefusedError, match="shares no paragraph"):
        take(other)
    assert versions() == before

    take(other, may_rewrite=True)
    assert (labels(1), labels(2)) == (["31"], ["31"])


def test_import_story_refuses_an_owner_without_an_account_and_changes_nothing(db: None) -> None:
    with pytest.raises(ImportRefusedError, match="no account called “nobody”"):
        take(manuscript_of(1), owner="nobody")

    assert not Story.objects.exists()
