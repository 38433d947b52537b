"""A story of eight paragraphs with a wiki, searched as one reads on. For tests of what a page of results shows."""

from collections.abc import Sequence
from pathlib import Path

from reader.models import Story
from reader.text.points import EVERYTHING, format_point, parse_point
from tests.wiki.packs import entry, write_pack
from wiki import search
from wiki.packing import import_pack
from wiki.search.passages import renew_passages
from wiki.search.shapes import Filters, Results, Scope
from wiki.tagging import finding
from wiki.text.lines import Run

WHY = "a test looks at all there is"
TEXT = """# The Tower

The Keeper trims the lamp, and the lamp burns.

The House stands open at low tide.

* * *

The Cook bakes bread for The Keeper, and her café is warm.

# The Boat

Silas Brand rows out to The Cook with the lamp.

The low and grey tide runs.

# The Morning

Silas Brand has drowned, says The Cook, and the lamp is out.

* * *

The Wrecker sings alone.

The Wrecker put out the lamp.
"""


def fact(label: str, value: str, since: str, *, many: bool = False) -> str:
    """A row of an infobox."""
    more = "many = true\n" if many else ""
    return f'[[facts]]\nlabel = "{label}"\nvalue = "{value}"\nsince = "{since}"\n{more}'


TITLE = '[[names]]\nname = "Silas Brand"\nsort = "title"\nsince = "2:1"\n'
PACK = {
    "keeper": entry(
        "He trims the lamp in the tower. {1:1}\n\nHe has drowned. {3:1}",
        head=TITLE + fact("Work", "Keeps the light", "1:1") + fact("Work", "Rows a ferry", "2:1"),
        The_Keeper="1:1",
    ),
    "house": entry("It stands open. {1:2}", kind="location", The_House="1:2"),
    "cook": entry("She bakes bread. {1:3}\n\nShe was fond of the lamp. {3:1}", The_Cook="1:3"),
    "wrecker": entry("The Wrecker put out the lamp of the tower. {3:3}", The_Wrecker="3:2"),
}


def shore(story: Story, folder: Path, **entries: str) -> Story:
    """The story with its wiki (or another), its tags and its full text."""
    import_pack(write_pack(folder, entries or PACK, story=story.slug))
    finding.tag_all(story)
    renew_passages(story)
    return story


def at(point: str) -> int:
    """A point as written; `all` is everything."""
    return EVERYTHING if point == "all" else parse_point(point)


def asked(story: Story, text: str, point: str, *, page: int = 1, **filters: object) -> Results:
    """The page for somebody who has read as far as this."""
    return search.find(text, [Scope(story, at(point))], Filters(**filters), page=page)  # type: ignore[arg-type]


def titles(found: Results) -> list[str]:
    """The entries found, as they are called."""
    return [one.entry.title for one in found.entries]


def places(found: Results) -> list[str]:
    """The paragraphs found."""
    return [format_point(one.point) for one in found.passages]


def marked(runs: Sequence[Run]) -> str:
    """What is shown, with what fits in brackets."""
    return "".join(f"[{run.text}]" if run.is_name else run.text for run in runs)
