"""What the tests of accounts do again and again, each through the real pages."""

import re
from typing import Any, Protocol

from django.core import mail
from django.core.mail import EmailMessage

from tests.conftest import Visitor

PHRASE = "a long enough phrase"
ADDRESS = re.compile(r"http://testserver(/\S+)")


class Answer(Protocol):
    """What the test client gives back."""

    content: bytes


def sign_in(visitor: Visitor, login: str = "mo_farrow", password: str = PHRASE, **extra: str) -> Any:
    return visitor.post("/account/login/", {"login": login, "password": password, **extra})


def sign_in_and_confirm(visitor: Visitor, login: str = "mo_farrow") -> None:
    """Signed in, and asked just now who it is: what changes the account wants both."""
    sign_in(visitor, login)
    response = visitor.post("/account/reauthenticate/?next=/about/", {"password": PHRASE, "next": "/about/"})
    assert response["Location"] == "/about/"


def sign_up(
    visitor: Visitor, name: str = "ada_quill", email: str = "ada@example.org", password: str = PHRASE, **extra: str
) -> Any:
    fields = {"username": name, "email": email, "password1": password, **extra}
    return visitor.post("/account/signup/", fields)


def is_signed_in(visitor: Visitor) -> bool:
    return visitor.get("/account/").status_code == 200


def last_mail() -> EmailMessage:
    return mail.outbox[-1]


def first_link(message: EmailMessage) -> str:
    """The path of the first address in a mail."""
    found = ADDRESS.search(str(message.body))
    assert found, message.body
    return found[1]


def said(response: Answer) -> str:
    """The page's words, without mark-up and runs of blanks."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def comparable(response: Answer) -> str:
    """A page without what is fresh each time: the form's token."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())
