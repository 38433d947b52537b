"""Every page of an account is ours: found by no crawler, with nothing inline, and each script it names is served."""

import re

import pytest
from django.contrib.staticfiles import finders
from django.urls import URLPattern, get_resolver

from reader.models import User
from tests.conftest import Visitor

from .doors import sign_in_and_confirm

OUT = ["login/", "signup/", "inactive/", "password/reset/", "password/reset/done/", "password/reset/key/done/",
       "password/reset/key/1-x/", "confirm-email/", "confirm-email/x/"]  # fmt: skip
IN = ["", "email/", "password/change/", "logout/", "reauthenticate/", "places/", "delete/", "sessions/", "2fa/",
      "2fa/totp/activate/", "2fa/webauthn/", "2fa/webauthn/add/"]  # fmt: skip
INLINE = re.compile(
    r"<style|\sstyle=|\son[a-z]+=|javascript:|<script(?![^>]*(?:\ssrc=|application/json))", re.IGNORECASE
)


@pytest.fixture
def inside(member: User, newcomer: Visitor) -> Visitor:
    sign_in_and_confirm(newcomer)
    return newcomer


def check(page: str) -> None:
    assert '<meta name="robots" content="noindex">' in page
    assert 'class="site-header"' in page
    assert INLINE.findall(page) == []
    assert len(re.findall(r"<h1[ >]", page)) == 1
    for script in re.findall(r'<script[^>]* src="/static/([^"]+)"', page):
        assert finders.find(script), script


@pytest.mark.parametrize("path", OUT)
def test_pages_before_the_door_are_ours(db: None, newcomer: Visitor, path: str) -> None:
    response = newcomer.get(f"/account/{path}")

    assert response.status_code == 200
    check(response.content.decode())


@pytest.mark.parametrize("path", IN)
def test_pages_behind_the_door_are_ours(inside: Visitor, path: str) -> None:
    response = inside.get(f"/account/{path}")

    assert response.status_code == 200
    check(response.content.decode())


@pytest.mark.parametrize("path", [path for path in IN if path not in {"logout/", "reauthenticate/"}])
def test_pages_behind_the_door_lead_a_stranger_to_it(db: None, newcomer: Visitor, path: str) -> None:
    assert newcomer.get(f"/account/{path}")["Location"].startswith("/account/login/")


def test_passkey_pages_say_what_the_browser_is_to_make(inside: Visitor) -> None:
    page = inside.get("/account/2fa/webauthn/add/")
    options = page.context["js_data"]["creation_options"]["publicKey"]

    assert (options["rp"]["id"], options["user"]["displayName"]) == ("testserver", "mo_farrow")
    assert '<passkey-form data-do="create" data-options="js_data">' in page.content.decode()


def test_passkey_sign_in_gives_the_browser_a_question(db: None, newcomer: Visitor) -> None:
    response = newcomer.get("/account/2fa/webauthn/login/", headers={"Accept": "application/json"})

    assert set(response.json()["request_options"]["publicKey"]) >= {"challenge", "rpId"}
    assert newcomer.post("/account/2fa/webauthn/login/", {"credential": "{}"}).status_code == 302
    assert newcomer.get("/account/").status_code == 302


def test_the_admin_of_django_stays_out(db: None, newcomer: Visitor) -> None:
    names = [str(pattern.pattern) for pattern in get_resolver().url_patterns if not isinstance(pattern, URLPattern)]

    assert not [name for name in names if "admin" in name]
    assert newcomer.get("/admin/").status_code == 404
