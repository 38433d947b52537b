"""Codes from an app: set up by a square, asked for at the door, with codes for bad days behind them."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache

from reader.models import User
from tests.conftest import Visitor

from .doors import PHRASE, is_signed_in, last_mail, said, sign_in, sign_in_and_confirm


def code_of(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


@pytest.fixture
def secret(member: User, newcomer: Visitor) -> str:
    """The member's browser, signed in with codes switched on."""
    sign_in_and_confirm(newcomer)
    page = newcomer.get("/account/2fa/totp/activate/")
    found = str(page.context["form"].secret)
    assert found in said(page)
    newcomer.post("/account/2fa/totp/activate/", {"code": code_of(found)})
    cache.clear()
    return found


def test_totp_is_switched_on_by_a_code(member: User, newcomer: Visitor, secret: str) -> None:
    kinds = Authenticator.objects.filter(user=member).order_by("type").values_list("type", flat=True)

    assert list(kinds) == ["recovery_codes", "totp"]
    assert "codes from an app" in said(newcomer.get("/account/"))


def test_totp_square_is_a_picture_that_nobody_keeps(member: User, newcomer: Visitor) -> None:
    sign_in_and_confirm(newcomer)
    assert newcomer.get("/account/2fa/totp/picture.svg").status_code == 404  # nothing is being set up yet
    newcomer.get("/account/2fa/totp/activate/")

    response = newcomer.get("/account/2fa/totp/picture.svg")

    assert (response.status_code, response["Content-Type"]) == (200, "image/svg+xml")
    assert "private, no-store" in response["Cache-Control"]
    assert b"<svg" in response.content
    assert not re.search(rb"<script|style=|\son\w+=", response.content)
    assert Visitor().get("/account/2fa/totp/picture.svg").status_code == 302


def test_totp_is_not_switched_on_by_a_wrong_code(member: User, newcomer: Visitor) -> None:
    sign_in_and_confirm(newcomer)
    newcomer.get("/account/2fa/totp/activate/")

    assert "That code does not fit." in said(newcomer.post("/account/2fa/totp/activate/", {"code": "000000"}))
    assert not Authenticator.objects.exists()


def test_sign_in_asks_for_a_code_and_only_then_opens(member: User, secret: str) -> None:
    visitor = Visitor()

    assert sign_in(visitor, next="/about/")["Location"] == "/account/2fa/authenticate/"
    assert not is_signed_in(visitor)
    assert "That code does not fit." in said(visitor.post("/account/2fa/authenticate/", {"code": "000000"}))
    assert not is_signed_in(visitor)
    assert visitor.post("/account/2fa/authenticate/", {"code": code_of(secret)})["Location"] == "/about/"
    assert is_signed_in(visitor)


def test_a_code_for_bad_days_opens_once(member: User, newcomer: Visitor, secret: str) -> None:
    codes = newcomer.get("/account/2fa/recovery-codes/").context["unused_codes"]
    visitors = [Visitor(), Visitor()]
    for visitor in visitors:
        sign_in(visitor)
        visitor.post("/account/2fa/authenticate/", {"code": codes[0]})

    assert [is_signed_in(visitor) for visitor in visitors] == [True, False]
    assert "9 of 10 are left" in said(newcomer.get("/account/2fa/recovery-codes/"))
    assert newcomer.get("/account/2fa/recovery-codes/download/").content.decode().split() == codes[1:]


def test_wrong_codes_are_counted(member: User, secret: str) -> None:
    visitor = Visitor()
    sign_in(visitor)
    pages = [said(visitor.post("/account/2fa/authenticate/", {"code": "000000"})) for _number in range(6)]

    assert ["That code does not fit." in page for page in pages] == [True] * 5 + [False]
    visitor.post("/account/2fa/authenticate/", {"code": code_of(secret)})
    assert not is_signed_in(visitor)


def test_totp_is_switched_off_by_its_owner_alone(member: User, newcomer: Visitor, secret: str) -> None:
    assert Visitor().post("/account/2fa/totp/deactivate/").status_code == 302
    assert Authenticator.objects.filter(type="totp").exists()

    newcomer.post("/account/2fa/totp/deactivate/")

    assert not Authenticator.objects.exists()
    assert last_mail().subject in {"Codes are off", "New codes for bad days"}


def test_setting_up_asks_again_who_it_is_after_a_while(member: User, signed_in: Visitor) -> None:
    response = signed_in.get("/account/2fa/totp/activate/")
    assert response["Location"].startswith("/account/reauthenticate/")

    answer = signed_in.post(response["Location"], {"password": "wrong"})
    assert "That is not your password." in said(answer)
    answer = signed_in.post(response["Location"], {"password": PHRASE})
    assert answer["Location"] == "/account/2fa/totp/activate/"
    assert signed_in.get("/account/2fa/totp/activate/").status_code == 200
