"""Counts what the entries of a pack hold, by kind, and which points they rest on. Knows neither files nor tables."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass

from reader.text.points import chapter_end, point, split
from reader.text.spans import spell_runs
from wiki.text.blocks import cut
from wiki.text.markup import render
from wiki.text.packshape import PackEntry


@dataclass(frozen=True, slots=True)
class Count:
    """How many of each; a statement is a block of a body that is no heading, a citation each number in braces."""

    entries: int = 0
    names: int = 0
    facts: int = 0
    statements: int = 0
    citations: int = 0

    def __add__(self, other: "Count") -> "Count":
        return Count(*(one + another for one, another in zip(astuple(self), astuple(other), strict=True)))


def count_entry(entry: PackEntry) -> Count:
    """What one entry holds.

    >>> count_entry(PackEntry("film", "reel", (), body="# Film\\n\\nIt burns. {1:2} {1:3}\\n\\n- It is short. {1:2}"))
    Count(entries=1, names=0, facts=0, statements=2, citations=3)
    """
    blocks = [block for block in cut(entry.body).blocks if not block.is_structural]
    citations = sum(len(render(block).citations) for block in blocks)
    return Count(1, len(entry.names), len(entry.facts), len(blocks), citations)


def count_kinds(entries: Iterable[PackEntry]) -> dict[str, Count]:
    """Counts by the slug of the kind, in order of their numbers of entries, the largest first."""
    found: dict[str, Count] = {}
    for entry in entries:
        found[entry.kind] = found.get(entry.kind, Count()) + count_entry(entry)
    return dict(sorted(found.items(), key=lambda one: (-one[1].entries, one[0])))


def points_of(entry: PackEntry) -> set[int]:
    """The points that it rests on: those that its body cites, and the dates of its names and facts."""
    dates = [name.since for name in entry.names] + [fact.since for fact in entry.facts]
    dated = {since for since in dates if since is not None}
    return dated.union(*(render(block).citations for block in cut(entry.body).blocks))


def uncited(paragraphs: Sequence[int], entries: Iterable[PackEntry]) -> dict[int, list[int]]:
    """The paragraphs (points) on which nothing rests, by chapter; a citation of a whole chapter covers none.

    >>> rows = [point(1, 1), point(1, 2)]
    >>> uncited(rows, [PackEntry("film", "reel", (), body="It burns. {1:2} {1}")]) == {1: [point(1, 1)]}
    True
    """
    rested_on = set[int]().union(*map(points_of, entries))
    found: dict[int, list[int]] = {split(one)[0]: [] for one in paragraphs}
    for one in paragraphs:
        if one not in rested_on:
            found[split(one)[0]].append(one)
    return found


def table(counts: Mapping[str, Count], titles: Mapping[str, str]) -> str:
    """A Markdown table; `titles` are the kinds' plurals by slug.

    >>> print(table({"film": Count(1, 2, 3, 4, 5)}, {"film": "Films"}).splitlines()[2])
    | Films | 1 | 2 | 3 | 4 | 5 |
    """
    rows = [(titles.get(kind, kind), *astuple(count)) for kind, count in counts.items()]
    rows.append(("**All**", *astuple(sum(counts.values(), Count()))))
    lines = [
        "| kind | entries | names | facts | statements | citations |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    lines += ["| " + " | ".join(f"{cell:,}" if isinstance(cell, int) else cell for cell in row) + " |" for row in rows]
    return "\n".join(lines)


def uncited_table(paragraphs: Sequence[int], entries: Iterable[PackEntry]) -> str:
    """A Markdown table of the paragraphs on which nothing rests, by chapter, with their numbers."""
    missing = uncited(paragraphs, entries)
    lines = ["| chapter | paragraphs | not cited | which |", "| ---: | ---: | ---: | --- |"]
    for chapter, points in missing.items():
        count = sum(point(chapter) < one <= chapter_end(chapter) for one in paragraphs)
        numbers = spell_runs(split(one)[1] for one in points)
        lines.append(f"| {chapter} | {count:,} | {len(points):,} | {numbers or '–'} |")
    total = sum(map(len, missing.values()))
    lines.append(f"| **All** | {len(paragraphs):,} | {total:,} | |")
    return "\n".join(lines)
