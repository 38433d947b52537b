"""How many queries an entry page costs in a small wiki and in a large one, how fast it is, and how fast packs go in."""

import http.client
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench.serving import ROUNDS, rate, server

SMALL, LARGE = 50, 50_000  # entries
PACK = 5_000
PARAGRAPHS = ["--chapters=200", "--words=2100"]  # of the stories beside these wikis
NEW = '+++\nkind = "character"\n[[names]]\nname = "Somebody New"\nsince = "2:1"\n+++\nSomebody new came. {2:1}\n'


def measure(var: Path, folder: Path) -> Iterator[tuple[str, str, str]]:
    """Rows of the table."""
    yield from _imports(var, folder)
    slugs = {}
    for entries in (SMALL, LARGE):
        began = time.monotonic()
        prefix = f"bench-{entries}"
        _manage(var, "make_corpus", f"--entries={entries}", *PARAGRAPHS, f"--slug-prefix={prefix}", "--quiet")
        slugs[entries] = f"{prefix}-1"
        yield f"a corpus of {entries:,} entries and 6,000 paragraphs", f"{time.monotonic() - began:.0f} s", ""
    for entries, slug in slugs.items():
        cold, warm, _address = _asked(var, slug)
        yield f"queries of an entry page, {entries:,} entries, cold/warm", f"{cold} / {warm}", "≤ 5 / ≤ 1"
    yield from _serving(var, slugs[LARGE])


def _imports(var: Path, folder: Path) -> Iterator[tuple[str, str, str]]:
    made = [f"--entries={PACK}", "--chapters=60", "--slug-prefix=bench-pack", f"--pack={folder}", "--only-pack"]
    _manage(var, "make_corpus", *made, "--quiet")
    pack = str(folder / "bench-pack-1")
    seconds, peak = _timed(var, pack)
    yield f"import of a pack of {PACK:,} entries", f"{seconds:.1f} s, peak {peak:.0f} MB", "< 60 s"
    seconds, _peak = _timed(var, pack)
    yield "the same pack again", f"{seconds:.2f} s", ""
    Path(pack, "entries", "somebody-new.md").write_text(NEW, encoding="utf-8")
    seconds, _peak = _timed(var, pack)
    yield "one more entry", f"{seconds:.2f} s", "< 2 s"


def _serving(var: Path, story: str) -> Iterator[tuple[str, str, str]]:
    _cold, _warm, address = _asked(var, story)
    with server(var) as (port, _process):
        cookie = _finished(port, story)
        size = _size(port, address, cookie)
        constant = f"/-/constant/?size={size}"
        found: dict[str, list[float]] = {address: [], constant: []}
        for path in found:
            rate(port, path, cookie=cookie)
        for _ in range(ROUNDS):
            for path, speeds in found.items():
                speeds.append(rate(port, path, cookie=cookie))
    ratio = statistics.median(page / fixed for page, fixed in zip(found[address], found[constant], strict=True))
    both = ", ".join(f"{statistics.median(speeds):,.0f}" for speeds in found.values())
    yield f"entry page of {size / 1000:.0f} kB, warm; constant page", f"{both} requests/s", ""
    yield f"ratio, median of {ROUNDS} interleaved rounds", f"{ratio:.2f}", "≥ 0.4"


def _finished(port: int, story: str) -> str:
    """The cookie of somebody without an account who has read it all."""
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    headers = {"Sec-Fetch-Site": "same-origin", "Content-Type": "application/x-www-form-urlencoded"}
    link.request("POST", f"/read/{story}/reached/", body="point=200", headers=headers)
    cookies = [value for name, value in link.getresponse().getheaders() if name.lower() == "set-cookie"]
    link.close()
    return "; ".join(cookie.partition(";")[0] for cookie in cookies)


def _size(port: int, path: str, cookie: str) -> int:
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    link.request("GET", path, headers={"Cookie": cookie})
    answer = link.getresponse()
    body = answer.read()
    link.close()
    if answer.status != 200:
        raise SystemExit(f"{path} answers {answer.status}.")
    return len(body)


def _environment(var: Path) -> dict[str, str]:
    return {**os.environ, "VAR": str(var)}


def _manage(var: Path, *command: str) -> None:
    subprocess.run([sys.executable, "manage.py", *command], check=True, env=_environment(var))


def _asked(var: Path, story: str) -> tuple[int, int, str]:
    """Queries for an entry's page when nothing is kept and when it is, and its address; in a process of its own."""
    code = f"from tests.bench.wiki import ask; ask({story!r})"
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, env=_environment(var)
    )
    cold, warm, address = done.stdout.split()
    return int(cold), int(warm), address


def ask(story: str) -> None:
    """Run in a process of its own: prints what `_asked` reads."""
    from config import database, env

    database.start(env.folder("VAR", "var", base=Path.cwd()))
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    import django

    django.setup()
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from reader.models import Story
    from reader.pagecache import cache
    from wiki import gate

    refs = gate.recently_met(Story.objects.get(slug=story), 100 << 32, limit=1)
    address = f"/wiki/{story}/{refs[0].slug}/"
    visitor = Client(headers={"Sec-Fetch-Site": "same-origin", "Host": "localhost"})
    visitor.post(f"/read/{story}/reached/", {"point": "200"})
    cache.flush(live=True)
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            answer = visitor.get(address)
        counts.append(len(queries))
    if answer.status_code != 200:
        raise SystemExit(f"{address} answers {answer.status_code}.")
    print(*counts, address)


def _timed(var: Path, pack: str) -> tuple[float, float]:
    """Seconds of `import_pack` itself, its lint included, and the peak memory of its process in MB."""
    code = (
        "import resource, sys, time; from config import database, env; from pathlib import Path; "
        "database.start(env.folder('VAR', 'var', base=Path.cwd())); "
        "import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'config.settings'; import django; django.setup(); "
        "from django.core.management import call_command; began = time.monotonic(); "
        f"import io; call_command('import_pack', {pack!r}, stdout=io.StringIO()); "
        "print(time.monotonic() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, env=_environment(var)
    )
    seconds, peak = done.stdout.split()
    return float(seconds), float(peak)
