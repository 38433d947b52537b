"""`make bench`: a small table of what is promised and what was measured. Nothing here passes or fails a test.

Runs on a database of its own. Read ratios rather than absolutes: other work on the machine shows in the latter.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from config import database
from tests.bench import editing, imports, search, searching, serving, starting, tagging, wiki

PARTS = ["serving", "imports", "wiki", "editing", "tagging", "search", "starting"]


def show(rows: Iterable[tuple[str, str, str]]) -> None:
    """Print each row as soon as it is measured."""
    for what, measured, wanted in rows:
        print(f"{what:<52} {measured:<44} {wanted}", flush=True)


def main() -> None:
    """All parts, or those that are named."""
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []])
    parts = parser.parse_args().parts or PARTS
    os.environ.pop("DATABASE_URL", None)
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        var = folder / "var"
        prepare = [sys.executable, "manage.py", "serve", "--only-prepare"]
        subprocess.run(prepare, check=True, stdout=subprocess.DEVNULL, env={**os.environ, "VAR": str(var)})
        try:
            if "serving" in parts:
                show(serving.measure(var))
            if "imports" in parts:
                show(imports.measure(var, folder))
            if "wiki" in parts:
                show(wiki.measure(var, folder))
            if "editing" in parts:
                show(editing.measure(var))
            if "tagging" in parts:
                show(tagging.measure(var))
            if "search" in parts:
                show(search.measure(var))
                show(searching.measure(var))
            if "starting" in parts:
                show(starting.measure(folder))
        finally:
            database.stop(var)


if __name__ == "__main__":
    main()
