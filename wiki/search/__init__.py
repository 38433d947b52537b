"""Search: names as one types, and a page of results; never ahead of the reader."""

from wiki.search.finding import find
from wiki.search.naming import suggest
from wiki.search.shapes import (
    Count,
    EntryHit,
    Filters,
    KindFacet,
    PassageHit,
    Results,
    Scope,
    StoryFacet,
    Suggestion,
)

__all__ = [
    "Count",
    "EntryHit",
    "Filters",
    "KindFacet",
    "PassageHit",
    "Results",
    "Scope",
    "StoryFacet",
    "Suggestion",
    "find",
    "suggest",
]
