"""How far each story is searched, as values of the statements: points, and blocks of chapters for the index."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

from django.db import connection
from django.utils import timezone

from reader.text import points
from wiki.search.arrays import numbers
from wiki.search.languages import Language, language_of
from wiki.search.shapes import Filters, Scope
from wiki.text.reach import stretches_back

SCOPE: Final = """
    unnest(%(stories)s::bigint[], %(lows)s::bigint[], %(highs)s::bigint[], %(horizons)s::bigint[])
    AS scope (story, low, high, horizon)
"""
STANDING: Final = """
    g.state = 'linked' AND NOT g.is_lost AND g.point > scope.low AND g.point <= scope.high AND g.since <= scope.horizon
"""
# Asked of one entry after the other (OFFSET 0): joined, all mentions might be walked for the few that matter.
APPEARS: Final = f"""
    EXISTS (
        SELECT FROM wiki_tagging g
        JOIN reader_paragraph p ON p.id = g.paragraph_id AND NOT p.is_retired
        JOIN reader_chapter c ON c.id = p.chapter_id AND c.published_at <= %(now)s
        WHERE g.entry_id = {{entry}} AND {STANDING} OFFSET 0
    )
"""
_APPEARING: Final = f"""
    SELECT entry.id FROM wiki_entry entry JOIN {SCOPE} ON scope.story = entry.story_id
    WHERE entry.id = ANY(%(entries)s) AND {APPEARS.format(entry="entry.id")}
"""  # noqa: S608 - no input
# Few chapters before the last one that is out are not, and most often none.
_OUT: Final = """
    SELECT one.story, last.number, ARRAY(
        SELECT c.number FROM reader_chapter c
        WHERE c.story_id = one.story AND c.number < last.number AND c.published_at > %(now)s
    ) FROM unnest(%(stories)s::bigint[]) AS one (story) CROSS JOIN LATERAL (
        SELECT c.number FROM reader_chapter c WHERE c.story_id = one.story AND c.published_at <= %(now)s
        ORDER BY c.number DESC LIMIT 1
    ) last
"""


class Part(NamedTuple):
    """The stories of one language: the statements' parameters, and of how many stretches of chapters they tell.

    `passed0` are the blocks of the last chapters that were asked for of each story, `passed1` of those before, and so
    on; `reached0` likewise of all that was reached.
    """

    language: Language
    values: dict[str, Any]
    passed: int
    reached: int


class Bounds:
    """Scopes, each with the chapters that are asked for, as parameters of the statements."""

    def __init__(self, scopes: Sequence[Scope], filters: Filters) -> None:
        first = min(max(filters.first, 0), points.LAST_CHAPTER)
        last = min(max(filters.last, 0), points.LAST_CHAPTER)
        self.scopes = scopes
        self.is_cut = bool(first or last)
        highs = [min(scope.horizon, points.chapter_end(last)) if last else scope.horizon for scope in scopes]
        stories = [scope.story.pk for scope in scopes]
        self.values: dict[str, Any] = {
            "stories": stories,
            "lows": [points.point(first) if first else -1] * len(scopes),
            "highs": highs,
            "horizons": [scope.horizon for scope in scopes],
            "now": timezone.now(),
        }
        out = self._out()
        self.unpublished = [(story, number) for story, (_last, later) in out.items() for number in later]
        """The story and the number of each chapter that comes before one that is out, and is not out itself."""
        lasts = [out[pk][0] if pk in out else 0 for pk in stories]
        ends = [min(high, points.chapter_end(last)) for high, last in zip(highs, lasts, strict=True)]
        self.passed = [stretches_back(pk, end, first=first) for pk, end in zip(stories, ends, strict=True)]
        self.reached = [
            stretches_back(scope.story.pk, scope.horizon, last=last) for scope, last in zip(scopes, lasts, strict=True)
        ]

    def by_language(self) -> Iterator[Part]:
        """What is asked of the stories of each language."""
        groups: dict[Language, list[int]] = defaultdict(list)
        for at, scope in enumerate(self.scopes):
            groups[language_of(scope.story)].append(at)
        for language, places in groups.items():
            each = ("stories", "lows", "highs", "horizons")
            cut: dict[str, Any] = {name: [self.values[name][at] for at in places] for name in each}
            passed, reached = ([blocks[at] for at in places] for blocks in (self.passed, self.reached))
            cut |= _named("passed", passed) | _named("reached", reached)
            cut["passed"] = [block for its in passed for stretch in its for block in stretch]
            yield Part(language, self.values | cut, max(map(len, passed)), max(map(len, reached)))

    def _out(self) -> dict[int, tuple[int, list[int]]]:
        """The last chapter that is out, of each story, and those before it that are not."""
        with connection.cursor() as cursor:
            cursor.execute(_OUT, self.values)
            return {story: (last, later) for story, last, later in cursor.fetchall()}

    def appearing(self, entries: Sequence[int]) -> set[int]:
        """Those of these entries that stand in the text of the chapters asked for."""
        with connection.cursor() as cursor:
            cursor.execute(_APPEARING, self.values | {"entries": list(entries)})
            return {row[0] for row in cursor.fetchall()}


def _named(name: str, stories: Sequence[list[list[int]]]) -> dict[str, str]:
    """The blocks of all stories by the number of their stretch, as PostgreSQL writes an array."""
    longest = max(map(len, stories))
    stretches = ([one for its in stories if at < len(its) for one in its[at]] for at in range(longest))
    return {f"{name}{at}": numbers(blocks) for at, blocks in enumerate(stretches)}
