"""In which language a story's words are brought to their stems, and how what was asked is put to the full text.

Texts are read with accents taken off. Chinese, Japanese and Thai part no words: of these, each two characters that
stand together are looked up, and more of them as a phrase.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from reader.models import Story
from wiki.text.asked import Asked

STEMMED: Final = {
    "ar": "arabic", "hy": "armenian", "eu": "basque", "ca": "catalan", "da": "danish", "nl": "dutch", "en": "english",
    "fi": "finnish", "fr": "french", "de": "german", "el": "greek", "hi": "hindi", "hu": "hungarian",
    "id": "indonesian", "ga": "irish", "it": "italian", "lt": "lithuanian", "ne": "nepali", "no": "norwegian",
    "nb": "norwegian", "nn": "norwegian", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian",
    "es": "spanish", "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip
"""PostgreSQL's name of a language, by the first part of its tag; the migration made `story_<name>` of each."""
UNPARTED: Final = frozenset({"zh", "ja", "th", "lo", "km", "my", "bo"})
"""Languages that part no words."""
LONGEST: Final = 50_000
"""Characters of a text that are read: of more, PostgreSQL's full text could outgrow the megabyte that one may have."""
_PIECE: Final = re.compile(r"[^\s']+")
_WORDS: Final = "plainto_tsquery('{config}'::regconfig, story_plain(%s))"
_PHRASE: Final = "phraseto_tsquery('{config}'::regconfig, story_plain(%s))"
_PAIRS: Final = "phraseto_tsquery('simple'::regconfig, lower(%s))"
_START: Final = "to_tsquery('simple'::regconfig, quote_literal(lower(%s)) || ':*')"


@dataclass(frozen=True, slots=True)
class Language:
    """A configuration of PostgreSQL's full text search, and whether texts are taken by two characters."""

    config: str
    by_pairs: bool = False

    def vector(self, column: str) -> str:
        """SQL of the full text of a column (of our own writing)."""
        text = f"left({column}, {LONGEST})"
        taken = f"story_pairs({text})" if self.by_pairs else f"story_plain({text})"
        return f"to_tsvector('{self.config}'::regconfig, {taken})"

    def query(self, asked: Asked) -> tuple[str, str, dict[str, str]]:
        """SQL of all that was asked, SQL of what is wanted alone, and the values of both by name."""
        values: dict[str, str] = {}
        wanted = self._all([*asked.words], asked.phrases, values)
        refused = [self._all([], [one], values) for one in asked.without]
        every = " && ".join([f"({wanted})", *(f"!!({one})" for one in refused)])
        return f"({every})", f"({wanted})", values

    def any_of(self, said: Sequence[str]) -> tuple[str, dict[str, str]]:
        """SQL that asks for any of these words and phrases, and its values by name."""
        values: dict[str, str] = {}
        return " || ".join(f"({self._all([], [one], values)})" for one in said), values

    def _all(self, words: Sequence[str], phrases: Sequence[str], values: dict[str, str]) -> str:
        """SQL that asks for all of these; what is asked for is added to the values."""
        if self.by_pairs:
            pieces = [piece for one in [*words, *phrases] for piece in _PIECE.findall(one)]
            parts = [(_PAIRS if len(piece) > 1 else _START, _pairs(piece)) for piece in pieces]
        else:
            parts = [(_WORDS.format(config=self.config), " ".join(words))] if words else []
            parts += [(_PHRASE.format(config=self.config), phrase) for phrase in phrases]
        found = []
        for sql, value in parts:
            name = f"asked{len(values)}"
            values[name] = value
            found.append(sql.replace("%s", f"%({name})s"))
        return " && ".join(found) or "''::tsquery"


def language_of(story: Story) -> Language:
    """How the texts of a story are read.

    Of a language that PostgreSQL does not know, words are found as they are written.
    """
    first = story.language.lower().replace("_", "-").partition("-")[0]
    if first in UNPARTED:
        return Language("simple", by_pairs=True)
    return Language(f"story_{STEMMED.get(first, 'simple')}")


def _pairs(piece: str) -> str:
    return " ".join(piece[at : at + 2] for at in range(len(piece) - 1)) or piece
