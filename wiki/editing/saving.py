"""Saves what somebody wrote: what they do not see stays as it is, what others wrote meanwhile is joined to it, and what
cannot be joined goes back whole. One transaction; a form that is sent twice makes one revision."""

import json
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from reader.models import Story
from reader.text.points import EVERYTHING, NOTHING
from wiki.editing import dating, spam
from wiki.editing.applying import apply
from wiki.editing.forming import (
    edit_page,
    own_slug,
    shows,
)
from wiki.editing.forms import Clash, EntryForm, Outcome, Trouble
from wiki.editing.recording import Who, record
from wiki.editing.rights import Rights, require_edit
from wiki.editing.state import SORTS, State, differences, past, read
from wiki.editing.tokens import Token, read_token
from wiki.editing.working import Work
from wiki.errors import EditError, GoneError
from wiki.models import Entry, Kind, Proposal, Revision
from wiki.packing.founding import found_wiki

_WHY: Final = "a save reads all that an entry holds, and shows none of it"


@dataclass(frozen=True, slots=True)
class Save:
    """What was sent: the token of the form, its values, and why."""

    token: str
    form: EntryForm
    summary: str = ""


def new_token(*, user: int, horizon: int, story: int) -> str:
    """The token of the form for a new entry; `user` and `story` are primary keys."""
    return Token(user, horizon, story=story).sign()


def save(story: Story, sent: Save, rights: Rights, *, horizon: int) -> Outcome:
    """Save an entry, or write a new one if the token names none.

    Raises NotAllowedError, GoneError and UsedTokenError; whatever else is wrong is in the outcome, with nothing saved.
    """
    user = require_edit(rights, None)
    token = read_token(sent.token, user=user.pk, story=story.pk)
    if min(token.horizon, horizon) <= NOTHING:
        raise EditError(_("Say first how far you have read: what you write shows to those who have read as far."))
    request = _request(user.pk, sent)
    try:
        with transaction.atomic():
            return _save(story, sent, token, rights, request=request)
    except IntegrityError:  # the same form at the same moment: the other one has saved it
        again = Revision.objects.whole(because=_WHY).filter(request=request).select_related("entry").first()
        if again is None:
            raise
        return _done(again, token)


def accept(proposal: Proposal, rights: Rights) -> Outcome:
    """Save what somebody proposed, in their name, as if they did it now."""
    sent = Save(proposal.base["token"], EntryForm.from_json(proposal.form), proposal.summary)
    token = Token(**proposal.base["said"])
    with transaction.atomic():
        return _save(proposal.story, sent, token, rights, proposal=proposal)


@dataclass(frozen=True, slots=True)
class Trial:
    """What a save would do now: the entry before and after; `after` is None where it could not be saved so."""

    now: State
    after: State | None
    base: State
    troubles: tuple[Trouble, ...] = ()
    clashes: tuple[Clash, ...] = ()


def trial(story: Story, token: Token, form: EntryForm) -> Trial:
    """Work a save out without saving. Raises GoneError when the entry is not there any more."""
    with transaction.atomic():
        entry = _locked(story, token)
        now = read([entry.pk])[entry.pk] if entry else State()
        work = Work(story, entry, token, _base(entry, now, token), now)
        after = work.outcome(form)
        is_whole = not work.troubles and not work.clashes
        return Trial(now, after if is_whole else None, work.base, tuple(work.troubles), tuple(work.clashes))


