"""What the wiki's tests share: pictures go to a folder of their own."""

from collections.abc import Callable
from pathlib import Path

import pytest

from reader.models import Story
from tests.wiki.lamps import TEXT


@pytest.fixture(autouse=True)
def media(settings: object, tmp_path: Path) -> Path:
    """Where pictures are kept in this test."""
    folder = tmp_path / "media"
    settings.MEDIA_ROOT = folder  # type: ignore[attr-defined]
    return folder


@pytest.fixture
def lamp(db: None, import_text: Callable[..., Story]) -> Story:
    """The story of seven paragraphs that `lamps.py` holds."""
    return import_text(TEXT)
