"""How far each story is searched, as values of the statements: points, and blocks of chapters for the index."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, Final

from django.db import connection
from django.utils import timezone

from reader.text import points
from wiki.search.languages import Language, language_of
from wiki.search.shapes import Filters, Scope
from wiki.text.reach import blocks_up_to, is_small

SCOPE: Final = """
    unnest(%(stories)s::bigint[], %(lows)s::bigint[], %(highs)s::bigint[], %(horizons)s::bigint[])
    AS scope (story, low, high, horizon)
"""
STANDING: Final = """
    g.state = 'linked' AND NOT g.is_lost AND g.point > scope.low AND g.point <= scope.high AND g.since <= scope.horizon
"""
APPEARS: Final = f"""
    EXISTS (
        SELECT FROM wiki_tagging g
        JOIN reader_paragraph p ON p.id = g.paragraph_id AND NOT p.is_retired
        JOIN reader_chapter c ON c.id = p.chapter_id AND c.published_at <= %(now)s
        WHERE g.entry_id = entry.id AND {STANDING}
    )
"""
_APPEARING: Final = f"""
    SELECT entry.id FROM wiki_entry entry JOIN {SCOPE} ON scope.story = entry.story_id
    WHERE entry.id = ANY(%(entries)s) AND {APPEARS}
"""  # noqa: S608 - no input
_LAST: Final = """
    SELECT story, (
        SELECT number FROM reader_chapter WHERE story_id = story AND published_at <= %(now)s
        ORDER BY number DESC LIMIT 1
    ) AS last FROM unnest(%(stories)s::bigint[]) AS story
"""
_UNPUBLISHED: Final = """
    SELECT story_id, number FROM reader_chapter
    WHERE story_id = ANY(%(stories)s) AND published_at > %(now)s AND number <= %(last)s
"""


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
        out = self._last_chapters()
        ends = [min(high, points.chapter_end(out.get(pk) or 0)) for pk, high in zip(stories, highs, strict=True)]
        self.passed = [blocks_up_to(pk, end, first=first) for pk, end in zip(stories, ends, strict=True)]
        self.reached = [blocks_up_to(scope.story.pk, scope.horizon) for scope in scopes]

    def by_language(self) -> Iterator[tuple[Language, dict[str, Any]]]:
        """The parameters for the stories of each language."""
        groups: dict[Language, list[int]] = defaultdict(list)
        for at, scope in enumerate(self.scopes):
            groups[language_of(scope.story)].append(at)
        for language, places in groups.items():
            cut = {name: [self.values[name][at] for at in places] for name in ("stories", "lows", "highs", "horizons")}
            for name, blocks in (("passed", self.passed), ("reached", self.reached)):
                every = [block for at in places for block in blocks[at]]
                cut[f"{name}_last"] = [block for block in every if is_small(block)]
                cut[f"{name}_before"] = [block for block in every if not is_small(block)]
            yield language, self.values | cut

    def _last_chapters(self) -> dict[int, int]:
        """The last chapter that is out, of each story."""
        with connection.cursor() as cursor:
            cursor.execute(_LAST, self.values)
            return dict(cursor.fetchall())

    def unpublished(self) -> list[tuple[int, int]]:
        """The story and the number of each chapter that was reached and is not out: few, and most often none."""
        last = max(points.split(high)[0] for high in self.values["highs"])
        with connection.cursor() as cursor:
            cursor.execute(_UNPUBLISHED, self.values | {"last": last})
            return [(story, number) for story, number in cursor.fetchall()]

    def appearing(self, entries: Sequence[int]) -> set[int]:
        """Those of these entries that stand in the text of the chapters asked for."""
        with connection.cursor() as cursor:
            cursor.execute(_APPEARING, self.values | {"entries": list(entries)})
            return {row[0] for row in cursor.fetchall()}
