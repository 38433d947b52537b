"""The first sentence of a statement, for where there is room for one. Knows English best."""

import re
from typing import Final

LONGEST: Final = 240
"""Characters; a longer sentence is cut between words."""
_END = re.compile(r"[.!?…]['’”\")\]]*(?=\s|$)")
_LOOK_BACK: Final = 5  # characters, more than any of these has
_SHORT = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|St|Prof|Capt|Sgt|Lt|Jr|Sr|No|vs|[A-Z])\.$")


def first_sentence(text: str, *, longest: int = LONGEST) -> str:
    """The first sentence of a text.

    >>> first_sentence("Works for Mr. Crane. Sings at night.")
    'Works for Mr. Crane.'
    """
    for match in _END.finditer(text):
        if match.end() > longest:
            break
        if not _SHORT.search(text, max(0, match.start() - _LOOK_BACK), match.start() + 1):
            return text[: match.end()]
    return text if len(text) <= longest else _cut(text, longest)


def _cut(text: str, longest: int) -> str:
    kept = text[: longest + 1]
    return (kept.rpartition(" ")[0] if " " in kept else kept[:-1]) + " …"
