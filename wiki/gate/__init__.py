"""The one choke point: rows of gated models never leave this package.

Each function takes a story and a horizon (a point) and returns frozen dataclasses made of what shows there, and of
nothing else: an entry that is not met and one that does not exist are the same None.
"""

from wiki.gate.comparing import entry_diff
from wiki.gate.history import contributors, history, recent_changes
from wiki.gate.historyshapes import (
    Contributor,
    Count,
    DiffBlock,
    DiffGroup,
    DiffRow,
    DiffRun,
    EntryDiff,
    History,
    LinksHere,
    Saved,
    Saves,
    Wanted,
)
from wiki.gate.linking import links_here, orphans, wanted
from wiki.gate.lists import cast, exists, index, kind_list, picture, premise, recently_met
from wiki.gate.pages import entry_page
from wiki.gate.shapes import EntryPage, EntryRef, FactRow, FactValue, Heading, KindList, KindRef, PictureRef

__all__ = [
    "Contributor",
    "Count",
    "DiffBlock",
    "DiffGroup",
    "DiffRow",
    "DiffRun",
    "EntryDiff",
    "EntryPage",
    "EntryRef",
    "FactRow",
    "FactValue",
    "Heading",
    "History",
    "KindList",
    "KindRef",
    "LinksHere",
    "PictureRef",
    "Saved",
    "Saves",
    "Wanted",
    "cast",
    "contributors",
    "entry_diff",
    "entry_page",
    "exists",
    "history",
    "index",
    "kind_list",
    "links_here",
    "orphans",
    "picture",
    "premise",
    "recent_changes",
    "recently_met",
    "wanted",
]
