"""“This tells too much”: a reader's report of a block or fact, what it holds back at once, and what editors decide.

Held back means: shown from the end of the story as published, so that whoever has finished still sees it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from reader.models import Story, User
from reader.text.points import format_point
from wiki.editing import dating, logging
from wiki.editing.acts import take_back
from wiki.editing.applying import apply
from wiki.editing.forming import blocks_of, find_entry, shows
from wiki.editing.recording import Who, record
from wiki.editing.reviewing import require_editor
from wiki.editing.rights import Rights
from wiki.editing.spam import NEW_DAYS
from wiki.editing.state import Values, read
from wiki.errors import EditError, GoneError, NotAllowedError
from wiki.gate.naming import known_of, visible_names
from wiki.gate.shapes import EntryRef
from wiki.models import Entry, Report, Revision
from wiki.text.markup import render
from wiki.text.masking import veil
from wiki.text.revising import shown
from wiki.text.shape import Block
from wiki.text.stamping import stamp_source

_WHY: Final = "what a report is about is found among all that the entry holds, and cut at the horizon"
SAVES: Final = 5
"""Saves that were not taken back, from which an account is established."""
DISMISSED: Final = 3
"""Reports put back, from which (if they are more than those that were kept) nothing is held back at once any more."""
ONCE_A: Final = timedelta(days=1)
MOST: Final = 100


@dataclass(frozen=True, slots=True)
class Reportable:
    """A part of an entry that can be reported, by its key: a block, or a fact with its label."""

    sort: str
    key: str
    text: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Reported:
    """A report in the queue. `text` is None where the part itself lies further on than this person has read; `since` is
    from when it shows now. `count` people said so."""

    public_id: str
    entry: EntryRef | None
    label: str
    text: str | None
    since: str
    by: tuple[str, ...]
    notes: tuple[str, ...]
    count: int
    when: datetime
    is_held: bool


def reportables(story: Story, slug: str, horizon: int) -> tuple[Reportable, ...] | None:
    """What can be reported of an entry at this horizon; None alike for the unknown and the unmet."""
    entry = find_entry(story, slug, horizon)
    if entry is None:
        return None
    state = read([entry.pk])[entry.pk]
    is_met = dating.met(story.pk, horizon, [one["source"] for one in state["fact"].values()])
    facts = [
        Reportable("fact", key, render(Block("paragraph", veil(one["source"], is_met))).text, one["label"])
        for key, one in state["fact"].items()
        if shows(one, horizon)
    ]
    blocks = [
        Reportable("block", one.stored.key, _text(one.block.kind, one.block.source, one.block.marks))
        for one in shown(blocks_of(state), horizon)
        if one.block.kind != "rule"
    ]
    return (*blocks, *facts)


def report(story: Story, slug: str, rights: Rights, *, horizon: int, sort: str, key: str, note: str = "") -> None:
    """Take a report. One by an established account holds the part back at once, once a day for each entry.

    Says nothing of what others reported, nor of what became of it. Raises NotAllowedError, GoneError and EditError.
    """
    user = rights.user
    if user is None or rights.is_banned:
        raise NotAllowedError(_("This account may not write in this wiki just now."))
    parts = reportables(story, slug, horizon)
    entry = find_entry(story, slug, horizon)
    if parts is None or entry is None:
        raise GoneError(_("This page is not there as far as you have read."))
    if not any((part.sort, part.key) == (sort, key) for part in parts):
        raise EditError(_("Choose what tells too much."))
    with transaction.atomic():
        locked = _lock(entry.pk)
        mine = Report.objects.whole(because=_WHY).filter(entry=entry, reporter=user)
        if mine.filter(sort=sort, key=key, state=Report.State.WAITING).exists():
            return
        today = mine.filter(created_at__gt=timezone.now() - ONCE_A, revision__isnull=False)
        revision = None
        if is_established(user, story) and not today.exists():
            revision = hold_back(locked, sort, key, Who(user))
        Report.objects.create(
            story=story,
            entry=entry,
            reporter=user,
            sort=sort,
            key=key,
            since=dating.stamp_for(story, horizon),
            note=" ".join(note.split())[:500],
            revision=revision,
        )


def is_established(user: User, story: Story) -> bool:
    """Whether this account's reports count at once: a week old, five saves that stand, and not too often wrong."""
    if timezone.now() - user.date_joined < timedelta(days=NEW_DAYS):
        return False
    undone = Revision.objects.whole(because=_WHY).filter(undoes=OuterRef("pk"))
    saves = Revision.objects.whole(because=_WHY).filter(
        story=story, editor=user, sort__in=["create", "edit", "restore"]
    )
    if saves.filter(~Exists(undone)).count() < SAVES:
        return False
    decided = Report.objects.whole(because=_WHY).filter(story=story, reporter=user)
    dismissed = decided.filter(state=Report.State.DISMISSED).count()
    return dismissed < DISMISSED or dismissed <= decided.filter(state=Report.State.KEPT).count()


