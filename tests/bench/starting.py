"""From a fresh clone to the first page, and how long a second start takes."""

import os
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench.serving import fetch, free_port


def measure(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Rows of the table; the package cache is as warm as this machine's is."""
    clone = Path(tempfile.mkdtemp(dir=folder)) / "clone"
    began = time.monotonic()
    subprocess.run(["git", "clone", "--quiet", ".", str(clone)], check=True)
    environment = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "VAR"}}
    for label, wanted in (("clone to first page, package cache warm", "< 120 s"), ("second start", "< 5 s")):
        port = free_port()
        process = subprocess.Popen(
            ["make", "--no-print-directory", "run", f"PORT={port}"],
            cwd=clone,
            env=environment,
            stdout=subprocess.DEVNULL,
        )
        while not _answers(port):
            if process.poll() is not None:
                raise SystemExit("make run ended before it served a page.")
            time.sleep(0.05)
        yield label, f"{time.monotonic() - began:.1f} s", wanted
        subprocess.run(
            ["make", "--no-print-directory", "stop"], cwd=clone, env=environment, check=True, capture_output=True
        )
        process.wait(20)
        began = time.monotonic()


def _answers(port: int) -> bool:
    try:
        return fetch(port, "/")[0] == 200
    except OSError:
        return False