def _save(
    story: Story, sent: Save, token: Token, rights: Rights, *, request: str = "", proposal: Proposal | None = None
) -> Outcome:
    entry = _locked(story, token)
    if proposal is None:
        require_edit(rights, entry)
    now = read([entry.pk], entries=[entry])[entry.pk] if entry else State()
    base = _base(entry, now, token)
    if request and base is not now:
        again = Revision.objects.whole(because=_WHY).filter(request=request).select_related("entry").first()
        if again is not None:
            return _done(again, token)
    work = Work(story, entry, token, base, now)
    after = work.outcome(sent.form)
    if work.troubles or work.clashes:
        return _refused(entry, work)
    if proposal is None and rights.is_reviewed:
        return _proposed(story, entry, sent, token, states=(now, after), request=request)
    editor = proposal.editor if proposal is not None else rights.user
    if trouble := spam.check(now, after, editor, rights):
        return Outcome("trouble", troubles=(trouble,))
    if entry is None:
        entry = _create(story, after)
    else:
        apply(entry, now, after)
    who = Who(
        editor=editor,
        accepted_by=rights.user if proposal is not None else None,
        summary=sent.summary.strip(),
        summary_since=dating.stamp_for(story, token.horizon),
        request=request,
    )
    revision = record(entry, now, after, sort="edit" if token.entry else "create", who=who)
    if revision is None:
        return Outcome("same", slug=own_slug(after, token.horizon))
    return Outcome("saved", slug=own_slug(after, token.horizon), revision=revision.public_id)


def _request(user: int, sent: Save) -> str:
    """What is the same for a form that is sent twice."""
    said = json.dumps([user, sent.token, asdict(sent.form), sent.summary], sort_keys=True, ensure_ascii=True)
    return sha256(said.encode()).hexdigest()


def _locked(story: Story, token: Token) -> Entry | None:
    """The entry of the token, locked till the end; None for a new one."""
    if not token.entry:
        found_wiki(story)
        return None
    rows = Entry.objects.at(token.horizon).filter(story=story, public_id=token.entry)
    entry = rows.select_for_update(of=("self",)).select_related("story", "kind").first()
    if entry is None or entry.since == EVERYTHING:
        raise GoneError(_("This page is not there any more; what you wrote is still here to copy."))
    return entry


def _base(entry: Entry | None, now: State, token: Token) -> State:
    """The entry as it was when the form was made."""
    if entry is None:
        return State()
    rows = Revision.objects.at(token.horizon).filter(entry=entry)
    latest = rows.order_by("-pk").values_list("public_id", flat=True).first()
    if latest == token.revision:  # nothing that the writer can see was saved since
        return now
    made = rows.filter(public_id=token.revision).values_list("pk", flat=True).first()
    return past(entry.pk, now, after=made or 0)


def _done(revision: Revision, token: Token) -> Outcome:
    """The form was sent before: what came of it."""
    state = read([revision.entry_id])[revision.entry_id]
    return Outcome("saved", slug=own_slug(state, token.horizon), revision=revision.public_id)


def _refused(entry: Entry | None, work: Work) -> Outcome:
    """With a clash, the page comes with a form of what is stored now: saving again takes that into account."""
    if not work.clashes or entry is None:
        return Outcome("trouble", troubles=tuple(work.troubles))
    token = work.token
    page = edit_page(entry, user=token.user, horizon=token.horizon, section=token.section)
    return Outcome("clash", clashes=tuple(work.clashes), troubles=tuple(work.troubles), page=page)


def _proposed(
    story: Story, entry: Entry | None, sent: Save, token: Token, *, states: tuple[State, State], request: str
) -> Outcome:
    """Keep the change for an editor to decide; once for a form that is sent twice.

    Whoever looks at it has to have read all that its writer saw: also what is written beyond the published end.
    """
    now, after = states
    if entry and not differences(now, after) and list(now["block"]) == list(after["block"]):
        return Outcome("same", slug=own_slug(after, token.horizon))
    seen = [one["since"] for sort in SORTS for one in now[sort].values() if shows(one, token.horizon)]
    Proposal.objects.whole(because=_WHY).get_or_create(
        request=request,
        defaults={
            "story": story,
            "entry": entry,
            "editor_id": token.user,
            "since": max([dating.stamp_for(story, token.horizon), *seen]),
            "base": {"token": sent.token, "said": asdict(token)},
            "form": sent.form.as_json(),
            "summary": sent.summary.strip()[:300],
        },
    )
    return Outcome("waits", slug="" if entry is None else own_slug(read([entry.pk])[entry.pk], token.horizon))


def _create(story: Story, after: State) -> Entry:
    kind = Kind.objects.get(story=story, slug=after["kind"]["kind"]["kind"])
    entry = Entry.objects.create(story=story, kind=kind, since=after.since, version=0)
    empty = State()
    apply(entry, empty, after)
    return entry
