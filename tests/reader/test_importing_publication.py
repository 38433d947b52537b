"""When chapters come out, and what two imports at once leave."""

import threading
from datetime import UTC, datetime

import pytest
from django.db import connection

from reader import importing
from reader.errors import ImportRefusedError, ReaderError
from reader.models import Chapter, Paragraph, Story
from reader.text.manuscript import parse
from tests.conftest import NOW, manuscript_of

FAR = datetime(2090, 1, 1, tzinfo=UTC)
FURTHER = datetime(2091, 1, 1, tzinfo=UTC)


def take(text: str, *, now: datetime = NOW, title: str = "The Lamp", **settings: object) -> importing.Report:
    wanted = importing.Settings(slug="the-lamp", title=title, **settings)  # type: ignore[arg-type]
    return importing.import_story(parse(text.encode(), name="story.md"), wanted, now=now)


def moments() -> list[datetime]:
    return list(Chapter.objects.in_order().values_list("published_at", flat=True))


def test_import_story_publishes_at_once_and_keeps_that_moment(db: None) -> None:
    take(manuscript_of(2))
    take(manuscript_of(3), now=datetime(2025, 1, 1, tzinfo=UTC))

    assert moments() == [NOW, NOW, datetime(2025, 1, 1, tzinfo=UTC)]


def test_import_story_publishes_when_the_file_or_the_person_says(db: None) -> None:
    text = manuscript_of(2).replace("# Title 2\n\n", "# Title 2\n\n::: published 2090-01-01T00:00Z\n\n")

    take(text)
    assert moments() == [NOW, FAR]
    assert take(text, publish={2: FURTHER}).has_changed
    assert moments() == [NOW, FURTHER]
    assert take(manuscript_of(2)).has_changed is False
    assert moments() == [NOW, FURTHER]


def test_import_story_publishes_no_chapter_before_the_one_in_front_of_it(db: None) -> None:
    take(manuscript_of(3), publish={2: FAR})
    assert moments() == [NOW, FAR, FAR]

    take(manuscript_of(4))
    assert moments() == [NOW, FAR, FAR, FAR]

    with pytest.raises(ImportRefusedError, match="Chapter 3 would come out before chapter 2"):
        take(manuscript_of(4), publish={3: NOW})
    with pytest.raises(ImportRefusedError, match="Chapter 2 would come out before chapter 1"):
        take(manuscript_of(4), publish={1: FURTHER})
    assert moments() == [NOW, FAR, FAR, FAR]


@pytest.mark.parametrize("number", [0, 3, 99])
def test_import_story_refuses_to_publish_a_chapter_that_is_not_there(db: None, number: int) -> None:
    with pytest.raises(ImportRefusedError, match=f"The file has no chapter {number} to publish"):
        take(manuscript_of(2), publish={number: FAR})

    assert not Story.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_there", [False, True])
def test_import_story_twice_at_once_leaves_what_one_after_the_other_would(*, is_there: bool) -> None:
    if is_there:
        take(manuscript_of(2))
    texts = [manuscript_of(6), manuscript_of(6).replace("c3 p7 word word", "c3 p7 word wort")]

    errors = _at_once([lambda text=text: take(text) for text in texts])

    assert errors == []
    assert (Story.objects.count(), Chapter.objects.count(), Paragraph.objects.live().count()) == (1, 6, 180)
    assert [take(text).has_changed for text in (_stored_text(), _stored_text())] == [False, False]


@pytest.mark.django_db(transaction=True)
def test_import_story_of_two_stories_under_one_new_address_takes_one_and_refuses_the_other() -> None:
    texts = [manuscript_of(2), "# One\n\nNothing in common.\n\n# Two\n\nNothing at all."]

    errors = _at_once([lambda text=text: take(text) for text in texts])

    assert [type(error) for error in errors] == [ImportRefusedError]
    assert Chapter.objects.count() == 2


def _at_once(acts: list[object]) -> list[Exception]:
    errors: list[Exception] = []
    start = threading.Barrier(len(acts))

    def run(act: object) -> None:
        start.wait(10)
        try:
            act()  # type: ignore[operator]
        except ReaderError as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return errors


def _stored_text() -> str:
    """The live text as a manuscript again."""
    parts = []
    for chapter in Chapter.objects.in_order():
        rows = Paragraph.objects.live().filter(chapter=chapter).in_order()
        parts.append(f"# {chapter.title}\n\n" + "\n\n".join(row.text for row in rows))
    return "\n\n".join(parts)
