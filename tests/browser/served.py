"""A whole site of its own for the browser: real server and database, hashed static files, imported stories."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 120.0  # seconds until the site answers, on a slow machine


@dataclass(frozen=True, slots=True)
class Site:
    """Where it is served, and its folder; `sample` and `story` are the addresses of stories on it."""

    url: str
    var: Path

    def take(self, slug: str, text: str) -> None:
        """Import a story, or another edition of it."""
        file = self.var / f"{slug}.md"
        file.write_text(text, encoding="utf-8")
        command = [sys.executable, "manage.py", "import_story", str(file), "--slug", slug, "--quiet"]
        subprocess.run(command, cwd=ROOT, env=_environment(self.var), check=True)

    def story(self, slug: str = "long-field") -> str:
        """The story's address, such as http://localhost:8000/read/long-field/."""
        return f"{self.url}/read/{slug}/"

    @property
    def sample(self) -> str:
        """The story that comes with the project."""
        return self.story("low-water-at-the-electra")


@contextmanager
def running(var: Path, stories: dict[str, str]) -> Iterator[Site]:
    """Serve a fresh site from the folder `var`; `stories` is slug → Markdown. Leaves no process behind."""
    port = _free_port()
    env = _environment(var)
    log = (var / "site.log").open("w+", encoding="utf-8")
    command = [sys.executable, "manage.py", "serve", "--port", str(port), "--workers", "1"]
    server = subprocess.Popen(command, cwd=ROOT, env=env, stdout=log, stderr=log)
    try:
        _wait_until_healthy(f"http://localhost:{port}/healthz/", server, Path(log.name))
        site = Site(f"http://localhost:{port}", var)
        for slug, text in stories.items():
            site.take(slug, text)
        yield site
    finally:
        server.terminate()
        server.wait(timeout=30)
        stop = [sys.executable, "-m", "config.serving", "stop", str(var)]
        subprocess.run(stop, cwd=ROOT, env=env, check=False, stdout=subprocess.DEVNULL)
        log.close()


def _environment(var: Path) -> dict[str, str]:
    left_out = {"DATABASE_URL", "DEBUG", "HTTPS", "ALLOWED_HOSTS", "DJANGO_SETTINGS_MODULE"}
    return {name: value for name, value in os.environ.items() if name not in left_out} | {"VAR": str(var)}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_healthy(url: str, server: "subprocess.Popen[bytes]", log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"The site for the browser tests did not start:\n{log.read_text('utf-8')}")
