"""/account/password/change/: with the one that holds now; other browsers are signed out."""

from django.core import mail

from reader.models import User
from tests.conftest import Visitor

from .doors import PHRASE, is_signed_in, said, sign_in

NEW = {"password1": "quite another phrase", "password2": "quite another phrase"}


def test_password_changes_and_signs_other_browsers_out(member: User, newcomer: Visitor) -> None:
    other = Visitor()
    sign_in(newcomer)
    sign_in(other)

    response = newcomer.post("/account/password/change/", {"oldpassword": PHRASE, **NEW})

    assert response.status_code == 302
    assert (is_signed_in(newcomer), is_signed_in(other)) == (True, False)
    assert member.__class__.objects.get().check_password("quite another phrase")
    assert [message.subject for message in mail.outbox] == ["Your password was changed"]


def test_password_needs_the_one_that_holds(signed_in: Visitor) -> None:
    response = signed_in.post("/account/password/change/", {"oldpassword": "wrong", **NEW})

    assert "That is not your password." in said(response)
    assert User.objects.get().check_password(PHRASE)


def test_password_of_nobody_leads_to_the_door(db: None, newcomer: Visitor) -> None:
    response = newcomer.post("/account/password/change/", {"oldpassword": PHRASE, **NEW})

    assert response["Location"] == "/account/login/?next=/account/password/change/"
