"""Sign-in, sign-up and reset are counted in the shared cache; beyond the limit nothing is tried."""

from unittest import mock

import pytest
from django.core import mail
from django.core.cache import cache

from reader.models import User
from tests.conftest import Visitor

from .doors import is_signed_in, said, sign_in, sign_up

TOO_OFTEN = "That was tried too often."


def test_sign_in_is_refused_after_five_wrong_passwords_even_with_the_right_one(member: User) -> None:
    for _number in range(5):
        assert TOO_OFTEN not in said(sign_in(Visitor(), password="wrong wrong wrong"))

    late = Visitor()
    assert TOO_OFTEN in said(sign_in(late))
    assert not is_signed_in(late)
    cache.clear()
    sign_in(late)
    assert is_signed_in(late)


def test_sign_in_counts_names_that_nobody_has_the_same_way(db: None) -> None:
    answers = [TOO_OFTEN in said(sign_in(Visitor(), "nobody_here", "wrong wrong wrong")) for _number in range(6)]

    assert answers == [False] * 5 + [True]


def test_right_passwords_are_not_counted(member: User) -> None:
    visitors = [Visitor() for _number in range(8)]
    for visitor in visitors:
        sign_in(visitor)

    assert [is_signed_in(visitor) for visitor in visitors] == [True] * 8


def test_sign_up_is_refused_after_twenty_from_one_address(db: None) -> None:
    answers = [sign_up(Visitor(), name=f"ada_{number:02}", password="short").status_code for number in range(21)]

    assert answers == [200] * 20 + [429]
    response = sign_up(Visitor())
    assert (response.status_code, response["Retry-After"], User.objects.count()) == (429, "300", 0)
    assert "One moment" in said(response)


def test_reset_is_refused_after_five_for_one_address_and_says_nothing_else(member: User) -> None:
    known = [Visitor().post("/account/password/reset/", {"email": "mo@example.org"}).status_code for _n in range(6)]
    sent = len(mail.outbox)
    unknown = [Visitor().post("/account/password/reset/", {"email": "no@example.org"}).status_code for _n in range(6)]

    assert (known, sent) == ([302] * 5 + [429], 5)
    assert (unknown, len(mail.outbox)) == (known, 2 * sent)


def test_addresses_are_told_apart_by_the_proxys_word_only_where_there_is_one(member: User, settings: object) -> None:
    def tries(count: int, **headers: str) -> list[bool]:
        names = [f"nobody_{number}" for number in range(count)]
        visitor = Visitor()
        return [
            TOO_OFTEN in said(visitor.post("/account/login/", {"login": name, "password": "x"}, headers=headers))
            for name in names
        ]

    # Nobody stands before us: what a visitor says of itself counts for nothing.
    assert any(tries(12) + tries(1, **{"X-Forwarded-For": "10.9.8.7"})) is True
    cache.clear()
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1  # type: ignore[attr-defined]
    assert tries(10, **{"X-Forwarded-For": "6.6.6.6, 10.0.0.1"}) == [False] * 10
    assert tries(1, **{"X-Forwarded-For": "1.2.3.4, 10.0.0.1"}) == [True]  # its own first word is not believed
    assert tries(1, **{"X-Forwarded-For": "6.6.6.6, 10.0.0.2"}) == [False]


@pytest.mark.parametrize("path", ["/account/login/", "/account/signup/", "/account/password/reset/"])
def test_looking_is_never_refused(db: None, newcomer: Visitor, path: str) -> None:
    assert {newcomer.get(path).status_code for _number in range(40)} == {200}


def test_limits_stand_in_the_database_so_that_every_process_sees_them(member: User) -> None:
    sign_in(Visitor(), password="wrong wrong wrong")

    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM site_cache WHERE cache_key LIKE '%%login_failed%%'")
        assert cursor.fetchone()[0] >= 2  # by name and by address


def test_a_limit_ends_with_its_time(member: User) -> None:
    for _number in range(6):
        sign_in(Visitor(), password="wrong wrong wrong")
    late = Visitor()

    import time

    then = time.time() + 301
    with mock.patch("allauth.core.internal.ratelimit.time.time", return_value=then):
        sign_in(late)

    assert is_signed_in(late)
