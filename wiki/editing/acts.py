"""What is done to whole entries: restore, take back, rename, merge, delete, bring back, protect. Each is recorded."""

from dataclasses import dataclass, replace
from typing import Any, Final

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
from wiki.editing.saving import Save, save
from wiki.editing.state import SORTS, State, past, put_in_order, read
from wiki.editing.tokens import Token
from wiki.editing.working import free_slug
from wiki.errors import EditError, GoneError, NotAllowedError
from wiki.gate.naming import known_of, visible_names
from wiki.gate.shapes import EntryRef
from wiki.models import Change, Entry, Name, Revision, Watch
from wiki.tagging import moving
from wiki.text.lexicon import folded
from wiki.text.packfile import slug_for

_WHY: Final = "an act reads all that an entry holds, and shows none of it"


@dataclass(frozen=True, slots=True)
class Kept:
    """A row that could not be taken back, because others changed it since; `since` is when all its versions show."""

    entry: int
    since: int
    clash: Clash


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


def undo(story: Story, revision: str, rights: Rights, *, horizon: int, summary: str = "") -> tuple[Kept, ...]:
    """Take one save back, by its random id, as `take_back` does, as far as it shows at this horizon.

    Moderators only; raises GoneError for one not seen.
    """
    require_moderator(rights)
    made = Revision.objects.at(horizon).filter(story=story, public_id=revision).first()
    if made is None:
        raise GoneError(_("This version is not there as far as you have read."))
    said = Who(rights.user, summary=summary, summary_since=dating.stamp_for(story, horizon))
    with transaction.atomic():
        kept = take_back(made, said, horizon=horizon)
        entry = _lock(made.entry_id)
        logging.log(story, rights, "undo", entry=entry, note=summary, horizon=horizon, since=made.since)
    return kept


def take_back(revision: Revision, who: Who, *, horizon: int = EVERYTHING) -> tuple[Kept, ...]:
    """Undo one save row by row, where nobody has changed the row since; what could not be, is told.

    Rows that do not show at the horizon, before the save or after it, stay as they are.

    Asks nobody's rights. An entry that this save wrote goes as a whole, unless others have put something into it.
    """
    with transaction.atomic():
        entry = _lock(revision.entry_id)
        now = read([entry.pk])[entry.pk]
        after, kept = now.copy(), []
        for change in Change.objects.whole(because=_WHY).filter(revision=revision).order_by("pk"):
            held = now[change.sort].get(change.key)
            if any(side is not None and side["since"] > horizon for side in (change.before, change.after)):
                continue
            if change.sort == "kind" and change.before is None:
                continue  # an entry has a kind as long as there is one
            if _same(held, change.after):
                _put(after, change)
            elif not _same(held, change.before):
                versions = [one for one in (change.before, change.after, held) if one is not None]
                said = Clash(change.sort, _words(change.before), _words(change.after), _words(held))
                kept.append(Kept(entry.pk, max(one["since"] for one in versions), said))
        _reorder(after, now, revision.order)
        kept += _keep_alive(entry, now, after)
        apply(entry, now, after)
        record(entry, now, after, sort="undo", who=who, undoes=revision)
    return tuple(kept)


@dataclass(frozen=True, slots=True)
class Choice:
    """A name that an entry can take its address from; `is_now` if it has."""

    name: str
    address: str
    is_now: bool


def choices(story: Story, slug: str, horizon: int) -> tuple[Choice, ...]:
    """The names of an entry that are met, each with the address that it makes. Raises GoneError."""
    entry = _found(story, slug, horizon)
    state = read([entry.pk])[entry.pk]
    now = own_slug(state, horizon)
    names = dict.fromkeys(
        one["text"] for one in state["name"].values() if shows(one, horizon) and one["sort"] != "misspelling"
    )
    return tuple(Choice(name, wanted, wanted == now) for name in names if (wanted := slug_for(name)))


def protection_of(story: Story, slug: str, horizon: int) -> str:
    """Who may change an entry. Raises GoneError."""
    return _found(story, slug, horizon).protection


def protections() -> tuple[tuple[str, str], ...]:
    """Who may change an entry: each choice and how it is said."""
    return tuple((str(value), str(label)) for value, label in Entry.Protection.choices)


def named(story: Story, said: str, horizon: int) -> EntryRef | None:
    """The met entry that goes by an address or by a name, in any case; of several the earliest known."""
    by_name = Name.objects.at(horizon).filter(story=story, folded=folded(said), entry__since__lte=horizon)
    first = by_name.exclude(entry__since=EVERYTHING).order_by("entry__since", "entry_id").first()
    entry = first.entry_id if first is not None else getattr(find_entry(story, said, horizon), "pk", 0)
    ref = known_of(visible_names(story, horizon).filter(entry=entry)).refs.get(entry)
    found = find_entry(story, ref.slug, horizon) if ref is not None else None
    if ref is None or found is None or found.pk == entry:
        return ref
    identity = Entry.objects.at(horizon).filter(pk=entry).values_list("public_id", flat=True).get()
    return replace(ref, slug=f"{ref.slug}~{identity}")  # the address alone leads to an earlier one


