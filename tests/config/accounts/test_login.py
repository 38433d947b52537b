"""/account/login/: name or address and a password; what is wrong is never said more exactly than that."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.test import Client

from reader.models import Story, User
from tests.conftest import Visitor

from .doors import comparable, is_signed_in, said, sign_in

WRONG = "That name and password do not go together. Nothing was lost; try again."


@pytest.mark.parametrize("login", ["mo_farrow", "MO_FARROW", " mo_farrow ", "mo@example.org", "MO@example.org"])
def test_login_takes_name_or_address(member: User, newcomer: Visitor, login: str) -> None:
    assert sign_in(newcomer, login)["Location"] == "/"
    assert is_signed_in(newcomer)


@pytest.mark.parametrize(
    "login", ["mo_farrow", "mo@example.org", "nobody", "nobody@example.org", "a\0b", "x" * 5000, "ß@İ"]
)
def test_login_says_the_same_of_a_wrong_password_and_of_nobody(member: User, newcomer: Visitor, login: str) -> None:
    response = sign_in(newcomer, login, "wrong wrong wrong")

    assert response.status_code == 200
    assert WRONG in said(response)
    assert not is_signed_in(newcomer)


def test_login_pages_are_alike_for_known_and_unknown_names(member: User, newcomer: Visitor) -> None:
    pages = [
        comparable(sign_in(newcomer, name, "wrong wrong wrong")).replace(name, "") for name in ("mo_farrow", "nobody_x")
    ]

    assert pages[0] == pages[1]


def test_login_of_a_closed_account_is_as_unknown(member: User, newcomer: Visitor) -> None:
    User.objects.update(is_active=False)

    assert sign_in(newcomer)["Location"] == "/account/inactive/"
    assert not is_signed_in(newcomer)
    assert WRONG in said(sign_in(newcomer, password="wrong wrong wrong"))


def test_login_gives_the_session_a_new_key(member: User, newcomer: Visitor) -> None:
    session = newcomer.session
    session["planted"] = "before"
    session.save()
    newcomer.cookies["sessionid"] = planted = str(session.session_key)

    sign_in(newcomer)

    assert newcomer.cookies["sessionid"].value != planted
    assert not Session.objects.filter(session_key=planted).exists()
    thief = Visitor()
    thief.cookies["sessionid"] = planted
    assert (is_signed_in(thief), is_signed_in(newcomer)) == (False, True)


@pytest.mark.parametrize(
    ("wanted", "target"),
    [
        ("/read/the-lamp/2/", "/read/the-lamp/2/"),
        ("/search/?q=a&kind=b", "/search/?q=a&kind=b"),
        ("//evil.example", "/"),
        ("///evil.example", "/"),
        ("/\\evil.example", "/"),
        ("\\\\evil.example", "/"),
        ("\\evil", "/"),
        ("https:evil.example", "/"),
        ("https://evil.example/", "/"),
        ("http://testserver/about/", "/"),
        ("javascript:alert(1)", "/"),
        ("/\t/evil.example", "/"),
        ("\x00/about/", "/"),
        ("http://[", "/"),
        ("about/", "/"),
    ],
)
def test_login_leads_on_within_this_site_alone(member: User, newcomer: Visitor, wanted: str, target: str) -> None:
    assert newcomer.get("/account/login/", {"next": wanted}).status_code == 200
    assert sign_in(newcomer, next=wanted)["Location"] == target
    assert newcomer.post("/account/logout/", {"next": wanted})["Location"] == target


def test_login_refuses_a_form_from_elsewhere(member: User) -> None:
    strict = Client(enforce_csrf_checks=True)

    response = strict.post("/account/login/", {"login": "mo_farrow", "password": "a long enough phrase"})

    assert (response.status_code, strict.get("/account/").status_code) == (403, 302)
    assert "This form was open for too long" in said(response)
    assert "default-src 'none'" in response["Content-Security-Policy"]


def test_login_says_what_this_browser_has_read(story: Story, halfway: Visitor, newcomer: Visitor) -> None:
    assert "The Lamp, in this browser: at the end of chapter 3" in said(halfway.get("/account/login/"))
    assert "The Lamp" not in said(newcomer.get("/account/login/"))


def test_login_page_is_kept_by_nobody_and_found_by_nobody(db: None, newcomer: Visitor) -> None:
    response = newcomer.get("/account/login/")

    assert "no-store" in response["Cache-Control"]
    assert '<meta name="robots" content="noindex">' in response.content.decode()


def test_login_of_a_second_account_with_the_same_address_opens_its_own(member: User, newcomer: Visitor) -> None:
    """Whoever signs up with somebody else's address gets an account of their own, and nothing of the other's."""
    EmailAddress.objects.create(user=member, email="mo@example.org", verified=True, primary=True)
    newcomer.post(
        "/account/signup/", {"username": "mimic", "email": "mo@example.org", "password1": "another long phrase"}
    )
    newcomer.post("/account/logout/")

    assert WRONG in said(sign_in(newcomer, "mo_farrow", "another long phrase"))
    sign_in(newcomer, "mo@example.org")
    assert newcomer.get("/account/").context["user"] == member
