"""What the tests of the embedded server do to it and ask of it."""

import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import psutil
import psycopg

from config.embedded import EmbeddedServer

Serve = Callable[[str], EmbeddedServer]
START = "import sys, pathlib; from config import database; print(database.ensure_url(pathlib.Path(sys.argv[1])))"
ROOT = Path(__file__).resolve().parents[2]


def environment() -> dict[str, str]:
    return {**{k: v for k, v in os.environ.items() if k != "DATABASE_URL"}, "PYTHONPATH": str(ROOT)}


def starting(var: Path, *, umask: int = -1) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", START, str(var)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd="/",
        env=environment(),
        umask=umask,
        start_new_session=True,
    )


def ask(url: str, query: str) -> object:
    with psycopg.connect(url, autocommit=True) as connection:
        row = connection.execute(query).fetchone()
        return row and row[0]


def tell(url: str, statement: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement)


def kill_tree(server: EmbeddedServer) -> None:
    for process in server.processes.found():
        with suppress(psutil.NoSuchProcess):  # the others end when the first of them is gone
            process.kill()
    while server.processes.are_alive():
        pass
