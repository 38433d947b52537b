"""Takes an account away: all that is personal goes, what was written stays under “a former editor”."""

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction

from reader.models import Membership, Story, User


def stories_left_alone(user: User) -> list[Story]:
    """Stories that would have no owner without this person."""
    owned = Story.objects.filter(memberships__user=user, memberships__role=Membership.Role.OWNER)
    others = Membership.objects.filter(role=Membership.Role.OWNER).exclude(user=user).values("story")
    return list(owned.exclude(pk__in=others).order_by("title"))


def delete_account(user: User) -> None:
    """Delete the row and all that hangs on it; every browser that is signed in is signed out."""
    with transaction.atomic():
        keys = UserSession.objects.filter(user=user).values_list("session_key", flat=True)
        Session.objects.filter(session_key__in=list(keys)).delete()
        user.delete()
