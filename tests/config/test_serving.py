"""The web server, its worker and their end: nothing outlives a stop, and no worker outlives its server."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from config import serving

from .servers import ROOT, environment

PATIENCE = 120.0  # seconds until a site answers, on a slow machine


@dataclass(frozen=True)
class Site:
    var: Path
    port: int
    server: psutil.Process

    @property
    def worker(self) -> psutil.Process:
        """The process that does the jobs."""
        (found,) = [child for child in self.server.children(recursive=True) if "work" in child.cmdline()]
        return found


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """A site that answers, with a database of its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    left_out = {"DEBUG", "HTTPS", "ALLOWED_HOSTS"}
    env = {name: value for name, value in environment().items() if name not in left_out} | {"VAR": str(tmp_path / "v")}
    command = [sys.executable, "manage.py", "serve", "--port", str(port), "--workers", "1"]
    with (tmp_path / "log").open("w") as log, subprocess.Popen(command, cwd=ROOT, env=env, stdout=log) as process:
        try:
            _wait_until(lambda: _answers(port) or process.poll() is not None)
            yield Site(tmp_path / "v", port, psutil.Process(process.pid))
        finally:
            _stop(tmp_path / "v", env)


def test_stop_ends_server_worker_and_database(site: Site) -> None:
    family = [site.server, *site.server.children(recursive=True)]
    assert site.worker in family
    before = Path.cwd()
    os.chdir(ROOT)  # where the server was started: that is how it is known to be ours

    try:
        said = serving.stop(site.var)
    finally:
        os.chdir(before)

    assert said.startswith("The web server is stopped. The embedded database has stopped (")
    assert not any(map(serving._runs, family))
    assert [one for one in psutil.process_iter() if str(site.var) in _command(one)] == []


def test_server_that_was_killed_leaves_no_process(site: Site) -> None:
    family = site.server.children(recursive=True)
    assert site.worker in family
    assert all(map(serving._runs, family))

    site.server.kill()

    _wait_until(lambda: not any(map(serving._runs, family)))


def test_worker_that_was_killed_leaves_the_site_running(site: Site) -> None:
    site.worker.kill()
    time.sleep(1)

    assert _answers(site.port)


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz/", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def _command(process: psutil.Process) -> str:
    with suppress(psutil.Error):
        return " ".join(process.cmdline())
    return ""


def _stop(var: Path, env: dict[str, str]) -> None:
    command = [sys.executable, "-m", "config.serving", "stop", str(var)]
    subprocess.run(command, cwd=ROOT, env=env, check=True, stdout=subprocess.DEVNULL)


def _wait_until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.1)
