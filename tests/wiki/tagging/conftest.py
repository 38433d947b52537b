"""Who tags in these tests, and where."""

from pathlib import Path

import pytest

from reader.models import Story
from tests.wiki.tagging.hands import Hand, hand, light


@pytest.fixture
def lit(lamp: Story, tmp_path: Path) -> Story:
    """The lamp's story with its wiki and its tags."""
    return light(lamp, tmp_path)


@pytest.fixture
def ada(lit: Story) -> Hand:
    """Has read it all."""
    return hand(lit, "ada")


@pytest.fixture
def ben(lit: Story) -> Hand:
    """So has he."""
    return hand(lit, "ben")
