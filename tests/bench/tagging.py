"""How fast names are found, tagged and tagged again, and what links and cards cost the reader.

`STORY=file PACK=folder` tags a manuscript of your own too. The ten million words take some minutes.
"""

import gzip
import os
import re
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import psutil

from tests.bench import finder
from tests.bench.serving import PAGE, rate, server

BOOK = ["--chapters=14", "--words=3800", "--entries=300", "--slug-prefix=bench-book"]  # 53,000 words
LIBRARY = ["--chapters=2500", "--words=4000", "--entries=5000", "--slug-prefix=bench-ten-million"]
ALIASES = (50, 500)  # of which size aliases are added
WHY = "a bench"


def measure(var: Path) -> Iterator[tuple[str, str, str]]:
    """Rows of the table."""
    yield from finder.measure()
    yield from reading(var)
    _manage(var, "make_corpus", *BOOK, "--quiet")
    yield from _rows(var, "tag_whole", "bench-book-1", "53,000 words of an invented story", "< 3 s")
    story, pack = os.environ.get("STORY"), os.environ.get("PACK")
    if story and pack:
        _manage(var, "import_story", story, "--title=Bench", "--slug=bench-own", "--quiet")
        _manage(var, "import_pack", pack, "--story=bench-own", "--quiet")
        yield from _rows(var, "tag_whole", "bench-own", "the manuscript", "< 3 s")
    yield from large(var)


def reading(var: Path) -> Iterator[tuple[str, str, str]]:
    """What the reader pays: a page of the sample story, and the card of the first name on it."""
    found = list(_rows(var, "visit", PAGE))
    address, cookie, _wanted = found.pop()
    yield from found
    with server(var) as (port, _process):
        rate(port, address, cookie=cookie)
        yield "a card, warm", f"{rate(port, address, cookie=cookie):,.0f} requests/s", ""


def large(var: Path) -> Iterator[tuple[str, str, str]]:
    """Ten million words: made, read once, and read again where an alias stands."""
    began = time.monotonic()
    _manage(var, "make_corpus", *LIBRARY, "--quiet")
    yield "a story of 10 million words and its wiki, made", f"{time.monotonic() - began:.0f} s", ""
    slug = "bench-ten-million-1"
    yield from _rows(var, "tag_whole", slug, "10 million words", "")
    yield from _rows(var, "add_aliases", slug)


def tag_whole(slug: str, what: str, wanted: str) -> None:
    """Run in a process of its own: reads a story twice."""
    from reader.models import Story
    from wiki.tagging import finding

    story = Story.objects.get(slug=slug)
    for when in ("tagged", "tagged again"):
        said, done = _timed(partial(finding.tag_all, story))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
        _print(
            f"{what}: {done.paragraphs:,} paragraphs {when}, {done.changed:,} rows",
            f"{said}, peak {peak:.0f} MB",
            wanted,
        )


def add_aliases(slug: str) -> None:
    """Run in a process of its own: takes aliases away and adds them again."""
    from reader.models import Story
    from wiki.models import Name
    from wiki.tagging import finding

    story = Story.objects.get(slug=slug)
    for size in ALIASES:
        name = Name.objects.whole(because=WHY).get(pk=_alias(story.pk, size))
        key = name.pk
        name.delete()
        finding.tag_names(story, [name.folded])
        name.pk = key
        name.save(force_insert=True)
        said, done = _timed(partial(finding.tag_names, story, [name.folded]))
        _print(f"an alias added that stands in about {size:,} paragraphs: {done.paragraphs:,} read", said, "< 2 s")


def _alias(story: int, size: int) -> int:
    """Of aliases drawn by lot, each the only alias so spelt, the one whose words about so many paragraphs hold."""
    from django.db import connection

    asked = """
        SELECT key FROM (
            SELECT min(id) AS key, folded FROM wiki_name WHERE story_id = %(story)s AND sort IN ('alias', 'nickname')
            GROUP BY folded HAVING count(*) = 1 ORDER BY md5(folded) LIMIT 500
        ) drawn
        ORDER BY abs(%(size)s - (
            SELECT count(*) FROM wiki_scan
            WHERE story_id = %(story)s AND words @> regexp_split_to_array(drawn.folded, '[^[:alnum:]]+')
        )), key LIMIT 1
    """
    with connection.cursor() as cursor:
        cursor.execute(asked, {"story": story, "size": size})
        return int(cursor.fetchone()[0])


