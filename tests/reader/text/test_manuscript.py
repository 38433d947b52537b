"""The golden manuscripts: each folder in tests/golden/manuscripts is a case, with input.txt, .md or .bin (bytes of a
.txt), expected.json and, if it needs any, options.json for parse(). REWRITE_GOLDEN=1 writes what is expected anew."""

import json
import os
from dataclasses import MISSING, fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest

from reader.errors import ManuscriptError
from reader.text.manuscript import PARSERS, parse

CASES = Path(__file__).parents[2] / "golden" / "manuscripts"


def as_data(value: Any) -> Any:
    """Dataclasses as dicts without what is at its default; tuples as lists."""
    if is_dataclass(value):
        pairs = ((field, getattr(value, field.name)) for field in fields(value))
        return {field.name: as_data(item) for field, item in pairs if field.default is MISSING or item != field.default}
    return [as_data(item) for item in value] if isinstance(value, tuple) else value


def read_case(folder: Path) -> Any:
    source = next(folder.glob("input.*"))
    options = folder / "options.json"
    name = source.with_suffix(".txt").name if source.suffix == ".bin" else source.name
    try:
        return as_data(
            parse(source.read_bytes(), name=name, **(json.loads(options.read_text()) if options.exists() else {}))
        )
    except ManuscriptError as error:
        return {"refused": str(error)}


@pytest.mark.parametrize("folder", sorted(CASES.iterdir()), ids=lambda folder: folder.name)
def test_golden_manuscript_is_read_as_expected(folder: Path) -> None:
    expected = folder / "expected.json"
    result = read_case(folder)
    if os.environ.get("REWRITE_GOLDEN"):
        expected.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    assert result == json.loads(expected.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", ["story.md", "STORY.MD", "story.markdown", "a.b.Markdown"])
def test_parse_reads_markdown_by_ending(name: str) -> None:
    assert parse(b"*yes*", name=name).chapters[0].paragraphs[0].html == "<em>yes</em>"


@pytest.mark.parametrize("name", ["story.txt", "story", "md", "story.md.txt", ""])
def test_parse_reads_anything_else_as_plain_text(name: str) -> None:
    assert parse(b"*yes*", name=name).chapters[0].paragraphs[0].html == "*yes*"


def test_parsers_can_be_joined_by_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(PARSERS, ".html", lambda data, options: PARSERS[".md"](data[3:], options))
    assert parse(b"<p># One\n\nA.", name="story.html").chapters[0].title == "One"


@pytest.mark.real_manuscript
@pytest.mark.skipif(not os.environ.get("STORY_MANUSCRIPT"), reason="STORY_MANUSCRIPT names no manuscript")
def test_real_manuscript_is_read_whole_and_in_order() -> None:
    data = Path(os.environ["STORY_MANUSCRIPT"]).read_bytes()
    manuscript = parse(data, name="manuscript.txt")
    paragraphs = [paragraph for chapter in manuscript.chapters for paragraph in chapter.paragraphs]
    lines = [" ".join(line.split()) for line in data.decode().splitlines()]
    assert [paragraph.text for paragraph in paragraphs] == [line for line in lines if line and line != "Chapter Text"]
    counts = len(manuscript.chapters), len(paragraphs), sum(len(paragraph.text.split()) for paragraph in paragraphs)
    assert counts == (9, 1920, 53271)


def test_parse_reads_five_thousand_chapters() -> None:
    source = "".join(f"Chapter {number}\n\nText {number}.\n\n" for number in range(1, 5001))
    manuscript = parse(source.encode(), name="long.txt")
    assert (len(manuscript.chapters), manuscript.remarks) == (5000, ())


@pytest.mark.parametrize("name", ["line.txt", "line.md"])
def test_parse_reads_one_line_of_megabytes(name: str) -> None:
    source = "the *wind* and the rain " * 100_000
    manuscript = parse(source.encode(), name=name)
    (paragraph,) = manuscript.chapters[0].paragraphs
    assert paragraph.text.replace("*", "").split() == source.replace("*", "").split()
    assert [remark.line for remark in manuscript.remarks] == [0, 1]
