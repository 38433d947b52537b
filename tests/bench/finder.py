"""How fast names are found in folded and in raw text, and what a finder of many names weighs. Needs no database.

The prose is invented, names and all, as dense in names as a story is; other names of the same kind make up the number.
"""

import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence

import psutil

from wiki.corpus.figures import Size, cast
from wiki.corpus.naming import SHARES, NameMaker
from wiki.corpus.telling import tell
from wiki.text.folding import Folded, fold
from wiki.text.names import FindName, NameFinder

NAMES = (5_000, 100_000)
TOLD = Size(40, 3_000, 300)
ROUNDS = 9
CHUNK = 150  # paragraphs


def measure() -> Iterator[tuple[str, str, str]]:
    """Rows of the table, each number of names in a process of its own."""
    for count in NAMES:
        code = f"from tests.bench.finder import run; run({count})"
        done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
        for line in done.stdout.splitlines():
            what, measured, wanted = line.split("\t")
            yield what, measured, wanted


def run(count: int) -> None:
    """Prints what `measure` reads."""
    draw = random.Random(1)
    figures = cast(draw, TOLD)
    paragraphs = [paragraph.text for chapter in tell(draw, TOLD, figures).chapters for paragraph in chapter.paragraphs]
    names = [FindName(name.text, figure.number) for figure in figures for name in figure.names]
    names += _others(draw, count - len(names), {name.text for name in names})
    process = psutil.Process()
    before, began = process.memory_info().rss, time.process_time()
    finder = NameFinder(names)
    built, held = time.process_time() - began, process.memory_info().rss - before
    print(f"a finder of {count:,} names, made and kept\t{built:.2f} s, {held / 1e6:.0f} MB\t")
    chunks = ["\n".join(paragraphs[at : at + CHUNK]) for at in range(0, len(paragraphs), CHUNK)]
    for sort, texts in (("paragraphs", paragraphs), ("chunks", chunks)):
        folded, raw = _speeds(finder, texts)
        length = sum(map(len, texts)) // len(texts)
        what = f"{count:,} names in {sort} of {length:,} characters"
        print(f"{what}, folded before\t{folded:.0f} MB/s\t≥ 30 MB/s")
        print(f"{what}, folding included\t{raw:.0f} MB/s\t≥ 10 MB/s")


def _others(draw: random.Random, count: int, taken: set[str]) -> list[FindName]:
    maker = NameMaker(draw)
    made: list[FindName] = []
    while len(made) < count:
        for called in maker.make(draw.choices(list(SHARES), weights=list(SHARES.values()))[0]):
            if called.text not in taken:
                taken.add(called.text)
                made.append(FindName(called.text, 1_000_000 + len(made)))
    return made[:count]


def _speeds(finder: NameFinder, texts: Sequence[str]) -> tuple[float, float]:
    """Millions of characters per second of processor time, folded and raw: the best of interleaved rounds."""
    folded = [fold(text) for text in texts]
    works: list[Callable[[], object]] = [lambda: _find(finder, folded), lambda: _find(finder, texts)]
    best = [float("inf")] * len(works)
    for _ in range(ROUNDS):
        for index, work in enumerate(works):
            began = time.process_time()
            work()
            best[index] = min(best[index], time.process_time() - began)
    size = sum(map(len, texts)) / 1e6
    return size / best[0], size / best[1]


def _find(finder: NameFinder, texts: Sequence[str | Folded]) -> None:
    for text in texts:
        finder.find(text)
