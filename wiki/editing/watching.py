"""Who wants to hear of changes to which entry, and what of these changes each of them may hear of."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from allauth.account.models import EmailAddress
from django.core import signing
from django.utils.translation import gettext as _

from reader import jobs, places
from reader.models import Story, User
from wiki.editing.forming import find_entry
from wiki.editing.rights import Rights
from wiki.errors import EditError, GoneError, NotAllowedError
from wiki.gate.naming import known_of, visible_names
from wiki.gate.seen import judge
from wiki.gate.shapes import EntryRef
from wiki.models import Entry, Revision, Watch

_WHY: Final = "what is told of it is cut at the horizon of whoever watches"
_SALT: Final = "wiki.watch"
ONCE_A: Final = timedelta(days=1)
MOST: Final = 10
"""Changes told in one mail."""


@dataclass(frozen=True, slots=True)
class Told:
    """One change, as far as it shows: who and when, and what they said of it, "" where that says too much."""

    by: str
    when: datetime
    summary: str


@dataclass(frozen=True, slots=True)
class News:
    """What one person is told of one entry. `token` stops the mails."""

    user: User
    entry: EntryRef
    story: Story
    changes: tuple[Told, ...]
    token: str


def toggle(story: Story, slug: str, rights: Rights, *, horizon: int) -> bool:
    """Watch an entry, or stop; True when it is watched now. Raises GoneError and NotAllowedError."""
    if rights.user is None:
        raise NotAllowedError(_("Sign in to hear of changes."))
    entry = find_entry(story, slug, horizon)
    if entry is None:
        raise GoneError(_("This page is not there as far as you have read."))
    gone, _rows = Watch.objects.filter(user=rights.user, entry=entry).delete()
    if not gone:
        Watch.objects.get_or_create(user=rights.user, entry=entry)
    return not gone


def is_watched(story: Story, slug: str, user: User, horizon: int) -> bool | None:
    """Whether somebody watches an entry; None alike for the unknown and the unmet."""
    entry = find_entry(story, slug, horizon)
    return None if entry is None else Watch.objects.filter(user=user, entry=entry).exists()


def has_address(user: User) -> bool:
    """Whether mail goes to an address that its owner has confirmed; to another none is sent."""
    return bool(address_of(user))


def address_of(user: User) -> str:
    """Where somebody gets mail; "" for an address that nobody has shown to be theirs."""
    rows = EmailAddress.objects.filter(user=user, verified=True).order_by("-primary", "pk")
    return str(rows.values_list("email", flat=True).first() or "")


def stop(token: str) -> None:
    """Stop the mails by the link in one of them; also twice. Raises EditError for a link that is not ours."""
    try:
        user, entry = signing.Signer(salt=_SALT).unsign_object(token)
    except (signing.BadSignature, TypeError, ValueError):
        raise EditError(_("This link is broken; open it again from the mail.")) from None
    entries = Entry.objects.whole(because=_WHY).filter(public_id=entry).values("pk")
    Watch.objects.filter(user=user, entry__in=entries).delete()


def announce(entry: Entry) -> None:
    """Something was saved: whoever watches is told after the commit. One query where nobody does."""
    if Watch.objects.filter(entry=entry).exists():
        jobs.enqueue("tell-watchers", {"entry": entry.pk}, unique_key=str(entry.pk))


def order_each(entry: int, *, now: datetime) -> None:
    """Order the mail to each who watches an entry (a primary key), for when they may be told again."""
    for watch in Watch.objects.filter(entry=entry):
        again = now if watch.told_at is None else max(now, watch.told_at + ONCE_A)
        jobs.enqueue("tell-watcher", {"watch": watch.pk}, unique_key=str(watch.pk), run_at=again)


def news(watch: int, *, now: datetime) -> News | None:
    """What is to be told to somebody (by the primary key of what they watch); not what they did themselves.

    None where nothing that they see has changed, or where they were told less than a day ago.
    """
    row = Watch.objects.filter(pk=watch).select_related("user", "entry__story").first()
    if row is None or (row.told_at is not None and row.told_at > now - ONCE_A):
        return None
    return _news(row)


def told(watch: int, *, now: datetime) -> None:
    """A mail went out: what was saved up to now is known."""
    Watch.objects.filter(pk=watch).update(known_at=now, told_at=now)


def _news(watch: Watch) -> News | None:
    story, user = watch.entry.story, watch.user
    standing = places.of_account(user, story)
    if standing is None or not user.is_active:
        return None
    horizon = standing.horizon
    ref = known_of(visible_names(story, horizon).filter(entry=watch.entry_id)).refs.get(watch.entry_id)
    rows = Revision.objects.at(horizon).filter(entry=watch.entry_id, created_at__gt=watch.known_at)
    made = list(rows.exclude(editor=user).select_related("editor").order_by("-pk")[: MOST * 5])
    parts = judge(story, made, horizon) if ref is not None and made else {}
    changes = [_told(one, horizon) for one in made if one.pk in parts]
    if ref is None or not changes:
        return None
    token = signing.Signer(salt=_SALT).sign_object([user.pk, watch.entry.public_id])
    return News(user, ref, story, tuple(changes[:MOST]), token)


def _told(one: Revision, horizon: int) -> Told:
    summary = " ".join(one.summary.split()) if one.summary_since <= horizon else ""
    return Told(one.editor.username if one.editor else "", one.created_at, summary)
