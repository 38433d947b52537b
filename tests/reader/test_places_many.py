"""Places in many stories, at the same moment, and on signing in."""

import threading
import time
from collections.abc import Callable
from datetime import timedelta
from itertools import count

import pytest
from django.db import connection, transaction
from django.utils import timezone

from reader import places
from reader.models import Place, Story, User
from reader.text import points
from tests.conftest import NOW

from .visits import Browser, at


def test_write_drops_the_oldest_of_sixty_stories(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    stories = [Story.objects.create(slug=f"story-{number}", title=f"Story {number}") for number in range(61)]
    browser, minutes = Browser(), count(1)
    monkeypatch.setattr(timezone, "now", lambda: NOW + timedelta(minutes=next(minutes)))

    for story in [*stories[1:31], stories[0], *stories[31:]]:  # story 1 is the one read longest ago
        browser.reads(story, "2")

    kept = places.all_current(browser.ask())
    assert {story.slug for story in stories if story.public_id not in kept} == {"story-1"}
    assert len(browser.cookies) == 60


@pytest.mark.parametrize("name", ["at_é", "at_a b", "at_(", "at_\0", "at_", "at_" + "x" * 4000])
def test_write_survives_cookies_with_names_that_we_never_gave(story: Story, name: str) -> None:
    browser = Browser()
    browser.cookies = {f"{name}{number}": "x" for number in range(70)}

    browser.reads(story, "2")

    assert browser.standing(story) == at("2", "2")
    assert set(places.all_current(browser.ask())) == {story.public_id}


@pytest.mark.django_db(transaction=True)
def test_move_of_an_account_raises_reached_to_the_greatest_of_two_at_once(story: Story, member: User) -> None:
    Browser(member).reads(story, "1:1")

    def read(spelt: str) -> None:
        Browser(member).reads(story, spelt)
        connection.close()

    threads = [threading.Thread(target=read, args=[spelt]) for spelt in ("1:30", "1:20")]
    with transaction.atomic():
        # Both read the row as it is now, and both wait to write.
        Place.objects.select_for_update().get(user=member)
        for thread in threads:
            thread.start()
        _wait_until(lambda: _waiting_for_locks() == len(threads))
    for thread in threads:
        thread.join(10)

    assert Browser(member).standing(story).reached == points.parse_point("1:30")


@pytest.mark.django_db(transaction=True)
def test_move_of_an_account_makes_one_row_when_two_begin_at_once(story: Story, member: User) -> None:
    start = threading.Barrier(4)

    def read(number: int) -> None:
        start.wait(10)
        Browser(member).reads(story, f"1:{number}")
        connection.close()

    threads = [threading.Thread(target=read, args=[number]) for number in range(10, 14)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)

    assert list(Place.objects.values_list("reached", flat=True)) == [points.parse_point("1:13")]


def _waiting_for_locks() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
        )
        return int(cursor.fetchone()[0])


def _wait_until(condition: Callable[[], bool], seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)
