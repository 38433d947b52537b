"""No nine words in a row of somebody else's manuscript stand in any file of the project."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
RUN = 9  # words: shorter runs are common property of the language


def words_of(text: str) -> list[str]:
    """Words as they are compared: folded, without mark-up or punctuation."""
    return [word.replace("’", "'") for word in WORD.findall(text.casefold())]


def runs_of(words: list[str]) -> Iterator[tuple[str, ...]]:
    """Every run of nine words."""
    return zip(*(words[start:] for start in range(RUN)), strict=False)


def texts() -> Iterator[tuple[str, str]]:
    """Name and text of every file that git tracks or would track."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    for name in filter(None, listed.stdout.decode().split("\0")):
        path = ROOT / name
        if path.is_file() and path.suffix not in {".woff2", ".png", ".ico", ".webp"}:
            yield name, path.read_bytes().decode("utf-8", "ignore")


def test_no_file_holds_nine_words_in_a_row_of_the_manuscript(real_manuscript: Path) -> None:
    theirs = set(runs_of(words_of(real_manuscript.read_bytes().decode("utf-8", "ignore"))))

    found = {name for name, text in texts() if not theirs.isdisjoint(runs_of(words_of(text)))}

    assert (len(theirs) > 10_000, found) == (True, set())


def test_runs_are_found_across_lines_and_mark_up() -> None:
    ours = words_of('print("It was late, and *nobody* had\n    # thought to close the door.")')

    assert ("it", "was", "late", "and", "nobody", "had", "thought", "to", "close") in set(runs_of(ours))
    assert list(runs_of(ours[:8])) == []


def test_texts_are_the_projects_files() -> None:
    names = {name for name, _text in texts()}

    assert {"manage.py", "pyproject.toml", "tests/house/test_texts.py"} <= names
    assert not {name for name in names if name.startswith((".venv/", "var/"))}
