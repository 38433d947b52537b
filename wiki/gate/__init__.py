"""The one choke point: rows of gated models never leave this package.

Each function takes a story and a horizon (a point) and returns frozen dataclasses made of what shows there, and of
nothing else: an entry that is not met and one that does not exist are the same None.
"""

from wiki.gate.lists import cast, exists, index, kind_list, picture, premise, recently_met
from wiki.gate.pages import entry_page
from wiki.gate.shapes import EntryPage, EntryRef, FactRow, FactValue, Heading, KindList, KindRef, PictureRef

__all__ = [
    "EntryPage",
    "EntryRef",
    "FactRow",
    "FactValue",
    "Heading",
    "KindList",
    "KindRef",
    "PictureRef",
    "cast",
    "entry_page",
    "exists",
    "index",
    "kind_list",
    "picture",
    "premise",
    "recently_met",
]
