"""Static files as they are collected: sheets joined, names hashed, everything compressed."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.core.management import call_command
from django.test import override_settings

from config.staticfiles import BundledStorage, compact, compact_script

NAMES = ("css/site.css", "css/reading.css")


@pytest.fixture
def collected(tmp_path: Path) -> Path:
    """The project's static files, collected as `make run` does."""
    bundled = {**settings.STORAGES, "staticfiles": {"BACKEND": "config.staticfiles.BundledStorage"}}
    with override_settings(STATIC_ROOT=tmp_path, STORAGES=bundled):
        call_command("collectstatic", interactive=False, verbosity=0)
    return tmp_path


def test_collected_sheets_import_nothing_and_name_what_is_there(collected: Path) -> None:
    for name in NAMES:
        sheet = (collected / name).read_text("utf-8")
        assert "@import" not in sheet
        (hashed,) = (collected / "css").glob(f"{Path(name).stem}.????????????.css")
        for target in re.findall(r'url\("?([^")]+)"?\)', hashed.read_text("utf-8")):
            if not target.startswith("data:"):
                assert (hashed.parent / target.partition("#")[0]).resolve().is_file(), target


def test_collected_sheets_hold_every_rule_of_their_parts(collected: Path) -> None:
    sources = Path(__file__).resolve().parents[2] / "static" / "css"
    for name in NAMES:
        whole = (collected / name).read_text("utf-8")
        imported = re.findall(r'@import\s+(?:url\()?"([^"]+)"', (sources.parent / name).read_text("utf-8"))
        assert imported
        for part in imported:
            rules = compact((sources / part).read_text("utf-8"))
            assert "@import" in rules or rules in whole, part


def test_sheets_collected_twice_are_still_in_one_piece(collected: Path) -> None:
    bundled = {**settings.STORAGES, "staticfiles": {"BACKEND": "config.staticfiles.BundledStorage"}}
    before = sorted(path.name for path in (collected / "css").glob("*.css"))
    with override_settings(STATIC_ROOT=collected, STORAGES=bundled):
        call_command("collectstatic", interactive=False, verbosity=0)

    assert sorted(path.name for path in (collected / "css").glob("*.css")) == before


def test_addresses_are_those_of_what_was_collected_last(tmp_path: Path) -> None:
    sources = FileSystemStorage(location=tmp_path / "sources")
    storage = BundledStorage(location=tmp_path / "collected", base_url="/files/")
    addresses = []
    for rule in ("a { top: 0; }", "a { top: 1px; }"):
        for place in (sources, storage):
            place.delete("a.css")
            place.save("a.css", ContentFile(rule.encode()))
        list(storage.post_process({"a.css": (sources, "a.css")}))
        addresses += [storage.url("a.css"), storage.url("a.css")]

    first, _again, second, _once_more = addresses
    assert addresses == [first, first, second, second]
    assert first != second
    assert re.fullmatch(r"/files/a\.[0-9a-f]{12}\.css", second)


def test_collected_files_have_a_hash_and_are_compressed(collected: Path) -> None:
    for kind in ("css", "js"):
        hashed = [path for path in collected.rglob(f"*.{kind}") if re.search(r"\.[0-9a-f]{12}\.", path.name)]
        assert hashed
        for path in hashed:
            assert Path(f"{path}.gz").is_file() or path.stat().st_size < 200, path
            assert Path(f"{path}.br").is_file() or path.stat().st_size < 200, path


@pytest.mark.parametrize(
    ("css", "expected"),
    [
        ("", ""),
        ("/* a */\n/* b */", ""),
        ("/*! licence */ a {\n\n    color: red;\n}\n", "/*! licence */ a {\ncolor: red;\n}"),
        ('a::before { content: "/" "*"; }', 'a::before { content: "/" "*"; }'),
        ("a {\n  /* why */\n  color: red;\n}", "a {\ncolor: red;\n}"),
    ],
)
def test_compact_drops_comments_and_indentation(css: str, expected: str) -> None:
    assert compact(css) == expected


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("", ""),
        ("// a\n// b\n", ""),
        ("//! licence\nrun();\n", "//! licence\nrun();"),
        ("run();\n\n  /** why\n   * and how */\n  walk();\n", "run();\nwalk();"),
        ('const at = "https://x"; // why\n', 'const at = "https://x"; // why'),
        ("run(a /* first */, b);\n", "run(a /* first */, b);"),
        ("a = 6 /\n  // the half\n  2;\n", "a = 6 /\n2;"),
        ('  /* one */ run("*/");\n', '/* one */ run("*/");'),
    ],
)
def test_compact_script_drops_comments_that_have_their_own_lines(script: str, expected: str) -> None:
    assert compact_script(script) == expected


def test_collected_scripts_are_compact_and_the_sources_are_not(collected: Path) -> None:
    sources = Path(__file__).resolve().parents[2] / "static" / "js"
    source = (sources / "page-turner.js").read_text("utf-8")
    (hashed,) = (collected / "js").glob("page-turner.????????????.js")

    assert source.startswith("// ")
    assert hashed.read_text("utf-8") == compact_script(source)


def test_scripts_have_no_string_of_several_lines() -> None:
    sources = Path(__file__).resolve().parents[2] / "static" / "js"

    assert [
        path.name for path in sources.glob("*.js") for line in path.read_text("utf-8").splitlines()
        if re.sub(r"`[^`]*`", "", line).count("`") and not line.lstrip().startswith(("//", "*", "/*"))
    ] == []  # fmt: skip
