"""What those who look after a wiki look at: the log of acts, what was taken out, and the wiki's own settings."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reader.models import Story, User
from reader.text.points import EVERYTHING
from wiki.editing import logging
from wiki.editing.acts import emptied_by, require_all
from wiki.editing.forming import title_of
from wiki.editing.rights import Rights, require_moderator, rights_of
from wiki.editing.state import past, read
from wiki.errors import EditError, NotAllowedError
from wiki.gate.naming import known_of, visible_names
from wiki.gate.shapes import EntryRef
from wiki.models import Act, Entry, Wiki
from wiki.packing.founding import found_wiki

_WHY: Final = "only who sees everything is shown what was taken out"
EACH: Final = 50
"""Lines of the log on one page."""
SAID: Final = {
    "undo": gettext_lazy("took a change back"),
    "undo-all": gettext_lazy("took back all changes of an account"),
    "merge": gettext_lazy("merged two entries"),
    "delete": gettext_lazy("took an entry out"),
    "undelete": gettext_lazy("brought an entry back"),
    "protect-none": gettext_lazy("opened a page to everybody"),
    "protect-editors": gettext_lazy("protected a page: editors only"),
    "protect-moderators": gettext_lazy("protected a page: moderators only"),
    "ban": gettext_lazy("kept an account out"),
    "lift-ban": gettext_lazy("let an account in again"),
    "report-kept": gettext_lazy("held back what was reported"),
    "report-dismissed": gettext_lazy("put back what was reported"),
    "show-all": gettext_lazy("switched “show everything” on"),
    "policy-open": gettext_lazy("let every account’s changes show at once"),
    "policy-reviewed": gettext_lazy("had changes wait for an editor"),
}
"""What each sort of act is called in the log."""


@dataclass(frozen=True, slots=True)
class Line:
    """One act: who did what to which entry or account; `by` is "" for who has gone. An entry that was met and is not
    there any more is None with `is_about_entry`."""

    by: str
    said: str
    entry: EntryRef | None
    is_about_entry: bool
    user: str
    note: str
    when: datetime


@dataclass(frozen=True, slots=True)
class Log:
    """A page of the log, the latest first; `older` is the next page's number, 0 at the end."""

    lines: tuple[Line, ...]
    older: int = 0


@dataclass(frozen=True, slots=True)
class Deleted:
    """An entry that was taken out: how it was called, by whom and when it went."""

    public_id: str
    title: str
    by: str
    label: str
    when: datetime


def act_log(story: Story, rights: Rights, horizon: int, *, page: int = 1) -> Log:
    """What was done, as far as it concerns what is met at this horizon. Moderators only."""
    require_moderator(rights)
    rows = Act.objects.at(horizon).filter(story=story).select_related("by", "user").order_by("-created_at", "-pk")
    start = (max(1, page) - 1) * EACH
    found = list(rows[start : start + EACH + 1])
    entries = {row.entry_id for row in found if row.entry_id}
    refs = known_of(visible_names(story, horizon).filter(entry__in=entries)).refs if entries else {}
    lines = [
        Line(
            by=row.by.username if row.by else "",
            said=str(SAID.get(row.sort, row.sort)),
            entry=refs.get(row.entry_id) if row.entry_id else None,
            is_about_entry=bool(row.entry_id),
            user=row.user.username if row.user else "",
            note=row.note,
            when=row.created_at,
        )
        for row in found[:EACH]
    ]
    return Log(tuple(lines), page + 1 if len(found) > EACH else 0)


def deleted(story: Story, rights: Rights, horizon: int) -> tuple[Deleted, ...]:
    """What was taken out and can be brought back, the latest first. Raises EditError unless everything is shown."""
    require_moderator(rights)
    require_all(horizon)
    found = []
    for entry in Entry.objects.whole(because=_WHY).filter(story=story, since=EVERYTHING):
        gone = emptied_by(entry.pk)
        if gone is None:
            continue
        before = past(entry.pk, read([entry.pk])[entry.pk], after=gone.pk - 1)
        by = gone.editor.username if gone.editor else ""
        label = str(gone.Sort(gone.sort).label)
        found.append(Deleted(entry.public_id, title_of(before, EVERYTHING), by, label, gone.created_at))
    return tuple(sorted(found, key=lambda one: one.when, reverse=True))


def log_switch(story: Story, user: User) -> None:
    """“Show everything” was switched on: for those who moderate this is an act, and stands in the log."""
    rights = rights_of(user, story)
    if rights.rank >= 2:
        logging.log(story, rights, "show-all")


def policies() -> tuple[tuple[str, str], ...]:
    """Whose changes show at once: each choice and how it is said."""
    return tuple((str(value), str(label)) for value, label in Wiki.Policy.choices)


def set_policy(story: Story, policy: str, rights: Rights) -> None:
    """Choose whose changes show at once. Owners only."""
    require_owner(rights)
    if policy not in Wiki.Policy.values:
        raise EditError(_("Choose whose changes show at once."))
    with transaction.atomic():
        wiki = found_wiki(story)
        if wiki.policy != policy:
            Wiki.objects.filter(pk=wiki.pk).update(policy=policy)
            logging.log(story, rights, f"policy-{policy}")


def require_owner(rights: Rights) -> User:
    """The account, if it owns this story. Raises NotAllowedError."""
    if rights.user is None or not rights.is_owner:
        raise NotAllowedError(_("Only owners of this story can do this."))
    return rights.user
