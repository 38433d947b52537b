"""/account/signup/: a name, an address that may be anybody's, a password."""

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import IntegrityError, transaction

from reader.models import User
from tests.conftest import Visitor

from .doors import PHRASE, comparable, first_link, is_signed_in, last_mail, said, sign_up

pytestmark = pytest.mark.django_db


def test_signup_makes_an_account_and_signs_in(newcomer: Visitor) -> None:
    response = sign_up(newcomer, next="/about/")

    assert (response.status_code, response["Location"]) == (302, "/about/")
    assert is_signed_in(newcomer)
    assert list(User.objects.values_list("username", "email")) == [("ada_quill", "ada@example.org")]
    assert User.objects.get().password.startswith("argon2")


def test_signup_sends_a_link_that_confirms_the_address(newcomer: Visitor) -> None:
    sign_up(newcomer)
    message = last_mail()

    assert (message.to, message.subject) == (["ada@example.org"], "Confirm your address")
    page = newcomer.get(first_link(message))
    assert "Does ada@example.org belong to ada_quill?" in said(page)
    assert EmailAddress.objects.get().verified is False  # looking is not enough: mail programs look at every link
    newcomer.post(first_link(message))
    assert EmailAddress.objects.get().verified is True


def test_signup_link_works_once(newcomer: Visitor) -> None:
    sign_up(newcomer)
    link = first_link(last_mail())
    newcomer.post(link)

    assert "This link leads nowhere now" in said(newcomer.get(link))
    assert "This link leads nowhere now" in said(newcomer.get("/account/confirm-email/MQ:1abc:forged/"))


def test_signup_answers_alike_for_a_known_and_an_unknown_address(member: User, settings: object) -> None:
    EmailAddress.objects.create(user=member, email="mo@example.org", verified=True, primary=True)
    answers = []
    for email in ("mo@example.org", "nobody@example.org"):
        visitor = Visitor()
        response = sign_up(visitor, name="ada_quill", email=email)
        answers.append((response.status_code, response["Location"], comparable(response), len(mail.outbox)))
        User.objects.filter(username="ada_quill").delete()
        mail.outbox.clear()

    assert answers[0] == answers[1]
    assert EmailAddress.objects.get().user == member  # and the address stays whose it was


def test_signup_with_confirmation_demanded_answers_alike_too(member: User, settings: object) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"  # type: ignore[attr-defined]
    EmailAddress.objects.create(user=member, email="mo@example.org", verified=True, primary=True)
    visitors = [Visitor(), Visitor()]
    answers = [
        sign_up(visitor, name=f"ada_{number}", email=email)
        for number, (visitor, email) in enumerate(zip(visitors, ("mo@example.org", "new@example.org"), strict=True))
    ]

    assert [(answer.status_code, answer["Location"]) for answer in answers] == [(302, "/account/confirm-email/")] * 2
    pages = [comparable(visitor.get("/account/confirm-email/")) for visitor in visitors]
    assert pages[0].replace("mo@", "new@") == pages[1]  # it repeats what was typed, and no more
    assert [is_signed_in(visitor) for visitor in visitors] == [False, False]
    assert sorted(message.subject for message in mail.outbox) == ["Confirm your address", "You have an account"]


def test_signup_signs_in_after_confirmation_where_it_is_demanded(newcomer: Visitor, settings: object) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"  # type: ignore[attr-defined]
    sign_up(newcomer)
    newcomer.post(first_link(last_mail()))

    assert (is_signed_in(newcomer), EmailAddress.objects.get().verified) == (True, True)


@pytest.mark.parametrize("name", ["mo_farrow", "Mo_Farrow", "MO_FARROW", "ｍo_farrow"])
def test_signup_refuses_a_name_that_is_taken_in_any_case(member: User, newcomer: Visitor, name: str) -> None:
    response = sign_up(newcomer, name=name)

    assert response.status_code == 200
    assert "That name is taken. Please choose another." in said(response)
    assert User.objects.count() == 1


def test_no_two_names_differ_in_case_alone_whoever_writes_them(member: User) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create_user("MO_farrow")
    assert User.objects.create_user("mo_farrow2").pk


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", "ab", "A name has from 3 to 30 characters."),
        ("name", "a" * 31, "A name has from 3 to 30 characters."),
        ("name", "a" * 100_000, "A name has from 3 to 30 characters."),
        ("name", "ada\0quill", "A name is made of letters, digits, full stops, hyphens and underscores"),
        ("name", "ada quill", "A name is made of letters, digits, full stops, hyphens and underscores"),
        ("name", "<script>", "A name is made of letters, digits, full stops, hyphens and underscores"),
        ("name", "", "This field is required."),
        ("email", "nonsense", "Enter a valid email address."),
        ("password", "short", "This password is too short."),
        ("password", "ada_quill1", "The password is too similar"),
        ("password", "password123", "This password is too common."),
    ],
)
def test_signup_says_what_is_wrong_and_keeps_what_was_typed(
    newcomer: Visitor, field: str, value: str, sentence: str
) -> None:
    response = sign_up(newcomer, **{field: value})

    assert (response.status_code, User.objects.count()) == (200, 0)
    assert sentence in said(response)
    if field != "email":
        assert 'value="ada@example.org"' in response.content.decode()
    assert PHRASE not in response.content.decode()


def test_signup_says_one_sentence_about_a_name(newcomer: Visitor) -> None:
    form = sign_up(newcomer, name="\u202e\0 ").context["form"]

    assert form.errors == {"username": ["A name has from 3 to 30 characters."]}


def test_signup_escapes_what_was_typed(newcomer: Visitor) -> None:
    page = sign_up(newcomer, name='"><img src=x onerror=alert(1)>').content.decode()

    assert "<img src=x" not in page
    assert "&lt;img src=x" in page
