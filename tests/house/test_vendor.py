"""What we did not write ourselves is listed in static/vendor/README.md, byte for byte."""

import hashlib
import re
from pathlib import Path

STATIC = Path(__file__).resolve().parents[2] / "static"
OURS = {"vendor/README.md", "fonts/build.py"}
ROW = re.compile(r"^\| `(?P<path>[^`]+)` \|.*\| `(?P<digest>[0-9a-f]{64})` \|", re.MULTILINE)


def listed() -> dict[str, str]:
    """Path below static/ -> SHA-256, as the table has it."""
    readme = (STATIC / "vendor" / "README.md").read_text("utf-8")
    return {row["path"]: row["digest"] for row in ROW.finditer(readme)}


def kept() -> set[str]:
    """The vendored files there are: all of vendor/ and fonts/ but our own papers in them, and the icons."""
    files = [path for folder in ("vendor", "fonts") for path in (STATIC / folder).rglob("*") if path.is_file()]
    names = {path.relative_to(STATIC).as_posix() for path in files if "__pycache__" not in path.parts}
    return (names | {"img/icons.svg"}) - OURS


def test_vendor_table_lists_every_vendored_file_and_no_other() -> None:
    assert set(listed()) == kept()


def test_vendor_table_has_the_hash_of_every_file() -> None:
    found = {path: hashlib.sha256((STATIC / path).read_bytes()).hexdigest() for path in listed()}

    assert found == listed()


def test_vendor_files_of_a_reading_page_stay_within_76_kilobytes() -> None:
    names = ("literata.woff2", "literata-italic.woff2", "story-sans.woff2")

    assert sum((STATIC / "fonts" / name).stat().st_size for name in names) <= 76_000
