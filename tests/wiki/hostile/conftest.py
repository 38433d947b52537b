"""The wiki for payloads, with room for many requests."""

from collections.abc import Callable
from pathlib import Path

import pytest

from reader.models import Story
from tests.conftest import manuscript_of
from tests.wiki.hostile.scene import Scene, scene_of
from tests.wiki.tended import tend


@pytest.fixture
def scene(db: None, import_text: Callable[..., Story], tmp_path: Path, settings: object) -> Scene:
    settings.THROTTLES = dict.fromkeys(settings.THROTTLES, (10**9, 60))  # type: ignore[attr-defined]
    settings.ACCOUNT_RATE_LIMITS = False  # type: ignore[attr-defined]
    story = import_text(manuscript_of(5))
    tend(story, tmp_path / "pack")
    return scene_of(story)
