"""The one choke point: rows of gated models never leave this package.

Each function takes a story and a horizon (a point) and returns frozen dataclasses made of what shows there, and of
nothing else: an entry that is not met and one that does not exist are the same None.
"""

from wiki.gate.appearing import appearances, doubts, last_seen, passages, seen_with
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
from wiki.gate.intext import card, text_links
from wiki.gate.linking import links_here, orphans, wanted
from wiki.gate.lists import cast, exists, index, kind_list, picture, premise, recently_met
from wiki.gate.pages import entry_page
from wiki.gate.shapes import EntryPage, EntryRef, FactRow, FactValue, Heading, KindList, KindRef, PictureRef
from wiki.gate.textshapes import (
    ROLES,
    Appearances,
    Card,
    ChapterCount,
    Company,
    Doubt,
    Doubts,
    Line,
    Passage,
    Seen,
    TextLink,
)

__all__ = [
    "ROLES",
    "Appearances",
    "Card",
    "ChapterCount",
    "Company",
    "Contributor",
    "Count",
    "DiffBlock",
    "DiffGroup",
    "DiffRow",
    "DiffRun",
    "Doubt",
    "Doubts",
    "EntryDiff",
    "EntryPage",
    "EntryRef",
    "FactRow",
    "FactValue",
    "Heading",
    "History",
    "KindList",
    "KindRef",
    "Line",
    "LinksHere",
    "Passage",
    "PictureRef",
    "Saved",
    "Saves",
    "Seen",
    "TextLink",
    "Wanted",
    "appearances",
    "card",
    "cast",
    "contributors",
    "doubts",
    "entry_diff",
    "entry_page",
    "exists",
    "history",
    "index",
    "kind_list",
    "last_seen",
    "links_here",
    "orphans",
    "passages",
    "picture",
    "premise",
    "recent_changes",
    "recently_met",
    "seen_with",
    "text_links",
    "wanted",
]
