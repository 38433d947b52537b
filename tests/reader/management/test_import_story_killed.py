"""An import that is killed half-way leaves the story as it was."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from reader import importing
from reader.models import Chapter, Paragraph, Story
from reader.text.manuscript import parse
from tests.conftest import NOW, manuscript_of
from tests.reader.visits import database_url

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def long_file(tmp_path: Path) -> Path:
    """The five chapters of `story`, one word changed, and 600 more."""
    path = tmp_path / "long.md"
    text = manuscript_of(605, paragraphs=30, length=12).replace("c1 p3 word word", "c1 p3 word wort")
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def blocker() -> Iterator[None]:
    """Another session holds a row that the import must write at its very end, so that it waits there."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(4711)")
        cursor.execute(
            "CREATE FUNCTION wait_at_600() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            " IF NEW.number = 600 THEN PERFORM pg_advisory_lock(4711); END IF; RETURN NEW; END $$"
        )
        cursor.execute(
            "CREATE TRIGGER wait_at_600 BEFORE INSERT ON reader_chapter FOR EACH ROW EXECUTE FUNCTION wait_at_600()"
        )
    yield
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER wait_at_600 ON reader_chapter")
        cursor.execute("DROP FUNCTION wait_at_600()")
        cursor.execute("SELECT pg_advisory_unlock(4711)")


@pytest.mark.parametrize("is_new", [True, False])
def test_import_story_killed_half_way_leaves_the_story_as_it_was(
    long_file: Path, blocker: None, *, is_new: bool
) -> None:
    if not is_new:
        text = manuscript_of(5, length=12)
        wanted = importing.Settings(slug="the-lamp", title="The Lamp")
        importing.import_story(parse(text.encode(), name="story.md"), wanted, now=NOW)
    before = _state()

    process = _started(long_file)
    try:
        _wait_until_it_waits(process)
        assert _state() == before
    finally:
        process.kill()
    process.wait(10)

    _wait_until_it_is_gone()
    assert _state() == before
    assert Chapter.objects.count() == (0 if is_new else 5)


# In this database: the other worker of the tests has its own, on the same server.
WAITING = """
    FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database AND datname = current_database()
    WHERE locktype = 'advisory' AND objid = 4711 AND NOT granted
"""


def _state() -> list[object]:
    return [list(model.objects.order_by("pk").values()) for model in (Story, Chapter, Paragraph)]


def _started(path: Path) -> subprocess.Popen[str]:
    arguments = [sys.executable, "manage.py", "import_story", str(path), "--title", "The Lamp"]
    return subprocess.Popen(
        arguments, cwd=settings.BASE_DIR, env={**os.environ, "DATABASE_URL": database_url()}, stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def _waiting() -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) {WAITING}")
        return int(cursor.fetchone()[0])


def _wait_until_it_waits(process: subprocess.Popen[str]) -> None:
    end = time.monotonic() + 60
    while not _waiting():
        assert process.poll() is None, process.stderr and process.stderr.read()
        assert time.monotonic() < end
        time.sleep(0.05)


def _wait_until_it_is_gone() -> None:
    """The server notices the death of its client only when it next speaks to it, so its session is ended."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_terminate_backend(pid, 10000) {WAITING}")
