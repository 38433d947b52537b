"""What a finished editor does through the site, all of it later than a visitor's point, and what that visitor posts.

Forms are filled from what the edit page would hold and sent as a browser sends them.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from hypothesis import strategies as st
from PIL import Image

from reader.models import Membership, Story, User
from reader.text import points
from reader.text.points import EVERYTHING, format_point
from tests.worlds.build import forget_pages, plain
from tests.worlds.world import KINDS, POINTS, PRINTED, SLUG, World, printed_in, text_of, words
from wiki.editing.forming import edit_page, find_entry
from wiki.editing.forms import EntryForm, FactField, NameField, PictureField
from wiki.editing.saving import new_token

SORTS = (
    *("create", "block", "name", "called", "fact", "picture", "reword", "remove"),
    *("rename", "merge", "delete", "protect", "tag", "reject"),
)


@dataclass(frozen=True)
class Act:
    """One thing that is done: to the entry that goes by `slug` (unused by `create`), with a new word, at a point."""

    sort: str
    slug: str
    word: str
    since: int
    kind: str = "character"


@st.composite
def acts(draw: st.DrawFn, world: World, horizon: int) -> list[Act]:
    """Some acts that are all later than a horizon."""
    beyond = [point for point in POINTS if point > horizon]
    if not beyond:
        return []
    stock = draw(st.lists(words.map(lambda word: word + "w"), min_size=6, max_size=6, unique_by=str.lower))
    slugs = [person.slug for person in world.people]
    found = []
    for word in stock[: draw(st.integers(1, 6))]:
        act = Act(
            draw(st.sampled_from(SORTS)),
            draw(st.sampled_from(slugs)),
            word,
            draw(st.sampled_from(beyond)),
            draw(st.sampled_from(KINDS)),
        )
        found.append(act)
        if act.sort == "create":
            slugs.append(word.lower())
    return found


class Person:
    """Somebody with an account, at their browser."""

    def __init__(self, name: str, horizon: int, role: str = "") -> None:
        self.story = Story.objects.get(slug=SLUG)
        self.user = User.objects.get_or_create(username=name)[0]
        self.horizon = horizon
        self.client = Client(headers={"Sec-Fetch-Site": "same-origin"})
        self.client.force_login(self.user)
        said = "all" if horizon == EVERYTHING else format_point(horizon)
        self.client.post(f"/read/{SLUG}/reached/", {"point": said})
        if role:
            Membership.objects.get_or_create(user=self.user, story=self.story, role=role)

    def form(self, slug: str) -> tuple[str, EntryForm] | None:
        """The token and the values of an edit page; None for an entry that is not met."""
        entry = find_entry(self.story, slug, self.horizon)
        if entry is None:
            return None
        page = edit_page(entry, user=self.user.pk, horizon=self.horizon)
        return page.token, page.form

    def post(self, address: str, data: dict[str, Any]) -> tuple[int, str, bytes]:
        """Status, where it leads, and the body without what is drawn by lot."""
        answer = self.client.post(f"/wiki/{SLUG}/{address}", data)
        return answer.status_code, answer.headers.get("Location", ""), plain(answer.getvalue())

    def save(self, slug: str, change: Callable[[EntryForm], EntryForm]) -> tuple[int, str, bytes]:
        """Change an entry."""
        found = self.form(slug)
        token, form = found or (new_token(user=self.user.pk, horizon=self.horizon, story=self.story.pk), EntryForm())
        return self.post(f"{slug}/edit/", fields(token, change(form)))

    def create(self, form: EntryForm) -> tuple[int, str, bytes]:
        """Write a new entry."""
        return self.post(
            "-/new/", fields(new_token(user=self.user.pk, horizon=self.horizon, story=self.story.pk), form)
        )

    def upload(self) -> str:
        """Upload a picture; its public id."""
        out = io.BytesIO()
        Image.new("RGB", (40, 40), "red").save(out, "PNG")
        sent = {"image": SimpleUploadedFile("a.png", out.getvalue(), "image/png")}
        return str(self.client.post(f"/wiki/{SLUG}/-/upload/", sent).json()["image"])


def fields(token: str, form: EntryForm) -> dict[str, Any]:
    """A form as a browser sends it."""
    data: dict[str, Any] = {"token": token, "kind": form.kind, "body": form.body, "summary": ""}
    flags = {"only_by_hand": "by_hand", "only_capital": "capital", "is_many": "many"}
    for sort in ("names", "facts", "pictures"):
        for row, one in enumerate(getattr(form, sort)):
            for name, value in asdict(one).items():
                if name not in flags:
                    data[f"{sort}-{row}-{name}"] = value
                elif value:
                    data[f"{sort}-{row}-{flags[name]}"] = "1"
    return data


def do(act: Act, editor: Person, horizon: int) -> None:
    """Do it through the site; an act that would touch anything up to the horizon is left out."""
    since = format_point(act.since)
    if act.sort == "create":
        form = EntryForm(act.kind, (NameField(text=act.word, since=since),), (), (), f"Body of {act.word}. {{{since}}}")
        assert editor.create(form)[0] == 303
        return
    found = editor.form(act.slug)
    if found is None:
        return
    first = min(points.parse_point(name.since) for name in found[1].names)
    if act.sort in ("tag", "reject"):
        decide(act, editor)
        return
    if act.sort in CHANGES:
        status, _, body = editor.save(act.slug, lambda form: CHANGES[act.sort](form, act, editor, horizon))
        assert status == 303, body.decode()[:3000]
    elif act.sort == "rename":
        names = [one for one in found[1].names if points.parse_point(one.since) > horizon]
        if names and first <= horizon:
            editor.post(f"{act.slug}/rename/", {"name": names[-1].text})
    elif first > horizon and act.sort == "merge":
        target = next((one for one in sorted(known_slugs(editor)) if one != act.slug), "")
        editor.post(f"{act.slug}/merge/", {"into": target})
    elif first > horizon and act.sort == "delete":
        editor.post(f"{act.slug}/delete/", {"note": "Gone."})
    elif first > horizon and act.sort == "protect":
        editor.post(f"{act.slug}/protect/", {"protection": "moderators"})


def decide(act: Act, editor: Person) -> None:
    """Say whom words of an earlier paragraph mean, known from `since` on; or whom those at `since` do not mean."""
    if act.sort == "tag":
        place = POINTS[POINTS.index(act.since) // 2]
        answers = [editor.post("-/decide/", tagged(place, "Paragraph", "link", act.slug, since=act.since))]
    else:
        words = printed_in(*points.split(act.since)[:2])
        answers = [editor.post("-/decide/", tagged(act.since, word, "reject", act.slug)) for word in words]
    assert all(status in (303, 409, 422) for status, _, _ in answers), answers


def tagged(point: int, words: str, sort: str, slug: str, *, since: int = 0) -> dict[str, Any]:
    """What the form of a decision sends about words of a paragraph."""
    start = text_of(*points.split(point)[:2]).index(words)
    place = {"at": format_point(point), "start": start, "end": start + len(words), "words": words}
    return {**place, sort: slug, "role": "named", "since": format_point(since) if since else ""}


def known_slugs(editor: Person) -> list[str]:
    """Addresses of all entries."""
    from wiki import gate

    return [entry.slug for kind in gate.index(editor.story, EVERYTHING) for entry in kind.entries]


def _later(since: str, horizon: int) -> bool:
    return points.parse_point(since) > horizon


def _reworded(form: EntryForm, act: Act, _editor: Person, horizon: int) -> EntryForm:
    facts = tuple(
        replace(one, source=f"{one.source} {act.word}") if _later(one.since, horizon) else one for one in form.facts
    )
    return replace(form, facts=facts, body=_blocks(form.body, horizon, lambda block: f"{act.word} {block}"))


def _removed(form: EntryForm, _act: Act, _editor: Person, horizon: int) -> EntryForm:
    facts = tuple(one for one in form.facts if not _later(one.since, horizon))
    return replace(form, facts=facts, body=_blocks(form.body, horizon, lambda block: ""))


def _blocks(body: str, horizon: int, change: Callable[[str], str]) -> str:
    """The paragraphs of a small world's body, each of them cited once at its end; the later ones changed."""
    out = []
    for block in body.strip().split("\n\n"):
        match = re.search(r"\{([0-9:]+)\}", block)
        out.append(change(block) if match and _later(match[1], horizon) else block)
    return "\n\n".join(filter(None, out))


