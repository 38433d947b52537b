"""How fast the page of results is: ten million words of text and 100,000 entries in five stories, all of them searched.

The whole page as the server makes it for a reader without an account, from its address to its HTML: milliseconds of
the processor, Python and the database together, which other work on the machine lengthens less, and of the clock.
"""

import gc
import os
import random
import re
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

LIBRARY: Final = ["--stories=5", "--chapters=100", "--words=20000", "--entries=20000", "--slug-prefix=find"]
CHAPTERS: Final = 100
ASKED: Final = int(os.environ.get("SEARCHES", "150"))
"""Pages of each sort."""
_HALF: Final = (50 << 32) | 0xFFFFFFFF
"""The end of chapter 50, as a point."""
Row = tuple[str, str, str]


class Case(NamedTuple):
    """What is typed, with which other fields of the address, and up to which chapter of each story."""

    typed: str
    fields: dict[str, Any]
    chapters: tuple[int, ...]


def measure(var: Path) -> Iterator[Row]:
    """Rows of the table."""
    began = time.monotonic()
    command = [sys.executable, "manage.py", "make_corpus", *LIBRARY, "--quiet"]
    subprocess.run(command, check=True, env={**os.environ, "VAR": str(var)})
    yield "10 million words and 100,000 entries in five stories, made", f"{time.monotonic() - began:.0f} s", ""
    for function in ("fill", "ask", "compare", "plans"):
        yield from _rows(var, function)


def fill() -> None:
    """Run in a process of its own: names tagged in the text, and the full text of what is not in it yet."""
    from django.db import connection

    from wiki.search.passages import renew_passages
    from wiki.tagging import finding

    began = time.monotonic()
    tagged = sum(finding.tag_all(story).changed for story in _stories())
    _print("names tagged in the text", f"{tagged:,} in {time.monotonic() - began:.0f} s")
    began = time.monotonic()
    written = sum(renew_passages(story) for story in _stories())
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE wiki_passage, wiki_telling, wiki_word, wiki_tagging, reader_paragraph")
        cursor.execute("SELECT pg_size_pretty(sum(pg_total_relation_size(one))) FROM unnest(%s::regclass[]) one",
                       [["wiki_passage", "wiki_telling"]])  # fmt: skip
        size = cursor.fetchone()[0]
    _print("full text of the paragraphs", f"{written:,} in {time.monotonic() - began:.0f} s; {size} with all indexes")


def ask() -> None:
    """Run in a process of its own: every sort of question, then all of them together."""
    desk = Desk()
    desk.warm()
    every: list[tuple[float, float]] = []
    for what, cases in desk.sorts():
        every += desk.row(what, cases)
    _say("the page of results, all of these", every, "p50 ≤ 40, p99 ≤ 120 ms")


def compare() -> None:
    """Run in a process of its own: words that stand only in what lies ahead cost as much as words that stand nowhere.

    Of both only those that find nothing, and begun alike: what is met and near to a word costs something, whatever lies
    ahead.
    """
    desk = Desk()
    desk.warm()
    known = desk.words()
    costs: dict[bool, list[float]] = {True: [], False: []}
    for word in sorted(known, key=lambda one: desk.draw.random()):
        if known[word] <= _HALF or not 6 <= len(word) <= 12 or not desk.finds_nothing(word):
            continue
        unknown = next(one for one in desk.like(word, known) if one not in known and desk.finds_nothing(one))
        for is_hidden, typed in ((True, word), (False, unknown)):
            costs[is_hidden].append(min(desk.cost(desk.half(typed))[0] for _ in range(3)))
        if len(costs[True]) == ASKED:
            break
    medians = [statistics.median(costs[which]) for which in (True, False)]
    said = f"{medians[0]:.1f} / {medians[1]:.1f} ms CPU of {len(costs[True])} each, {medians[0] / medians[1] - 1:+.1%}"
    _print("words of names that lie ahead / words of no name", said, "within 10 %")


