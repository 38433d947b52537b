"""Work outside requests: what kinds there are, how a piece of it is ordered, and how what is due gets done.

Each app names its kinds in its own `jobs` module. Knows no kind but the one that tidies up here; who runs them is
working.py.
"""

import json
import logging
import traceback
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, Protocol, TypeVar

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from reader.models import Job

logger = logging.getLogger(__name__)

CHANNEL = "jobs_waiting"
TRIES = 8
FIRST_PAUSE = 10  # seconds; four times as long after each failure: the last try comes 15 hours after the first
DONE_KEPT = timedelta(days=7)  # for who wonders what was done; what failed is kept for good
ERROR_LENGTH = 4000  # characters of the traceback's end that are kept

# What conflicts is the waiting job of the same key. Updating it also locks it until the caller commits, so that no
# worker takes it before it can see what the caller has written.
ENQUEUE = """
    INSERT INTO reader_job (kind, payload, unique_key, every, run_at, attempts, last_error, created_at)
    VALUES (%s, %s::jsonb, %s, 0, %s, 0, '', %s)
    ON CONFLICT (kind, unique_key) WHERE finished_at IS NULL AND claimed_at IS NULL AND NOT unique_key = ''
    DO UPDATE SET run_at = least(reader_job.run_at, excluded.run_at), attempts = 0
"""
PLANT = """
    INSERT INTO reader_job (kind, payload, unique_key, every, run_at, attempts, last_error, created_at)
    VALUES (%s, '{}', '', %s, %s, 0, '', %s)
    ON CONFLICT (kind) WHERE every > 0
    DO UPDATE SET every = excluded.every, run_at = least(reader_job.run_at, excluded.run_at)
"""


class Work(Protocol):
    """What does a job. It runs in a transaction of its own, and may run again: doing it twice must do no harm."""

    def __call__(self, payload: dict[str, Any], *, now: datetime) -> None: ...


W = TypeVar("W", bound=Work)
works: dict[str, Work] = {}
recurring: dict[str, int] = {}  # kind → seconds


def job(kind: str) -> Callable[[W], W]:
    """Decorator: this function does jobs of that kind. Raises ValueError when another does already."""

    def register(work: W) -> W:
        if kind in works:
            raise ValueError(f"There are two works for jobs of the kind “{kind}”.")
        works[kind] = work
        return work

    return register


def every(kind: str, seconds: int) -> None:
    """Have a kind done again and again, with an empty payload: `seconds` after it was done, by one worker."""
    recurring[kind] = seconds


def enqueue(kind: str, payload: Mapping[str, Any], *, unique_key: str = "", run_at: datetime | None = None) -> None:
    """Order a piece of work in the caller's transaction: it is done after the commit, at `run_at` or at once.

    While a job with the same kind and `unique_key` waits, none is added: that one runs at the earlier of both times.
    One that is being done does not count. Raises LookupError for a kind that nobody does.
    """
    if kind not in works:
        raise LookupError(f"Nobody does jobs of the kind “{kind}”.")
    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(ENQUEUE, [kind, json.dumps(dict(payload)), unique_key, run_at or now, now])
    if run_at is None or run_at <= now:
        wake()


def wake() -> None:
    """Have the workers look, when the current transaction commits."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, '')", [CHANNEL])


def plant(*, now: datetime) -> None:
    """Make sure of the row of each recurring kind; a new one is due at once, one with a new pace soon enough."""
    there = dict(Job.objects.filter(every__gt=0).values_list("kind", "every"))
    with connection.cursor() as cursor:
        for kind, seconds in recurring.items():
            if there.get(kind) != seconds:
                first = now + timedelta(seconds=seconds) if kind in there else now
                cursor.execute(PLANT, [kind, seconds, first, now])
    Job.objects.filter(every__gt=0, kind__in=works).exclude(kind__in=recurring).delete()


def run_due(*, now: datetime, limit: int) -> int:
    """Do what is due, oldest first, at most `limit` jobs; returns how many were tried.

    Several processes may call it at once. Not inside a transaction: each job has its own.
    """
    count = 0
    while count < limit and (mine := _claim(now)) is not None:
        _do(mine, now)
        count += 1
    return count


def _claim(now: datetime) -> Job | None:
    """Take the oldest job that is due and that nobody holds. The attempt counts even if this process dies in it."""
    due = Job.objects.waiting().filter(run_at__lte=now, kind__in=works).order_by("run_at", "id")
    with transaction.atomic(durable=True):
        mine = due.select_for_update(skip_locked=True).first()
        if mine is not None:
            mine.attempts += 1
            mine.claimed_at = now
            mine.run_at = now + timedelta(seconds=FIRST_PAUSE * 4 ** (min(mine.attempts, TRIES) - 1))
            mine.save(update_fields=["attempts", "claimed_at", "run_at"])
    return mine


def _do(mine: Job, now: datetime) -> None:
    try:
        if mine.attempts > TRIES:  # each of them ended with its worker
            raise RuntimeError(f"No worker lived to the end of this job in {TRIES} attempts.")  # noqa: TRY301
        with transaction.atomic(durable=True):
            # Not ours any more when another worker thought that we were dead. Waits for the lock: who looks for work
            # holds it for a moment on rows that it then finds taken.
            held = Job.objects.waiting().filter(pk=mine.pk, attempts=mine.attempts, claimed_at=mine.claimed_at)
            if held.select_for_update().first() is None:
                return
            works[mine.kind](mine.payload, now=now)
            _settle(mine, now, last_error="", is_over=True)
    except Exception:
        logger.exception("Job %s (%s) failed, attempt %s of %s", mine.pk, mine.kind, mine.attempts, TRIES)
        is_over = mine.attempts >= TRIES
        _settle(mine, now, last_error=traceback.format_exc()[-ERROR_LENGTH:].replace("\0", ""), is_over=is_over)


def _settle(mine: Job, now: datetime, *, last_error: str, is_over: bool) -> None:
    """Write down how it went. What comes again begins anew when it is over; another one is finished."""
    row = Job.objects.filter(pk=mine.pk)
    if not is_over:
        try:
            with transaction.atomic():
                row.update(last_error=last_error, claimed_at=None)
        except IntegrityError:  # it was ordered once more meanwhile: that one does the work
            row.delete()
    elif mine.every:
        again = now + timedelta(seconds=mine.every)
        row.update(last_error=last_error, claimed_at=None, attempts=0, run_at=again)
    else:
        row.update(last_error=last_error, finished_at=now)


@job("forget_done_jobs")
def forget_done_jobs(payload: dict[str, Any], *, now: datetime) -> None:
    """Drop the rows of what was done well a week ago."""
    Job.objects.done_before(now - DONE_KEPT).delete()


every("forget_done_jobs", 86_400)
