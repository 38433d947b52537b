"""/account/sessions/: where one is signed in, and signing out everywhere else."""

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

from reader.models import User
from tests.conftest import Visitor

from .doors import is_signed_in, said, sign_in

FOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def test_sessions_lists_each_browser(member: User, newcomer: Visitor) -> None:
    other = Visitor()
    other.defaults["HTTP_USER_AGENT"] = FOX
    sign_in(newcomer)
    sign_in(other)

    page = said(newcomer.get("/account/sessions/"))

    assert ("This browser" in page, "Another browser Firefox, Linux" in page) == (True, True)
    assert "Sign out everywhere else" in page


def test_sessions_ends_all_others(member: User, newcomer: Visitor) -> None:
    others = [Visitor(), Visitor()]
    for visitor in (newcomer, *others):
        sign_in(visitor)

    newcomer.post("/account/sessions/")

    assert is_signed_in(newcomer)
    assert [is_signed_in(visitor) for visitor in others] == [False, False]
    assert UserSession.objects.count() == 1
    assert "Sign out everywhere else" not in said(newcomer.get("/account/sessions/"))


def test_sessions_of_others_stay(member: User, newcomer: Visitor) -> None:
    stranger = Visitor()
    User.objects.create_user("stranger", "s@example.org", "a long enough phrase")
    sign_in(newcomer)
    sign_in(stranger, "stranger")

    newcomer.post("/account/sessions/")

    assert is_signed_in(stranger)


def test_signing_out_ends_the_session_for_good(member: User, newcomer: Visitor) -> None:
    sign_in(newcomer)
    key = newcomer.cookies["sessionid"].value
    assert newcomer.get("/account/logout/").status_code == 200  # a link alone signs nobody out
    assert is_signed_in(newcomer)

    newcomer.post("/account/logout/")

    assert (is_signed_in(newcomer), Session.objects.filter(session_key=key).exists()) == (False, False)


def test_a_visitor_without_an_account_leaves_no_session(db: None, newcomer: Visitor) -> None:
    for path in ("/", "/account/login/", "/account/signup/", "/account/password/reset/"):
        newcomer.get(path)

    assert (Session.objects.count(), "sessionid" in newcomer.cookies) == (0, False)