def rename(story: Story, slug: str, name: str, rights: Rights, *, horizon: int) -> Outcome:
    """Give an entry the address that one of its names makes, from where that name is known; the old one leads to it."""
    require_edit(rights, None)
    if rights.is_reviewed:
        raise NotAllowedError(_("In this wiki an editor gives pages their addresses; propose the name by editing."))
    with transaction.atomic():
        entry = _lock(_found(story, slug, horizon).pk)
        user = require_edit(rights, entry)
        now = read([entry.pk])[entry.pk]
        named = [one for one in now["name"].values() if one["text"] == name and shows(one, horizon)]
        wanted = slug_for(name)
        if not named or not wanted:
            raise EditError(_("Choose one of the entry’s names."))
        if own_slug(now, horizon) == wanted:
            return Outcome("same", slug=wanted)
        after = now.copy()
        address = free_slug(story, wanted, horizon, own=entry.pk)
        known = [one["since"] for one in now["slug"].values() if one["since"] <= horizon and not one["is_redirect"]]
        # The latest address is the entry's own, so this one cannot begin before the one that it follows.
        since = max([named[0]["since"], entry.since, *known])
        for one in after["slug"].values():
            if one["since"] == since:
                one["is_redirect"] = True
        after["slug"].pop(address, None)
        after["slug"][address] = {"slug": address, "since": since, "is_redirect": False}
        apply(entry, now, after)
        record(entry, now, after, sort="rename", who=Who(user))
    return Outcome("saved", slug=address)


def merge(story: Story, slug: str, into: str, rights: Rights, *, horizon: int, note: str = "") -> Outcome:
    """Put all of one entry into another: its names become aliases there, its addresses lead there."""
    user = require_moderator(rights)
    require_all(horizon)
    source, target = _found(story, slug, horizon), _found(story, into, horizon)
    if source.pk == target.pk:
        raise EditError(_("An entry cannot be merged with itself."))
    with transaction.atomic():
        for key in sorted(
            [source.pk, target.pk]
        ):  # always in this order, so that two merges do not wait for each other
            _lock(key)
        states = read([source.pk, target.pk])
        old, now = states[source.pk], states[target.pk]
        if not old["name"] or not now["name"]:
            raise GoneError(_("This page is not there as far as you have read."))
        after = _joined(old, now)
        said = Who(user, summary=note, summary_since=dating.end_of_story(story))
        _empty(source, old, said, sort="merge")
        apply(target, now, after)
        record(target, now, after, sort="merge", who=said)
        moving.follow_merge(source, target, since=after.since)
        for watch in Watch.objects.filter(entry=source).exclude(user__in=_watchers(target)):
            Watch.objects.filter(pk=watch.pk).update(entry=target)
        logging.log(story, rights, "merge", entry=target, note=note, horizon=horizon, since=max(old.since, now.since))
    return Outcome("saved", slug=own_slug(after, horizon))


def _joined(old: State, now: State) -> State:
    """A state with all of another put into it."""
    after = now.copy()
    by_text = {one["text"]: one for one in after["name"].values()}
    owned = [one["since"] for one in now["slug"].values() if not one["is_redirect"]]
    for sort in SORTS[1:]:
        position = max((one.get("position", -1) for one in now[sort].values()), default=-1) + 1
        for key, one in old[sort].items():
            values = dict(one)
            if "position" in values:
                values["position"] += position
            if sort == "name" and one["text"] in by_text:
                held = by_text[one["text"]]
                held["since"] = min(held["since"], one["since"])
                ends = (held["until"], one["until"])
                held["until"] = None if None in ends else max(ends)
                continue
            if sort == "name" and one["sort"] == "title":
                values["sort"] = "alias"
            if sort == "slug" and key in after["slug"]:
                continue
            if sort == "slug" and any(since <= one["since"] for since in owned):
                values["is_redirect"] = True  # an earlier one stays the entry's own until the next is known
            after[sort][key] = values
    return after


def _watchers(entry: Entry) -> Any:
    return Watch.objects.filter(entry=entry).values("user")


def delete(story: Story, slug: str, rights: Rights, *, horizon: int, note: str = "") -> None:
    """Take an entry out of the wiki; its history stays, and it can be brought back."""
    user = require_moderator(rights)
    require_all(horizon)
    with transaction.atomic():
        entry = _lock(_found(story, slug, horizon).pk)
        logging.log(story, rights, "delete", entry=entry, note=note, horizon=horizon)
        said = Who(user, summary=note, summary_since=dating.end_of_story(story))
        _empty(entry, read([entry.pk])[entry.pk], said, sort="delete")


