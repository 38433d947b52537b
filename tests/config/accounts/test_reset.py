"""/account/password/reset/: the same words for every address, a link that works once, all browsers signed out."""

import pytest
from django.core import mail

from reader.models import User
from tests.conftest import Visitor

from .doors import comparable, first_link, is_signed_in, last_mail, said, sign_in

NEW = {"password1": "quite another phrase", "password2": "quite another phrase"}


@pytest.fixture
def link(member: User, newcomer: Visitor) -> str:
    newcomer.post("/account/password/reset/", {"email": "mo@example.org"})
    return first_link(last_mail())


def test_reset_answers_alike_for_known_and_unknown_addresses(member: User) -> None:
    answers, pages = [], []
    for email in ("mo@example.org", "nobody@example.org"):
        visitor = Visitor()
        answers.append(visitor.post("/account/password/reset/", {"email": email}))
        pages.append(visitor.get("/account/password/reset/done/"))

    assert {(one.status_code, one["Location"], one.content) for one in answers} == {
        (302, "/account/password/reset/done/", b"")
    }
    assert comparable(pages[0]) == comparable(pages[1])
    assert [message.to for message in mail.outbox] == [["mo@example.org"], ["nobody@example.org"]]
    assert "no account has it" in str(mail.outbox[1].body)


def test_reset_sets_a_new_password_by_the_link(member: User, link: str) -> None:
    visitor = Visitor()
    page = visitor.get(link, follow=True)
    assert "A new password" in said(page)

    response = visitor.post(page.redirect_chain[-1][0], NEW)

    assert response["Location"] == "/account/password/reset/key/done/"
    assert "Your new password holds" in said(visitor.get(response["Location"]))
    sign_in(visitor, password="quite another phrase")
    assert is_signed_in(visitor)
    assert last_mail().subject == "Your password was changed"


def test_reset_signs_every_browser_out(member: User, signed_in: Visitor, link: str) -> None:
    visitor = Visitor()
    assert is_signed_in(signed_in)

    visitor.post(visitor.get(link, follow=True).redirect_chain[-1][0], NEW)

    assert not is_signed_in(signed_in)


def test_reset_link_works_once_and_not_with_other_words(member: User, link: str) -> None:
    visitor = Visitor()
    visitor.post(visitor.get(link, follow=True).redirect_chain[-1][0], NEW)

    for path in (link, "/account/password/reset/key/1-forged/", "/account/password/reset/key/zzzz-set-password/"):
        assert "This link has been used" in said(Visitor().get(path, follow=True))


def test_reset_refuses_a_weak_password_and_keeps_the_link(member: User, link: str) -> None:
    visitor = Visitor()
    place = visitor.get(link, follow=True).redirect_chain[-1][0]

    assert "too short" in said(visitor.post(place, {"password1": "short", "password2": "short"}))
    assert "same password" in said(visitor.post(place, {"password1": "quite another phrase", "password2": "else"}))
    assert visitor.post(place, NEW).status_code == 302


def test_reset_mail_names_the_account_and_this_site_alone(member: User, link: str) -> None:
    body = str(last_mail().body)

    assert "For the account mo_farrow a new password was asked for." in body
    assert body.endswith("Story So Far\nhttp://testserver/")
