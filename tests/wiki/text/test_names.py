"""Golden cases of the name finder: a case is a file in tests/golden/names, and adding one is adding a file.

In its texts each name that must be found is marked with its keys, `[Ines|1]` or `[Frost|1,2]`; in `[Frost|1?,2]` it is
not certain that it is the first one's. Nothing else may be found.
"""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from wiki.text.names import FindName, Found, NameFinder

GOLDEN = Path(__file__).parents[2] / "golden" / "names"
CASES = sorted(GOLDEN.glob("*.toml"))
_MARK = re.compile(r"\[([^|\]]+)\|([0-9,?]+)\]")


def read_names(table: dict[str, Any]) -> list[FindName]:
    """`name = key`, `name = [key, key]` or `name = { key = 1, only_capital = true }`."""
    names = []
    for text, value in table.items():
        if isinstance(value, dict):
            names.append(FindName(text, **value))
        else:
            names += [FindName(text, key) for key in (value if isinstance(value, list) else [value])]
    return names


def read_marked(marked: str) -> tuple[str, list[Found]]:
    """The text without its marks, and what they say."""
    text, found, at = "", [], 0
    for mark in _MARK.finditer(marked):
        text += marked[at : mark.start()]
        keys = {int(key.strip("?")): key.endswith("?") for key in mark[2].split(",")}
        doubtful = tuple(key for key, is_doubtful in keys.items() if is_doubtful)
        found.append(Found(len(text), len(text) + len(mark[1]), tuple(keys), mark[1], doubtful))
        text += mark[1]
        at = mark.end()
    return text + marked[at:], found


@pytest.mark.parametrize("path", CASES, ids=[path.stem for path in CASES])
def test_find_golden_case(path: Path) -> None:
    case = tomllib.loads(path.read_text(encoding="utf-8"))
    assert set(case) <= {"why", "any_case", "texts", "names"}
    finder = NameFinder(read_names(case["names"]))
    for marked in case["texts"]:
        text, found = read_marked(marked)
        assert finder.find(text, any_case=case.get("any_case", False)) == found, case["why"]


def test_golden_cases_are_there() -> None:
    assert len(CASES) >= 60


def test_find_without_names_finds_nothing() -> None:
    assert NameFinder([]).find("Ines") == []


def test_find_text_with_half_characters_and_zeros() -> None:
    assert NameFinder([FindName("Ines", 1)]).find("\ud800Ines\x00, \udfff") == [Found(1, 5, (1,), "Ines")]
