"""All that the site knows of one person, for “Download my data”. Each app gathers its own part."""

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession

from reader.models import User

# Modules with a function `gathered(user) -> dict`; a part whose module is not there is left out.
GATHERERS = {"reading": "reader.personal", "wiki": "wiki.personal"}


def gathered(user: User) -> dict[str, Any]:
    """The account's own part: names, addresses, sessions, keys by name. No password, key or secret."""
    return {
        "name": user.get_username(),
        "email": user.email,
        "joined": user.date_joined,
        "last_signed_in": user.last_login,
        "addresses": list(EmailAddress.objects.filter(user=user).order_by("id").values("email", "verified", "primary")),
        "sessions": list(
            UserSession.objects.filter(user=user)
            .order_by("id")
            .values("ip", "user_agent", "created_at", "last_seen_at")
        ),
        "codes_and_passkeys": [
            {"type": row.type, "name": str(row), "added": row.created_at, "last_used": row.last_used_at}
            for row in Authenticator.objects.filter(user=user).order_by("id")
        ],
    }


def everything(user: User) -> dict[str, Any]:
    """The account's part and every app's."""
    found = {"account": gathered(user)}
    for part, module in GATHERERS.items():
        if find_spec(module) is not None:
            gather: Callable[[User], dict[str, Any]] = import_module(module).gathered
            found[part] = gather(user)
    return found
