"""Hand-made lists of where names stand in a text: chapter, paragraph, from which character to which, whose name."""

import csv
from dataclasses import dataclass
from pathlib import Path

from reader.models import Story
from reader.text.points import format_point
from wiki.models import Tagging

HERE = Path(__file__).parent
Place = tuple[str, int, int, str]  # paragraph, start, end, the entry's file


def by_hand(name: str, *, right: str = "") -> set[Place]:
    """The places of a list, each with the stem of the entry's file in its pack; `right` are those judged so."""
    with (HERE / name).open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t") if not right or row["right"] == right]
    return {(f"{row['chapter']}:{row['paragraph']}", int(row["start"]), int(row["end"]), row["entry"]) for row in rows}


def by_finder(story: Story) -> set[Place]:
    """The links of the finder in a story."""
    rows = Tagging.objects.whole(because="a test compares them").filter(story=story, origin="found", state="linked")
    return {
        (format_point(row.point), row.start, row.end, row.entry.source_name.removesuffix(".md"))
        for row in rows.select_related("entry")
    }


@dataclass(frozen=True)
class Score:
    """How right the finder is (`precision`) and how complete (`recall`), with what differs."""

    wrong: frozenset[Place]
    missed: frozenset[Place]
    right: int

    @property
    def precision(self) -> float:
        return self.right / (self.right + len(self.wrong))

    @property
    def recall(self) -> float:
        return self.right / (self.right + len(self.missed))


def score(hand: set[Place], found: set[Place]) -> Score:
    """Compare."""
    return Score(frozenset(found - hand), frozenset(hand - found), len(hand & found))
