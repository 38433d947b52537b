"""A search that takes too long says so: its words are looked up in a table that somebody else holds shut meanwhile."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection

from reader.models import Story
from tests.wiki.views.lodge import lodge, reader_at
from wiki.models import Word

pytestmark = pytest.mark.django_db(transaction=True)
SENTENCE = "That search takes too long just now: try it once more, or with fewer or rarer words."


@contextmanager
def held() -> Iterator[None]:
    """Nobody can read the words of names until this is over."""
    other = connection.copy()
    try:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {Word._meta.db_table}")
        yield
    finally:
        other.rollback()
        other.close()


@pytest.fixture(autouse=True)
def told(transactional_db: None, import_text: Callable[..., Story], tmp_path: Path) -> Story:
    return lodge(import_text, tmp_path / "pack")


def test_search_says_when_it_takes_too_long() -> None:
    reader = reader_at("3")
    pages = [reader.get("/search/?q=wilf&story=the-lodge&page=2")]
    with held():
        pages.insert(0, reader.get("/search/?q=wilf&story=the-lodge&page=2"))

    assert [(one.status_code, SENTENCE in one.content.decode()) for one in pages] == [(503, True), (302, False)]


def test_search_suggest_says_when_it_takes_too_long() -> None:
    reader = reader_at("3")
    with held():
        slow = reader.get("/search/suggest/?q=wilf")
    quick = reader.get("/search/suggest/?q=wilf")

    assert (slow.status_code, slow.json()) == (503, {"error": SENTENCE, "results": []})
    assert (quick.status_code, [one["name"] for one in quick.json()["results"]]) == (200, ["Wilf Oakshott"])


def test_a_name_that_is_looked_for_too_long_leaves_what_was_found() -> None:
    reader = reader_at("3")
    with held():
        slow = reader.get("/search/?with=wilf&add=ada&story=the-lodge")
    quick = reader.get("/search/?with=wilf&add=ada&story=the-lodge")

    shown = [
        (SENTENCE in page.content.decode(), b'href="/read/the-lodge/1/p/1/"' in page.content) for page in (slow, quick)
    ]
    assert [slow.status_code, quick.status_code] == [200, 200]
    assert shown == [(True, True), (False, True)]


def test_a_page_that_is_not_there_says_so_without_names() -> None:
    reader = reader_at("3")
    with held():
        slow = reader.get("/wiki/the-lodge/willf/").content.decode()
    quick = reader.get("/wiki/the-lodge/willf/").content.decode()

    assert [("Not here (yet)" in page, "Names near to it:" in page) for page in (slow, quick)] == [
        (True, False),
        (True, True),
    ]
