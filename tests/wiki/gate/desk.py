"""Saves for the tests of histories: a wiki from a pack, and people who change it at a point."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from reader.models import Story, User
from reader.text.points import EVERYTHING, parse_point
from tests.wiki.packs import entry, write_pack
from wiki.editing import acts
from wiki.editing.forming import edit_page, find_entry
from wiki.editing.forms import EntryForm, Outcome
from wiki.editing.rights import Rights, rights_of
from wiki.editing.saving import Save, new_token, save
from wiki.packing import import_pack

KEEPER = entry(
    "He trims the lamp. {1:3}\n\n## Later\n\nHe leaves. {3:2}\n\nNobody knows where. {4:4}",
    head='[[facts]]\nlabel = "Lives"\nvalue = "At the light"\nsince = "1:4"\n',
    The_Keeper="1:2",
    Silas_Brand="3:1",
)
HOUSE = entry("A house of stone. {1:4}\n\nThe keeper sleeps in it. {1:5}", kind="location", The_House="1:4")


def at(point: str) -> int:
    """A point as written; `all` is everything."""
    return EVERYTHING if point == "all" else parse_point(point)


def tell(story: Story, folder: Path, **entries: str) -> Story:
    """The story with the keeper and the house in its wiki, or with these entries."""
    import_pack(write_pack(folder, entries or {"keeper": KEEPER, "house": HOUSE}))
    return story


def everything(user: User) -> Rights:
    """The rights of a moderator."""
    return Rights(user, "moderator")


def edit(
    story: Story,
    user: User,
    point: str,
    change: Callable[[EntryForm], EntryForm],
    *,
    slug: str = "the-keeper",
    summary: str = "",
) -> Outcome:
    """One save of an entry by somebody at a point."""
    horizon = at(point)
    found = find_entry(story, slug, horizon)
    assert found is not None
    page = edit_page(found, user=user.pk, horizon=horizon)
    sent = Save(page.token, change(page.form), summary)
    outcome = save(story, sent, rights_of(user, story), horizon=horizon)
    assert outcome.sort == "saved", outcome
    return outcome


def write(story: Story, user: User, point: str, form: EntryForm) -> Outcome:
    """A new entry by somebody at a point."""
    horizon = at(point)
    sent = Save(new_token(user=user.pk, horizon=horizon, story=story.pk), form)
    outcome = save(story, sent, rights_of(user, story), horizon=horizon)
    assert outcome.sort == "saved", outcome
    return outcome


def body(text: str) -> Callable[[EntryForm], EntryForm]:
    """The body written anew."""
    return lambda form: replace(form, body=text)


def more(text: str) -> Callable[[EntryForm], EntryForm]:
    """A paragraph more."""
    return lambda form: replace(form, body=f"{form.body.rstrip()}\n\n{text}\n")


__all__ = ["HOUSE", "KEEPER", "acts", "at", "body", "edit", "everything", "more", "tell", "write"]
