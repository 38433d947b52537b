"""The first sentence of a statement, for where there is room for one. Knows English best."""

import re
from typing import Final

LONGEST: Final = 240
"""Characters; a longer sentence is cut between words."""
_END = re.compile(r"[.!?…]['’”\")\]]*(?=\s|$)")
_SHORT = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|St|Prof|Capt|Sgt|Lt|Jr|Sr|No|vs|[A-Z])\.$")


def first_sentence(text: str, *, longest: int = LONGEST) -> str:
    """The first sentence of a text.

    >>> first_sentence("Works for Mr. Crane. Sings at night.")
    'Works for Mr. Crane.'
    """
    for match in _END.finditer(text):
        sentence = text[: match.end()]
        if not _SHORT.search(text[: match.start() + 1]):
            return sentence if len(sentence) <= longest else _cut(sentence, longest)
    return text if len(text) <= longest else _cut(text, longest)


def _cut(text: str, longest: int) -> str:
    return text[:longest].rpartition(" ")[0] + " …"
