"""What is done to whole entries: restore, take back, rename, merge, delete, bring back, protect. Each is recorded."""

from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from reader.models import Story
from reader.text.points import EVERYTHING
from wiki.editing import dating, logging
from wiki.editing.applying import apply
from wiki.editing.forming import find_entry, form_of, own_slug, shows, sources_of
from wiki.editing.forms import Clash, Outcome
from wiki.editing.recording import Who, record
from wiki.editing.rights import Rights, require_edit, require_moderator
from wiki.editing.saving import Save, free_slug, save
from wiki.editing.state import SORTS, State, past, read
from wiki.editing.tokens import Token
from wiki.errors import EditError, GoneError
from wiki.models import Change, Entry, Revision
from wiki.text.packfile import slug_for

_WHY: Final = "an act reads all that an entry holds, and shows none of it"


def restore(story: Story, slug: str, revision: str, rights: Rights, *, horizon: int) -> Outcome:
    """Make what this person sees of an entry what it was after a revision; what they do not see stays."""
    user = require_edit(rights, None)
    entry = _found(story, slug, horizon)
    state = read([entry.pk])[entry.pk]
    made = Revision.objects.at(horizon).filter(entry=entry, public_id=revision).first()
    if made is None:
        raise GoneError(_("This version is not there as far as you have read."))
    latest = Revision.objects.at(horizon).filter(entry=entry).order_by("-pk").first()
    token = Token(user.pk, horizon, entry.public_id, latest.public_id if latest else "").sign()
    old = past(entry.pk, state, after=made.pk)
    said = _("Back to the version of %(when)s") % {"when": f"{made.created_at:%Y-%m-%d %H:%M}"}
    form = form_of(old, horizon, is_met=dating.met(story.pk, horizon, sources_of(old)))
    return save(story, Save(token, form, said), rights, horizon=horizon)


def undo(revision: Revision, rights: Rights, *, summary: str = "") -> tuple[Clash, ...]:
    """Take one save back, row by row, where nobody has changed the row since; what could not be, is told."""
    user = require_moderator(rights)
    with transaction.atomic():
        entry = _lock(revision.entry_id)
        now = read([entry.pk])[entry.pk]
        after, kept = now.copy(), []
        for change in Change.objects.whole(because=_WHY).filter(revision=revision).order_by("pk"):
            held = now[change.sort].get(change.key)
            if _same(held, change.after):
                _put(after, change)
            elif not _same(held, change.before):
                kept.append(Clash(change.sort, _words(change.before), _words(change.after), _words(held)))
        _require_name(entry, now, after)
        apply(entry, now, after)
        record(entry, now, after, sort="undo", who=Who(user, summary=summary), undoes=revision)
    return tuple(kept)


def rename(story: Story, slug: str, name: str, rights: Rights, *, horizon: int) -> Outcome:
    """Give an entry the address that one of its names makes, from where that name is known; the old one leads to it."""
    require_edit(rights, None)
    with transaction.atomic():
        entry = _lock(_found(story, slug, horizon).pk)
        user = require_edit(rights, entry)
        now = read([entry.pk])[entry.pk]
        named = [one for one in now["name"].values() if one["text"] == name and shows(one, horizon)]
        if not named:
            raise EditError(_("Choose one of the entry’s names."))
        since = max(named[0]["since"], entry.since)
        wanted = slug_for(name)
        if own_slug(now, horizon) == wanted:
            return Outcome("same", slug=wanted)
        after = now.copy()
        address = free_slug(story, wanted, horizon, own=entry.pk)
        after["slug"].pop(address, None)
        after["slug"][address] = {"slug": address, "since": since, "is_redirect": False}
        apply(entry, now, after)
        record(entry, now, after, sort="rename", who=Who(user))
    return Outcome("saved", slug=address)


def merge(story: Story, slug: str, into: str, rights: Rights, *, horizon: int) -> Outcome:
    """Put all of one entry into another: its names become aliases there, its addresses lead there."""
    user = require_moderator(rights)
    _require_all(horizon)
    source, target = _found(story, slug, horizon), _found(story, into, horizon)
    if source.pk == target.pk:
        raise EditError(_("An entry cannot be merged with itself."))
    with transaction.atomic():
        first, second = sorted([source.pk, target.pk])
        _lock(first)
        _lock(second)
        states = read([source.pk, target.pk])
        old, now = states[source.pk], states[target.pk]
        after = now.copy()
        taken = {one["text"] for one in now["name"].values()}
        for sort in SORTS[1:]:
            for key, one in old[sort].items():
                if sort == "name" and one["text"] in taken:
                    continue
                values = one | ({"sort": "alias"} if sort == "name" and one["sort"] == "title" else {})
                after[sort][key] = values | ({"is_redirect": True} if sort == "slug" else {})
        _empty(source, old, user, sort="merge", summary=_("Merged into “%(name)s”") % {"name": own_slug(now, horizon)})
        apply(target, now, after)
        record(target, now, after, sort="merge", who=Who(user, summary_since=EVERYTHING))
        logging.log(story, rights, "merge", entry=target, note=f"{slug} → {into}")
    return Outcome("saved", slug=own_slug(after, horizon))


