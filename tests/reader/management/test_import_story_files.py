"""Which files `manage.py import_story` takes, and which it refuses: one sentence, exit code 2, nothing changed."""

import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from reader.models import Chapter, Paragraph, Story
from tests.conftest import manuscript_of

PLAIN = "Chapter 1\n\nThe café was shut.\n\nIt was “late”.\n\nChapter 2\n\nIt rained.\n"


def run(path: Path, **options: object) -> str:
    said = StringIO()
    call_command("import_story", str(path), stdout=said, title="A Story", **options)
    return said.getvalue()


def texts() -> list[tuple[int, str]]:
    return list(Paragraph.objects.in_order().values_list("chapter__number", "text"))


@pytest.mark.parametrize(
    ("data", "remark"),
    [
        (PLAIN.encode(), ""),
        (b"\xef\xbb\xbf" + PLAIN.encode(), ""),
        (PLAIN.encode("utf-16"), "UTF-16"),
        (b"\xfe\xff" + PLAIN.encode("utf-16-be"), "UTF-16"),
        (PLAIN.replace("\n", "\r").encode(), "carriage returns"),
        (PLAIN.replace("\n", "\r\n").encode(), ""),
        (PLAIN.replace("\n", "\r\n", 3).encode(), "mixed"),
        (PLAIN.encode("cp1252"), "Windows-1252"),
    ],
    ids=["utf-8", "bom", "utf-16", "utf-16-be", "cr", "crlf", "mixed", "cp1252"],
)
def test_import_story_takes_a_text_however_it_is_stored(db: None, tmp_path: Path, data: bytes, remark: str) -> None:
    path = tmp_path / "story.txt"
    path.write_bytes(data)

    said = run(path)

    assert texts() == [(1, "The café was shut."), (1, "It was “late”."), (2, "It rained.")]
    assert remark in said


def test_import_story_without_a_separator_makes_one_chapter_and_gives_a_hint(db: None, tmp_path: Path) -> None:
    path = tmp_path / "story.txt"
    path.write_text("It rained.\n\nIt stopped.\n", encoding="utf-8")

    said = run(path)

    assert texts() == [(1, "It rained."), (1, "It stopped.")]
    assert (said.splitlines()[0], "hapter" in said.splitlines()[1]) == (
        "A Story: 1 chapter, 4 words, 2 paragraphs, 0 scene breaks.", True,
    )  # fmt: skip


def test_import_story_takes_five_thousand_chapters(db: None, tmp_path: Path) -> None:
    path = tmp_path / "long.md"
    path.write_text(manuscript_of(5000, paragraphs=2, length=12), encoding="utf-8")

    run(path, quiet=True)

    assert (Chapter.objects.count(), Paragraph.objects.count()) == (5000, 10_000)


def test_import_story_takes_one_line_of_twenty_megabytes(db: None, tmp_path: Path) -> None:
    path = tmp_path / "line.txt"
    path.write_bytes(b"word " * 4_000_000)

    run(path, quiet=True)

    assert [(row.page, len(row.text)) for row in Paragraph.objects.all()] == [(1, 19_999_999)]


REFUSED = {
    "missing": (None, {}, "There is no file"),
    "empty": (b"", {}, "empty"),
    "blank": (b" \n\t\n", {}, "nothing but blanks"),
    "pdf": (b"%PDF-1.7 binary", {}, "PDF"),
    "png": (b"\x89PNG\r\n\x1a\n\0\0", {}, "PNG"),
    "zip": (b"PK\x03\x04" + bytes(100), {}, "compressed"),
    "nul": (b"Words\0and words.", {}, "NUL"),
    "utf-16 without mark": ("Words.".encode("utf-16-le"), {}, "NUL"),
    "undefined bytes": (b"Words \x81 and \x8d words.", {}, "0x81"),
    "broken utf-16": (b"\xff\xfeW", {}, "UTF-16"),
    "random": (bytes(range(256)) * 40, {}, "NUL"),
    "pattern matches nothing": (PLAIN.encode(), {"chapter_pattern": "Teil .*"}, "matches no line"),
    "pattern matches all": (PLAIN.encode(), {"chapter_pattern": ".*"}, "matches every line"),
    "pattern is none": (PLAIN.encode(), {"chapter_pattern": "(["}, "not a regular expression"),
    "no such owner": (PLAIN.encode(), {"owner": "nobody"}, "no account called “nobody”"),
    "odd slug": (PLAIN.encode(), {"slug": "Ä/ö"}, "cannot be an address"),
    "publish what": (PLAIN.encode(), {"publish": ["2"]}, "is not CHAPTER=TIME"),
    "publish when": (PLAIN.encode(), {"publish": ["2=2027-13-45T99:00Z"]}, "is not CHAPTER=TIME"),
    "publish huge": (PLAIN.encode(), {"publish": ["9" * 5000 + "=2027-01-01"]}, "is not CHAPTER=TIME"),
    "publish beyond": (PLAIN.encode(), {"publish": ["3=2027-01-01T18:00Z"]}, "no chapter 3"),
}


@pytest.mark.parametrize(("data", "options", "sentence"), REFUSED.values(), ids=REFUSED)
def test_import_story_refuses_in_one_sentence_and_changes_nothing(
    db: None, tmp_path: Path, data: bytes | None, options: dict[str, object], sentence: str
) -> None:
    path = tmp_path / "story.txt"
    if data is not None:
        path.write_bytes(data)

    with pytest.raises(CommandError) as caught:
        run(path, **options)

    assert (caught.value.returncode, sentence in str(caught.value), "\n" in str(caught.value)) == (2, True, False)
    assert not Story.objects.exists()


@pytest.mark.parametrize("key", ["title", "author", "blurb", "language", "cover", "licence_text"])
@pytest.mark.parametrize("value", ["a\\u0000b", "x" * 5000, "../../etc/passwd", "/etc/passwd"])
def test_import_story_takes_or_refuses_odd_front_matter_without_breaking(
    db: None, tmp_path: Path, key: str, value: str
) -> None:
    path = tmp_path / "story.md"
    path.write_text(f'+++\n{key} = "{value}"\n+++\n\n# One\n\nText.\n', encoding="utf-8")
    code = 0
    try:
        call_command("import_story", str(path), slug="odd", quiet=True)
    except CommandError as error:
        code = error.returncode

    stored = "".join(str(text) for row in Story.objects.values() for text in row.values())
    assert (code, Story.objects.count()) in {(0, 1), (2, 0)}
    assert "\0" not in stored


def test_import_story_as_a_command_ends_with_two_and_no_traceback(tmp_path: Path) -> None:
    arguments = [sys.executable, "manage.py", "import_story", str(tmp_path / "nothing.txt"), "--title", "T"]

    done = subprocess.run(arguments, capture_output=True, text=True, cwd=settings.BASE_DIR, env=os.environ, check=False)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"CommandError: There is no file “{tmp_path / 'nothing.txt'}”.\n"
