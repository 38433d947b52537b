"""A search that takes too long is given up, and nothing else is."""

import pytest
from django.db import ProgrammingError, connection, transaction

from wiki.errors import SearchTooSlowError
from wiki.search import limits

NAMES = ("statement_timeout", "enable_seqscan", "max_parallel_workers_per_gather", "jit")


def settings() -> dict[str, str]:
    """How this connection is set."""
    with connection.cursor() as cursor:
        return {name: cursor.execute(f"SHOW {name}").fetchone()[0] for name in NAMES}


@pytest.mark.django_db
def test_within_gives_up_and_goes_on() -> None:
    before = settings()
    with pytest.raises(SearchTooSlowError, match="takes too long"), limits.within(30), connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(5)")
    assert settings() == before
    with limits.within(5000):
        assert settings() == {
            "statement_timeout": "5s", "enable_seqscan": "off", "max_parallel_workers_per_gather": "0", "jit": "off",
        }  # fmt: skip
        with limits.within(100):
            assert settings()["statement_timeout"] == "100ms"
        assert settings()["statement_timeout"] == "5s"
    assert settings() == before


@pytest.mark.django_db
def test_within_begins_no_statement_once_all_took_too_long() -> None:
    before = settings()
    done: list[int] = []

    def sleep(times: int) -> None:
        for time in range(times):
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_sleep(0.05)")
            done.append(time)

    with pytest.raises(SearchTooSlowError, match="takes too long"), limits.within(200):
        sleep(50)
    assert 1 < len(done) < 10
    assert settings() == before
    with limits.within(200):
        sleep(1)


@pytest.mark.django_db(transaction=True)
def test_within_leaves_the_connection_as_it_was() -> None:
    before = settings()
    with limits.within(5000):
        assert settings() != before
    assert settings() == before
    with pytest.raises(ProgrammingError), limits.within(5000), connection.cursor() as cursor:
        cursor.execute("SELECT nothing_of_this_name")
    assert settings() == before
    assert not transaction.get_connection().in_atomic_block
