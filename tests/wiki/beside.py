"""A story of two chapters whose names are linked, and what its reading pages show of them. For tests of the seam."""

import re
from html import unescape
from pathlib import Path

from reader.models import Story
from tests.wiki.packs import entry, png, write_pack
from wiki.packing import import_pack
from wiki.tagging import finding

TEXT = """# One

The Keeper trims the lamp.

The Cook bakes for *The Keeper*. The Keeper eats.

***

Down at the House The Keeper sleeps.

# Two

Nobody is at home.

The Keeper & Silas Brand are one; so The Cook says.

::: messages
21:04
Cook: is the keeper in
Silas Brand: he is
:::
"""
KEEPER = (
    '[[names]]\nname = "Silas Brand"\nsort = "title"\nsince = "2:2"\n'
    '[[names]]\nname = "the keeper"\nsince = "1:1"\n'
    '[[pictures]]\nfile = "images/lamp.png"\nalt = "A lamp"\nsince = "1:3"\n'
)
# The keeper is met in 1:1 and is Silas Brand from 2:2; the cook is met in 1:2, the house in 1:3, a ship never named.
PACK = {
    "keeper": entry(The_Keeper="1:1", head=KEEPER),
    "cook": entry(The_Cook="1:2", head='[[names]]\nname = "Cook"\nsince = "2:4"\n'),
    "house": entry(kind="location", House="1:3"),
    "images/lamp.png": png(),
}
NAME = re.compile(r'<a href="([^"]+)" class="(name[^"]*)" data-kind="([^"]+)">(.*?)</a>')
LINE = re.compile(
    r'<li data-kind="([^"]+)"( class="later")?><a href="([^"]+)">\s*<(img|span) .*?'
    r"<span>([^<]+)(?:<small[^>]*>([^<]+)</small>)?</span></a></li>",
    re.DOTALL,
)


def named(story: Story, folder: Path) -> Story:
    """The story with its wiki, read by the finder."""
    import_pack(write_pack(folder, PACK))
    finding.tag_all(story)
    return story


def names(page: str) -> list[tuple[str, str, str, str]]:
    """The links of a page: words, classes, kind, address."""
    return [(unescape(words), classes, kind, href) for href, classes, kind, words in NAME.findall(page)]


def lines(page: str) -> list[tuple[str, ...]]:
    """The list of a page: kind, whether it waits, where it leads, picture or initial, title, role."""
    return [(kind, later.strip(), *rest[:2], unescape(rest[2]), rest[3]) for kind, later, *rest in LINE.findall(page)]
