"""Starts the web server for `make run`, and stops all that it left running for `make stop`. Knows nothing of Django."""

import os
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import psutil

from config import database, env
from config.errors import ConfigError

ROOT = Path(__file__).resolve().parent.parent
GRACE = 10.0  # seconds to finish what is being answered


def serve(var: Path, *, port: int, workers: int) -> None:
    """Become the web server: this process is replaced, and its number is kept for `stop`. Never returns.

    The worker that does the jobs is its child. It and the web server's own processes end with it, however it ends.
    """
    (var / "site.pid").write_text(str(os.getpid()), encoding="ascii")
    os.environ["SERVER_PID"] = str(os.getpid())  # for config/wsgi.py
    worker = [sys.executable, str(ROOT / "manage.py"), "work", "--parent", str(os.getpid())]
    subprocess.Popen(worker)  # noqa: S603 - our own interpreter, no shell
    arguments = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi"),
        *("--host", env.text("HOST", "127.0.0.1"), "--port", str(port), "--workers", str(workers)),
        *("--blocking-threads", env.text("THREADS", "4"), "--backlog", "1024", "--no-ws"),
        *("--respawn-failed-workers", "--log-level", "warning", "config.wsgi:application"),
    ]
    os.execv(sys.executable, arguments)  # noqa: S606 - our own interpreter, no shell


def stop(var: Path) -> str:
    """End the web server that `serve` started for this `var`, then its database; says what was done."""
    said = []
    site = _running_site(var)
    if site is not None:
        family = [*site.children(recursive=True), site]
        with suppress(psutil.NoSuchProcess):
            site.terminate()
        alive = _still_running(family)
        for process in alive:
            with suppress(psutil.NoSuchProcess):
                process.kill()
        _still_running(alive)
        said.append("The web server is stopped.")
    (var / "site.pid").unlink(missing_ok=True)
    said.append(database.stop(var))
    return " ".join(said)


def _still_running(family: list[psutil.Process]) -> list[psutil.Process]:
    """Those that have not ended within GRACE; one whose parent has not noticed its end has ended all the same."""
    deadline = time.monotonic() + GRACE
    while time.monotonic() < deadline and any(map(_runs, family)):
        time.sleep(0.05)
    return [one for one in family if _runs(one)]


def _runs(process: psutil.Process) -> bool:
    try:
        return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def _running_site(var: Path) -> psutil.Process | None:
    """The web server of this `var`, if its number is still its own."""
    try:
        process = psutil.Process(int((var / "site.pid").read_text(encoding="ascii")))
        is_ours = "granian" in process.cmdline() and Path(process.cwd()) == Path.cwd()
        started_before_note = process.create_time() <= (var / "site.pid").stat().st_mtime + 1
    except (OSError, ValueError, psutil.Error):
        return None
    return process if is_ours and started_before_note else None


def main(arguments: list[str]) -> int:
    """`python -m config.serving stop VAR`."""
    if len(arguments) != 2 or arguments[0] != "stop":
        print("Usage: python -m config.serving stop VAR", file=sys.stderr)  # noqa: T201 - a command speaks
        return 2
    began = time.monotonic()
    try:
        print(stop(Path(arguments[1]).resolve()), f"({time.monotonic() - began:.1f} s)")  # noqa: T201
    except ConfigError as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