def _pictured(form: EntryForm, act: Act, editor: Person, _horizon: int) -> EntryForm:
    picture = PictureField(image=editor.upload(), alt=f"Alt {act.word}", since=format_point(act.since))
    return replace(form, pictures=(*form.pictures, picture))


def _printed(form: EntryForm, act: Act) -> str:
    """A word of the text by which the entry does not go yet, perhaps another's."""
    held = {name.text for name in form.names}
    return next((word for word in PRINTED[len(act.word) % 4 :] + PRINTED if word not in held), act.word)


CHANGES: dict[str, Callable[[EntryForm, Act, Person, int], EntryForm]] = {
    "block": lambda form, act, _editor, _h: replace(
        form, body=f"{form.body}\n\nSays {act.word}. {{{format_point(act.since)}}}"
    ),
    "name": lambda form, act, _editor, _h: replace(
        form, names=(*form.names, NameField(text=act.word, sort="alias", since=format_point(act.since)))
    ),
    "called": lambda form, act, _editor, _h: replace(
        form, names=(*form.names, NameField(text=_printed(form, act), sort="alias", since=format_point(act.since)))
    ),
    "fact": lambda form, act, _editor, _h: replace(
        form, facts=(*form.facts, FactField(label="New", source=act.word, since=format_point(act.since), is_many=True))
    ),
    "picture": _pictured,
    "reword": _reworded,
    "remove": _removed,
}


