"""A story of eight paragraphs that is tagged, and how people tag in it by hand. For tests of where entries stand."""

from datetime import UTC, datetime
from pathlib import Path

from reader.models import Paragraph, Story, User
from reader.text.points import EVERYTHING, parse_point
from tests.wiki.packs import entry, write_pack
from wiki.editing.rights import Rights
from wiki.models import Tagging
from wiki.packing import import_pack
from wiki.tagging import finding
from wiki.tagging.deciding import Decision, decide

WHY = "a test looks at everything"
NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
TEXT = """# The Stair

The Keeper trims the lamp, and the lamp burns.

The House stands open.

* * *

The Cook bakes bread for The Keeper. The Keeper eats it.

# The Boat

Nobody is at home.

Silas Brand rows out to The Cook.

* * *

The Cook sings.

The House is shut behind The Keeper.

# The Letter

The Keeper writes to The Cook.
"""
TITLE = '[[names]]\nname = "Silas Brand"\nsort = "title"\nsince = "2:2"\n'
# The keeper from 1:1, as Silas Brand from 2:2; the house from 1:2; the cook from 1:3; the wreck is never named.
PACK = {
    "keeper": entry(The_Keeper="1:1", head=TITLE),
    "house": entry(kind="location", The_House="1:2"),
    "cook": entry(The_Cook="1:3"),
    "wreck": entry(kind="location", The_Wreck="2:1"),
}


def tag(story: Story, folder: Path, **entries: str) -> Story:
    """The story with its wiki (or another), read by the finder."""
    import_pack(write_pack(folder, entries or PACK))
    finding.tag_all(story)
    return story


def at(point: str) -> int:
    """A point as written; `all` is everything."""
    return EVERYTHING if point == "all" else parse_point(point)


def say(
    story: Story,
    who: User,
    point: str,
    words: str,
    slug: str,
    *,
    role: str = "named",
    since: str = "0",
    no: bool = False,
) -> None:
    """Tag the first of these words in a paragraph as an entry, or say that they are not it."""
    text = Paragraph.objects.get(chapter__story=story, point=at(point)).text
    start = text.index(words)
    made = Decision(at(point), start, start + len(words), slug, words, role, not no, at(since))
    decide(story, made, Rights(who, "moderator"), horizon=EVERYTHING, now=NOW)


def by_hand(story: Story) -> list[Tagging]:
    """What people decided."""
    return list(Tagging.objects.whole(because=WHY).filter(story=story, origin="hand").order_by("pk"))
