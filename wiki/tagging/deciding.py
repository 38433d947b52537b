"""What people decide about words in the text: they mean an entry, or not this one, and what it does there."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from reader.models import Chapter, Paragraph, Story, User
from reader.text.points import EVERYTHING, NOTHING, format_point
from wiki import compiling
from wiki.editing.dating import end_of_story
from wiki.editing.forming import find_entry
from wiki.editing.rights import Rights, require_edit
from wiki.errors import EditError, GoneError, NotAllowedError
from wiki.models import Entry, Tagging
from wiki.tagging import storing
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


def decide(story: Story, decision: Decision, rights: Rights, *, horizon: int, now: datetime) -> None:
    """Store a decision; the one before it at the same words can be had back by `undo`.

    Raises EditError, in a sentence; GoneError for an entry or a paragraph that is not there as far as this person has
    read, NotAllowedError.
    """
    with transaction.atomic():
        entry = _entry(story, decision.slug, horizon)
        user = _may_tag(rights, entry)
        paragraph = _paragraph(story, decision.point, horizon)
        _check(decision, entry, paragraph, horizon)
        row = _stored(paragraph, entry, decision)
        chosen = min(decision.since, _latest(story, horizon)) if decision.is_link else NOTHING
        since = max(decision.point, entry.since, chosen)
        row.before = _values(row) if row.pk else {}
        row.state = Tagging.State.LINKED if decision.is_link else Tagging.State.REJECTED
        row.role, row.since, row.editor, row.decided_at = decision.role, since, user, now
        row.place = list(anchor(paragraph.text, decision.start, decision.end))
        row.save()
        compiling.raise_versions(story, {entry.pk, *storing.cover(paragraph.pk)})


def undo(story: Story, decision: Decision, rights: Rights, *, horizon: int) -> None:
    """Take back the last decision about these words, once: its own maker can, and a moderator. Raises as `decide`."""
    with transaction.atomic():
        entry = _entry(story, decision.slug, horizon)
        user = _may_tag(rights, entry)
        paragraph = _paragraph(story, decision.point, horizon)
        row = _stored(paragraph, entry, decision)
        if row.pk is None or row.before is None or row.since > horizon:
            raise EditError(_("There is nothing to take back here."))
        if row.editor_id != user.pk and not rights.is_moderator:
            raise NotAllowedError(_("Somebody else decided this; say what you think of it instead."))
        if row.before:
            for name, value in row.before.items():
                setattr(row, name, value)
            row.before = None
            row.save()
        else:
            Tagging.objects.whole(because=_WHY).filter(pk=row.pk).delete()
        compiling.raise_versions(story, {entry.pk, *storing.cover(paragraph.pk)})


def _entry(story: Story, slug: str, horizon: int) -> Entry:
    entry = find_entry(story, slug, horizon)
    if entry is None:
        raise GoneError(_("No entry goes by this name as far as you have read."))
    return entry


def _may_tag(rights: Rights, entry: Entry) -> User:
    user = require_edit(rights, entry)
    if rights.is_reviewed:
        raise NotAllowedError(_("In this wiki every change waits for an editor, and tags are set by editors only."))
    return user


def _paragraph(story: Story, point: int, horizon: int) -> Paragraph:
    published = Chapter.objects.filter(story=story).published(at=timezone.now())
    row = Paragraph.objects.live().filter(chapter__in=published, point=point, point__lte=horizon).first()
    if row is None:
        raise GoneError(_("There is no such paragraph as far as you have read."))
    return row


def _check(decision: Decision, entry: Entry, paragraph: Paragraph, horizon: int) -> None:
    """That the words stand there, and that no other link by hand that this person can see lies across them."""
    words = paragraph.text[decision.start : decision.end]
    if not 0 <= decision.start < decision.end <= len(paragraph.text) or words != decision.words:
        raise EditError(_("These words do not stand there any more: the text was changed."))
    if not words.strip() or len(words) > LONGEST:
        raise EditError(_("Choose the few words that are to lead to the entry."))
    if decision.role not in Tagging.Role.values:
        raise EditError(_("Choose one of the roles."))
    if not decision.is_link:
        return
    rows = Tagging.objects.at(horizon).filter(paragraph=paragraph, origin="hand", state="linked", is_lost=False)
    across = rows.filter(start__lt=decision.end, end__gt=decision.start)
    if across.exclude(start=decision.start, end=decision.end, entry=entry).exists():
        said = _("Some of these words in %(point)s are tagged by hand already: say “not this one” there first.")
        raise EditError(said % {"point": format_point(paragraph.point)})


def _stored(paragraph: Paragraph, entry: Entry, decision: Decision) -> Tagging:
    """The decision that is stored for the same words and entry, or a new one."""
    where: dict[str, Any] = {"paragraph": paragraph, "entry": entry, "start": decision.start, "end": decision.end}
    rows = Tagging.objects.whole(because=_WHY).filter(**where, origin="hand", is_lost=False)
    words = paragraph.text[decision.start : decision.end]
    new = Tagging(story_id=entry.story_id, **where, origin="hand", words=words, point=paragraph.point)
    return rows.select_for_update().first() or new


def _values(row: Tagging) -> dict[str, Any]:
    return {"state": row.state, "role": row.role, "since": row.since}


def _latest(story: Story, horizon: int) -> int:
    return end_of_story(story) if horizon == EVERYTHING else horizon
