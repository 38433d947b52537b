"""Another process hears of a change, and keeps nothing while it cannot hear."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.db import connection, transaction

from reader.models import Story
from reader.pagecache import CachedPage, announce, cache

from .visits import database_url

# A web process: it listens, and says on request what it keeps.
PROCESS = """
import json, sys, time
import django
django.setup()
from reader import pagecache
from reader.pagecache import CachedPage, cache
pagecache.listen()
pagecache.listen()
for line in sys.stdin:
    if line.strip() != "state":
        slug = line.strip()
        page = CachedPage((b"x",), (), 1, "x", slug, "T", 1, 2, 0, "p1")
        cache.put((slug, 1, 1, "en"), page, epoch=cache.epoch)
    print(json.dumps([cache.live, sorted(key[0] for key in cache.pages)]), flush=True)
"""


class Process:
    def __init__(self, popen: "subprocess.Popen[str]") -> None:
        self.popen = popen

    def told(self, line: str) -> list[object]:
        assert self.popen.stdin is not None
        assert self.popen.stdout is not None
        self.popen.stdin.write(f"{line}\n")
        self.popen.stdin.flush()
        return list(json.loads(self.popen.stdout.readline()))

    def wait_for(self, is_right: Callable[[list[object]], bool]) -> list[object]:
        end = time.monotonic() + 30
        while not is_right(state := self.told("state")):
            assert time.monotonic() < end, state
            time.sleep(0.02)
        return state


@pytest.fixture
def process(transactional_db: None) -> Iterator[Process]:
    environment = {**os.environ, "DATABASE_URL": database_url(), "DJANGO_SETTINGS_MODULE": "config.settings"}
    with subprocess.Popen(
        [sys.executable, "-c", PROCESS],
        cwd=settings.BASE_DIR,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as popen:
        yield Process(popen)
        popen.kill()


@pytest.fixture
def listening(process: Process) -> Process:
    process.wait_for(lambda state: bool(state[0]))
    return process


def test_listener_drops_the_pages_of_a_story_that_changed_elsewhere(
    listening: Process, import_text: Callable[..., Story]
) -> None:
    for slug in ("other", "the-lamp"):
        assert slug in listening.told(slug)[1]  # type: ignore[operator]

    import_text("# One\n\nText.")

    assert listening.wait_for(lambda state: "the-lamp" not in state[1]) == [True, ["other"]]  # type: ignore[operator]


def test_listener_hears_nothing_of_a_change_that_was_rolled_back(listening: Process) -> None:
    listening.told("the-lamp")

    with connection.cursor() as cursor:
        cursor.execute("BEGIN")
        announce("the-lamp")
        cursor.execute("ROLLBACK")
        announce("other")
    time.sleep(0.3)

    assert listening.told("state") == [True, ["the-lamp"]]


def test_listener_drops_all_when_its_connection_was_lost(listening: Process) -> None:
    listening.told("the-lamp")

    assert _end_listeners() == 1

    listening.wait_for(lambda state: state == [True, []])
    assert listening.told("the-lamp") == [True, ["the-lamp"]]
    announce("the-lamp")
    listening.wait_for(lambda state: state == [True, []])


def test_listener_is_one_however_often_it_is_started(listening: Process) -> None:
    assert _listeners("count(*)") == 1


def _end_listeners() -> int:
    return _listeners("count(pg_terminate_backend(pid))")


def _listeners(what: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {what} FROM pg_stat_activity WHERE datname = current_database() AND query IN"
            " ('LISTEN story_changed', 'SELECT 1') AND pid <> pg_backend_pid() AND state = 'idle'"
            " AND application_name = 'story-changes'"
        )
        return int(cursor.fetchone()[0])


@pytest.mark.django_db(transaction=True)
def test_a_change_is_known_here_at_once() -> None:
    with kept_here("first", "second"):
        announce("first")
        assert sorted(key[0] for key in cache.pages) == ["second"]


@pytest.mark.django_db(transaction=True)
def test_a_change_that_is_taken_back_drops_nothing() -> None:
    with kept_here("first"):
        with transaction.atomic():
            announce("first")
            transaction.set_rollback(True)
        assert sorted(key[0] for key in cache.pages) == ["first"]


@contextmanager
def kept_here(*slugs: str) -> Iterator[None]:
    """One page of each of these stories kept by this process."""
    cache.flush(live=True)
    for slug in slugs:
        cache.put((slug, 1, 1, "en"), CachedPage((b"x",), (), 1, "x", slug, "T", 1, 2, 0, "p1"), epoch=cache.epoch)
    try:
        yield
    finally:
        cache.flush(live=False)
