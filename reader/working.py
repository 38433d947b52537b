"""The worker: one process that does what is due, sleeps till it is called, and ends when it is told or left alone.

It hears of new jobs by PostgreSQL's NOTIFY and looks by itself every half minute. What a job is, is jobs.py's business.
"""

import logging
import os
import select
import signal
from collections.abc import Callable

import psycopg
from django.db import Error, connection, connections
from django.utils import timezone
from psycopg.conninfo import make_conninfo

from reader import jobs, parenting, switching
from reader.pagecache import NOTICED

logger = logging.getLogger(__name__)

LOOKS_EVERY = 30.0  # seconds, when nobody calls
SEES_PARENT_EVERY = 2.0  # seconds, where the system does not tell of a parent's end


class Worker:
    """Ends after the job in hand once `end` was called, by a signal or because the process `parent` is gone."""

    def __init__(self, *, parent: int = 0) -> None:
        self.parent = parent
        self.is_ending = False
        self._told, self._tell = os.pipe()
        os.set_blocking(self._tell, False)
        self._pause = LOOKS_EVERY

    def obey(self) -> None:
        """Hear SIGTERM, SIGINT and the parent's end; only in the main thread."""
        signal.set_wakeup_fd(self._tell)  # so that a signal just before the sleep ends the sleep
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self.end())
        if self.parent:
            os.nice(5)  # the pages that people wait for come first
            if not parenting.end_with(self.parent):
                self._pause = SEES_PARENT_EVERY

    def end(self) -> None:
        """Take no further job."""
        self.is_ending = True

    @property
    def is_wanted(self) -> bool:
        """Whether to go on."""
        return not self.is_ending and (not self.parent or os.getppid() == self.parent)

    def run(self) -> None:
        """Work until the end. A database that goes away is waited for."""
        pause = 0.1
        while self.is_wanted:
            try:
                with _listening() as channel:
                    channel.execute(f"LISTEN {jobs.CHANNEL}")
                    jobs.plant(now=timezone.now())
                    while self.is_wanted:
                        pause = 0.1
                        self.do_all()
                        self._sleep(self._pause, channel)
                        # Before the next look at the jobs: what is called while we ask here would not wake us.
                        channel.execute("SELECT 1")
            except (psycopg.Error, Error) as error:
                logger.warning("Jobs wait until the database answers again: %s", error)
                connections.close_all()
                self._sleep(pause)
                pause = min(pause * 2, 5.0)

    def do_all(self) -> None:
        """Do what is due now; nothing while the site is read-only."""
        try:
            while self.is_wanted and not switching.read_only() and jobs.run_due(now=timezone.now(), limit=1):
                pass
        finally:
            connections.close_all()

    def _sleep(self, seconds: float, channel: "psycopg.Connection[object] | None" = None) -> None:
        sources = [self._told] if channel is None else [self._told, channel.fileno()]
        ready, _, _ = select.select(sources if not self.is_ending else [], [], [], seconds if not self.is_ending else 0)
        if channel is not None and channel.fileno() in ready:
            for _notice in channel.notifies(timeout=0):
                pass


def _listening() -> "psycopg.Connection[object]":
    parameters = connection.get_connection_params()
    texts = {name: value for name, value in parameters.items() if isinstance(value, str)}
    wanted = make_conninfo(**texts | NOTICED | {"application_name": "story-worker"})
    connect: Callable[..., psycopg.Connection[object]] = psycopg.connect
    return connect(wanted, autocommit=True)
