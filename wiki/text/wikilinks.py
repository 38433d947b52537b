"""Links between entries as written: ``[[Name]]`` and ``[[Target|shown words]]``. Knows nothing of what exists."""

import re
from dataclasses import dataclass
from typing import Final

from markdown_it.common.utils import unescapeAll

PATTERN: Final = re.compile(r"\[\[([^\[\]|\n]{1,100}\n?[^\[\]|\n]{0,100}?)(?:\\?\|([^\[\]]{1,500}))?\]\]")
_IN_CELL = re.compile(r"(\[\[[^\[\]|\n]{1,200})(?<!\\)\|([^\[\]\n]{1,500}\]\])")
BAR: Final = "\ufdd0"
"""Stands for the bar of a link while a table's row is parted at its bars; no text may hold it."""


@dataclass(frozen=True, slots=True)
class WikiLink:
    """A link as written; ``prints_name`` when the target itself is what is read."""

    target: str
    shown: str
    prints_name: bool


def read_target(written: str) -> str:
    """A target with its blanks made single and its escapes undone.

    >>> read_target("The  Lantern\\nReel"), read_target("Caf&eacute;")
    ('The Lantern Reel', 'Café')
    """
    return " ".join(unescapeAll(written).split())


def protect_bars(text: str) -> str:
    """The text with ``BAR`` for the bar in each link, so that a table's row can be parted at the others.

    >>> protect_bars("| [[a|b]] |").count("|")
    2
    """
    return _IN_CELL.sub(rf"\1{BAR}\2", text) if "[[" in text else text


def restore_bars(text: str) -> str:
    """Undoes ``protect_bars``.

    >>> restore_bars(protect_bars("| [[a|b]] |"))
    '| [[a|b]] |'
    """
    return text.replace(BAR, "|")
