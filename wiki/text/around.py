"""A piece of a text in the middle of the words around it. Knows nothing of what it is."""

from typing import Final

WIDTH: Final = 48  # characters on either side, about eight words


def around(text: str, start: int, end: int, *, width: int = WIDTH) -> str:
    """`text[start:end]` in brackets, with up to `width` characters on either side, cut between words.

    >>> around("The lamp was lit by Wilf before it rained again.", 20, 24, width=12)
    '… was lit by [Wilf] before it …'
    """
    before, after = text[:start], text[end:]
    if len(before) > width:
        kept = before[-width - 1 :]
        before = "… " + (kept.partition(" ")[2] if " " in kept else kept[1:])
    if len(after) > width:
        kept = after[: width + 1]
        after = (kept.rpartition(" ")[0] if " " in kept else kept[:-1]) + " …"
    return " ".join(f"{before}[{text[start:end]}]{after}".split())