def hold_back(entry: Entry, sort: str, key: str, who: Who) -> Revision | None:
    """Show a block or fact from the end of the story on; None where it shows no earlier already. Wants the lock."""
    end = dating.end_of_story(entry.story)
    now = read([entry.pk])[entry.pk]
    values = now[sort].get(key)
    if values is None or values["since"] >= end:
        return None
    after = now.copy()
    after[sort][key] = _later(values, end) if sort == "block" else values | {"since": end}
    apply(entry, now, after)
    return record(entry, now, after, sort="report", who=who)


def queue(story: Story, rights: Rights, horizon: int) -> tuple[Reported, ...]:
    """What was reported by people who had read no further than this, oldest first, one row for each part."""
    require_editor(rights)
    rows = Report.objects.at(horizon).filter(story=story, state=Report.State.WAITING).select_related("reporter")
    found: dict[tuple[int, str, str], list[Report]] = {}
    for row in rows.order_by("created_at", "pk")[: MOST * 5]:
        found.setdefault((row.entry_id, row.sort, row.key), []).append(row)
    entries = {entry for entry, _sort, _key in found}
    states = read(sorted(entries))
    refs = known_of(visible_names(story, horizon).filter(entry__in=entries)).refs if entries else {}
    listed = []
    for (entry, sort, key), reports in list(found.items())[:MOST]:
        if entry in refs:
            listed.append(_listed(refs[entry], states[entry][sort].get(key), reports, horizon))
    return tuple(listed)


def keep(story: Story, public_id: str, rights: Rights, *, horizon: int) -> None:
    """The report was right: the part stays held back, or is held back now."""
    user = require_editor(rights)
    with transaction.atomic():
        row = _decided(story, public_id, rights, horizon, Report.State.KEPT)
        hold_back(_lock(row.entry_id), row.sort, row.key, Who(user))
        logging.log(story, rights, "report-kept", entry=row.entry)


def put_back(story: Story, public_id: str, rights: Rights, *, horizon: int) -> bool:
    """The report was wrong: the part shows as before. False where others have changed it since, so that it stays."""
    user = require_editor(rights)
    with transaction.atomic():
        row = _decided(story, public_id, rights, horizon, Report.State.DISMISSED)
        held = _same(row).filter(revision__isnull=False).order_by("pk").first()
        kept = take_back(held.revision, Who(user)) if held is not None and held.revision is not None else ()
        logging.log(story, rights, "report-dismissed", entry=row.entry)
    return not kept


def _decided(story: Story, public_id: str, rights: Rights, horizon: int, state: str) -> Report:
    """Write down what was decided about all that waits on the same part; the row, locked."""
    rows = Report.objects.at(horizon).filter(story=story, public_id=public_id)
    row = rows.select_for_update(of=("self",)).select_related("entry", "revision").first()
    if row is None or row.entry.since > horizon:
        raise GoneError(_("This report is not there as far as you have read."))
    if row.state != Report.State.WAITING:
        raise EditError(_("This was decided already; nothing was changed."))
    values = read([row.entry_id])[row.entry_id][row.sort].get(row.key)
    if values is not None and values["since"] > horizon:
        raise EditError(_("The part lies further on than you have read: switch “show everything” on to judge it."))
    _same(row).filter(state=Report.State.WAITING).update(state=state, decided_by=rights.user)
    return row


def _same(row: Report) -> QuerySet[Report]:
    return Report.objects.whole(because=_WHY).filter(entry=row.entry_id, sort=row.sort, key=row.key)


def _lock(pk: int) -> Entry:
    rows = Entry.objects.whole(because=_WHY).select_for_update(of=("self",)).select_related("story")
    return rows.get(pk=pk)


def _later(values: Values, end: int) -> Values:
    block = Block(values["kind"], values["source"], values["marks"])
    reasons = [one for one in values["reasons"] if one[0] != "stamp"]
    reasons.append(["stamp", f"stamped {format_point(end)}", end])
    return values | {"source": stamp_source(block, end), "since": end, "reasons": reasons}


def _listed(ref: EntryRef, values: Values | None, reports: list[Report], horizon: int) -> Reported:
    text: str | None = _("It is not in the entry any more.") if values is None else None
    if values is not None and values["since"] <= horizon:
        text = _text(values.get("kind", "paragraph"), values["source"], values.get("marks", ""))
    return Reported(
        public_id=reports[0].public_id,
        entry=ref,
        label=values.get("label", "") if values is not None and text is not None else "",
        text=text,
        since=format_point(values["since"]) if values is not None and text is not None else "",
        by=tuple(dict.fromkeys(row.reporter.username for row in reports if row.reporter is not None)),
        notes=tuple(row.note for row in reports if row.note),
        count=len(reports),
        when=reports[0].created_at,
        is_held=any(row.revision_id for row in reports),
    )


def _text(kind: str, source: str, marks: str) -> str:
    return render(Block(kind, source, marks)).text
