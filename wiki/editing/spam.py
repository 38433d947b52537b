"""Keeps new accounts from flooding a wiki: what one save of theirs may add. Nobody else is looked at.

Three rules that can be said in a sentence each: few addresses of other sites, no shouting, not the same text again and
again.
"""

import re
from collections import Counter
from datetime import timedelta
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from reader.models import User
from wiki.editing.forms import Trouble
from wiki.editing.rights import Rights
from wiki.editing.state import State
from wiki.models import Change

NEW_DAYS: Final = 7
MOST_LINKS: Final = 2
SHOUTED: Final = 60
"""Letters from which a text that is nearly all capitals is refused."""
SAME_TEXTS: Final = 2
"""How often within a day a new account may add one and the same text of at least `LONG` characters."""
LONG: Final = 30
_WHY: Final = "an account’s own saves are compared with what it adds now"
_ADDRESS: Final = re.compile(r"(?:https?:)?//[^\s)>\]\"']+|\bwww\.[^\s)>\]\"']+", re.IGNORECASE)


def is_new(user: User | None) -> bool:
    """Whether the account is younger than a week."""
    return user is None or timezone.now() - user.date_joined < timedelta(days=NEW_DAYS)


def check(before: State, after: State, editor: User | None, rights: Rights) -> Trouble | None:
    """What a new account may not do in one save; None for everybody else. At most one query."""
    if rights.is_editor or not is_new(editor):
        return None
    if len(_addresses(after) - _addresses(before)) > MOST_LINKS:
        said = _("In the first week an account can add two links to other sites at a time; leave some of them out.")
        return Trouble("body", said)
    added = Counter(_texts(after)) - Counter(_texts(before))
    if any(_is_shouted(text) for text in added):
        return Trouble("body", _("This is written in capitals throughout; write it as the story does."))
    long = {text: count for text, count in added.items() if len(text) >= LONG}
    if long and any(count + _said_before(editor, text) > SAME_TEXTS for text, count in long.items()):
        return Trouble("body", _("You have added these same words before; one place for them is enough."))
    return None


def _texts(state: State) -> list[str]:
    return [one["source"] for sort in ("block", "fact") for one in state[sort].values()]


def _addresses(state: State) -> set[str]:
    return {match.lower() for text in _texts(state) for match in _ADDRESS.findall(text)}


def _is_shouted(text: str) -> bool:
    """Whether a long text is nearly all capitals; in scripts without capitals none is."""
    letters = [char for char in text if char.isupper() or char.islower()]
    return len(letters) >= SHOUTED and sum(map(str.isupper, letters)) > len(letters) * 0.8


def _said_before(editor: User | None, text: str) -> int:
    """How often this account added this text within a day."""
    rows = Change.objects.whole(because=_WHY).filter(revision__editor=editor, sort__in=["block", "fact"])
    since = timezone.now() - timedelta(days=1)
    return rows.filter(revision__created_at__gt=since, before__isnull=True, after__source=text).count()
