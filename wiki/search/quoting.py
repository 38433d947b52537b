"""What found passages and tellings say, with the words that fit marked: of one page's rows only."""

from collections.abc import Mapping, Sequence
from typing import Final

from django.db import connection

from wiki.search.languages import Language, language_of
from wiki.search.matching import FoundPassage, FoundTelling
from wiki.search.shapes import Scope
from wiki.text import excerpts
from wiki.text.asked import Asked
from wiki.text.excerpts import CLOSE, OPEN, Span
from wiki.text.lines import Run

_HEADLINE: Final = (
    "ts_headline('{config}'::regconfig, story_plain({column}), {query},"
    f" 'HighlightAll=true, StartSel={OPEN}, StopSel={CLOSE}')"
)
_TELLING: Final = "coalesce(b.text, f.label || ': ' || f.text)"
_SAID: Final = f"""
    SELECT t.id, {_TELLING}, {{marked}} FROM wiki_telling t
    LEFT JOIN wiki_block b ON b.id = t.block_id LEFT JOIN wiki_fact f ON f.id = t.fact_id
    WHERE t.id = ANY(%(keys)s)
"""  # noqa: S608 - no input
_WRITTEN: Final = "SELECT p.id, p.text, {marked} FROM reader_paragraph p WHERE p.id = ANY(%(keys)s)"


def sentences(asked: Asked, scopes: Sequence[Scope], found: Sequence[FoundTelling]) -> dict[int, tuple[Run, ...]]:
    """The sentence of each telling that fits best, by the telling's primary key; one query for each language."""
    texts = _marked(_SAID, _TELLING, asked, scopes, {one.telling: one.story for one in found})
    return {key: excerpts.sentence(text, spans) for key, (text, spans) in texts.items()}


def pieces(
    asked: Asked,
    scopes: Sequence[Scope],
    found: Sequence[FoundPassage],
    spots: Mapping[int, Sequence[Span]] | None = None,
) -> dict[int, tuple[Run, ...]]:
    """A piece of each passage around what fits, by the paragraph's primary key; `spots` are marked where given."""
    texts = _marked(_WRITTEN, "p.text", asked, scopes, {one.paragraph: one.story for one in found})
    if spots is not None:
        texts = {key: (text, list(spots.get(key, ()))) for key, (text, _spans) in texts.items()}
    return {key: excerpts.around(text, spans) for key, (text, spans) in texts.items()}


def _marked(
    sql: str, column: str, asked: Asked, scopes: Sequence[Scope], wanted: Mapping[int, int]
) -> dict[int, tuple[str, list[Span]]]:
    """Texts and where in them stands what was asked; `wanted` says of which story each row is."""
    languages = {scope.story.pk: language_of(scope.story) for scope in scopes}
    groups: dict[Language, list[int]] = {}
    for key, story in wanted.items():
        groups.setdefault(languages[story], []).append(key)
    found = {}
    for language, keys in groups.items():
        _all, query, values = language.query(asked)
        headline = "NULL" if language.by_pairs else _HEADLINE.format(config=language.config, column=column, query=query)
        with connection.cursor() as cursor:
            cursor.execute(sql.format(marked=headline), values | {"keys": keys})
            for key, text, marked in cursor.fetchall():
                if marked is None:
                    found[key] = text, excerpts.spans_within(text, asked.plain.split())
                else:
                    found[key] = text, excerpts.spans_of(marked)
    return found
