"""How often one person may do something; counted in PostgreSQL, so by all processes together."""

import json
import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connections
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from reader import jobs
from reader.models import Job, Tally, User
from reader.throttling import allowed, client_network, seconds_to_wait, throttled

START = datetime(2024, 5, 1, 12, tzinfo=UTC)  # a window of ten minutes begins here


def asked(times: int, *, at: float = 0, limit: int = 4, who: str = "mo", what: str = "edit") -> list[bool]:
    """Answers to as many attempts, `at` seconds after START, in windows of ten minutes."""
    now = START + timedelta(seconds=at)
    return [allowed(what=what, who=who, limit=limit, seconds=600, now=now) for _ in range(times)]


def wait(*, at: float = 0, limit: int = 4) -> int:
    return seconds_to_wait(what="edit", who="mo", limit=limit, seconds=600, now=START + timedelta(seconds=at))


def test_allowed_counts_up_to_the_limit_for_each_person_and_thing(db: None) -> None:
    assert asked(6) == [True, True, True, True, False, False]
    assert asked(1, who="ada") == [True]
    assert asked(1, what="report") == [True]


def test_allowed_lets_go_as_the_window_before_falls_behind(db: None) -> None:
    asked(4, at=300)

    assert asked(1, at=601) == [False]  # 4 weighs 3.99
    assert asked(3, at=900) == [True, True, False]  # 4 weighs 2
    assert asked(5, at=1800) == [True, True, True, True, False]  # the 2 of 900 were two windows ago


def test_allowed_does_not_count_what_was_refused(db: None) -> None:
    asked(50)

    assert Tally.objects.get().count == 4


@pytest.mark.parametrize("at", [0, 299.5, 599, 601, 750, 900])
def test_seconds_to_wait_are_exactly_enough(db: None, at: float) -> None:
    asked(4, at=0)
    asked(4, at=at)
    assert asked(1, at=at) == [False] or at >= 750

    seconds = wait(at=at)
    is_free_now = asked(1, at=at) == [True]

    if not is_free_now:
        assert (asked(1, at=at + seconds - 1.01), asked(1, at=at + seconds)) == ([False], [True])


def test_seconds_to_wait_is_the_whole_window_where_nothing_is_allowed(db: None) -> None:
    assert (asked(1, limit=0), wait(limit=0)) == ([False], 600)