def undelete(story: Story, public_id: str, rights: Rights, *, horizon: int) -> Outcome:
    """Bring back what was deleted, merged away or taken back, as it was then."""
    user = require_moderator(rights)
    require_all(horizon)
    with transaction.atomic():
        row = Entry.objects.whole(because=_WHY).filter(story=story, public_id=public_id, since=EVERYTHING).first()
        gone = emptied_by(row.pk) if row is not None else None
        if row is None or gone is None:
            raise GoneError(_("There is nothing to bring back under this name."))
        entry = _lock(row.pk)
        now = read([entry.pk])[entry.pk]
        if now["name"]:  # somebody was faster
            return Outcome("same", slug=own_slug(now, horizon))
        after = past(entry.pk, now, after=gone.pk - 1)
        for slug in [one for one in after["slug"] if _is_taken(story, one, entry)]:
            fresh = free_slug(story, slug, EVERYTHING, own=entry.pk)
            after["slug"][fresh] = after["slug"].pop(slug) | {"slug": fresh}
        apply(entry, now, after)
        record(entry, now, after, sort="undelete", who=Who(user))
        logging.log(story, rights, "undelete", entry=entry)
    return Outcome("saved", slug=own_slug(after, horizon))


def emptied_by(entry: int) -> Revision | None:
    """The save that took everything out of an entry (a primary key) in which there is nothing now."""
    rows = Revision.objects.whole(because=_WHY).filter(entry=entry, sort__in=["delete", "merge", "undo"])
    return rows.order_by("-pk").first()


def protect(story: Story, slug: str, protection: str, rights: Rights, *, horizon: int) -> None:
    """Say who may change an entry: "" everybody, `editors`, `moderators`."""
    require_moderator(rights)
    if protection not in Entry.Protection.values:
        raise EditError(_("Choose who may change this page."))
    with transaction.atomic():
        entry = _lock(_found(story, slug, horizon).pk)
        if entry.protection != protection:
            Entry.objects.whole(because=_WHY).filter(pk=entry.pk).update(protection=protection)
            logging.log(story, rights, f"protect-{protection or 'none'}", entry=entry)


def require_all(horizon: int) -> None:
    """Whoever takes a whole entry away has to see the whole of it. Raises EditError with the sentence."""
    if horizon != EVERYTHING:
        raise EditError(_("This reaches beyond what you have read: switch “show everything” on for this story first."))


def _found(story: Story, slug: str, horizon: int) -> Entry:
    entry = find_entry(story, slug, horizon)
    if entry is None:
        raise GoneError(_("This page is not there as far as you have read."))
    return entry


def _lock(pk: int) -> Entry:
    rows = Entry.objects.whole(because=_WHY).select_for_update(of=("self",)).select_related("story")
    return rows.get(pk=pk)


def _empty(entry: Entry, now: State, who: Who, *, sort: str) -> None:
    after = State()
    after.rows["kind"] = dict(now["kind"])
    apply(entry, now, after)
    record(entry, now, after, sort=sort, who=who)


def _is_taken(story: Story, slug: str, entry: Entry) -> bool:
    found = find_entry(story, slug, EVERYTHING)
    return found is not None and found.pk != entry.pk


def _put(state: State, change: Change) -> None:
    if change.before is None:
        state[change.sort].pop(change.key, None)
    else:
        state[change.sort][change.key] = change.before


def _reorder(after: State, now: State, order: dict[str, list[str]] | None) -> None:
    """Blocks that come back stand where they stood; all do, if nobody has moved any since."""
    if order is None:
        return
    held = [key for key in order["after"] if key in now["block"]]
    if held == [key for key in now["block"] if key in set(order["after"])]:
        put_in_order(after, order["before"])
        return
    back = [key for key in after["block"] if key not in now["block"]]
    keys = [key for key in after["block"] if key in now["block"]]
    for key in sorted(back, key=order["before"].index):
        before = order["before"][: order["before"].index(key)]
        near = next((one for one in reversed(before) if one in keys), None)
        keys.insert(keys.index(near) + 1 if near is not None else 0, key)
    after.rows["block"] = {key: after["block"][key] for key in keys}


def _keep_alive(entry: Entry, now: State, after: State) -> list[Kept]:
    """Without a name there is no entry: then all of it goes, or, if others have written in it, its names stay."""
    if after["name"]:
        if not any(not one["is_redirect"] and one["since"] <= after.since for one in after["slug"].values()):
            after.rows["slug"] = dict(now["slug"])
        return []
    if not any(after[sort] for sort in ("fact", "picture", "block")):
        after.rows = State().rows | {"kind": dict(now["kind"])}
        return []
    after.rows["name"], after.rows["slug"] = dict(now["name"]), dict(now["slug"])
    names = [Clash("name", "", _words(one), _words(one)) for one in now["name"].values()]
    return [Kept(entry.pk, one["since"], clash) for one, clash in zip(now["name"].values(), names, strict=True)]


def _same(one: object, other: object) -> bool:
    """Whether two versions of a row are the same but for where they stand."""

    def bare(values: object) -> object:
        if not isinstance(values, dict):
            return values
        quiet = {"since"} if "kind" in values and "marks" not in values else {"position", "reasons", "nests"}
        return {name: value for name, value in values.items() if name not in quiet}

    return bare(one) == bare(other)


def _words(values: object) -> str:
    return str(values.get("source") or values.get("text") or "") if isinstance(values, dict) else ""
