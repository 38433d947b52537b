"""What stands in braces: citations ``{6:120}`` and stamps ``{since 3:40}``, ``{until 7}``. Knows only spelling."""

import re
from dataclasses import dataclass
from typing import Final, Literal

from reader.errors import PointError
from reader.text.points import NOTHING, parse_point

PATTERN: Final = re.compile(r"\{([^{}\n]{1,200})\}")
_OURS = re.compile(r"\s*(?:[0-9]|(?:since|until)(?![^\W_]))", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Braces:
    """What one pair of braces says: the points that it cites, or from or until when its block shows."""

    kind: Literal["cite", "since", "until", "wrong"]
    points: tuple[int, ...] = ()
    problem: str = ""


def read_braces(inner: str) -> Braces | None:
    """What the words between two braces say; None if they are just words, ``wrong`` if they are a slip of the pen.

    >>> read_braces("since 0"), read_braces("sic")
    (Braces(kind='since', points=(0,), problem=''), None)
    >>> read_braces("6:12o").problem[:50]
    '“{6:12o}” is not a citation: “6:12o” is not a poin'
    """
    if not _OURS.match(inner):
        return None
    word, _, rest = inner.strip().partition(" ")
    if word in ("since", "until"):
        return _read(inner, word, [rest])
    return _read(inner, "cite", inner.split(","))


def _read(inner: str, kind: str, spelt: list[str]) -> Braces:
    what = "a citation" if kind == "cite" else f"“{kind}” with a point"
    try:
        points = tuple(parse_point(part.strip()) for part in spelt)
    except PointError as error:
        return Braces("wrong", problem=f"“{{{inner}}}” is not {what}: {error}")
    if kind == "since":
        return Braces("since", points)
    if kind == "until":
        return Braces("until", points)
    if NOTHING in points:
        return Braces(
            "wrong", problem=f"“{{{inner}}}” cites nothing: write {{since 0}} for what may be known before reading."
        )
    return Braces("cite", points)
