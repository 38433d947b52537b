"""`manage.py work` as a real process: woken by an order, ended by a signal or by its parent's end alone."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta

import psutil
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from reader import jobs
from reader.models import Job, Tally
from tests.reader.visits import database_url

PATIENCE = 30.0  # seconds, on a slow machine
Start = Callable[..., "subprocess.Popen[str]"]
# A job that takes a second, in a process that is `manage.py work` in all else.
SLOW = """
import sys, time
import django
django.setup()
from reader import jobs
def slow(payload, *, now):
    print("begun", flush=True)
    time.sleep(1)
jobs.job("slow")(slow)
from django.core.management import call_command
call_command("work")
print("ended", flush=True)
"""
# Starts a worker as its child, tells its number, and waits to be killed.
PARENT = """
import os, subprocess, sys, time
child = subprocess.Popen([sys.executable, "manage.py", "work", "--parent", str(os.getpid())])
print(child.pid, flush=True)
time.sleep(600)
"""


@pytest.fixture
def start(transactional_db: None) -> Iterator[Start]:
    """Runs a command on the tests' database; what still runs after the test is ended."""
    started: list[subprocess.Popen[str]] = []
    environment = {**os.environ, "DATABASE_URL": database_url(), "DJANGO_SETTINGS_MODULE": "config.settings"}

    def do(*arguments: str) -> "subprocess.Popen[str]":
        command = [sys.executable, *arguments]
        started.append(
            subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment, stdout=subprocess.PIPE, text=True)
        )
        return started[-1]

    yield do
    for process in started:
        process.kill()
        process.communicate()


def wait_until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.02)


def is_listening() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND application_name = 'story-worker' AND state = 'idle'"
        )
        return bool(cursor.fetchone()[0])


def old_tally() -> None:
    """Something for the first job of all to remove."""
    long_ago = timezone.now() - timedelta(days=1)
    Tally.objects.create(key="x", starts_at=long_ago, expires_at=long_ago, count=1)


def is_gone() -> bool:
    return not Tally.objects.exists()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_work_does_what_is_ordered_at_once_and_ends_cleanly(start: Start, number: signal.Signals) -> None:
    worker = start("manage.py", "work")
    wait_until(lambda: is_listening() and Job.objects.filter(attempts=0, run_at__gt=timezone.now()).exists())

    old_tally()
    ordered = time.monotonic()
    jobs.enqueue("expire_tallies", {})
    wait_until(is_gone)
    took = time.monotonic() - ordered

    worker.send_signal(number)
    assert worker.wait(PATIENCE) == 0
    assert took < 10  # it was called: by itself it looks every thirty seconds


def test_work_once_does_what_is_due_and_ends(start: Start) -> None:
    old_tally()

    assert start("manage.py", "work", "--once").wait(PATIENCE) == 0

    assert is_gone()
    assert Job.objects.get(kind="expire_tallies").run_at > timezone.now()


def test_work_finishes_the_job_in_hand(start: Start) -> None:
    worker = start("-c", SLOW)
    for _ in range(2):
        Job.objects.create(kind="slow", run_at=timezone.now())
    assert worker.stdout is not None
    assert worker.stdout.readline() == "begun\n"

    worker.terminate()

    assert worker.wait(PATIENCE) == 0
    assert worker.stdout.read() == "ended\n"
    slow = Job.objects.filter(kind="slow")
    assert (slow.filter(finished_at__isnull=False).count(), slow.filter(attempts=0).count()) == (1, 1)


def test_work_ends_with_a_parent_that_was_killed(start: Start) -> None:
    parent = start("-c", PARENT)
    assert parent.stdout is not None
    worker = psutil.Process(int(parent.stdout.readline()))
    wait_until(is_listening)

    parent.kill()
    parent.wait()

    wait_until(lambda: not worker.is_running() or worker.status() == psutil.STATUS_ZOMBIE)


def test_work_ends_at_once_without_the_parent_that_was_named(start: Start) -> None:
    assert start("manage.py", "work", "--parent", "2147483647").wait(PATIENCE) == 0


def test_work_waits_for_a_database_that_went_away(start: Start) -> None:
    worker = start("manage.py", "work")
    wait_until(is_listening)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'story-worker'"
            " AND datname = current_database()"
        )

    wait_until(is_listening)
    old_tally()
    jobs.enqueue("expire_tallies", {})

    wait_until(is_gone)
    assert worker.poll() is None


def test_work_does_nothing_while_the_site_is_read_only(start: Start) -> None:
    call_command("read_only", "on")
    old_tally()
    jobs.enqueue("expire_tallies", {})
    worker = start("manage.py", "work")
    wait_until(is_listening)
    assert start("manage.py", "work", "--once").wait(PATIENCE) == 0
    assert not is_gone()

    call_command("read_only", "off")

    wait_until(is_gone)
    assert worker.poll() is None