def plans() -> None:
    """Run in a process of its own: passages and tellings are found by their indexes, whatever is asked."""
    from django.db import connection

    from wiki.search import limits, matching
    from wiki.search.bounding import Bounds
    from wiki.search.shapes import Filters, Scope
    from wiki.text.asked import parse

    bounds = Bounds([Scope(story, 50 << 32) for story in _stories()], Filters())
    for what, statement, index in (
        ("passages", matching.passages_sql, "passage_words"),
        ("tellings", matching.tellings_sql, "telling_words"),
    ):
        scanned: set[str] = set()
        for typed in ("stood", "rain lamp", '"the rain" -lamp', "zzyzx"):
            part = next(bounds.by_language())
            sql, its = statement(parse(typed), part)
            values = part.values | its | {"most": matching.MOST + 1, "top": 10, "named": []}
            with limits.within(), connection.cursor() as cursor:
                cursor.execute("EXPLAIN " + sql, values)
                plan = "\n".join(row[0] for row in cursor.fetchall())
            scanned |= set(re.findall(r"Scan (?:using|on) (\w+)", plan)) - {"scope", "found", "best", "top", "first"}
            assert "Seq Scan" not in plan, plan
            conditions = re.findall(
                rf"Bitmap Index Scan on {index} .*\n\s+Index Cond: \(\(reach && .* AND \(vector @@", plan
            )
            assert len(conditions) == part.passed == part.reached, plan
        _print(f"the plan of {what}", ", ".join(sorted(scanned)), f"{index}: reach and vector")


