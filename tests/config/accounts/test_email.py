"""/account/email/: the new address counts once its link was opened; the old one hears of it."""

import pytest
from allauth.account.models import EmailAddress
from django.core import mail

from reader.models import User
from tests.conftest import Visitor

from .doors import first_link, said


@pytest.fixture
def address(member: User) -> EmailAddress:
    return EmailAddress.objects.create(user=member, email="mo@example.org", verified=True, primary=True)


def test_email_changes_when_the_link_is_opened(address: EmailAddress, signed_in: Visitor) -> None:
    signed_in.post("/account/email/", {"email": "New@example.org", "action_add": "1"})

    assert [message.to for message in mail.outbox] == [["new@example.org"]]
    page = said(signed_in.get("/account/email/"))
    assert "Now it is mo@example.org ." in page
    assert "new@example.org waits for you" in page

    signed_in.post(first_link(mail.outbox[0]))

    assert list(EmailAddress.objects.values_list("email", "verified", "primary")) == [("new@example.org", True, True)]
    assert User.objects.get().email == "new@example.org"
    assert {message.to[0] for message in mail.outbox[1:]} == {"mo@example.org"}  # whoever lost the account hears of it


def test_email_can_be_left_as_it_was(address: EmailAddress, signed_in: Visitor) -> None:
    signed_in.post("/account/email/", {"email": "new@example.org", "action_add": "1"})
    signed_in.post("/account/email/", {"email": "new@example.org", "action_remove": "1"})

    assert list(EmailAddress.objects.values_list("email", flat=True)) == ["mo@example.org"]


def test_email_of_another_account_is_not_told_and_not_taken(address: EmailAddress, signed_in: Visitor) -> None:
    other = User.objects.create_user("other", "other@example.org", "a long enough phrase")
    EmailAddress.objects.create(user=other, email="other@example.org", verified=True, primary=True)
    answers = [
        signed_in.post("/account/email/", {"email": email, "action_add": "1"})
        for email in ("other@example.org", "free@example.org")
    ]

    assert [(one.status_code, one["Location"]) for one in answers] == [(302, "/account/email/")] * 2
    signed_in.post(first_link(mail.outbox[0]))
    assert EmailAddress.objects.get(email="other@example.org", verified=True).user == other


def test_email_is_shown_to_nobody_else(address: EmailAddress, newcomer: Visitor) -> None:
    assert newcomer.get("/account/email/")["Location"] == "/account/login/?next=/account/email/"
