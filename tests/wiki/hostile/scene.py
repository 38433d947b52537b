"""A wiki in which every payload was written through its own forms, by somebody whose very name is one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from typing import TYPE_CHECKING

from django.utils import timezone

from reader.models import Membership, Story, User
from tests.conftest import Visitor
from tests.wiki.hostile.audit import Audit, squeezed
from tests.wiki.hostile.payloads import LONG, PAYLOADS, RUN
from tests.wiki.packs import png
from tests.wiki.tended import at
from wiki.text.bodies import compile_body
from wiki.text.engine import clean
from wiki.text.lexicon import Lexicon
from wiki.text.packfile import slug_for

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

WIKI = "/wiki/the-lamp/"
MALLORY = f'"><img src=x onerror={RUN}>'
"""A user name that no form of today takes; an older one, or an import, might have."""
START = "0"


@dataclass
class Scene:
    """The story, and two browsers: of somebody who writes payloads, and of who looks after the wiki."""

    story: Story
    mallory: User
    writer: Visitor
    moderator: Visitor

    def look(self, path: str, *, by: Visitor | None = None, status: int = 200) -> Audit:
        """A page of the wiki, looked through."""
        return audited((by or self.moderator).get(path if path.startswith("/") else WIKI + path), status)

    def form(self, path: str) -> dict[str, str]:
        """The fields of the form at a path, as a script could send them."""
        return {name: value for name, value in self.look(path, by=self.writer).fields.items() if name in KEPT}

    def save(self, path: str, rows: dict[str, str], status: int = 303) -> Answer:
        """Post an edit form."""
        answer = self.writer.post(WIKI + path, self.form(path) | rows)
        assert answer.status_code == status, Audit(answer.content.decode()).text[:2000]
        return answer


KEPT = ("token", "kind", "names-0-key", "names-0-text", "names-0-since", "names-0-sort")


def scene_of(story: Story) -> Scene:
    """Somebody who is long there and has read it all, and an owner."""
    mallory = User.objects.create_user(MALLORY, "mallory@example.org", "a long enough phrase")
    User.objects.filter(pk=mallory.pk).update(date_joined=timezone.now() - timedelta(days=90))
    owner = User.objects.create_user("owner_here", "owner@example.org", "a long enough phrase")
    Membership.objects.create(user=owner, story=story, role=Membership.Role.OWNER)
    return Scene(story, mallory, at(story, mallory, "all"), at(story, owner, "all"))


def audited(answer: Answer, status: int = 200) -> Audit:
    """A page without anything in it that is not ours."""
    assert answer.status_code == status, (answer.status_code, answer.content.decode()[:300])
    found = Audit(answer.content.decode())
    assert found.wrong == [], "\n".join(found.wrong[:5])
    return found


def typed(payload: str) -> str:
    """What is left of a payload in a field of one line."""
    return squeezed(payload.replace("\0", ""))


def is_taken(payload: str) -> bool:
    """Whether a text with it can be saved."""
    return not compile_body(clean(payload), names=Lexicon([]), stamp=9 << 32)[1]


def is_name(payload: str) -> bool:
    """Whether an entry can be called so."""
    name = typed(payload)
    return bool(slug_for(name)) and name.isprintable() and len(name) <= 200


def is_plain(payload: str) -> bool:
    """Whether it holds nothing that means something in Markdown but angle brackets, so that its words stay."""
    return (
        not set(payload) & set("\\&`[]*|#\n\0")
        and clean(payload) == payload
        and payload[0] not in ">-~^h"
        and payload.count("__") < 2
    )


BODY = [payload for payload in PAYLOADS if is_taken(payload)]
REFUSED = [payload for payload in PAYLOADS if not is_taken(payload)]
NAMES = list({typed(payload).casefold(): typed(payload) for payload in PAYLOADS if is_name(payload)}.values())
VALUES = [payload for payload in BODY if "\n" not in payload]
LABELS = [payload for payload in PAYLOADS if 0 < len(typed(payload)) <= 60]


def body() -> str:
    """Every payload that a text can hold, and a very long one, known from the beginning."""
    return "::: since 0\n\n" + "\n\n".join([*BODY, LONG]) + "\n\n:::\n"


def rows() -> dict[str, str]:
    """Every payload as a name, a label and a value."""
    found = {"names-0-text": "Xenia", "names-0-since": START, "names-0-sort": "title", "kind": "character"}
    for number, name in enumerate(NAMES[:199], start=1):
        found |= {f"names-{number}-text": name, f"names-{number}-since": START, f"names-{number}-sort": "alias"}
    for number in range(min(199, max(len(VALUES), len(LABELS)))):
        label, value = LABELS[number % len(LABELS)], VALUES[number % len(VALUES)]
        row = {"label": label, "source": value, "since": START, "many": "on"}
        found |= {f"facts-{number}-{name}": one for name, one in row.items()}
    return found


def summaries() -> list[str]:
    """All payloads, as many as go into each summary."""
    found = [""]
    for payload in map(typed, PAYLOADS):
        if len(found[-1]) + len(payload) > 280:
            found.append("")
        found[-1] = f"{found[-1]} {payload}".strip()
    return found


class Upload(BytesIO):
    """A picture with any name at all, as a browser of one's own making sends it."""

    def __init__(self, name: str) -> None:
        super().__init__(png(size=(8, 8)))
        self.name, self.content_type = name, "image/png"


def upload(scene: Scene, name: str, alt: str) -> Answer:
    """Send a picture."""
    return scene.writer.post(f"{WIKI}-/upload/", {"image": Upload(name), "alt": alt})