class Desk:
    """Draws what is asked, asks it and says what it took."""

    def __init__(self) -> None:
        from django.db import connection
        from django.test import Client

        self.draw = random.Random(7)
        self.stories = _stories()
        self.browser = Client(headers={"Sec-Fetch-Site": "same-origin", "Host": "localhost"})
        self._reached: dict[str, int] = {}
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            self._stat = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")
            cursor.execute("SELECT text FROM reader_paragraph WHERE id % 50 = 0 AND length(text) > 80 LIMIT 3000")
            self.texts = [re.findall(r"[^\W\d_]+", text) for (text,) in cursor.fetchall()]
            counts = Counter(word for words in self.texts for word in {one.lower() for one in words})
            cursor.execute(
                "SELECT one FROM unnest(%s::text[]) one WHERE to_tsvector('english', one) <> ''", [list(counts)]
            )
            words = sorted((word for (word,) in cursor.fetchall()), key=lambda one: (-counts[one], one))
        self.common, self.rare = words[:40], words[len(words) // 2 :]
        gc.collect()
        gc.freeze()  # a server does not hold three thousand paragraphs

    def sorts(self) -> Iterator[tuple[str, list[Case]]]:
        """Every sort of question, each up to another chapter of each story."""
        common, rare, names = self.common, self.rare, self.names(ASKED * 3)
        yield "one of the 40 commonest words", self.cases(lambda: self.draw.choice(common))
        yield "two of them", self.cases(lambda: " ".join(self.draw.sample(common, 2)))
        yield "three of them, one left out", self.cases(lambda: "{} {} -{}".format(*self.draw.sample(common, 3)))
        yield "a rare word", self.cases(lambda: self.draw.choice(rare))
        yield "a rare and a common one", self.cases(lambda: f"{self.draw.choice(rare)} {self.draw.choice(common)}")
        yield "a phrase of three words of the text", self.cases(self.phrase)
        yield "a name", self.cases(lambda: self.draw.choice(names))
        yield "a name and a common word", self.cases(lambda: f"{self.draw.choice(names)} {self.draw.choice(common)}")
        yield "a common word, places only", self.cases(lambda: self.draw.choice(common), kind="location")
        yield "a common word, chapters 20 to 30", self.cases(lambda: self.draw.choice(common), **{"from": 20, "to": 30})
        yield "nonsense", self.cases(lambda: "".join(self.draw.sample("bcdfghjklmnpqrstvwxz", 7)))

    def cases(self, typed: Any, **fields: Any) -> list[Case]:
        """So many questions, each up to other chapters; in some stories nothing was read."""
        return [Case(typed(), fields, self.chapters()) for _ in range(ASKED)]

    def chapters(self) -> tuple[int, ...]:
        """Up to where somebody has read in each story."""
        return tuple(self.draw.choice([0, CHAPTERS, self.draw.randint(1, CHAPTERS)]) for _ in self.stories)

    def phrase(self) -> str:
        """Three words that stand together somewhere."""
        words = self.draw.choice([one for one in self.texts if len(one) > 6])
        at = self.draw.randrange(len(words) - 3)
        return f'"{" ".join(words[at : at + 3])}"'

    def names(self, many: int) -> list[str]:
        """Names of entries."""
        from wiki.models import Name

        rows = Name.objects.whole(because="a bench").filter(story__in=self.stories)
        return list(rows.order_by("key").values_list("text", flat=True)[:many])

    def words(self) -> dict[str, int]:
        """Every word of a name in these stories, and since when it is first known."""
        from django.db import connection

        asked = "SELECT key, min(since) FROM wiki_word WHERE story_id = ANY(%s) AND level = 0 GROUP BY key ORDER BY key"
        with connection.cursor() as cursor:
            cursor.execute(asked, [[one.pk for one in self.stories]])
            return dict(cursor.fetchall())

    def like(self, word: str, known: Iterable[str]) -> Iterator[str]:
        """Words that are begun as this one and end as others do: slips of both lead to the same words that show."""
        ends = [one[5:] for one in known if len(one) == len(word)]
        while True:
            yield word[:5] + self.draw.choice(ends)

    def half(self, typed: str) -> Case:
        """Asked by somebody who has read half of each story."""
        return Case(typed, {}, (50,) * len(self.stories))

    def finds_nothing(self, typed: str) -> bool:
        """Whether neither an entry nor a passage fits, half-way."""
        from wiki import search

        found = search.find(typed, [search.Scope(story, _HALF) for story in self.stories])
        return not found.entries and not found.passages

    def warm(self) -> None:
        """Have the plans made: a server keeps its connections."""
        for typed in ("a", "abc", "abcde", "rain lamp", "film abcde", "zzyzx qqqxq"):
            self.cost(Case(typed, {}, (CHAPTERS,) * len(self.stories)))

    def cost(self, case: Case) -> tuple[float, float]:
        """Milliseconds of the processor, Python and the database together, and of the clock."""
        for story, at in zip(self.stories, case.chapters, strict=True):
            if self._reached.get(story.slug) != at:
                self.browser.post(f"/read/{story.slug}/reached/", {"point": str(at)})
                self._reached[story.slug] = at
        began, used = time.perf_counter(), time.process_time() * 1000 + self._database()
        answer = self.browser.get("/search/", {"q": case.typed, **case.fields})
        cost = time.process_time() * 1000 + self._database() - used, (time.perf_counter() - began) * 1000
        assert answer.status_code == 200, (answer.status_code, case)
        return cost

    def row(self, what: str, cases: Sequence[Case]) -> list[tuple[float, float]]:
        """Ask them all, each once, and print what that took."""
        costs = [self.cost(case) for case in cases]
        _say(f"results: {what}", costs, "")
        return costs

    def _database(self) -> float:
        return int(self._stat.read_text().split()[0]) / 1e6


def _say(what: str, costs: Sequence[tuple[float, float]], wanted: str) -> None:
    cpu, clock = (sorted(column) for column in zip(*costs, strict=True))
    said = [f"{one[len(one) // 2]:.0f} · {one[int(len(one) * 0.99)]:.0f} ms" for one in (cpu, clock)]
    _print(what, f"{said[0]} CPU, on the clock {said[1]}", wanted)


def _stories() -> list[Any]:
    from reader.models import Story

    return list(Story.objects.filter(slug__startswith="find-").order_by("pk"))


def _print(*row: str) -> None:
    print("\t".join([*row, ""][:3]), flush=True)


def _rows(var: Path, function: str) -> Iterator[Row]:
    """Run one of these functions in a process of its own, which prints rows."""
    code = f"from tests.bench import searching, tagging; tagging.begin(); searching.{function}()"
    environment = {**os.environ, "VAR": str(var), "THROTTLES": "search=999999/60"}
    done = subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.PIPE, text=True, env=environment)
    for line in done.stdout.splitlines():
        what, measured, wanted = line.split("\t")
        yield what, measured, wanted
