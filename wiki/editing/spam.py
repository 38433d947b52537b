"""Keeps new accounts from planting links: how many other sites' addresses one save of theirs may add."""

import re
from datetime import timedelta
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from reader.models import User
from wiki.editing.forms import Trouble
from wiki.editing.rights import Rights
from wiki.editing.state import State

NEW_DAYS: Final = 7
MOST_LINKS: Final = 2
_ADDRESS: Final = re.compile(r"(?:https?:)?//[^\s)>\]\"']+|\bwww\.[^\s)>\]\"']+", re.IGNORECASE)


def is_new(user: User | None) -> bool:
    """Whether the account is younger than a week."""
    return user is None or timezone.now() - user.date_joined < timedelta(days=NEW_DAYS)


def check(before: State, after: State, editor: User | None, rights: Rights) -> Trouble | None:
    """What a new account may not do in one save; None for everybody else."""
    if rights.is_editor or not is_new(editor):
        return None
    added = _addresses(after) - _addresses(before)
    if len(added) <= MOST_LINKS:
        return None
    said = _("In the first week an account can add two links to other sites at a time; leave some of them out.")
    return Trouble("body", said)


def _addresses(state: State) -> set[str]:
    texts = [one["source"] for sort in ("block", "fact") for one in state[sort].values()]
    return {match.lower() for text in texts for match in _ADDRESS.findall(text)}
