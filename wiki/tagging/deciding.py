"""What people decide about words in the text: they mean an entry, or not this one, and what it does there."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from reader.models import Chapter, Paragraph, Story, User
from reader.text.points import EVERYTHING, NOTHING, format_point
from wiki import compiling
from wiki.editing.dating import end_of_story
from wiki.editing.forming import find_entry
from wiki.editing.rights import Rights, require_edit
from wiki.errors import ClashError, EditError, GoneError, NotAllowedError
from wiki.models import Entry, Tagging
from wiki.tagging import finding, ordering, storing
from wiki.text.anchoring import anchor

LONGEST: Final = 200
"""Characters that can be tagged at once."""
_WHY: Final = "a decision replaces the one before it at the same words"


@dataclass(frozen=True, slots=True)
class Decision:
    """These words of a paragraph (a point, characters `start` to `end`) mean the entry at this address, or do not.

    `since` is the point from which that may be known, 0 for at once; `words` are those that the person saw.
    """

    point: int
    start: int
    end: int
    slug: str
    words: str
    role: str = "named"
    is_link: bool = True
    since: int = 0


def require_tagger(rights: Rights, entry: Entry | None = None) -> User:
    """The account, if it may tag at all, and this entry. Raises NotAllowedError, in a sentence."""
    user = require_edit(rights, entry)
    if rights.is_reviewed:
        raise NotAllowedError(_("In this wiki every change waits for an editor, and tags are set by editors only."))
    return user


def decide(story: Story, decision: Decision, rights: Rights, *, horizon: int, now: datetime) -> bool:
    """Store a decision; the one before it at the same words can be had back by `undo`, which is True if by this person.

    Deciding what is decided already changes nothing. Raises EditError, in a sentence: GoneError for an entry or a
    paragraph that is not there as far as this person has read, ClashError where things are not as they saw them,
    NotAllowedError.
    """
    with transaction.atomic():
        entry = _entry(story, decision.slug, horizon)
        user = require_tagger(rights, entry)
        paragraph = _paragraph(story, decision.point, horizon)
        since = _since(story, decision, entry, horizon)
        _check(decision, paragraph)
        if decision.is_link:
            _check_across(paragraph, entry.pk, decision.start, decision.end, horizon)
        row = _stored(paragraph, entry, decision)
        state = Tagging.State.LINKED if decision.is_link else Tagging.State.REJECTED
        role = decision.role if decision.is_link else row.role
        if row.pk and (row.state, row.role, row.since) == (state, role, since):
            return row.before is not None and row.editor_id == user.pk
        row.before = _values(row) if row.pk else {}
        row.state, row.role, row.since, row.editor, row.decided_at = state, role, since, user, now
        row.place = list(anchor(paragraph.text, decision.start, decision.end))
        row.save()
        _tell(story, paragraph, entry)
        return True


def decide_all(story: Story, decisions: Iterable[Decision], rights: Rights, *, horizon: int, now: datetime) -> bool:
    """All of them or none; whether all can be taken back. Raises as `decide`."""
    with transaction.atomic():
        can_undo = [decide(story, one, rights, horizon=horizon, now=now) for one in decisions]
    return all(can_undo)


def undo(story: Story, decision: Decision, rights: Rights, *, horizon: int) -> None:
    """Take back the last decision about these words, once: its own maker can, and a moderator. Raises as `decide`."""
    with transaction.atomic():
        entry = _entry(story, decision.slug, horizon)
        user = require_tagger(rights, entry)
        paragraph = _paragraph(story, decision.point, horizon)
        row = _stored(paragraph, entry, decision)
        if row.pk is None or row.before is None or row.since > horizon:
            raise ClashError(_("There is nothing to take back here."))
        if row.editor_id != user.pk and not rights.is_moderator:
            raise NotAllowedError(_("Somebody else decided this: say what you think of it instead."))
        if row.before:
            _restore(row)
            if row.state == Tagging.State.LINKED and row.since <= horizon:
                _check_across(paragraph, entry.pk, row.start, row.end, horizon)
            row.save()
        else:
            Tagging.objects.whole(because=_WHY).filter(pk=row.pk).delete()
        _tell(story, paragraph, entry)


def undo_all(story: Story, decisions: Iterable[Decision], rights: Rights, *, horizon: int) -> None:
    """All of them or none. Raises as `undo`."""
    with transaction.atomic():
        for one in decisions:
            undo(story, one, rights, horizon=horizon)


def _entry(story: Story, slug: str, horizon: int) -> Entry:
    entry = find_entry(story, slug, horizon)
    if entry is None:
        raise GoneError(_("No entry goes by this name as far as you have read."))
    return entry


def _paragraph(story: Story, point: int, horizon: int) -> Paragraph:
    """The paragraph, held until the end of the transaction: one decision about it at a time."""
    published = Chapter.objects.filter(story=story).published(at=timezone.now())
    rows = Paragraph.objects.live().filter(chapter__in=published, point=point, point__lte=horizon)
    row = rows.select_for_update(of=("self",), no_key=True).first()
    if row is None:
        raise GoneError(_("There is no such paragraph as far as you have read."))
    return row


def _since(story: Story, decision: Decision, entry: Entry, horizon: int) -> int:
    """From when it may be known: never before the paragraph and the entry, never later than what this person knows."""
    latest = end_of_story(story) if horizon == EVERYTHING else horizon
    wanted = decision.since if decision.is_link else NOTHING
    if wanted > max(latest, decision.point):
        said = _("You have read as far as %(point)s: choose a paragraph up to there.")
        raise EditError(said % {"point": format_point(latest)})
    return max(decision.point, entry.since, wanted)


def _check(decision: Decision, paragraph: Paragraph) -> None:
    """That these words stand there and can be tagged."""
    words = paragraph.text[decision.start : decision.end]
    if not 0 <= decision.start < decision.end or words != decision.words:
        raise ClashError(_("These words do not stand there any more: the text was changed."))
    if not words.strip() or len(words) > LONGEST:
        raise EditError(_("Choose the few words that are to lead to the entry."))
    if decision.role not in Tagging.Role.values:
        raise EditError(_("Choose one of the roles."))


def _check_across(paragraph: Paragraph, entry: int, start: int, end: int, horizon: int) -> None:
    """That no other link by hand that this person can see lies across these words."""
    rows = Tagging.objects.at(horizon).filter(paragraph=paragraph, origin="hand", state="linked", is_lost=False)
    across = rows.filter(start__lt=end, end__gt=start).exclude(start=start, end=end, entry=entry)
    if across.exists():
        said = _("Some of these words in %(point)s are tagged by hand already: say “not this one” there first.")
        raise ClashError(said % {"point": format_point(paragraph.point)})


def _stored(paragraph: Paragraph, entry: Entry, decision: Decision) -> Tagging:
    """The decision that is stored for the same words and entry, or a new one."""
    where: dict[str, Any] = {"paragraph": paragraph, "entry": entry, "start": decision.start, "end": decision.end}
    rows = Tagging.objects.whole(because=_WHY).filter(**where, origin="hand", is_lost=False)
    words = paragraph.text[decision.start : decision.end]
    new = Tagging(story_id=entry.story_id, **where, origin="hand", words=words, point=paragraph.point)
    return rows.select_for_update().first() or new


def _values(row: Tagging) -> dict[str, Any]:
    """What is kept of a decision that another one replaces, its maker too: who that was may be somebody else."""
    decided = row.decided_at.isoformat() if row.decided_at else None
    return {"state": row.state, "role": row.role, "since": row.since, "editor": row.editor_id, "decided_at": decided}


def _restore(row: Tagging) -> None:
    """Make a decision what it was before; that can be done once."""
    was: dict[str, Any] = row.before or {}
    editor = User.objects.filter(pk=was.get("editor") or 0).first()  # nobody, if the account is gone
    row.state, row.role, row.since, row.editor, row.before = was["state"], was["role"], was["since"], editor, None
    row.decided_at = parse_datetime(was["decided_at"]) if was.get("decided_at") else None


def _tell(story: Story, paragraph: Paragraph, entry: Entry) -> None:
    """Cover what the finder found there, and tell every cache.

    While the finder reads this story it may store what it saw before: then the same is done again after it.
    """
    if not finding.is_at_rest(story):
        ordering.decided(story.pk, paragraph.pk)
    compiling.raise_versions(story, {entry.pk, *storing.cover(paragraph.pk)})
