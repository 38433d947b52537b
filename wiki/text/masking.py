"""Hides in sources where links in other words lead if it is not met: `[[Silas Brand|the keeper]]` prints no name.

Its source does. Unmet and unknown targets are hidden alike, and come back when the source is saved.
"""

import re
from collections.abc import Callable, Iterable
from typing import Final

from wiki.text.lexicon import folded
from wiki.text.wikilinks import PATTERN, read_target

VEILED: Final = "…"
"""Stands for the target of a link in a source that somebody sees who has not met it."""
_VEIL: Final = re.compile(r"\[\[…(\\?\|)([^\[\]]{1,500})\]\]")


def targets(sources: Iterable[str]) -> set[str]:
    """The folded targets of the links in other words.

    >>> targets(["[[Silas Brand|the keeper]] of [[The Light]]"])
    {'silas brand'}
    """
    matches = (match for source in sources for match in PATTERN.finditer(source))
    return {folded(read_target(match[1])) for match in matches if match[2] is not None}


def links_in(source: str) -> set[str]:
    """The folded targets of all links.

    >>> sorted(links_in("[[Silas Brand|the keeper]] of [[The Light]]"))
    ['silas brand', 'the light']
    """
    return {folded(read_target(match[1])) for match in PATTERN.finditer(source)}


def veil(source: str, is_met: Callable[[str], bool]) -> str:
    """The source as somebody sees it; `is_met` is asked with folded names.

    >>> veil("[[Silas Brand|the keeper]]", lambda name: False)
    '[[…|the keeper]]'
    """
    if "[[" not in source:
        return source

    def hide(match: re.Match[str]) -> str:
        if match[2] is None or is_met(folded(read_target(match[1]))):
            return match[0]
        return f"[[{VEILED}{match[0][match.end(1) - match.start() :]}"

    return PATTERN.sub(hide, source)


def unveil(source: str, before: str) -> str:
    """A source that somebody has changed, with the targets that the stored one has: by the shown words, else in turn.

    A veiled link that nothing is left for becomes its words.

    >>> unveil("Then [[…|the keeper]] and [[…|someone]].", "[[Silas Brand|the keeper]]")
    'Then [[Silas Brand|the keeper]] and someone.'
    """
    if VEILED not in source:
        return source
    left = [(match[1], match[2]) for match in PATTERN.finditer(before) if match[2] is not None]
    kept = {read_target(match[1]) for match in PATTERN.finditer(source) if match[2] is not None}
    left = [(target, shown) for target, shown in left if read_target(target) not in kept]

    def find(match: re.Match[str]) -> str:
        same = next((one for one in left if one[1] == match[2]), left[0] if left else None)
        if same is None:
            return match[2]
        left.remove(same)
        return f"[[{same[0]}{match[1]}{match[2]}]]"

    return _VEIL.sub(find, source)
