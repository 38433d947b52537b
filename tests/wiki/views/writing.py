"""A story with one entry for the tests of writing, and an edit form as a browser sends it."""

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

from reader.models import Story, User
from tests.conftest import Visitor, manuscript_of
from tests.reader.visits import Answer
from tests.wiki.packs import entry, write_pack
from wiki.packing import import_pack

WIKI = "/wiki/the-lamp/"
EDIT = f"{WIKI}the-keeper/edit/"
UNMET, UNKNOWN = "the-pilot", "no-such-entry"
BODY = "He trims the lamp. {1:3}\n\n## Later\n\nHe leaves. {3:2}\n\nNobody knows where. {4:4}"
INPUT = re.compile(r'<input (?:type="hidden" )?(?:id="[^"]*" )?name="([^"]+)" value="([^"]*)"')
CHOSEN = re.compile(r'<select class="select" id="[^"]*" name="([^"]+)">.*?<option value="([^"]*)" selected', re.DOTALL)
AREA = re.compile(r'<textarea name="body"[^>]*>\n?(.*?)</textarea>', re.DOTALL)


def keeper_story(import_text: Callable[..., Story], folder: Path) -> Story:
    """Five chapters; The Keeper is met in 1:2 and gets a second name in 3:1, The Pilot is met in 4:1."""
    story = import_text(manuscript_of(5))
    fact = '[[facts]]\nlabel = "Lives"\nvalue = "At the light"\nsince = "1:4"\n'
    pack = {
        "keeper": entry(BODY, head=fact, The_Keeper="1:2", Silas_Brand="3:1"),
        "pilot": entry("Brings the boat. {4:2}", The_Pilot="4:1"),
    }
    import_pack(write_pack(folder / "pack", pack))
    return story


def reader_at(user: User, point: str) -> Visitor:
    """The browser of somebody signed in who has read as far."""
    visitor = Visitor()
    visitor.force_login(user)
    visitor.post("/read/the-lamp/reached/", {"point": point})
    return visitor


def text_of(answer: Answer) -> str:
    """Its HTML."""
    return answer.content.decode()


def fields(page: str) -> dict[str, str]:
    """What a browser would send of the form on a page; check boxes are off."""
    found = {unescape(name): unescape(value) for name, value in INPUT.findall(page)}
    found |= dict(CHOSEN.findall(page))
    area = AREA.search(page)
    return {name: value for name, value in found.items() if name != "csrfmiddlewaretoken"} | {
        "body": unescape(area[1]) if area else ""
    }


def form_of(visitor: Visitor, address: str = EDIT, **changes: str) -> dict[str, str]:
    """The form at an address, with changes; `names_3_text` stands for `names-3-text`."""
    answer = visitor.get(address)
    assert answer.status_code == 200
    return fields(text_of(answer)) | {name.replace("_", "-"): value for name, value in changes.items()}
