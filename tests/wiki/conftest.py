"""What the wiki's tests share: pictures go to a folder of their own."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings as site
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings
from pytest_django.plugin import DjangoDbBlocker

from reader.models import Story
from tests.conftest import NOW, manuscript_of
from tests.wiki.lamps import TEXT
from tests.wiki.tended import Crew, crew, tend
from wiki.packing import import_pack

ELECTRA = "low-water-at-the-electra"


@pytest.fixture(autouse=True)
def media(settings: object, tmp_path: Path) -> Path:
    """Where pictures are kept in this test."""
    folder = tmp_path / "media"
    settings.MEDIA_ROOT = folder  # type: ignore[attr-defined]
    return folder


@pytest.fixture(scope="module")
def electra(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Story]:
    """The sample story with its wiki, taken in once for all tests of a file: its fifty pictures take a while."""
    folder = tmp_path_factory.mktemp("media")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=str(folder)), transaction.atomic():
        manuscript = site.BASE_DIR / "reader" / "stories" / ELECTRA / "manuscript.md"
        call_command("import_story", str(manuscript), quiet=True)
        import_pack(site.BASE_DIR / "wiki" / "packs" / ELECTRA)
        story = Story.objects.get(slug=ELECTRA)
        story.chapters.update(published_at=NOW)  # for the database it is still when this began
        yield story
        transaction.set_rollback(True)


@pytest.fixture
def lamp(db: None, import_text: Callable[..., Story]) -> Story:
    """The story of seven paragraphs that `lamps.py` holds."""
    return import_text(TEXT)


@pytest.fixture
def tended(db: None, import_text: Callable[..., Story], tmp_path: Path) -> Story:
    """The wiki of `tended.py`: five chapters, the keeper and the cook."""
    story = import_text(manuscript_of(5))
    tend(story, tmp_path / "pack")
    return story


@pytest.fixture
def people(tended: Story) -> Crew:
    """Who writes in it and looks after it."""
    return crew(tended)
