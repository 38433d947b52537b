"""Changes that wait for an editor: the queue, what each would do now, and what becomes of it. Decided once.

Whoever looks at one has read as far as its writer had.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from reader.models import Story, User
from wiki.editing import saving
from wiki.editing.forming import blocks_of, own_slug, sections_of, title_of
from wiki.editing.forms import Clash, EditPage, EntryForm, Outcome, Trouble
from wiki.editing.rights import Rights
from wiki.editing.state import State, differences, read
from wiki.editing.tokens import Token
from wiki.errors import EditError, GoneError, NotAllowedError
from wiki.gate.comparing import compared
from wiki.gate.historyshapes import DiffGroup, DiffRun
from wiki.gate.naming import known_of, visible_names
from wiki.gate.shapes import EntryRef
from wiki.models import Image, Proposal, Revision
from wiki.text.revising import shown

_WHY: Final = "a proposal's own save is looked up by its random id"
MOST: Final = 100
"""Proposals listed at once."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """A proposal in a list. `entry` is None for a new entry, whose `title` is what it would be called, and for one that
    is gone; `by` is "" for a former editor."""

    public_id: str
    by: str
    when: datetime
    summary: str
    state: str
    label: str
    title: str
    entry: EntryRef | None
    is_mine: bool
    is_new: bool


@dataclass(frozen=True, slots=True)
class ProposalPage:
    """One proposal and what it would do to the entry as it is now, or, where it cannot be taken in (`troubles`,
    `clashes`, `is_gone`), what it did to the entry as its writer saw it."""

    proposal: Proposed
    groups: tuple[DiffGroup, ...]
    runs: tuple[DiffRun, ...]
    troubles: tuple[Trouble, ...] = ()
    clashes: tuple[Clash, ...] = ()
    is_gone: bool = False
    may_decide: bool = False
    note: str = ""
    decided_by: str = ""

    @property
    def is_waiting(self) -> bool:
        """Whether nobody has decided about it."""
        return self.proposal.state == Proposal.State.WAITING

    @property
    def may_accept(self) -> bool:
        """Whether it can be taken in as it is."""
        return self.may_decide and not (self.troubles or self.clashes or self.is_gone)


def queue(story: Story, rights: Rights, horizon: int) -> tuple[Proposed, ...]:
    """What waits and was written by people who have read no further than this; oldest first. Raises NotAllowedError."""
    require_editor(rights)
    rows = _rows(story, horizon).filter(state=Proposal.State.WAITING).order_by("created_at", "pk")[:MOST]
    return _listed(story, rows, rights.user, horizon)


def mine(story: Story, user: User, horizon: int) -> tuple[Proposed, ...]:
    """What somebody has proposed and what became of it, the latest first."""
    rows = _rows(story, horizon).filter(editor=user).order_by("-created_at", "-pk")[:MOST]
    return _listed(story, rows, user, horizon)


def page(story: Story, public_id: str, rights: Rights, horizon: int) -> ProposalPage:
    """One proposal, for editors and for whoever wrote it. Raises GoneError alike for all that one cannot see."""
    row = _found(story, public_id, rights, horizon)
    token, form = Token(**row.base["said"]), EntryForm.from_json(row.form)
    told = _listed(story, [row], rights.user, horizon)[0]
    about = ProposalPage(
        told,
        (),
        (),
        may_decide=_may_decide(row, rights),
        note=row.note,
        decided_by=row.decided_by.username if row.decided_by else "",
    )
    if row.revision is not None or row.state == Proposal.State.ACCEPTED:
        return about
    try:
        found = saving.trial(story, token, form)
    except GoneError:
        return replace(about, is_gone=True)
    if found.after is not None:
        groups, runs = compared(story, found.now, found.after, horizon)
        return replace(about, groups=groups, runs=runs)
    # What others have written may lie further on than the proposal's own writer saw.
    clashes = found.clashes if token.horizon <= horizon else ()
    return replace(about, clashes=clashes, troubles=found.troubles, is_gone=not clashes and not found.troubles)


def proposal_form(story: Story, public_id: str, rights: Rights, *, horizon: int) -> EditPage:
    """The edit form filled with what somebody proposed, for an editor who wants to change it before taking it in.

    It stands at the point as of which it was written, so that what comes later is neither in it nor lost by saving it.
    Raises NotAllowedError and GoneError.
    """
    user = require_editor(rights)
    row = _found(story, public_id, rights, horizon)
    _require_waiting(row)
    said = Token(**row.base["said"])
    if said.horizon > horizon:
        raise EditError(_("This was written with everything shown: switch “show everything” on to edit it."))
    token = replace(said, user=user.pk, story=0 if said.entry else story.pk)
    state = read([row.entry_id])[row.entry_id] if row.entry_id else State()
    return EditPage(
        slug=own_slug(state, said.horizon) if row.entry_id else "",
        title=title_of(state, said.horizon) if row.entry_id else "",
        form=EntryForm.from_json(row.form),
        token=token.sign(),
        sections=sections_of(shown(blocks_of(state), said.horizon)) if row.entry_id else (),
        section=said.section,
        protection=row.entry.protection if row.entry else "",
        proposal=row.public_id,
    )


def accept(story: Story, public_id: str, rights: Rights, *, horizon: int) -> Outcome:
    """Take a proposal in, in its writer's name. What cannot be taken in is in the outcome, and goes on waiting."""
    user = require_editor(rights)
    with transaction.atomic():
        row = _locked(story, public_id, rights, horizon)
        _require_may(row, rights)
        _require_seen(row, horizon)
        outcome = saving.accept(row, rights)
        if outcome.sort in ("saved", "same"):
            made = Revision.objects.whole(because=_WHY).filter(public_id=outcome.revision).first()
            _decide(row, Proposal.State.ACCEPTED, user, revision=made)
    return outcome