def posts(visitor: Person, world: World, later: list[Act]) -> list[object]:
    """What comes back when somebody at their point previews, saves, creates, asks and uploads; nothing of it stays."""
    found: list[object] = []
    visitor.client.cookies.pop("messages", None)  # what was said last time
    unmet = later[0].word if later else "Zqunheardof"
    with transaction.atomic():
        for person in world.people:
            form = visitor.form(person.slug)
            token = (
                form[0] if form else new_token(user=visitor.user.pk, horizon=visitor.horizon, story=visitor.story.pk)
            )
            body = f"{form[1].body if form else ''}\n\nThen [[{unmet}]] and [[{unmet}|he]] and {unmet} came."
            data = fields(token, replace(form[1] if form else EntryForm(), body=body))
            found.append(visitor.post(f"{person.slug}/preview/", data))
            found.append(visitor.post(f"{person.slug}/edit/", data))
            forget_pages()
            found.append(plain(visitor.client.get(f"/wiki/{SLUG}/{person.slug}/").getvalue()))
        for name in (unmet, "Zqnobody"):
            new = EntryForm("character", (NameField(text=name),), (), (), f"Here is {unmet}.")
            found.append(visitor.create(new))
            forget_pages()
            found.append(plain(visitor.client.get(f"/wiki/{SLUG}/{name.lower()}/").getvalue()))
        for slug in [*(person.slug for person in world.people), unmet.lower(), "zqnobody"]:
            sent = (tagged(POINTS[1], "Paragraph", sort, slug) for sort in ("link", "reject", "undo"))
            found += [visitor.post("-/decide/", data) for data in sent]
            forget_pages()
            if visitor.horizon >= POINTS[5]:  # the whole chapter
                found.append(plain(visitor.client.get(f"/read/{SLUG}/1/").getvalue()))
        asked = [visitor.client.get(f"/wiki/{SLUG}/-/suggest/names/?q={query}") for query in ("z", unmet[:4], unmet)]
        found += [answer.getvalue() for answer in asked]
        found.append(len(visitor.upload()))
        transaction.set_rollback(True)
    forget_pages()
    return found
