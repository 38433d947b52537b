"""Fixtures of the reader's tests."""

from collections.abc import Iterator

import pytest

from reader.annotators import Registry, registry
from reader.pagecache import PageCache, cache
from tests.conftest import Visitor


@pytest.fixture
def kept_pages() -> Iterator[PageCache]:
    """The common cache as in a web process that hears of changes; empty before and after."""
    cache.flush(live=True)
    yield cache
    cache.flush(live=False)


@pytest.fixture
def stranger() -> Visitor:
    """Another newcomer's browser."""
    return Visitor()


@pytest.fixture
def empty_registry() -> Iterator[Registry]:
    """The seam with nobody in it, put back as it was after the test."""
    before = registry.annotators
    registry.annotators = []
    yield registry
    registry.annotators = before