def test_allowed_takes_one_query(db: None, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        asked(1)


def test_tally_keeps_neither_name_nor_address(db: None, settings: Settings) -> None:
    asked(1, who="address 203.0.113.9")
    row = Tally.objects.get()
    other_key = "another" * 9
    settings.SECRET_KEY = other_key
    asked(1, who="address 203.0.113.9")

    assert "203" not in f"{row.key} {row}".replace(row.key, "")
    assert len({row.key for row in Tally.objects.all()}) == 2  # without the key nobody can try addresses


def test_allowed_counts_exactly_with_many_at_once(transactional_db: None) -> None:
    answers: list[bool] = []

    def ask() -> None:
        answers.extend(asked(10, limit=25))
        connections.close_all()

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (answers.count(True), answers.count(False)) == (25, 35)


def test_expire_tallies_drops_those_that_count_no_more(db: None) -> None:
    asked(1, at=0)
    asked(1, at=600)
    jobs.plant(now=START)

    jobs.run_due(now=START + timedelta(seconds=1200), limit=5)

    assert list(Tally.objects.values_list("starts_at", flat=True)) == [START + timedelta(seconds=600)]
    assert list(Job.objects.filter(kind="expire_tallies").values_list("every", "last_error")) == [(3600, "")]


@throttled("edit")
def saved(request: HttpRequest) -> HttpResponse:
    return HttpResponse("saved")


def post(
    user: User | None = None,
    *,
    method: str = "POST",
    address: str = "203.0.113.9",
    headers: dict[str, str] | None = None,
) -> HttpRequest:
    request = RequestFactory().generic(method, "/", REMOTE_ADDR=address, headers=headers)
    request.user = user or AnonymousUser()
    return request


@pytest.fixture
def settled(member: User) -> User:
    """Has had an account for a week."""
    member.date_joined = timezone.now() - timedelta(days=7)
    return member


@pytest.fixture(autouse=True)
def _four_edits(settings: Settings) -> None:
    settings.THROTTLES = {**settings.THROTTLES, "edit": (4, 600)}


def statuses(
    user: User | None = None, *, times: int = 6, method: str = "POST", address: str = "203.0.113.9"
) -> list[int]:
    return [saved(post(user, method=method, address=address)).status_code for _ in range(times)]


def test_throttled_counts_an_account_wherever_it_is(settled: User) -> None:
    assert statuses(settled, times=3) == [200, 200, 200]
    assert statuses(settled, times=2, address="198.51.100.1") == [200, 429]
    assert statuses(None, times=1) == [200]  # the address alone has done nothing


def test_throttled_counts_addresses_of_who_is_signed_out(db: None) -> None:
    assert statuses() == [200, 200, 200, 200, 429, 429]
    assert statuses(address="198.51.100.1", times=1) == [200]


def test_throttled_gives_a_new_account_a_quarter(settled: User, member: User) -> None:
    member.date_joined = timezone.now() - timedelta(hours=23)

    assert statuses(member, times=2) == [200, 429]


def test_throttled_lets_reading_pass_uncounted(db: None) -> None:
    assert statuses(method="GET", times=9) == [200] * 9
    assert not Tally.objects.exists()


def test_throttled_says_in_a_page_that_nothing_was_lost(db: None) -> None:
    statuses()
    refusal = saved(post())
    page = refusal.content.decode()

    assert (refusal.status_code, refusal["Content-Type"]) == (429, "text/html; charset=utf-8")
    assert 1 <= int(refusal["Retry-After"]) <= 1200
    assert "nothing was lost: go back, and send it again in " in page
    assert "</html>" in page


@pytest.mark.parametrize(
    "headers", [{"Accept": "application/json"}, {"X-Requested-With": "XMLHttpRequest"}, {"Sec-Fetch-Dest": "empty"}]
)
def test_throttled_answers_scripts_in_json(db: None, headers: dict[str, str]) -> None:
    statuses()
    refusal = saved(post(headers=headers))

    assert (refusal.status_code, refusal["Content-Type"]) == (429, "application/json")
    assert list(json.loads(refusal.content)) == ["error"]
    assert "nothing was lost" in json.loads(refusal.content)["error"]
    assert saved(post(address="198.51.100.1", headers=headers)).content == b"saved"


def test_throttled_takes_its_own_limit(db: None) -> None:
    view = throttled("call", limit=1, seconds=60)(lambda request: HttpResponse("called"))

    assert [view(post()).status_code for _ in range(2)] == [200, 429]


def test_throttled_refuses_what_the_settings_do_not_know() -> None:
    with pytest.raises(LookupError, match="whistle"):
        throttled("whistle")


@pytest.mark.parametrize(
    ("proxies", "forwarded", "found"),
    [
        (0, "198.51.100.1", "203.0.113.9"),  # anybody can write that header
        (1, "", "203.0.113.9"),
        (1, "198.51.100.1", "198.51.100.1"),
        (1, "192.0.2.7, 198.51.100.1", "198.51.100.1"),
        (2, "192.0.2.7, 198.51.100.1", "192.0.2.7"),
        (2, "198.51.100.1", "198.51.100.1"),
        (1, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        (1, "::ffff:198.51.100.1", "198.51.100.1"),
        (1, "fe80::1%eth0", "fe80::/64"),
        (1, "x" * 200, "x" * 64),
    ],
)
def test_client_network_believes_our_own_proxies(settings: Settings, proxies: int, forwarded: str, found: str) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies

    assert client_network(post(headers={"X-Forwarded-For": forwarded})) == found
