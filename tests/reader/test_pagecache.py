"""Pages in memory: never one that may be wrong, never more than there is room for."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.pagecache import CachedPage, Key, PageCache

NOW = datetime(2026, 1, 1, tzinfo=UTC)
PAGE = CachedPage((b"<html", b">", b"</html>"), ("html_attrs", "bar"), 1, "x", "the-lamp", "The Lamp", 1, 2, 0, "p1")


def key(chapter: int, slug: str = "the-lamp") -> Key:
    return (slug, chapter, 1, "en")


def page_of(size: int) -> CachedPage:
    return replace(PAGE, parts=(b"x" * size,), holes=())


def test_filled_joins_the_visitors_pieces() -> None:
    assert PAGE.filled({"html_attrs": b' data-theme="dark"', "bar": b"<p>"}) == b'<html data-theme="dark"><p></html>'
    assert PAGE.filled({}) == b"<html></html>"
    assert PAGE.size == len(b"<html></html>")


def test_cache_gives_back_what_it_keeps() -> None:
    cache = PageCache(limit=1000, live=True)

    cache.put(key(1), PAGE, epoch=cache.epoch)

    assert (cache.get(key(1), now=NOW), cache.get(key(2), now=NOW)) == (PAGE, None)
    assert cache.size == PAGE.size


def test_cache_keeps_nothing_while_changes_are_not_heard() -> None:
    cache = PageCache(limit=1000)

    cache.put(key(1), PAGE, epoch=cache.epoch)

    assert (cache.get(key(1), now=NOW), cache.size) == (None, 0)


def test_cache_keeps_no_page_that_was_made_before_the_latest_change() -> None:
    cache = PageCache(limit=1000, live=True)
    epoch = cache.epoch

    cache.flush("another-story")
    cache.put(key(1), PAGE, epoch=epoch)

    assert cache.get(key(1), now=NOW) is None


def test_flush_drops_one_story_or_all() -> None:
    cache = PageCache(limit=1000, live=True)
    for name in (key(1), key(2), key(1, "other")):
        cache.put(name, PAGE, epoch=cache.epoch)

    cache.flush("the-lamp")
    assert (list(cache.pages), cache.size) == ([key(1, "other")], PAGE.size)

    cache.flush(live=False)
    assert (list(cache.pages), cache.size, cache.live) == ([], 0, False)


@pytest.mark.parametrize(("passed", "is_kept"), [(-1, True), (0, False), (1, False)])
def test_cache_drops_a_page_when_a_scheduled_chapter_comes_out(passed: int, *, is_kept: bool) -> None:
    cache = PageCache(limit=1000, live=True)
    cache.put(key(1), replace(PAGE, until=NOW), epoch=cache.epoch)

    found = cache.get(key(1), now=NOW + timedelta(seconds=passed))

    assert (found is not None, cache.size > 0) == (is_kept, is_kept)


def test_cache_lets_the_page_go_that_was_longest_not_asked_for() -> None:
    cache = PageCache(limit=30, live=True)
    for chapter in (1, 2, 3):
        cache.put(key(chapter), page_of(10), epoch=cache.epoch)
    cache.get(key(1), now=NOW)

    cache.put(key(4), page_of(10), epoch=cache.epoch)

    assert list(cache.pages) == [key(3), key(1), key(4)]


def test_cache_counts_a_page_put_twice_once() -> None:
    cache = PageCache(limit=30, live=True)

    for size in (10, 15):
        cache.put(key(1), page_of(size), epoch=cache.epoch)

    assert cache.size == 15


def test_cache_takes_no_page_of_more_than_half_its_room() -> None:
    cache = PageCache(limit=30, live=True)

    for chapter, size in ((1, 15), (2, 16)):
        cache.put(key(chapter), page_of(size), epoch=cache.epoch)

    assert list(cache.pages) == [key(1)]


@given(st.lists(st.tuples(st.integers(1, 8), st.integers(0, 60)), max_size=60))
def test_cache_never_outgrows_its_room_and_counts_right(puts: list[tuple[int, int]]) -> None:
    cache = PageCache(limit=100, live=True)
    for chapter, size in puts:
        cache.put(key(chapter), page_of(size), epoch=cache.epoch)

    assert cache.size == sum(page.size for page in cache.pages.values()) <= 100
