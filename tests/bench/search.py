"""How fast names are found as one types, and how surely: a million names over two hundred stories, one with 100,000.

Times are those of the database's own process: milliseconds of the processor, which other work on the machine does not
lengthen, and on the clock. The first query of a connection, which plans, is not among them.
"""

import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

STORIES, NAMES, LARGE = 200, 1_000_000, 100_000
ASKED: Final = int(os.environ.get("SEARCHES", "150"))
"""Queries of each sort."""
_SHORT = ("a", "s", "m", "the", "th", "ma", "sta", "can")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
Row = tuple[str, str, str]


class Case(NamedTuple):
    """What is typed, who is wanted (any of them; nobody: only the time counts), and where it is asked."""

    typed: str
    wanted: frozenset[int]
    stories: tuple[int, ...]
    horizons: tuple[int, ...]


def measure(var: Path) -> Iterator[Row]:
    """Rows of the table."""
    yield from _rows(var, "fill")
    for sort in ("large", "small", "ten"):
        yield from _rows(var, "ask", sort)
    yield from _rows(var, "compare")
    yield from _rows(var, "plans")


def fill() -> None:
    """Run in a process of its own: make the names and their words."""
    from tests.bench import people

    began = time.monotonic()
    people.fill(STORIES, NAMES, LARGE)
    made = time.monotonic()
    rows = people.index()
    done = time.monotonic()
    _print(
        f"{NAMES:,} names over {STORIES} stories, made; then {rows:,} words of them",
        f"{made - began:.0f} s; {done - made:.0f} s",
    )
    _print("the table of words and its indexes", _size())


def ask(sort: str) -> None:
    """Run in a process of its own: every sort of query in the large story, in small ones, or in ten at once."""
    desk = Desk(sort)
    desk.warm()
    for what, cases, wanted in desk.sorts():
        desk.row(what, cases, wanted)


