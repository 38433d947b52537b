"""Forms at the door and of a passkey, in our own words. What they do with what is typed is allauth's."""

from typing import Any

from allauth.account.forms import LoginForm as AllauthLoginForm
from allauth.account.forms import SignupForm as AllauthSignupForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _

from config.accounts import names


class NameField(forms.CharField):
    """A user name in its one spelling; whatever is wrong with it is said in one sentence."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.validators = [names.validate]

    def to_python(self, value: Any) -> str:
        """Normalised before anything looks at it. No shorter for that: ten times the limit is refused as it is."""
        text = super().to_python(value) or ""
        return names.normal(text) if len(text) <= 10 * names.LONGEST else text


class LoginForm(AllauthLoginForm):
    """Name or address, and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Name or e-mail")
        self.fields["login"].validators = []  # what is no name is as wrong as any other
        self.fields["login"].widget.attrs["autocomplete"] = "username"
        self.fields["password"].help_text = ""

    def clean_login(self) -> str:
        """Without NUL, which the database takes from nobody."""
        return str(super().clean_login()).replace("\0", "\ufffd")


class SignupForm(AllauthSignupForm):
    """Name, address, password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"] = NameField(
            label=_("Name"),
            help_text=_("Everybody sees it beside what you write."),
            widget=forms.TextInput(attrs={"autocomplete": "username", "maxlength": str(names.LONGEST)}),
        )
        self.fields["email"].label = _("E-mail")
        self.fields["email"].help_text = _("Nobody sees it. A new password can be sent there.")
        self.fields["password1"].label = _("Password")
        self.fields["password1"].help_text = _("Ten characters or more; a short sentence is best.")


class PasskeyForm(AddWebAuthnForm):
    """A new passkey, which signs in alone unless its owner says otherwise."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].max_length = 60
        self.fields["passwordless"].initial = True
