"""Where in a body the parts of its preview end, so that a citation can be put there by one press."""

import re
from collections.abc import Sequence
from typing import Final

from wiki.text.blocks import cut
from wiki.text.shape import Block
from wiki.text.stored import Stored

_STAMP: Final = re.compile(r"[ \n]*\{since [^{}\n]*\}")
NOWHERE: Final = (0, "")


def ends(body: str, visible: Sequence[Stored]) -> list[tuple[int, str]]:
    """For each part the line (1-based) on which it ends in the body, and what of it stands there; else NOWHERE.

    Only paragraphs and items of lists: of a table, a picture or code the end of its last line is not its end.
    """
    written = [one for one in cut(body).blocks if one.kind == "paragraph"]
    found = []
    for part in visible:
        words = _plain(part.source)
        own = next((one for one in written if _plain(one.source) == words), None) or next(
            (one for one in written if _plain(one.source).endswith(words)), None
        )
        if own is None or part.kind != "paragraph" or not words:
            found.append(NOWHERE)
            continue
        if _plain(own.source) == words:
            written.remove(own)
        found.append(_end(own))
    return found


def _end(block: Block) -> tuple[int, str]:
    lines = block.source.rstrip().split("\n")
    return block.line + len(lines) - 1, lines[-1].strip()


def _plain(source: str) -> str:
    return _STAMP.sub("", source).strip()
