"""Takes one table of a pack file apart, key by key, and notes every fault on the way instead of stopping at the first.

Knows types, points and limits; not which keys there are.
"""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from reader.errors import PointError
from reader.text.points import parse_point
from wiki.errors import Fault
from wiki.text.tomlfile import Path, Toml


class Table:
    """A table (the file's top level by default) whose keys are asked for one by one; `finish` finds the rest."""

    def __init__(self, toml: Toml, file: str, faults: list[Fault], *path: str | int) -> None:
        self._toml, self._file, self._faults, self._path = toml, file, faults, path
        self._values = _at(toml.values, path)
        self._asked: list[str] = []

    def line(self, key: str = "") -> int:
        """The line of a key, or of the table."""
        return self._toml.line(*self._path, key) if key else self._toml.line(*self._path)

    def fault(self, key: str, sentence: str) -> None:
        """Something is wrong with this key."""
        self._faults.append(Fault(self._file, self.line(key), sentence))

    def tables(self, key: str) -> list["Table"]:
        """The tables of an array such as ``[[names]]``."""
        value = self._take(key, [])
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            self.fault(key, f"“{key}” must be written as tables: a line [[{key}]] before each.")
            return []
        return [Table(self._toml, self._file, self._faults, *self._path, key, at) for at in range(len(value))]

    def text(self, key: str, *, limit: int, required: str = "", default: str = "") -> str:
        """A text of at most `limit` characters; `required` is the sentence for one that is missing or empty."""
        value = self._take(key, default)
        if not isinstance(value, str):
            self.fault(key, f"“{key}” must be a text in quotes.")
            return ""
        text: str = value.strip()
        if not text and required:
            self.fault(key, required)
        if len(text) > limit:
            self.fault(key, f"“{key}” is longer than {limit:,} characters.")
        if "\0" in text:
            self.fault(key, f"“{key}” holds a character that cannot be stored.")
        return text

    def texts(self, key: str, *, limit: int) -> tuple[str, ...]:
        """A list of texts of at most `limit` characters each."""
        value = self._take(key, [])
        if not isinstance(value, list) or not all(isinstance(one, str) and 0 < len(one) <= limit for one in value):
            self.fault(key, f"“{key}” must be a list of texts, each of at most {limit} characters.")
            return ()
        return tuple(value)

    def flag(self, key: str) -> bool:
        """True or false; false if nothing is said."""
        value = self._take(key, default=False)
        if not isinstance(value, bool):
            self.fault(key, f"“{key}” must be true or false, without quotes.")
            return False
        return value

    def number(self, key: str, *, most: int) -> int:
        """A whole number from 0 to `most`."""
        value = self._take(key)
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= most:
            self.fault(key, f"“{key}” must be a whole number from 0 to {most}.")
            return 0
        return value

    def point(self, key: str) -> int | None:
        """A point in quotes; None if nothing is said."""
        value = self._take(key)
        if value is None:
            return None
        if not isinstance(value, str):
            self.fault(key, f'“{key}” must be a point in quotes, such as "6:120" or "6".')
            return None
        try:
            return parse_point(value)
        except PointError as error:
            self.fault(key, str(error))
            return None

    def gate(self) -> tuple[int | None, int | None]:
        """`since` and `until`, in that order in the story."""
        since, until = self.point("since"), self.point("until")
        if until is not None and until <= (since or 0):
            self.fault("until", "“until” must be a later point than “since”.")
        return since, until

    def choice(self, key: str, choices: tuple[str, ...], *, default: str) -> str:
        """One of a few words."""
        value = self.text(key, limit=100, default=default)
        if value not in choices:
            self.fault(key, f"“{key}” must be one of {', '.join(choices)}{_guess(value, choices)}.")
            return default
        return value

    def finish(self) -> None:
        """Every key that nobody asked for is a fault."""
        for key in self._values:
            if key not in self._asked:
                self.fault(key, f"Nothing here is called “{key[:60]}”{_guess(key, self._asked)}.")

    def _take(self, key: str, default: Any = None) -> Any:
        self._asked.append(key)
        return self._values.get(key, default)


def _guess(word: str, words: list[str] | tuple[str, ...]) -> str:
    close = get_close_matches(word, words, n=1)
    return f" (did you mean “{close[0]}”?)" if close else ""


def _at(values: Mapping[str, Any], path: Path) -> Mapping[str, Any]:
    found: Any = values
    for step in path:
        found = found[step]
    return dict(found)
