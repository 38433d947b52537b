"""Rendered pages kept in this process's memory, dropped the moment their story changes anywhere.

A change sends PostgreSQL's NOTIFY inside its own transaction (`announce`); a thread in every web process LISTENs and
drops the story's pages. While that thread has no connection nothing is kept: a page is fresh or it is made anew.
"""

import logging
import os
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Protocol

import psycopg
from django.conf import settings
from django.db import connection, transaction
from psycopg.conninfo import make_conninfo

logger = logging.getLogger(__name__)

CHANNEL = "story_changed"
# The listening connection's name for who looks at the server, and how soon a dead network is noticed, in seconds.
NOTICED = {
    "application_name": "story-changes",
    "connect_timeout": "5",
    "keepalives_idle": "30",
    "keepalives_interval": "10",
    "keepalives_count": "3",
}
Key = tuple[str, *tuple[str | int, ...]]  # the story's slug first, then whatever tells its pages apart


class Keepable(Protocol):
    """What can be kept: it knows its bytes, and when a scheduled chapter makes it old."""

    @property
    def size(self) -> int: ...

    @property
    def until(self) -> datetime | None: ...


def filled(parts: tuple[bytes, ...], holes: tuple[str, ...], values: dict[str, bytes]) -> bytes:
    """A page for one visitor: its parts joined with what fills its holes. No template, no query."""
    out = [parts[0]]
    for hole, part in zip(holes, parts[1:], strict=True):
        out.append(values.get(hole, b""))
        out.append(part)
    return b"".join(out)


@dataclass(frozen=True, slots=True)
class CachedPage:
    """A page cut at its holes: `parts` has one more element than `holes`.

    `first`, `last` and `previous_first` are points; `until` is when a scheduled chapter changes the page.
    """

    parts: tuple[bytes, ...]
    holes: tuple[str, ...]
    story_id: int
    public_id: str
    slug: str
    title: str
    first: int
    last: int
    previous_first: int
    first_anchor: str
    until: datetime | None = None

    @property
    def size(self) -> int:
        """Bytes."""
        return sum(map(len, self.parts))

    def filled(self, values: dict[str, bytes]) -> bytes:
        """The page for one visitor."""
        return filled(self.parts, self.holes, values)


@dataclass(slots=True)
class PageCache:
    """Least recently used pages go first when `limit` bytes are full. Safe between threads."""

    limit: int
    live: bool = False
    epoch: int = 0
    size: int = 0
    pages: OrderedDict[Key, Keepable] = field(default_factory=OrderedDict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def get(self, key: Key, *, now: datetime) -> Keepable | None:
        """The page, if it is kept and no scheduled chapter has come out since."""
        with self.lock:
            page = self.pages.get(key)
            if page is None:
                return None
            if page.until is not None and page.until <= now:
                self._drop(key)
                return None
            self.pages.move_to_end(key)
            return page

    def put(self, key: Key, page: Keepable, *, epoch: int) -> None:
        """Keep a page that was made since `epoch`; one made before the latest change is not kept."""
        with self.lock:
            if not self.live or epoch != self.epoch or page.size > self.limit // 2:
                return
            if key in self.pages:
                self._drop(key)
            self.pages[key] = page
            self.size += page.size
            while self.size > self.limit:
                self._drop(next(iter(self.pages)))

    def flush(self, slug: str | None = None, *, live: bool | None = None) -> None:
        """Drop one story's pages, or all; `live` says whether changes are heard from now on."""
        with self.lock:
            self.epoch += 1
            if live is not None:
                self.live = live
            for key in [key for key in self.pages if slug is None or key[0] == slug]:
                self._drop(key)

    def _drop(self, key: Key) -> None:
        self.size -= self.pages.pop(key).size


cache = PageCache(limit=settings.PAGE_CACHE_BYTES)


def announce(slug: str) -> None:
    """Tell every process, when the current transaction commits, that the story has changed.

    This process forgets the story's pages by itself: the next request of whoever saved often comes before the notice.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, slug])
    transaction.on_commit(partial(cache.flush, slug))


_listener: dict[str, int] = {}


def listen() -> None:
    """Start this process's listening thread, once; called where the web server loads the application."""
    if _listener.get("pid") == os.getpid():
        return
    _listener["pid"] = os.getpid()
    threading.Thread(target=_listen_for_ever, name="story-changes", daemon=True).start()


def _listen_for_ever() -> None:
    parameters = connection.get_connection_params()
    # What libpq itself understands, so that sslmode and the like hold here too; the rest is Django's.
    wanted = make_conninfo(**{name: value for name, value in parameters.items() if isinstance(value, str)} | NOTICED)
    pause = 0.1
    while True:
        try:
            with psycopg.connect(wanted, autocommit=True) as channel:
                channel.execute(f"LISTEN {CHANNEL}")
                cache.flush(live=True)
                pause = 0.1
                while True:
                    # A quiet connection is asked now and then, so that a dead one is noticed.
                    for notice in channel.notifies(timeout=30):
                        cache.flush(notice.payload)
                    channel.execute("SELECT 1")
        except psycopg.Error as error:
            logger.warning("Pages are not kept until the database answers again: %s", error)
        finally:
            cache.flush(live=False)  # whatever ended it, nothing is heard now
        time.sleep(pause)
        pause = min(pause * 2, 5.0)