def delete(story: Story, slug: str, rights: Rights, *, horizon: int, note: str = "") -> None:
    """Take an entry out of the wiki; its history stays, and it can be brought back."""
    user = require_moderator(rights)
    _require_all(horizon)
    with transaction.atomic():
        entry = _lock(_found(story, slug, horizon).pk)
        logging.log(story, rights, "delete", entry=entry, note=note or slug)
        _empty(entry, read([entry.pk])[entry.pk], user, sort="delete", summary=note)


def undelete(story: Story, public_id: str, rights: Rights, *, horizon: int) -> Outcome:
    """Bring back what was deleted or merged away, as it was then."""
    user = require_moderator(rights)
    _require_all(horizon)
    with transaction.atomic():
        row = Entry.objects.whole(because=_WHY).filter(story=story, public_id=public_id, since=EVERYTHING).first()
        if row is None:
            raise GoneError(_("There is nothing to bring back under this name."))
        entry = _lock(row.pk)
        last = Revision.objects.whole(because=_WHY).filter(entry=entry, sort__in=["delete", "merge"])
        gone = last.order_by("-pk").first()
        now = read([entry.pk])[entry.pk]
        after = past(entry.pk, now, after=(gone.pk if gone else 0) - 1)
        for slug in [one for one in after["slug"] if _is_taken(story, one, entry)]:
            fresh = free_slug(story, slug, EVERYTHING, own=entry.pk)
            after["slug"][fresh] = after["slug"].pop(slug) | {"slug": fresh}
        apply(entry, now, after)
        record(entry, now, after, sort="undelete", who=Who(user))
        logging.log(story, rights, "undelete", entry=entry, note=own_slug(after, horizon))
    return Outcome("saved", slug=own_slug(after, horizon))


def protect(story: Story, slug: str, protection: str, rights: Rights, *, horizon: int) -> None:
    """Say who may change an entry: "" everybody, `editors`, `moderators`."""
    require_moderator(rights)
    if protection not in Entry.Protection.values:
        raise EditError(_("Choose who may change this page."))
    entry = _found(story, slug, horizon)
    Entry.objects.whole(because=_WHY).filter(pk=entry.pk).update(protection=protection)
    logging.log(story, rights, "protect", entry=entry, note=protection or "open")


def _found(story: Story, slug: str, horizon: int) -> Entry:
    entry = find_entry(story, slug, horizon)
    if entry is None:
        raise GoneError(_("This page is not there as far as you have read."))
    return entry


def _lock(pk: int) -> Entry:
    rows = Entry.objects.whole(because=_WHY).select_for_update(of=("self",)).select_related("story")
    return rows.get(pk=pk)


def _require_all(horizon: int) -> None:
    """Whoever takes a whole entry away has to see the whole of it."""
    if horizon != EVERYTHING:
        said = _("This reaches beyond what you have read: switch “show everything” on for this story first.")
        raise EditError(said)


def _empty(entry: Entry, now: State, user: object, *, sort: str, summary: str) -> None:
    after = State()
    after.rows["kind"] = dict(now["kind"])
    apply(entry, now, after)
    record(
        entry,
        now,
        after,
        sort=sort,
        who=Who(user, summary=summary, summary_since=dating.stamp_for(entry.story, EVERYTHING)),
    )  # type: ignore[arg-type]


def _is_taken(story: Story, slug: str, entry: Entry) -> bool:
    found = find_entry(story, slug, EVERYTHING)
    return found is not None and found.pk != entry.pk


def _put(state: State, change: Change) -> None:
    if change.before is None:
        state[change.sort].pop(change.key, None)
    else:
        state[change.sort][change.key] = change.before


def _require_name(entry: Entry, now: State, after: State) -> None:
    """Taking back how an entry came about takes the whole entry away."""
    if not after["name"]:
        after.rows = State().rows | {"kind": dict(now["kind"])}


def _same(one: object, other: object) -> bool:
    """Whether two versions of a row are the same but for where they stand."""

    def bare(values: object) -> object:
        if not isinstance(values, dict):
            return values
        return {name: value for name, value in values.items() if name not in ("position", "reasons", "nests")}

    return bare(one) == bare(other)


def _words(values: object) -> str:
    return str(values.get("source") or values.get("text") or "") if isinstance(values, dict) else ""
