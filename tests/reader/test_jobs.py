"""Jobs: ordered in a transaction, done once each by whoever is free, tried again when they fail."""

import logging
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, connections, transaction
from django.utils import timezone

from reader import jobs
from reader.models import Job, Story

NOW = datetime(2040, 5, 1, 12, tzinfo=UTC)  # later than whatever the tests order
seen: list[dict[str, Any]] = []


def note(payload: dict[str, Any], *, now: datetime) -> None:
    seen.append(payload)


def fail(payload: dict[str, Any], *, now: datetime) -> None:
    Story.objects.create(slug="half-done", title="Half done")
    raise RuntimeError("the printer is on fire")


@pytest.fixture(autouse=True)
def _kinds() -> Iterator[None]:
    """Two kinds of the tests' own beside those of the apps."""
    works, recurring = dict(jobs.works), dict(jobs.recurring)
    jobs.job("note")(note)
    jobs.job("fail")(fail)
    seen.clear()
    yield
    jobs.works.clear()
    jobs.works.update(works)
    jobs.recurring.clear()
    jobs.recurring.update(recurring)


def after(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def test_enqueue_orders_work_that_is_done_once(db: None) -> None:
    jobs.enqueue("note", {"story": 7, "words": ["a", "ä"]})

    assert jobs.run_due(now=NOW, limit=10) == 1
    assert jobs.run_due(now=NOW, limit=10) == 0
    assert seen == [{"story": 7, "words": ["a", "ä"]}]
    assert list(Job.objects.values_list("finished_at", "attempts", "last_error")) == [(NOW, 1, "")]


def test_enqueue_is_forgotten_with_the_callers_transaction(transactional_db: None) -> None:
    with transaction.atomic():
        jobs.enqueue("note", {"kept": False})
        transaction.set_rollback(True)
    with transaction.atomic():
        jobs.enqueue("note", {"kept": True})

    jobs.run_due(now=NOW, limit=10)

    assert seen == [{"kept": True}]


def test_enqueue_refuses_a_kind_that_nobody_does(db: None) -> None:
    with pytest.raises(LookupError, match="whistle"):
        jobs.enqueue("whistle", {})


def test_enqueue_adds_no_second_job_while_one_of_its_key_waits(db: None) -> None:
    later = timezone.now() + timedelta(days=1)
    jobs.enqueue("note", {"n": 1}, unique_key="story 7", run_at=later)
    jobs.enqueue("note", {"n": 1}, unique_key="story 7")
    jobs.enqueue("note", {"n": 2}, unique_key="story 8")
    jobs.enqueue("note", {"n": 3})
    jobs.enqueue("note", {"n": 3})

    assert Job.objects.get(unique_key="story 7").run_at < later  # the earlier time holds
    assert jobs.run_due(now=NOW, limit=10) == 4
    jobs.enqueue("note", {"n": 1}, unique_key="story 7")
    assert jobs.run_due(now=NOW, limit=10) == 1


def test_enqueue_adds_one_while_another_of_its_key_is_being_done(db: None) -> None:
    def order_again(payload: dict[str, Any], *, now: datetime) -> None:
        if not seen:
            jobs.enqueue("again", {}, unique_key="story 7", run_at=after(60))
        seen.append(payload)

    jobs.job("again")(order_again)
    jobs.enqueue("again", {}, unique_key="story 7")

    assert jobs.run_due(now=NOW, limit=10) == 1
    assert jobs.run_due(now=after(60), limit=10) == 1


def test_run_due_takes_the_oldest_first_and_no_more_than_asked(db: None) -> None:
    for n in (3, 1, 2):
        jobs.enqueue("note", {"n": n}, run_at=after(n))

    assert [jobs.run_due(now=after(2), limit=1) for _ in range(3)] == [1, 1, 0]
    assert seen == [{"n": 1}, {"n": 2}]


def test_run_due_leaves_kinds_that_it_does_not_know(db: None) -> None:
    Job.objects.create(kind="of a later version", run_at=NOW)
    jobs.enqueue("note", {})

    assert jobs.run_due(now=NOW, limit=10) == 1
    assert Job.objects.waiting().get().kind == "of a later version"


def test_run_due_undoes_what_failed_and_goes_on(db: None, caplog: pytest.LogCaptureFixture) -> None:
    jobs.enqueue("fail", {})
    jobs.enqueue("note", {"n": 1})

    with caplog.at_level(logging.ERROR):
        assert jobs.run_due(now=NOW, limit=10) == 2

    assert seen == [{"n": 1}]
    assert not Story.objects.exists()
    assert "Traceback" in caplog.text
    assert "the printer is on fire" in caplog.text
    row = Job.objects.get(kind="fail")
    assert (row.attempts, row.run_at, row.finished_at) == (1, after(10), None)
    assert row.last_error.endswith("RuntimeError: the printer is on fire\n")


def test_run_due_tries_eight_times_with_growing_pauses(db: None) -> None:
    jobs.enqueue("fail", {})
    now, pauses = NOW, []
    while Job.objects.waiting().exists():
        assert jobs.run_due(now=now, limit=10) == 1
        row = Job.objects.get()
        if row.finished_at is None:
            pauses.append((row.run_at - now).total_seconds())
            assert jobs.run_due(now=row.run_at - timedelta(seconds=1), limit=10) == 0
            now = row.run_at

    assert pauses == [10, 40, 160, 640, 2560, 10_240, 40_960]
    assert list(Job.objects.failed()) == [row]
    assert jobs.run_due(now=now + timedelta(days=365), limit=10) == 0


def test_run_due_lets_a_new_order_replace_one_that_failed(db: None) -> None:
    jobs.enqueue("fail", {}, unique_key="story 7")
    jobs.run_due(now=NOW, limit=1)
    jobs.enqueue("fail", {}, unique_key="story 7")

    row = Job.objects.get()
    assert (row.attempts, row.run_at < after(10)) == (0, True)


def test_run_due_drops_a_failure_whose_work_was_ordered_anew_meanwhile(db: None) -> None:
    def order_and_fail(payload: dict[str, Any], *, now: datetime) -> None:
        raise RuntimeError

    jobs.job("anew")(order_and_fail)
    jobs.enqueue("anew", {}, unique_key="story 7")
    mine = jobs._claim(NOW)
    assert mine is not None
    jobs.enqueue("anew", {}, unique_key="story 7")
    jobs._do(mine, NOW)

    assert [(row.pk == mine.pk, row.attempts) for row in Job.objects.all()] == [(False, 0)]


def test_run_due_gives_up_what_ends_every_worker(db: None) -> None:
    jobs.enqueue("note", {})
    now = NOW
    for _ in range(jobs.TRIES):  # claimed, and never heard of again
        mine = jobs._claim(now)
        assert mine is not None
        assert jobs.run_due(now=now, limit=10) == 0
        now = mine.run_at

    assert jobs.run_due(now=now, limit=10) == 1
    assert (seen, Job.objects.failed().count()) == ([], 1)


def test_every_keeps_one_row_that_comes_again(db: None) -> None:
    jobs.every("note", 60)
    for _ in range(3):
        jobs.plant(now=NOW)

    done = [jobs.run_due(now=after(seconds), limit=10) for seconds in (0, 59, 60, 1000)]

    ours = Job.objects.filter(kind="note")
    others = (len(jobs.recurring) - 1, 0, 0, 0)  # those of the apps are due at first, and then not for an hour
    assert (len(seen), ours.get().run_at, ours.get().attempts) == (3, after(1060), 0)
    assert [count - other for count, other in zip(done, others, strict=True)] == [1, 0, 1, 1]


def test_every_follows_a_new_pace_and_ends_with_its_kind(db: None) -> None:
    jobs.every("note", 600)
    jobs.plant(now=NOW)
    jobs.run_due(now=NOW, limit=10)
    jobs.every("note", 60)
    jobs.plant(now=NOW)

    assert list(Job.objects.filter(kind="note").values_list("every", "run_at")) == [(60, after(60))]

    del jobs.recurring["note"]
    jobs.plant(now=NOW)
    assert not Job.objects.filter(kind="note").exists()


def test_every_comes_again_whatever_happens(db: None) -> None:
    jobs.every("fail", 3600)
    jobs.plant(now=NOW)
    now = NOW
    for _ in range(jobs.TRIES):
        jobs.run_due(now=now, limit=10)
        row = Job.objects.get(kind="fail")
        last, now = now, row.run_at

    assert (row.attempts, row.finished_at, now - last) == (0, None, timedelta(hours=1))
    assert "on fire" in row.last_error


def test_done_jobs_are_forgotten_after_a_week_and_failed_ones_kept(db: None) -> None:
    for kind, error, days in (("old", "", 8), ("new", "", 6), ("old and failed", "Traceback", 8)):
        Job.objects.create(kind=kind, run_at=NOW, finished_at=NOW - timedelta(days=days), last_error=error)
    jobs.plant(now=NOW)

    jobs.run_due(now=NOW, limit=10)

    assert set(Job.objects.filter(every=0).values_list("kind", flat=True)) == {"new", "old and failed"}


def test_job_refuses_two_works_for_one_kind() -> None:
    with pytest.raises(ValueError, match="note"):
        jobs.job("note")(fail)


def apart(do: Callable[[], None]) -> threading.Thread:
    """Run in a thread with a connection of its own."""

    def whole() -> None:
        try:
            do()
        finally:
            connections.close_all()

    thread = threading.Thread(target=whole)
    thread.start()
    return thread


def test_run_due_in_two_processes_does_each_job_once(transactional_db: None) -> None:
    for n in range(60):
        jobs.enqueue("note", {"n": n})
    counts: list[int] = []

    def work() -> None:
        counts.append(jobs.run_due(now=NOW, limit=100))

    for thread in [apart(work) for _ in range(4)]:
        thread.join()

    assert sorted(payload["n"] for payload in seen) == list(range(60))
    assert sum(counts) == 60


def test_run_due_passes_by_what_another_worker_is_doing(transactional_db: None) -> None:
    begun, may_end = threading.Event(), threading.Event()

    def slow(payload: dict[str, Any], *, now: datetime) -> None:
        begun.set()
        assert may_end.wait(20)
        seen.append(payload)

    jobs.job("slow")(slow)
    jobs.enqueue("slow", {"slow": True})
    thread = apart(lambda: seen.append({"count": jobs.run_due(now=NOW, limit=1)}))
    assert begun.wait(20)
    jobs.enqueue("note", {"quick": True})

    # An hour later it is still being done; the quick one is not kept waiting, and the slow one is not done twice.
    jobs.run_due(now=after(3600), limit=1)
    jobs.run_due(now=after(3600), limit=1)
    may_end.set()
    thread.join()

    assert seen == [{"quick": True}, {"slow": True}, {"count": 1}]
    assert not Job.objects.waiting().exists()


def test_enqueue_keeps_a_waiting_job_from_beginning_before_its_caller_commits(transactional_db: None) -> None:
    jobs.enqueue("note", {"n": 1}, unique_key="story 7")
    with transaction.atomic():
        jobs.enqueue("note", {"n": 1}, unique_key="story 7")
        thread = apart(lambda: seen.append({"early": jobs.run_due(now=NOW, limit=1)}))
        thread.join()

    jobs.run_due(now=NOW, limit=1)

    assert seen == [{"early": 0}, {"n": 1}]


def test_enqueue_calls_the_workers_when_it_commits(transactional_db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"LISTEN {jobs.CHANNEL}")
    thread = apart(lambda: jobs.enqueue("note", {}))
    thread.join()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        calls = list(connection.connection.notifies(timeout=5, stop_after=1))
        cursor.execute("UNLISTEN *")

    assert [call.channel for call in calls] == [jobs.CHANNEL]