def edited(story: Story, public_id: str, rights: Rights, revision: str, *, horizon: int) -> None:
    """An editor has saved what was proposed in words of their own (`revision`, a public id): it waits no longer.

    Says nothing where it was decided meanwhile: what was saved is saved.
    """
    user = require_editor(rights)
    with transaction.atomic():
        rows = Proposal.objects.at(horizon).filter(story=story, public_id=public_id, state=Proposal.State.WAITING)
        row = rows.select_for_update(of=("self",)).first()
        made = Revision.objects.whole(because=_WHY).filter(public_id=revision, editor=user, story=story).first()
        if row is not None and made is not None:
            _decide(row, Proposal.State.ACCEPTED, user, revision=made)


def reject(story: Story, public_id: str, rights: Rights, *, horizon: int, note: str = "") -> None:
    """Do not take a proposal in; its writer can read the note."""
    user = require_editor(rights)
    with transaction.atomic():
        row = _locked(story, public_id, rights, horizon)
        _require_may(row, rights)
        _decide(row, Proposal.State.REJECTED, user, note=note)


def waiting_count(story: Story, rights: Rights, horizon: int) -> int:
    """How much of the queue this person can see."""
    if not rights.is_editor:
        return 0
    return int(_rows(story, horizon).filter(state=Proposal.State.WAITING).count())


def picture(story: Story, public_id: str, rights: Rights, horizon: int) -> str | None:
    """The digest of a picture that a waiting proposal would show, for an editor who can see that proposal."""
    if not rights.is_editor:
        return None
    asked = Q(form__pictures__contains=[{"image": public_id}]) | Q(form__body__icontains=f"image:{public_id}")
    if not _rows(story, horizon).filter(asked, state=Proposal.State.WAITING).exists():
        return None
    rows = Image.objects.whole(because=_WHY).filter(story=story, public_id=public_id, uploader__isnull=False)
    return rows.values_list("digest", flat=True).first()


def require_editor(rights: Rights) -> User:
    """The account, if it decides about what others propose. Raises NotAllowedError."""
    if rights.user is None or not rights.is_editor:
        raise NotAllowedError(_("Only editors of this story can do this."))
    return rights.user


def _rows(story: Story, horizon: int) -> Any:
    return Proposal.objects.at(horizon).filter(story=story).select_related("editor", "entry", "decided_by", "revision")


def _found(story: Story, public_id: str, rights: Rights, horizon: int) -> Proposal:
    row: Proposal | None = _rows(story, horizon).filter(public_id=public_id).first()
    is_theirs = row is not None and rights.user is not None and row.editor_id == rights.user.pk
    if row is None or not (rights.is_editor or is_theirs):
        raise GoneError(_("This proposal is not there as far as you have read."))
    return row


def _locked(story: Story, public_id: str, rights: Rights, horizon: int) -> Proposal:
    """The row, until the end of the transaction nobody else's; raises EditError if it was decided meanwhile."""
    rows = Proposal.objects.at(horizon).filter(pk=_found(story, public_id, rights, horizon).pk)
    row = rows.select_for_update(of=("self",)).select_related("story", "entry", "editor").get()
    _require_waiting(row)
    return row


def _require_waiting(row: Proposal) -> None:
    if row.state != Proposal.State.WAITING:
        raise EditError(_("This was decided already; nothing was changed."))


def _may_decide(row: Proposal, rights: Rights) -> bool:
    return rights.is_editor and rights.may_edit(row.entry.protection if row.entry is not None else "")


def _require_may(row: Proposal, rights: Rights) -> None:
    if not _may_decide(row, rights):
        raise NotAllowedError(_("This page can be changed by moderators only, and so they decide about this."))


def _require_seen(row: Proposal, horizon: int) -> None:
    """Nobody takes in what the page of the proposal did not show them, such as a part that cites what lies ahead."""
    found = saving.trial(row.story, Token(**row.base["said"]), EntryForm.from_json(row.form))
    changed = differences(found.now, found.after) if found.after is not None else ()
    sides = (side for one in changed for side in (one.before, one.after) if side is not None)
    if any(side["since"] > horizon for side in sides):
        raise EditError(_("A part of this shows further on than you have read: switch “show everything” on first."))


def _decide(row: Proposal, state: str, user: User, *, note: str = "", revision: Revision | None = None) -> None:
    row.state, row.note, row.decided_by, row.decided_at, row.revision = (
        state,
        note[:500],
        user,
        timezone.now(),
        revision,
    )
    row.save(update_fields=["state", "note", "decided_by", "decided_at", "revision"])


def _listed(story: Story, rows: Any, user: User | None, horizon: int) -> tuple[Proposed, ...]:
    """Rows as lists show them; two queries."""
    found = list(rows)
    wanted = {row.entry_id for row in found if row.entry_id}
    refs = known_of(visible_names(story, horizon).filter(entry__in=wanted)).refs if wanted else {}
    listed = []
    for row in found:
        ref = refs.get(row.entry_id) if row.entry_id else None
        names = row.form.get("names", ())
        listed.append(
            Proposed(
                public_id=row.public_id,
                by=row.editor.username if row.editor else "",
                when=row.created_at,
                summary=row.summary,
                state=row.state,
                label=str(Proposal.State(row.state).label),
                title=ref.title if ref else (str(names[0]["text"]) if names and not row.entry_id else ""),
                entry=ref,
                is_mine=user is not None and row.editor_id == user.pk,
                is_new=not row.entry_id,
            )
        )
    return tuple(listed)
