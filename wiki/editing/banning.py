"""Keeps accounts out of a story's wiki, lets them in again, and takes back all that one of them saved."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from reader.errors import RoleError
from reader.models import Story, User
from reader.roles import person_called
from reader.text.points import EVERYTHING
from wiki.editing import logging
from wiki.editing.acts import Kept, take_back
from wiki.editing.dating import end_of_story
from wiki.editing.recording import Who
from wiki.editing.rights import Rights, require_moderator, rights_of
from wiki.errors import GoneError, NotAllowedError
from wiki.gate.naming import known_of, visible_names
from wiki.gate.shapes import EntryRef
from wiki.models import Ban, Revision
from wiki.tagging import moving

_WHY: Final = "a save is taken back as a whole"
WRITTEN: Final = ("create", "edit", "restore", "rename")
"""Sorts of saves that are taken back: what somebody wrote, not what they did as a moderator."""


@dataclass(frozen=True, slots=True)
class Banned:
    """An account that may not write; `by` is "" for who has gone. `note` is None where it says more than this person
    has read."""

    name: str
    by: str
    note: str
    when: datetime


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody as a moderator sees them: how many of their saves, as far as these show, could be taken back."""

    name: str
    role: str
    saves: int
    is_banned: bool
    may_ban: bool


@dataclass(frozen=True, slots=True)
class Left:
    """What could not be taken back: in which entry, what it was before, what they made of it, what it is now."""

    entry: EntryRef | None
    before: str
    theirs: str
    now: str


@dataclass(frozen=True, slots=True)
class TakenBack:
    """How many saves were taken back, and what of them stays, as far as it shows."""

    saves: int
    left: tuple[Left, ...]


def banned(story: Story, rights: Rights) -> tuple[Banned, ...]:
    """Who may not write, the latest first."""
    require_moderator(rights)
    rows = Ban.objects.filter(story=story).select_related("user", "by").order_by("-created_at", "-pk")
    return tuple(Banned(row.user.username, row.by.username if row.by else "", row.note, row.created_at) for row in rows)


def person(story: Story, name: str, rights: Rights, horizon: int) -> Person:
    """An account by its name. Raises GoneError where nobody has it."""
    require_moderator(rights)
    user = _called(name)
    theirs = rights_of(user, story)
    may = theirs.rank < rights.rank and user != rights.user
    return Person(user.username, theirs.role, _saves(story, user, horizon).count(), theirs.is_banned, may)


def ban(story: Story, name: str, rights: Rights, *, note: str = "") -> None:
    """Let an account write no more, until `lift`. Only one of a lower rank than one's own."""
    by = require_moderator(rights)
    user = _called(name)
    with transaction.atomic():
        Story.objects.select_for_update().get(pk=story.pk)  # roles are given under the same lock
        if user == by or rights_of(user, story).rank >= rights.rank:
            raise NotAllowedError(_("Only accounts with a lesser part in this story than yours can be kept out."))
        _row, is_new = Ban.objects.get_or_create(story=story, user=user, defaults={"by": by, "note": _line(note)})
        if is_new:
            logging.log(story, rights, "ban", user=user)


def lift(story: Story, name: str, rights: Rights) -> None:
    """Let an account write again."""
    require_moderator(rights)
    user = _called(name)
    with transaction.atomic():
        gone, _rows = Ban.objects.filter(story=story, user=user).delete()
        if gone:
            logging.log(story, rights, "lift-ban", user=user)


def undo_all(story: Story, name: str, rights: Rights, *, horizon: int) -> TakenBack:
    """Take back every save and every tag of an account, the newest first, all or none; what others changed since stays.

    Only for who has read all that is published, or shows everything: it reaches all that the account has written.
    """
    by = require_moderator(rights)
    user = _called(name)
    if rights_of(user, story).rank >= rights.rank:
        raise NotAllowedError(_("Only saves of accounts with a lesser part in this story than yours can be undone so."))
    if not reaches_all(story, horizon):
        said = _("This reaches beyond what you have read: switch “show everything” on for this story first.")
        raise NotAllowedError(said)
    with transaction.atomic():
        rows = list(_saves(story, user, EVERYTHING).order_by("-pk").select_for_update(of=("self",)))
        who = Who(by, summary=_("All changes by one account taken back"), summary_since=end_of_story(story))
        kept = [one for row in rows for one in take_back(row, who)]
        tags = moving.take_back_all(story, user)
        if rows or tags:
            logging.log(story, rights, "undo-all", user=user)
    return TakenBack(len(rows), _left(story, kept, horizon))


def reaches_all(story: Story, horizon: int) -> bool:
    """Whether somebody has read all that is published, or shows everything."""
    return horizon >= end_of_story(story)


def _called(name: str) -> User:
    try:
        return person_called(name)
    except RoleError as error:
        raise GoneError(str(error)) from error


def _saves(story: Story, user: User, horizon: int) -> QuerySet[Revision]:
    undone = Revision.objects.whole(because=_WHY).filter(undoes=OuterRef("pk"))
    rows = Revision.objects.at(horizon).filter(story=story, editor=user, sort__in=WRITTEN)
    return rows.filter(~Exists(undone))


def _left(story: Story, kept: list[Kept], horizon: int) -> tuple[Left, ...]:
    seen = [one for one in kept if one.since <= horizon]
    entries = {one.entry for one in seen}
    refs = known_of(visible_names(story, horizon).filter(entry__in=entries)).refs if entries else {}
    return tuple(Left(refs.get(one.entry), one.clash.base, one.clash.mine, one.clash.theirs) for one in seen)


def _line(note: str) -> str:
    return " ".join(note.split())[:500]
