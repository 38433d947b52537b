"""How fast manuscripts are parsed and stored, and in how much memory. The text is made here from a fixed seed."""

import random
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

WORDS = [
    "tide",
    "lamp",
    "stair",
    "reel",
    "window",
    "harbour",
    "rope",
    "winter",
    "kettle",
    "nobody",
    "under",
    "before",
    "the",
    "a",
    "of",
    "and",
    "it",
    "was",
    "had",
    "said",
    "she",
    "he",
    "“no,”",
    "quietly",
    "against",
    "morning’s",
    "paper",
    "ticket",
    "door",
    "curtain",
    "*almost*",
    "grey",
    "salt",
]


def manuscript(megabytes: float, *, seed: int = 7) -> str:
    """About that many megabytes of paragraphs in chapters of some 4,000 words."""
    draw, parts, size, words = random.Random(seed), [], 0, 4000
    chapter = 0
    while size < megabytes * 1e6:
        if words >= 4000:
            chapter, words = chapter + 1, 0
            parts.append(f"# Chapter {chapter}")
        length = draw.randint(5, 90)
        paragraph = " ".join(draw.choices(WORDS, k=length)).capitalize() + "."
        parts.append(paragraph)
        size, words = size + len(paragraph.encode()) + 2, words + length
    return "\n\n".join(parts)


def parse_only(path: str) -> None:
    """Run in a process of its own: seconds and peak memory of parsing one file."""
    from reader.text.manuscript import parse

    data = Path(path).read_bytes()
    began = time.process_time()
    found = parse(data, name=path)
    seconds = time.process_time() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(seconds, peak, len(found.chapters))


def measure(var: Path, folder: Path) -> Iterator[tuple[str, str, str]]:
    """Rows of the table."""
    for ending in ("txt", "md"):
        path = folder / f"ten.{ending}"
        path.write_text(manuscript(10), encoding="utf-8")
        seconds, _peak, _chapters = _parsed(path)
        yield f"parsing 10 MB (.{ending})", f"{10 / seconds:.1f} MB/s of CPU time", "≥ 3 MB/s"
    speeds = {}
    for size in (5, 50):
        path = folder / f"import-{size}.txt"
        path.write_text(manuscript(size, seed=size), encoding="utf-8")
        began = time.monotonic()
        peak = _run_import(var, path, f"Bench {size}")
        speeds[size] = size / (time.monotonic() - began)
        yield (
            f"import of {size} MB into the database",
            f"{speeds[size]:.2f} MB/s, peak {peak:.0f} MB",
            "≥ 0.5, < 1,000 MB",
        )
    yield "speed of 50 MB against 5 MB (1 = linear)", f"{speeds[50] / speeds[5]:.2f}", "about 1"


def _parsed(path: Path) -> tuple[float, float, int]:
    command = [sys.executable, "-c", f"from tests.bench.imports import parse_only; parse_only({str(path)!r})"]
    seconds, peak, chapters = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    return float(seconds), float(peak), int(chapters)


def _run_import(var: Path, path: Path, title: str) -> float:
    """Import in a process of its own; returns its peak memory in MB."""
    code = (
        "import resource, sys; sys.argv = ['manage.py', 'import_story', *sys.argv[1:]]; import manage; manage.main(); "
        "print('peak', resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000)"
    )
    command = [sys.executable, "-c", code, str(path), "--title", title, "--quiet"]
    import os

    done = subprocess.run(command, check=True, capture_output=True, text=True, env={**os.environ, "VAR": str(var)})
    return float(done.stdout.rsplit("peak", 1)[1])
