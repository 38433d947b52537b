"""The headers of every answer, and what HTTPS=1 makes stricter."""

import json
import os
import subprocess
import sys

import pytest
from django.test import Client

from reader.models import Story
from tests.conftest import Visitor

from .servers import ROOT

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
}
ANSWERS = [
    ("/", 200), ("/read/the-lamp/", 200), ("/read/the-lamp/2/", 200), ("/read/the-lamp/2/p/3/", 302), ("/look/", 200),
    ("/read/the-lamp/2/0/", 301), ("/nowhere/", 404), ("/healthz/", 200), ("/robots.txt", 200),
    ("/read/the-lamp/seen.gif", 200), ("/read/-/forget/", 405),
]  # fmt: skip
TELL = """
import json, django
django.setup()
from django.conf import settings
from django.test import Client
names = json.loads(input())
found = {name: getattr(settings, name) for name in names}
answers = [Client().get("/robots.txt", secure=secure, headers={"host": "example.org"}) for secure in (False, True)]
found["answers"] = [[a.status_code, a.get("Location"), a.get("Strict-Transport-Security")] for a in answers]
health = Client().get("/healthz/", headers={"host": "example.org"})
found["health"] = health.status_code
print(json.dumps(found))
"""


@pytest.mark.parametrize(("path", "status"), ANSWERS)
def test_headers_are_on_every_answer(story: Story, newcomer: Visitor, path: str, status: int) -> None:
    response = newcomer.get(path)

    assert response.status_code == status
    policy = dict(part.strip().split(" ", 1) for part in response["Content-Security-Policy"].split(";"))
    assert policy == POLICY
    assert (response["X-Content-Type-Options"], response["X-Frame-Options"]) == ("nosniff", "DENY")
    assert (response["Referrer-Policy"], response["Cross-Origin-Opener-Policy"]) == ("same-origin", "same-origin")
    assert "Strict-Transport-Security" not in response  # a copy on localhost speaks plain HTTP


def test_headers_are_on_the_error_page_too(newcomer: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: object, **options: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("django.core.paginator.Paginator.get_page", broken)
    newcomer.raise_request_exception = False

    response = newcomer.get("/")

    assert (response.status_code, "Something broke" in response.content.decode()) == (500, True)
    assert "default-src 'none'" in response["Content-Security-Policy"]


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "a b", "[::", "x" * 5000])
def test_a_host_that_is_not_ours_is_refused(db: None, host: str) -> None:
    response = Client(headers={"host": host}).get("/")

    assert response.status_code == 400
    assert "That made no sense here" in response.content.decode()


def test_cookies_are_closed_to_scripts_and_other_sites_but_for_the_look(story: Story, newcomer: Visitor) -> None:
    newcomer.post("/read/the-lamp/reached/", {"point": "2"})
    newcomer.post("/read/the-lamp/bookmarks/", {"point": "2"})
    newcomer.post("/look/", {"theme": "dark"})

    found = {name: (bool(m["httponly"]), m["samesite"], bool(m["secure"])) for name, m in newcomer.cookies.items()}

    kept = (True, "Lax", False)
    assert found == {f"at_{story.public_id}": kept, "browser": kept, "look": (False, "Lax", False)}


def test_check_deploy_is_clean_with_https() -> None:
    done = _run(["manage.py", "check", "--deploy", "--fail-level", "WARNING"])

    assert (done.returncode, "no issues" in done.stdout) == (0, True), done.stderr


def test_https_makes_cookies_secure_and_plain_http_leads_to_it() -> None:
    names = ["SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "PLACE_COOKIE_SECURE", "DEBUG"]

    done = _run(["-c", TELL], said=json.dumps(names))
    assert done.returncode == 0, done.stderr

    hsts = "max-age=63072000; includeSubDomains; preload"
    assert json.loads(done.stdout) == {
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "PLACE_COOKIE_SECURE": True,
        "DEBUG": False,
        "answers": [[301, "https://example.org/robots.txt", None], [200, None, hsts]],
        "health": 200,
    }


def _run(arguments: list[str], *, said: str = "") -> "subprocess.CompletedProcess[str]":
    environ = {**os.environ, "HTTPS": "1", "ALLOWED_HOSTS": "example.org", "DJANGO_SETTINGS_MODULE": "config.settings"}
    environ.pop("DEBUG", None)
    return subprocess.run(
        [sys.executable, *arguments], input=said, cwd=ROOT, env=environ, capture_output=True, text=True, check=False
    )
