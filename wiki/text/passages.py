"""A line of the text around some words, for lists of where they stand. Knows nothing of what they mean."""

import re
from typing import Final

WIDTH: Final = 64  # characters on either side, about eleven words
_BLANK: Final = re.compile(r"\s")


def line_around(text: str, start: int, end: int, *, width: int = WIDTH) -> tuple[str, str, str]:
    """What stands before the words, the words, what stands after; cut between words, with dots where it goes on.

    >>> line_around("The lamp was lit by Wilf before it rained again.", 20, 24, width=12)
    ('… was lit by ', 'Wilf', ' before it …')
    """
    before, after = _BLANK.sub(" ", text[:start]), _BLANK.sub(" ", text[end:])
    if len(before) > width:
        kept = before[-width - 1 :]
        before = "… " + (kept.partition(" ")[2] if " " in kept else kept[1:])
    if len(after) > width:
        kept = after[: width + 1]
        after = (kept.rpartition(" ")[0] if " " in kept else kept[:-1]) + " …"
    return before, text[start:end], after
