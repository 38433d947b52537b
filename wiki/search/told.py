"""What is told of entries and holds words that were typed: the visible fact or the line of the page that fits best."""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from django.db import connection

from wiki.search.answering import Labelled
from wiki.search.shapes import Scope
from wiki.search.standing import TOLD
from wiki.text.fitting import fits, held
from wiki.text.passages import line_around

_FACTS, _BLOCKS = 24, 12  # of an entry that are looked at: the first on its page, those known first
_LONGEST: Final = 80  # characters of a fact that are shown
_WIDTH: Final = 24  # characters of a line on either side of the words
_KEPT: Final = 800  # characters of a block that are looked at
_PIECES: Final = "SELECT * FROM wiki_told_of(%s::bigint[], %s::bigint[], %s::text[], %s, %s, %s)"  # migration 0008


class Told(NamedTuple):
    """The piece that holds most of the typed words, and how well they fit (as in `fitting.Fit`); no label: a block."""

    label: str
    text: str
    words: Mapping[str, int]

    @property
    def line(self) -> str:
        """As it is shown, cut short."""
        if self.label:
            line = f"{self.label}: {self.text}"
            return line if len(line) <= _LONGEST else line[:_LONGEST].rpartition(" ")[0] + " …"
        places = [fit.places[0] for fit in fits(tuple(self.words), self.text).values()]
        start, end = min(places) if places else (0, 0)
        return "".join(line_around(self.text, start, end, width=_WIDTH))


def tellings(
    words: Sequence[str], scopes: Sequence[Scope], wanted: Mapping[int, int]
) -> tuple[dict[int, Told], list[Labelled]]:
    """What fits best of each entry ({entry: story}, by primary key), as far as it shows, and the facts that lead to
    others; one query, or none."""
    if not wanted:
        return {}, []
    horizons = {scope.story.pk: scope.horizon for scope in scopes}
    with connection.cursor() as cursor:
        upto = [horizons[story] for story in wanted.values()]
        cursor.execute(_PIECES, [list(wanted), upto, list(TOLD), _FACTS, _BLOCKS, _KEPT])
        pieces = cursor.fetchall()
    fitting = held(words, [f"{label} {text}" for _entry, label, text, _links in pieces])
    best: dict[int, tuple[tuple[int, int], Told]] = {}
    for (entry, label, text, _links), found in zip(pieces, fitting, strict=True):
        rank = (-len(found), sum(found.values()))
        if found and (entry not in best or rank < best[entry][0]):
            best[entry] = rank, Told(label, text, found)
    leading = [Labelled(entry, label, links) for entry, label, _text, links in pieces if links]
    return {entry: told for entry, (_rank, told) in best.items()}, leading