def compare() -> None:
    """Run in a process of its own: names that lie ahead take as long as where there is nothing ahead.

    The same names, right and slipped, are asked of a story and of its twin, which ends at the reader's horizon.
    """
    from reader.text.points import chapter_end
    from tests.bench import people

    desk = Desk("small")
    story, horizon = desk.stories[1], chapter_end(people.CHAPTERS // 3)
    twin = people.twin(story, horizon)
    desk = Desk("small")
    desk.warm()
    hidden, nothing = [], []
    for text, _entry, _story, since in desk.people(ASKED, [story]):
        if since > horizon:
            for typed in (text, desk.slip_in_one(text), text[:5]):
                hidden.append(desk.best(Case(typed, frozenset(), (story,), (horizon,))))
                nothing.append(desk.best(Case(typed, frozenset(), (twin,), (horizon,))))
    medians = [statistics.median(one) for one in (hidden, nothing)]
    said = f"{medians[0]:.2f} / {medians[1]:.2f} ms CPU of {len(hidden)} each, {medians[0] / medians[1] - 1:+.1%}"
    _print("names that lie ahead / the same where nothing does, medians", said, "within 10 %")


def plans() -> None:
    """Run in a process of its own: which indexes every arm of the query uses."""
    from django.db import connection

    from wiki.search import limits

    seen: list[str] = []
    desk = Desk("large")
    with connection.cursor() as cursor:
        cursor.execute("LOAD 'auto_explain'")
        cursor.execute("SET auto_explain.log_min_duration = 0; SET auto_explain.log_nested_statements = on")
        cursor.execute("SET client_min_messages = log")
    connection.connection.add_notice_handler(lambda notice: seen.append(str(notice.message_primary)))
    with limits.within():
        for text in ("a", "ab", "abc", "harbour keeper", "zzyzx", "film abcde"):
            desk.suggest(Case(text, frozenset(), (desk.stories[0],), (desk.end,)))
    lines = [line.strip() for text in seen for line in text.splitlines()]
    walked = [line for line in lines if "Seq Scan on wiki_" in line]
    used = {
        word
        for line in lines
        if "Index" in line
        for word in line.split()
        if word.startswith(("word_", "entry_", "tagging_", "name_"))
    }
    plans = sum("plan:" in text for text in seen)
    what = f"{plans} plans of suggestions: reads of a table without an index"
    _print(what, f"{len(walked)}; indexes: {', '.join(sorted(used))}", "0")


class Desk:
    """Asks as the site does, in one connection, and looks how long the database's process was at work."""

    def __init__(self, sort: str) -> None:
        from django.db import connection

        from reader.models import Story
        from reader.text.points import chapter_end
        from tests.bench.people import CHAPTERS

        self.draw = random.Random(11)
        self.end = chapter_end(CHAPTERS)
        rows = Story.objects.filter(slug__startswith="bench-names-").order_by("pk")
        self._story = {row.pk: row for row in rows}
        self.stories = list(self._story)
        self.sort = sort
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            self._stat = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")

    def warm(self) -> None:
        """Have the plans made: a server keeps its connections."""
        for text in ("a", "ab", "abc", "abcd", "abcde", "abc def", "film abcde", "zzyzx qqqxq"):
            for _ in range(2):
                self.suggest(Case(text, frozenset(), *self.scope(self.stories[0], 0)))

    def suggest(self, case: Case) -> tuple[list[int], float, float]:
        """Who is offered (by primary key), and milliseconds in the database: of its processor, and of the clock."""
        from wiki.search.naming import looked_at
        from wiki.search.shapes import Scope

        scopes = [Scope(self._story[key], horizon) for key, horizon in zip(case.stories, case.horizons, strict=True)]
        before, began = self._cpu(), time.perf_counter()
        hits, _known, _said = looked_at(case.typed, scopes, limit=10)
        took = (time.perf_counter() - began) * 1000
        return [hit.entry for hit in hits[:10]], self._cpu() - before, took

    def best(self, case: Case) -> float:
        """The quickest of three."""
        return min(self.suggest(case)[1] for _ in range(3))

    def row(self, what: str, cases: Sequence[Case], wanted: str) -> None:
        """Ask them all, each once, and print what that took and how often the one who is wanted was offered."""
        used, took, found = [], [], []
        for case in cases:
            offered, cpu, wall = self.suggest(case)
            used.append(cpu)
            took.append(wall)
            if case.wanted:
                found.append(not case.wanted.isdisjoint(offered))
        recall = f", found {statistics.mean(found):.3f}" if found else ""
        said, clock = (f"{_part(some, 0.5):.1f} · {_part(some, 0.99):.1f} ms" for some in (used, took))
        said = f"{said} CPU, on the clock with Python {clock}{recall}"
        _print(f"{self.sort}: {what}", said, wanted)

    def sorts(self) -> Iterator[tuple[str, list[Case], str]]:
        """Every sort of query, and what is promised of it."""
        people = self.people(ASKED)
        names: list[tuple[str, Callable[[str], str]]] = [
            ("full name, right", str),
            ("full name, words swapped", lambda text: " ".join(reversed(text.split()))),
            ("full name, a slip in one word", self.slip_in_one),
            ("full name, a slip in each word", lambda text: " ".join(map(self.slip, text.split()))),
            ("first name and three letters", lambda text: f"{text.split()[0]} {text.split()[1][:3]}"),
        ]
        for what, spelt in names:
            cases = [self.case(spelt(text), {entry}, story, since) for text, entry, story, since in people]
            # Two slips, or a name half typed, may mean more people than are offered.
            yield what, cases, "≤ 15 ms" if "each" in what or "letters" in what else "≤ 15 ms, ≥ 0.95"
        last = [(text.split()[1], story, since) for text, _entry, story, since in people]
        for what, spelt in (("last name, right", str), ("last name, a slip", self.slip)):
            cases = [self.case(spelt(word), self.bearers(word, story), story, since) for word, story, since in last]
            yield what, cases, "≤ 15 ms, ≥ 0.95"
        anybody: frozenset[int] = frozenset()
        yield (
            "beginnings of 1–3 letters, “the”",
            [self.case(self.draw.choice(_SHORT), anybody, story, 0) for _t, _e, story, _s in people],
            "≤ 5 ms",
        )
        yield (
            "beginnings of 4–6 letters",
            [self.case(word[: self.draw.randint(4, 6)], anybody, story, 0) for word, story, _s in last],
            "≤ 5 ms",
        )
        yield (
            "initials",
            [self.case(f"{text[0]}{text.split()[1][0]}", anybody, story, since) for text, _e, story, since in people],
            "≤ 15 ms",
        )
        yield (
            "a kind or “the”, and a name",
            [
                self.case(f"{self.draw.choice(['film', 'place', 'event', 'the'])} {word}", anybody, story, since)
                for word, story, since in last
            ],
            "≤ 15 ms",
        )
        yield (
            "told of them",
            [
                self.case(self.draw.choice(["baker", "teacher", "keeper lamp", "doctor silver"]), anybody, story, since)
                for _w, story, since in last
            ],
            "≤ 15 ms",
        )
        yield (
            "everything hidden",
            [
                Case(
                    text,
                    anybody,
                    (story,) if self.sort != "ten" else tuple(self.stories[:10]),
                    (0,) if self.sort != "ten" else (0,) * 10,
                )
                for text, _e, story, _s in people
            ],
            "≤ 15 ms",
        )

    def case(self, typed: str, wanted: set[int] | frozenset[int], story: int, since: int) -> Case:
        """Asked somewhere from where the one who is wanted is met."""
        return Case(typed, frozenset(wanted), *self.scope(story, since))

    def scope(self, story: int, since: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The stories that are searched and how far they were read; in ten the others are read as far as may be."""
        here = self.draw.randint(since, self.end)
        if self.sort != "ten":
            return (story,), (here,)
        stories = tuple({story: None, **dict.fromkeys(self.stories[:10])})[:10]
        drawn = (self.draw.choice([0, self.end, self.draw.randint(0, self.end)]) for _ in stories)
        return stories, tuple(here if key == story else other for key, other in zip(stories, drawn, strict=True))

    def people(self, size: int, stories: Sequence[int] = ()) -> list[tuple[str, int, int, int]]:
        """Drawn full names of two words: text, entry, story, since when."""
        stories = (
            stories
            or {"large": self.stories[:1], "small": self.stories[1:STORIES], "ten": self.stories[:10]}[self.sort]
        )
        found = self._all(
            "SELECT n.text, n.entry_id, n.story_id, n.since FROM wiki_name n JOIN wiki_entry e ON e.id = n.entry_id "
            "JOIN wiki_kind k ON k.id = e.kind_id WHERE n.story_id = ANY(%s) AND k.slug = 'character' "
            "AND n.sort = 'title' AND n.text ~ '^[A-Za-z]{3,} [A-Za-z]{4,}$' ORDER BY md5(n.id::text) LIMIT %s",
            [list(stories), size],
        )
        return [(str(row[0]), row[1], row[2], row[3]) for row in found]

    def bearers(self, word: str, story: int) -> set[int]:
        """All who are found by a word where it is asked: who of them is meant, a last name does not say."""
        stories = [story, *(self.stories[:10] if self.sort == "ten" else ())]
        asked = "SELECT entry_id FROM wiki_word WHERE story_id = ANY(%s) AND key = %s"
        return {row[0] for row in self._all(asked, [stories, word.lower()])}

    def slip(self, word: str) -> str:
        """The word with one letter wrong, missing, doubled, or two swapped."""
        while True:
            at = self.draw.randrange(len(word))
            made = self.draw.choice(
                [
                    word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :],
                    word[:at] + word[at + 1 :],
                    word[: at + 1] + word[at:],
                    word[:at] + self.draw.choice(_LETTERS) + word[at + 1 :],
                ]
            )
            if made.lower() != word.lower():
                return made

    def slip_in_one(self, text: str) -> str:
        """One of two words slipped."""
        first, last = text.split()
        return f"{self.slip(first)} {last}" if self.draw.random() < 0.5 else f"{first} {self.slip(last)}"

    def _cpu(self) -> float:
        return int(self._stat.read_text(encoding="ascii").split()[0]) / 1e6

    def _all(self, statement: str, values: list[Any]) -> list[Any]:
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute(statement, values)
            return list(cursor.fetchall())


def _part(values: Sequence[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def _size() -> str:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_table_size('wiki_word') / 1000000, pg_indexes_size('wiki_word') / 1000000")
        return "{} + {} MB".format(*cursor.fetchone())


def _print(*row: str) -> None:
    print("\t".join([*row, ""][:3]), flush=True)


def _rows(var: Path, function: str, *arguments: str) -> Iterator[Row]:
    """Run one of these functions in a process of its own, which prints rows."""
    code = f"from tests.bench import search, tagging; tagging.begin(); search.{function}(*{arguments!r})"
    environment = {**os.environ, "VAR": str(var)}
    done = subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.PIPE, text=True, env=environment)
    for line in done.stdout.splitlines():
        what, measured, wanted = line.split("\t")
        yield what, measured, wanted
