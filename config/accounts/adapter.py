"""Where allauth asks us: our sentences, where one may be led, and what a browser brings along when it signs in."""

from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from config.accounts import names
from reader import bookmarks, places
from reader.models import User

NOT_TOGETHER = _("That name and password do not go together. Nothing was lost; try again.")
TOO_OFTEN = _("That was tried too often. Nothing was changed; wait a few minutes and try again.")


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in and sign-up."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is closed."),
        "duplicate_email": _("That is your address already."),
        "email_password_mismatch": NOT_TOGETHER,
        "username_password_mismatch": NOT_TOGETHER,
        "invalid_login": NOT_TOGETHER,
        "incorrect_code": _("That code does not fit. Codes change every half minute; take the one shown now."),
        "incorrect_password": _("That is not your password."),
        "enter_current_password": _("That is not your password."),
        "invalid_or_expired_key": _("This link has been used, or is too old."),
        "invalid_password_reset": _("This link has been used, or is too old."),
        "rate_limited": TOO_OFTEN,
        "same_as_current": _("That is your address already."),
        "too_many_login_attempts": TOO_OFTEN,
        "username_blacklisted": _("That name is taken. Please choose another."),
        "username_taken": _("That name is taken. Please choose another."),
    }

    def clean_username(self, username: str, shallow: bool = False) -> str:  # noqa: FBT001, FBT002 - as allauth calls it
        """One spelling of a name, and nobody else's in any case."""
        names.validate(username)
        return str(super().clean_username(names.normal(username), shallow=shallow))

    def is_safe_url(self, url: str | None) -> bool:
        """Only paths of this site, never an address with a host: the host might be anybody's tomorrow."""
        if not url or not url.startswith("/"):
            return False
        return url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """What this browser has read and marked joins the account; where two places differ, the reader is asked."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        bookmarks.join_on_sign_in(request, response, user)
        if places.join_on_sign_in(request, response, user) and "Location" in response:
            response["Location"] = f"{reverse('account-places')}?{urlencode({'next': response['Location']})}"
        return response


class CodesAdapter(DefaultMFAAdapter):
    """Codes and passkeys."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
        "unverified_email": _("Confirm your e-mail address first; then codes and passkeys can be switched on."),
        "add_email_blocked": _("Switch codes and passkeys off first; then the address can be changed."),
    }

    def get_totp_label(self, user: User) -> str:
        """The name, not the address: it is shown on whatever screen the app is on."""
        return user.get_username()

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002 - as allauth calls it
        """What a passkey is called until its owner says better."""
        count = Authenticator.objects.filter(user=user, type=type).count()
        return _("Passkey %(number)d") % {"number": count + 1} if count else str(_("My passkey"))
