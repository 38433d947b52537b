"""Requests per second, memory and bytes of the real server, beside the same server returning a constant page."""

import gzip
import http.client
import os
import re
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

ROUNDS, SECONDS, CLIENTS = 7, 2.0, 8
PAGE = "/read/low-water-at-the-electra/1/1/"


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def server(var: Path) -> Iterator[tuple[int, psutil.Process]]:
    """The real server with two workers, on a prepared VAR."""
    port = free_port()
    environment = {**os.environ, "VAR": str(var), "DJANGO_SETTINGS_MODULE": "tests.bench.settings"}
    command = [sys.executable, "manage.py", "serve", "--port", str(port), "--workers", "2"]
    process = psutil.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    try:
        for _ in range(300):
            try:
                if fetch(port, "/healthz/")[0] == 200:
                    break
            except OSError:
                time.sleep(0.1)
        yield port, process
    finally:
        process.terminate()
        process.wait(10)


def fetch(port: int, path: str, **headers: str) -> tuple[int, bytes, dict[str, str]]:
    """Status, body and headers."""
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    link.request("GET", path, headers=headers)
    answer = link.getresponse()
    body = answer.read()
    link.close()
    return answer.status, body, {name.lower(): value for name, value in answer.getheaders()}


def rate(port: int, path: str, *, cookie: str = "") -> float:
    """Requests per second of CLIENTS connections for SECONDS, kept alive, without compression."""
    sent = f"Cookie: {cookie}\r\n" if cookie else ""
    request = f"GET {path} HTTP/1.1\r\nHost: localhost:{port}\r\nSec-Fetch-Site: none\r\n{sent}\r\n".encode()
    counts, stop = [0] * CLIENTS, time.monotonic() + SECONDS

    def client(index: int) -> None:
        with socket.create_connection(("127.0.0.1", port)) as link:
            buffer = b""
            while time.monotonic() < stop:
                link.sendall(request)
                while b"\r\n\r\n" not in buffer:
                    buffer += link.recv(65536)
                head, _, buffer = buffer.partition(b"\r\n\r\n")
                size = int(re.search(rb"content-length: (\d+)", head.lower())[1])  # type: ignore[index]
                while len(buffer) < size:
                    buffer += link.recv(65536)
                buffer = buffer[size:]
                counts[index] += 1

    threads = [threading.Thread(target=client, args=[index]) for index in range(CLIENTS)]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / (time.monotonic() - began)


def cpu(process: psutil.Process) -> float:
    """Processor seconds used so far by the server and its workers."""
    return sum(sum(one.cpu_times()[:2]) for one in [process, *process.children(recursive=True)])


def measure(var: Path) -> Iterator[tuple[str, str, str]]:
    """Rows of the table: what, measured, wanted."""
    with server(var) as (port, process):
        _status, body, _headers = fetch(port, PAGE)
        constant = f"/-/constant/?size={len(body)}"
        for path in (PAGE, constant):
            rate(port, path)
        figures: dict[str, list[tuple[float, float]]] = {PAGE: [], constant: []}
        for _ in range(ROUNDS):
            for path, found in figures.items():
                before = cpu(process)
                speed = rate(port, path)
                found.append((speed, 1000 * (cpu(process) - before) / (speed * SECONDS)))
        page, fixed = (statistics.median(speed for speed, _cpu in figures[path]) for path in (PAGE, constant))
        page_cpu, fixed_cpu = (statistics.median(used for _speed, used in figures[path]) for path in (PAGE, constant))
        yield "reading page, warm", f"{page:,.0f} requests/s, {page_cpu:.2f} ms of CPU", ""
        yield f"constant page of {len(body) / 1000:.0f} kB", f"{fixed:,.0f} requests/s, {fixed_cpu:.2f} ms of CPU", ""
        ratio = statistics.median(a[0] / b[0] for a, b in zip(figures[PAGE], figures[constant], strict=True))
        yield f"ratio, median of {ROUNDS} interleaved rounds", f"{ratio:.2f}", "≥ 0.5"
        family = [process, *process.children(recursive=True)]
        own = sum(one.memory_full_info().pss for one in family) / 1e6
        yield "memory of the server and two workers (PSS)", f"{own:.0f} MB", "≤ 200 MB"
        yield from weights(port, body)


def weights(port: int, body: bytes) -> Iterator[tuple[str, str, str]]:
    """What a reading page makes a browser load."""
    text = body.decode()
    sheets = re.findall(r'<link rel="stylesheet" href="([^"]+)"', text)
    scripts = re.findall(r'<script[^>]+src="([^"]+)"', text)
    total = sum(len(fetch(port, path, **{"Accept-Encoding": "br"})[1]) for path in [*sheets, *scripts])
    yield f"{len(sheets)} style sheet(s) and {len(scripts)} script(s), brotli", f"{total / 1000:.1f} kB", "≤ 15 kB"
    fonts = Path("static/fonts")
    first = sum(
        (fonts / name).stat().st_size for name in ("literata.woff2", "literata-italic.woff2", "story-sans.woff2")
    )
    yield "faces of a reading page", f"{first / 1000:.1f} kB", "≤ 80 kB"
    yield "a later page (its HTML, gzip)", f"{len(gzip.compress(body, 6)) / 1000:.1f} kB", ""
