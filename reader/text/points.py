"""Points: "read up to and including", every place of a story in one signed 64-bit integer that sorts as the story goes.

A point is ``chapter << 32 | number << 8 | sub``. Only order and spelling live here; nothing about who has read what.
"""

import re
from typing import Final

from reader.errors import PointError

NOTHING: Final = 0
"""Nothing of the story has been read."""
EVERYTHING: Final = 2**63 - 1
"""All there is and all that will come; no address and no form can spell it."""

LAST_CHAPTER: Final = 2**31 - 2
LAST_NUMBER: Final = 2**24 - 2  # one less than would fit, so that no paragraph shares a point with its chapter's end
LAST_SUB: Final = 255

_REST: Final = 0xFFFF_FFFF
_WHOLE = "(0|[1-9][0-9]{0,9})"
_NUMBER = re.compile(rf"{_WHOLE}(?:[.-]([1-9][0-9]{{0,2}}))?")
_POINT = re.compile(rf"{_WHOLE}(?::{_NUMBER.pattern})?")


def point(chapter: int, number: int = 0, sub: int = 0) -> int:
    """The point of a chapter's paragraph; without a number, the point just before the chapter's first paragraph.

    Raises PointError for a chapter outside 1–2,147,483,646, a number outside 0–16,777,214 or a sub outside 0–255;
    chapter 0 stands only for "nothing".

    >>> point(6, 120, 128) == 6 << 32 | 120 << 8 | 128
    True
    """
    if not (0 <= chapter <= LAST_CHAPTER and 0 <= number <= LAST_NUMBER and 0 <= sub <= LAST_SUB):
        raise PointError("No story has a chapter or a paragraph with such a number.")
    if chapter == 0 and (number or sub):
        raise PointError("Chapters are counted from 1.")
    return chapter << 32 | number << 8 | sub


def chapter_end(chapter: int) -> int:
    """The point at the end of a chapter, after all that stands or ever will stand in it; NOTHING for chapter 0.

    >>> point(6, LAST_NUMBER, LAST_SUB) < chapter_end(6) < point(7)
    True
    """
    return point(chapter) | _REST if chapter else NOTHING


def split(point: int) -> tuple[int, int, int]:
    """A point as (chapter, number, sub); at a chapter's end, number and sub are the largest that fit in their bits.

    Raises PointError for an integer that is no point.

    >>> split(6 << 32 | 120 << 8 | 128)
    (6, 120, 128)
    """
    chapter, rest = point >> 32, point & _REST
    number, sub = rest >> 8, rest & LAST_SUB
    if not NOTHING <= point <= EVERYTHING or (rest and not chapter) or (number > LAST_NUMBER and rest != _REST):
        raise PointError("That is not a point of any story.")
    if chapter > LAST_CHAPTER and point != EVERYTHING:
        raise PointError("That is not a point of any story.")
    return chapter, number, sub


def parse_point(text: str) -> int:
    """The point that a person or an address spells: ``0``, ``6``, ``6:120``, ``6:120.128`` or ``6:120-128``.

    Only the one shortest spelling is taken (no blanks, signs, leading zeros or other scripts' digits), so that a point
    has one address. Raises PointError for anything else.

    >>> parse_point("6:120.128") == parse_point("6:120-128") == point(6, 120, 128), parse_point("6") == chapter_end(6)
    (True, True)
    """
    match = _POINT.fullmatch(text)
    if match is None:
        raise PointError(
            f"“{_shown(text)}” is not a point: write 6 for the end of chapter 6, or 6:120 for its paragraph 120."
        )
    chapter, number, sub = match.groups()
    if number is None:
        return chapter_end(int(chapter))
    if chapter == "0":
        raise PointError("Chapters are counted from 1.")
    return point(int(chapter), int(number), int(sub or 0))


def format_point(point: int) -> str:
    """The spelling that parse_point takes back; EVERYTHING is ``all``, which parse_point refuses.

    >>> format_point(parse_point("6:120-128")), format_point(NOTHING), format_point(EVERYTHING)
    ('6:120.128', '0', 'all')
    """
    if point == EVERYTHING:
        return "all"
    chapter, number, sub = split(point)
    if point == chapter_end(chapter):
        return str(chapter)
    return f"{chapter}:{format_label(number, sub)}"


def parse_number(text: str) -> tuple[int, int]:
    """The (number, sub) of a paragraph spelt ``120``, ``120-128`` or ``120.128``. Raises PointError for anything else.

    >>> parse_number("120-128")
    (120, 128)
    """
    match = _NUMBER.fullmatch(text)
    if match is None:
        raise PointError(f"“{_shown(text)}” is not the number of a paragraph.")
    number, sub = int(match[1]), int(match[2] or 0)
    point(1, number, sub)
    return number, sub


def format_number(number: int, sub: int = 0) -> str:
    """A paragraph's number as addresses spell it.

    >>> format_number(120), format_number(120, 128)
    ('120', '120-128')
    """
    return f"{number}-{sub}" if sub else str(number)


def format_label(number: int, sub: int = 0) -> str:
    """A paragraph's number as people read it.

    >>> format_label(120), format_label(120, 128)
    ('120', '120.128')
    """
    return f"{number}.{sub}" if sub else str(number)


def _shown(text: str) -> str:
    """A wrong input, short enough for a sentence."""
    return text if len(text) <= 40 else text[:39] + "…"
