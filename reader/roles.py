"""Who has which part in a story. The last owner can neither go nor be made less by this."""

from django.db import transaction
from django.utils.translation import gettext as _

from reader.errors import RoleError
from reader.models import Membership, Story, User

READER = ""  # whoever has no row


def person_called(name: str) -> User:
    """The account with this name, in any case. Raises RoleError with one sentence when nobody has it."""
    user = User.objects.filter(username__iexact=name.strip().replace("\0", "")[:150]).first()
    if user is None:
        raise RoleError(_("Nobody here is called “%(name)s”.") % {"name": name.strip()[:40]})
    return user


def grant(story: Story, user: User, role: str) -> None:
    """Give a role, or take it away with READER. Raises RoleError for an unknown role, and for the last owner."""
    if role != READER and role not in Membership.Role:
        raise RoleError(_("There is no role “%(role)s”.") % {"role": role[:40]})
    with transaction.atomic():
        Story.objects.select_for_update().get(pk=story.pk)  # so that two owners cannot both go at once
        owners = set(story.memberships.filter(role=Membership.Role.OWNER).values_list("user", flat=True))
        if role != Membership.Role.OWNER and owners == {user.pk}:
            raise RoleError(_("A story keeps an owner: make somebody else one first."))
        if role == READER:
            story.memberships.filter(user=user).delete()
        else:
            Membership.objects.update_or_create(user=user, story=story, defaults={"role": role})


def members(story: Story) -> list[Membership]:
    """Owners first, then moderators, then editors, each by name."""
    order = [Membership.Role.OWNER, Membership.Role.MODERATOR, Membership.Role.EDITOR]
    rows = story.memberships.select_related("user")
    return sorted(rows, key=lambda row: (order.index(Membership.Role(row.role)), row.user.username.casefold()))
