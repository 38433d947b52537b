"""The TOML between ``+++`` lines that may open a Markdown manuscript. Knows its keys and their types, not what they
are for."""

import re
import tomllib
from collections.abc import Sequence
from typing import Any

from reader.errors import ManuscriptError

from .source import Remark

FENCE = "+++"
_TEXTS = ("title", "author", "blurb", "language", "status", "cover", "licence_text", "licence_wiki")
_POSITION = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")
_YAML_KEY = re.compile(r"[A-Za-z_][\w-]{0,60}:(?:\s|$)")


def read_front_matter(lines: Sequence[str]) -> tuple[dict[str, Any], int, list[Remark]]:
    """The metadata, the index of the first line after it (0 if there is none) and remarks on unknown keys.

    Raises ManuscriptError for TOML that is not closed, not valid, or gives a known key the wrong type.

    >>> read_front_matter(["+++", 'title = "Low Water"', "+++", "# One"])
    ({'title': 'Low Water'}, 3, [])
    """
    if len(lines) > 1 and lines[0].rstrip() == "---" and _YAML_KEY.match(lines[1]):
        raise ManuscriptError("Line 1: the front matter is YAML; write it as TOML, between two lines of +++.")
    if lines[0].rstrip() != FENCE:
        return {}, 0, []
    end = next((index for index in range(1, len(lines)) if lines[index].rstrip() == FENCE), None)
    if end is None:
        raise ManuscriptError("Line 1: the front matter that begins here has no closing +++ line.")
    try:
        metadata = tomllib.loads("\n".join(lines[1:end]))
    except tomllib.TOMLDecodeError as error:
        raise ManuscriptError(_name_line(str(error), end)) from None
    _check_types(metadata)
    known = {*_TEXTS, "warnings", "show_titles"}
    remarks = [Remark(1, f"The front matter has an unknown key: {key}.") for key in metadata if key not in known]
    return metadata, end + 1, remarks


def _name_line(message: str, end: int) -> str:
    position = _POSITION.search(message)
    line = int(position[1]) + 1 if position and position[1] else end
    return f"Line {line}: the front matter is not valid TOML: {_POSITION.sub('', message)}."


def _check_types(metadata: dict[str, Any]) -> None:
    for key in _TEXTS:
        if not isinstance(metadata.get(key, ""), str):
            raise ManuscriptError(f"The front matter's “{key}” must be a text in quotes.")
    warnings = metadata.get("warnings", [])
    if not isinstance(warnings, list) or not all(isinstance(warning, str) for warning in warnings):
        raise ManuscriptError("The front matter's “warnings” must be a list of texts.")
    if not isinstance(metadata.get("show_titles", False), bool):
        raise ManuscriptError("The front matter's “show_titles” must be true or false.")
