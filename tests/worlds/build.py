"""A world in the database: the story through the importer, the wiki through packs, and visitors with a place in it."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from django.db import transaction
from django.test import Client

from reader import importing, jobs
from reader.models import Job, Story, User
from reader.pagecache import cache
from reader.text import points
from reader.text.manuscript import parse
from tests.worlds.world import MANUSCRIPT, SLUG, World, write_pack
from wiki.packing import import_pack

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
READING = re.compile(rf"/read/{SLUG}/([0-9]+)/(?!p/)")
PARAGRAPH = re.compile(rb'(<p id="p([0-9]+)".*?</p>)', re.DOTALL)
VISITORS = ("cookie", "account", "crawler")


@contextmanager
def passing() -> Iterator[Path]:
    """A folder for a pack, and a transaction that is taken back at the end; pages are kept as long."""
    forget_pages()
    try:
        with tempfile.TemporaryDirectory() as name, transaction.atomic():
            yield Path(name)
            transaction.set_rollback(True)
    finally:
        cache.flush(live=False)


def tell_story() -> Story:
    """The four chapters that every world shares."""
    wanted = importing.Settings(slug=SLUG, title="Small World", status="finished")
    importing.import_story(parse(MANUSCRIPT.encode(), name="world.md"), wanted, now=NOW)
    return Story.objects.get(slug=SLUG)


def tell_wiki(world: World, folder: Path) -> None:
    """The world's pack, taken in as a host would; what is no longer in it goes."""
    import_pack(write_pack(world, folder), prune=True)
    work()


def work() -> None:
    """What the worker does after the commit: the tests' transaction never commits, so it is done by hand."""
    for job in Job.objects.filter(kind__regex="^(tag|index)-").order_by("pk"):
        jobs.works[job.kind](job.payload, now=NOW)
        job.delete()


def visitor(sort: str, horizon: int) -> Client:
    """A reader who has reached `horizon`, by cookie or by account; a crawler stands at 0 whatever it opened."""
    client = Client(headers={"Sec-Fetch-Site": "same-origin"})
    if sort == "account":
        client.force_login(User.objects.get_or_create(username="reader")[0])
    if sort != "crawler":
        client.post(f"/read/{SLUG}/reached/", {"point": points.format_point(horizon)})
    return client


def fetch(client: Client, address: str, horizon: int = points.EVERYTHING) -> tuple[int, list[tuple[str, str]], bytes]:
    """Status, headers and bytes. Cookies that are set again carry the minute, so they are compared by name.

    A reading page is the same for everybody, with links cut at each paragraph: of one that goes on beyond `horizon`
    only the paragraphs up to there are compared.
    """
    answer = client.get(address)
    body = plain(answer.getvalue())
    if (chapter := READING.match(address)) and points.chapter_end(int(chapter[1])) > horizon:
        body = read_so_far(body, int(chapter[1]), horizon)
    headers = sorted((name, value) for name, value in answer.items() if name != "Content-Length")
    return answer.status_code, [*headers, ("cookies", " ".join(sorted(answer.cookies)))], body


def plain(body: bytes) -> bytes:
    """A page without its form tokens, which are drawn by lot each time."""
    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]*"', b"", body)


def read_so_far(body: bytes, chapter: int, horizon: int) -> bytes:
    """The paragraphs of a reading page up to a point."""
    found = PARAGRAPH.findall(body)
    return b"\n".join(html for html, number in found if points.point(chapter, int(number)) <= horizon)


def fetch_all(
    client: Client, addresses: list[str], horizon: int = points.EVERYTHING
) -> dict[str, tuple[int, list[tuple[str, str]], bytes]]:
    """All of them; what is asked for first is kept, and answers what is asked for later."""
    return {address: fetch(client, address, horizon) for address in addresses}


def forget_pages() -> None:
    """What a change's NOTIFY does in every process; the tests' transaction never commits, so it is done by hand."""
    cache.flush(live=True)
