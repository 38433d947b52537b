"""Who may do what in a story's wiki: role, policy, protection and bans. Knows nothing of what is written."""

from dataclasses import dataclass
from typing import Final

from django.db.models import Exists, OuterRef, Subquery
from django.utils.translation import gettext as _

from reader.models import Membership, Story, User
from wiki.errors import NotAllowedError
from wiki.models import Ban, Entry, Wiki

RANKS: Final = {"": 0, "editor": 1, "moderator": 2, "owner": 3}
_NEEDED: Final = {"": 0, "editors": 1, "moderators": 2}


@dataclass(frozen=True, slots=True)
class Rights:
    """What an account may do in one wiki. `role` is "", editor, moderator or owner; "" also for who has no account."""

    user: User | None
    role: str = ""
    is_banned: bool = False
    policy: str = "open"

    @property
    def rank(self) -> int:
        """0–3; the host's own accounts count as owners."""
        return 3 if self.user is not None and self.user.is_superuser else RANKS[self.role]

    @property
    def is_editor(self) -> bool:
        """Whose changes never wait, and who decides about those that do."""
        return self.rank >= 1 and not self.is_banned

    @property
    def is_moderator(self) -> bool:
        """Who protects, deletes, merges, and keeps people out."""
        return self.rank >= 2 and not self.is_banned

    @property
    def is_owner(self) -> bool:
        """Who chooses the policy."""
        return self.rank >= 3

    @property
    def is_reviewed(self) -> bool:
        """Whether changes wait for an editor."""
        return self.policy == "reviewed" and not self.is_editor

    def may_edit(self, protection: str = "") -> bool:
        """Whether a change may be sent at all."""
        return self.user is not None and not self.is_banned and self.rank >= _NEEDED[protection]


def rights_of(user: User | None, story: Story) -> Rights:
    """The rights of an account, or of nobody's. One query."""
    mine = {"user": user.pk if user is not None else None, "story": OuterRef("story")}
    roles = Membership.objects.filter(**mine).values("role")[:1]
    rows = Wiki.objects.filter(story=story).annotate(role=Subquery(roles), is_banned=Exists(Ban.objects.filter(**mine)))
    found = rows.values_list("policy", "role", "is_banned").first()
    if found is None:  # no wiki yet: nobody has been kept out of it
        role = Membership.objects.filter(user=user, story=story).values_list("role", flat=True).first()
        return Rights(user, role or "")
    policy, role, is_banned = found
    return Rights(user, role or "", is_banned, policy)


def require_edit(rights: Rights, entry: Entry | None) -> User:
    """The account, if it may change this entry or write a new one. Raises NotAllowedError, in a sentence."""
    if rights.user is None:
        raise NotAllowedError(_("Sign in to change this wiki."))
    if rights.is_banned:
        raise NotAllowedError(_("This account may not write in this wiki just now."))
    protection = entry.protection if entry is not None else ""
    if not rights.may_edit(protection):
        said = Entry.Protection(protection).label
        raise NotAllowedError(_("This page can be changed by %(who)s only.") % {"who": said})
    return rights.user


def require_moderator(rights: Rights) -> User:
    """The account, if it moderates this story. Raises NotAllowedError."""
    if rights.user is None or not rights.is_moderator:
        raise NotAllowedError(_("Only moderators of this story can do this."))
    return rights.user
