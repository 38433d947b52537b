"""TOML as pack files use it: read with the line of every key, so that a fault can name it, and written in one way only.

Knows TOML's grammar, not what any key is for.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

FENCE: Final = "+++"
Path = tuple[str | int, ...]
"""Where a value stands: ``("names", 0, "since")``."""

_HEADER = re.compile(r"\s*\[\[\s*([\w-]+)\s*\]\]\s*(?:#.*)?$")
_KEY = re.compile(r"""\s*(?:([\w-]+)|"([^"]+)"|'([^']+)')\s*=""")
_STRING = re.compile(r'"""|\'\'\'|"(?:[^"\\]|\\.)*"|\'[^\']*\'|#.*')
_POSITION = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")
_ESCAPES: Final = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r", "\b": "\\b", "\f": "\\f"}
_CONTROL = re.compile(r'[\\"\x00-\x1f\x7f]')


class TomlError(Exception):
    """TOML that cannot be read: the line and a sentence."""

    def __init__(self, line: int, sentence: str) -> None:
        super().__init__(sentence)
        self.line = line
        self.sentence = sentence


class Toml(NamedTuple):
    """Values and the 1-based line in the file at which each key (or ``[[table]]``) stands."""

    values: dict[str, Any]
    lines: Mapping[Path, int]

    def line(self, *path: str | int) -> int:
        """The line of what stands at the path, or of the nearest thing around it.

        >>> read('[[names]]\\nname = "Ines"').line("names", 0, "since")
        1
        """
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 0)


def split_front_matter(text: str) -> tuple[Toml, str, int]:
    """The TOML between ``+++`` lines at the very start, the body after it, and the line at which the body begins.

    Blank lines around the body are dropped. Raises TomlError where there is none, or it is not closed or not valid.

    >>> toml, body, line = split_front_matter('+++\\nkind = "film"\\n+++\\n\\nA film.\\n')
    >>> toml.values, body, line
    ({'kind': 'film'}, 'A film.', 5)
    """
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if lines[0].rstrip() != FENCE:
        raise TomlError(
            1, f"The file must begin with a line of {FENCE}, its kind and names as TOML, and {FENCE} again."
        )
    end = next((at for at in range(1, len(lines)) if lines[at].rstrip() == FENCE), None)
    if end is None:
        raise TomlError(1, f"The front matter that begins here has no closing line of {FENCE}.")
    toml = read("\n".join(lines[1:end]), first_line=2)
    start = end + 1
    while start < len(lines) and not lines[start].strip():
        start += 1
    return toml, "\n".join(lines[start:]).rstrip(), start + 1


def read(text: str, *, first_line: int = 1) -> Toml:
    """Values and lines of a TOML text that begins at that line of its file. Raises TomlError.

    >>> read('a = 1\\n[[b]]\\nc = 2').lines[("b", 0, "c")]
    3
    """
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        position = _POSITION.search(str(error))
        at = int(position[1]) if position and position[1] else text.count("\n") + 1
        raise TomlError(first_line + at - 1, f"This is not valid TOML: {_POSITION.sub('', str(error))}.") from None
    return Toml(values, dict(_find_lines(text.split("\n"), first_line)))


def _find_lines(lines: Sequence[str], first_line: int) -> Iterator[tuple[Path, int]]:
    """Keys and headers at the beginning of lines; what stands inside a text of several lines is none."""
    open_quote, counts = "", dict[str, int]()
    table: Path = ()
    for number, line in enumerate(lines, start=first_line):
        if not open_quote:
            if header := _HEADER.match(line):
                table = (header[1], counts.get(header[1], 0))
                counts[header[1]] = counts.get(header[1], 0) + 1
                yield table, number
            elif key := _KEY.match(line):
                yield (*table, key[1] or key[2] or key[3]), number
        open_quote = _left_open(line, open_quote)


def _left_open(line: str, open_quote: str) -> str:
    """The kind of quotes in which a text goes on after this line."""
    at = 0
    while True:
        if open_quote:
            end = line.find(open_quote, at)
            if end < 0:
                return open_quote
            at, open_quote = end + 3, ""
        found = _STRING.search(line, at)
        if found is None:
            return ""
        at = found.end()
        open_quote = found[0] if found[0] in ('"""', "'''") else ""


def write(value: str | int | bool | Sequence[str]) -> str:  # noqa: FBT001 - a value of TOML
    """One value as TOML, on one line.

    >>> write('Say "no"'), write(True), write(["a", "b"])
    ('"Say \\\\"no\\\\""', 'true', '["a", "b"]')
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return f'"{_CONTROL.sub(_escape, value)}"'
    return f"[{', '.join(map(write, value))}]"


def _escape(match: re.Match[str]) -> str:
    return _ESCAPES.get(match[0]) or f"\\u{ord(match[0]):04x}"
