"""A story of three chapters in which two people are named, and what is known of them from which paragraph on."""

from collections.abc import Callable
from pathlib import Path

from reader.models import Story
from tests.conftest import Visitor
from tests.wiki.packs import entry, png, write_pack
from wiki.packing import import_pack
from wiki.tagging import finding

TEXT = """# One

Wilf lit the lamp.

Nobody came.

Wilf read the paper.

Wilf slept.

# Two

Wilf met Ada.

Wilf Oakshott went home.

Ada waited for Wilf.

# Three

Ada sang.

It was late.
"""
FACTS = "".join(
    f'[[facts]]\nlabel = "{label}"\nvalue = "{value}"\nsince = "{since}"\n'
    for label, value, since in (("Work", "Keeper", "1:3"), ("Lives", "Far off", "2:2"))
)
TITLE = '[[names]]\nname = "Wilf Oakshott"\nsort = "title"\nsince = "2:2"\n'
FACE = '[[pictures]]\nfile = "images/a.png"\nalt = "A lamp"\nsince = "1:3"\n'
PACK = {
    "wilf": entry("He keeps the lamp. {1:3}\n\nHe has a house. {2:2}", head=TITLE + FACTS + FACE, Wilf="1:1"),
    "ada": entry("She waits. {2:3}", Ada="2:1"),
    "images/a.png": png("red"),
}


def lodge(import_text: Callable[..., Story], folder: Path) -> Story:
    """The story with its wiki, its names found."""
    story = import_text(TEXT, title="The Lodge")
    import_pack(write_pack(folder, PACK, story="the-lodge"))
    finding.tag_all(story)
    return story


def reader_at(point: str) -> Visitor:
    """A browser whose reader has read up to this point."""
    visitor = Visitor()
    visitor.post("/read/the-lodge/reached/", {"point": point})
    return visitor
