"""The processes of one embedded server: starts them, finds them, and ends every one of them.

`home` holds `data` (in which each of them works, `data.new` while it is being made), `log`, and `alive`: a file
locked by the server and every process it forks, so that it is free exactly when all are gone, whatever became of
their pids and in whichever container they run. Knows nothing of databases and connections.
"""

import fcntl
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

from config.errors import DatabaseError
from config.server_user import ServerUser

SHUTDOWN_SECONDS = 60  # a last checkpoint on a slow disk
ENVIRONMENT = {"PATH": os.defpath, "LANG": "C"}  # no PGPORT, PGDATA or LC_ALL of the caller


class ServerProcesses:
    """Nothing is remembered between calls: another process may start or end the server at any time."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.data = home / "data"
        self.unfinished = home / "data.new"
        self.log = home / "log"

    def run(self, user: ServerUser, *command: str | Path, cwd: Path = Path("/")) -> int:
        """Run a program of the server in a session of its own, its words going to the log; returns its exit code."""
        with self._alone_alive() as alive, self.log.open("ab") as log:
            return subprocess.run(  # noqa: S603
                command,
                check=False,
                cwd=cwd,
                env=ENVIRONMENT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                pass_fds=[alive],
                start_new_session=True,
                **user.popen(),
            ).returncode

    def are_alive(self) -> bool:
        """Whether any process of the server is left, also one that we may not see."""
        try:
            with self._alone_alive():
                return bool(self.found())
        except BlockingIOError:
            return True
        except FileNotFoundError:  # the folder was removed under them
            return bool(self.found())

    def found(self) -> list[psutil.Process]:
        """Those that we may see."""
        found = []
        for process in psutil.process_iter():
            with suppress(psutil.Error):  # gone, a zombie, or another user's
                if self._is_ours(process):
                    found.append(process)
        return found

    def postmaster(self) -> int | None:
        """The running server's pid, if the one in postmaster.pid is a PostgreSQL of this very folder."""
        with suppress(OSError, ValueError, IndexError):
            pid = int((self.data / "postmaster.pid").read_text().splitlines()[0])
            with suppress(psutil.Error):
                return pid if self._is_ours(psutil.Process(pid)) else None
        return None

    def end(self) -> None:
        """End the server, if it runs, in order, and whatever has outlived one; returns when all are gone."""
        family = self.found()
        patience = [(signal.SIGINT, SHUTDOWN_SECONDS), (signal.SIGQUIT, 2), (signal.SIGKILL, 10)]
        if self.postmaster() is None:  # nobody is left who would tell the others to finish
            patience = patience[1:]
        for number, seconds in patience:
            leader = self.postmaster()
            for process in self.found():
                # The server tells its own children; ending one behind its back looks like a crash to it.
                if leader in {None, process.pid} or number == signal.SIGKILL:
                    with suppress(psutil.NoSuchProcess):
                        process.send_signal(number)
            deadline = time.monotonic() + seconds
            while self.are_alive():
                if time.monotonic() > deadline:
                    break
                time.sleep(0.02)
            else:
                _see_off(family)
                return
        raise DatabaseError(
            f"The database in {self.data} is in use by processes that are not ours to end "
            "(another user's or another container's): stop them there."
        )

    @contextmanager
    def _alone_alive(self) -> Iterator[int]:
        """Hold `alive`, for a process to inherit; raises BlockingIOError if one does already."""
        handle = os.open(self.home / "alive", os.O_RDONLY | os.O_CREAT, 0o644)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield handle
        finally:
            os.close(handle)

    def _is_ours(self, process: psutil.Process) -> bool:
        places = {str(self.data), str(self.unfinished)}
        return process.name() in {"postgres", "initdb"} and process.cwd().removesuffix(" (deleted)") in places


def _see_off(family: list[psutil.Process]) -> None:
    """Wait till these are off the list of processes: one that is ending has no folder any more, but a number."""
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline and any(map(_is_listed, family)):
        time.sleep(0.01)


def _is_listed(process: psutil.Process) -> bool:
    """Whether it is still there; one that only waits for its parent to notice has gone."""
    with suppress(psutil.Error):
        return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)
    return False