def visit(address: str) -> None:
    """Run in a process of its own: what a reading page and a card cost; last come the card's address and a cookie."""
    from django.test import Client

    from reader.annotators import registry
    from reader.models import Story, User
    from reader.pagecache import cache
    from wiki.tagging import finding

    slug = address.split("/")[2]
    finding.tag_all(Story.objects.get(slug=slug))
    cache.flush(live=True)
    visitor, member = (Client(headers={"Sec-Fetch-Site": "same-origin", "Host": "localhost"}) for _ in range(2))
    member.force_login(User.objects.get_or_create(username="bench-reader", email="reader@example.org")[0])
    for one in (visitor, member):
        one.post(f"/read/{slug}/reached/", {"point": "all"})
    (cold, body), (warm, _same) = (_asked(visitor, address) for _ in range(2))
    _print("queries of a reading page with links, cold/warm", f"{cold} / {warm}", "warm 0")
    card = _first_card(body.decode())
    (cold, _card), (warm, _same), (account, _again) = (_asked(one, card) for one in (visitor, visitor, member))
    _print("queries of a card, cold/warm/warm with an account", f"{cold} / {warm} / {account}", "warm ≤ 1")
    kept, registry.annotators = registry.annotators, []
    cache.flush(live=True)
    without, bare = _asked(visitor, address)
    registry.annotators = kept
    sizes = [len(gzip.compress(one, 6)) for one in (bare, body)]
    said = f"{sizes[0] / 1000:.2f} / {sizes[1] / 1000:.2f} kB, {sizes[1] / sizes[0] - 1:+.1%}"
    _print(f"its HTML without and with links, gzip ({without} queries without)", said, "≤ +25 %")
    _print(card, "; ".join(f"{name}={one.value}" for name, one in visitor.cookies.items()), "")


def _asked(client: Any, address: str) -> tuple[int, bytes]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
    if answer.status_code != 200:
        raise SystemExit(f"{address} answers {answer.status_code}.")
    return len(queries), answer.content


def _first_card(html: str) -> str:
    """The card of the first name in the text that is a link."""
    link = re.search(r'<a (?=[^>]*class="name)[^>]*href="([^"?]+)\?from=([^"]+)"', html)
    if link is None:
        raise SystemExit("There is no link in the text.")
    return f"{link[1]}card/?at={link[2]}"


def _timed(work: Callable[[], Any]) -> tuple[str, Any]:
    """Seconds in all, and of the processor here and in the database; other work on the machine shows in the first."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = psutil.Process(cursor.fetchone()[0])
    before, here, began = sum(backend.cpu_times()[:2]), time.process_time(), time.monotonic()
    done = work()
    took, here = time.monotonic() - began, time.process_time() - here
    return f"{took:.2f} s (CPU {here:.2f} + {sum(backend.cpu_times()[:2]) - before:.2f})", done


def _print(*row: str) -> None:
    print("\t".join(row), flush=True)


def _rows(var: Path, function: str, *arguments: str) -> Iterator[tuple[str, str, str]]:
    """Run one of these functions in a process of its own, which prints rows."""
    code = f"from tests.bench import tagging; tagging.begin(); tagging.{function}(*{arguments!r})"
    environment = {**os.environ, "VAR": str(var)}
    done = subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.PIPE, text=True, env=environment)
    for line in done.stdout.splitlines():
        what, measured, wanted = line.split("\t")
        yield what, measured, wanted


def begin() -> None:
    """In a process of its own: the database and Django."""
    from config import database, env

    database.start(env.folder("VAR", "var", base=Path.cwd()))
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    import django

    django.setup()


def _manage(var: Path, *command: str) -> None:
    subprocess.run([sys.executable, "manage.py", *command], check=True, env={**os.environ, "VAR": str(var)})
