"""The database of the tests (a real PostgreSQL, always) and the cast that every test knows."""

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def pytest_configure(config: pytest.Config) -> None:
    """Start the database before Django's settings are read; a worker finds its parent's."""
    import hypothesis

    from config import database, env

    # `make check` draws the same examples each time; HYPOTHESIS_PROFILE=explore draws new ones.
    slow = [hypothesis.HealthCheck.too_slow, hypothesis.HealthCheck.data_too_large]
    hypothesis.settings.register_profile("check", deadline=None, derandomize=True, suppress_health_check=slow)
    hypothesis.settings.register_profile("explore", deadline=None, suppress_health_check=slow)
    hypothesis.settings.load_profile(env.text("HYPOTHESIS_PROFILE", "check"))

    var = env.folder("VAR", "var", base=ROOT)
    os.environ["VAR"] = str(var)
    (var / "static").mkdir(parents=True, exist_ok=True)  # WhiteNoise warns where there is none
    database.start(var)
    # Without workers pytest-django has read the settings before this file, and so without the database's address.
    settings.DATABASES["default"].update(database.django_settings(os.environ["DATABASE_URL"]))


from django.conf import settings  # noqa: E402
from django.test import Client  # noqa: E402

from reader import importing  # noqa: E402
from reader.models import Membership, Story, User  # noqa: E402
from reader.text.manuscript import parse  # noqa: E402

NOW = datetime(2024, 5, 1, 12, tzinfo=UTC)  # long past, whatever the clock of the machine says


@pytest.fixture(autouse=True)
def _plain_static(settings: object) -> None:
    """Templates name static files as they are: no test needs them collected."""
    settings.STORAGES = {  # type: ignore[attr-defined]
        **settings.STORAGES,  # type: ignore[attr-defined]
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture
def import_text() -> Callable[..., Story]:
    """Take a manuscript in through the real importer: `import_text("# One\\n\\nText.", title="T")`."""

    def do(text: str, *, title: str = "The Lamp", name: str = "story.md", **options: object) -> Story:
        manuscript = parse(text.encode(), name=name)
        slug = str(options.pop("slug", title.lower().replace(" ", "-")))
        now = options.pop("now", NOW)
        wanted = importing.Settings(slug=slug, title=title, **options)  # type: ignore[arg-type]
        importing.import_story(manuscript, wanted, now=now)  # type: ignore[arg-type]
        return Story.objects.get(slug=slug)

    return do


def words(count: int, *, word: str = "word") -> str:
    """A paragraph of that many words."""
    return " ".join([word] * count)


def manuscript_of(chapters: int, *, paragraphs: int = 30, length: int = 100) -> str:
    """A Markdown manuscript: chapter N is titled “Title N”, its paragraph P begins “cN pP”."""
    return "\n\n".join(
        f"# Title {chapter}\n\n"
        + "\n\n".join(f"c{chapter} p{number} {words(length - 2)}" for number in range(1, paragraphs + 1))
        for chapter in range(1, chapters + 1)
    )


@pytest.fixture
def story(db: None, import_text: Callable[..., Story]) -> Story:
    """Five chapters of 3,000 words, each of three pages or so."""
    return import_text(manuscript_of(5))


class Visitor(Client):
    """A browser that tells where its requests come from, as browsers do."""

    def __init__(self) -> None:
        super().__init__(headers={"Sec-Fetch-Site": "same-origin"})


@pytest.fixture
def newcomer(db: None) -> Visitor:
    """Has read nothing."""
    return Visitor()


@pytest.fixture
def halfway(story: Story) -> Visitor:
    """Has read three chapters of five."""
    visitor = Visitor()
    visitor.post(f"/read/{story.slug}/reached/", {"point": "3"})
    return visitor


@pytest.fixture
def finished(story: Story) -> Visitor:
    """Has read it all."""
    visitor = Visitor()
    visitor.post(f"/read/{story.slug}/reached/", {"point": "5"})
    return visitor


@pytest.fixture
def member(db: None) -> User:
    """Somebody with an account."""
    return User.objects.create_user("mo_farrow", "mo@example.org", "a long enough phrase")


@pytest.fixture
def owner(story: Story) -> User:
    """Owns the story."""
    user = User.objects.create_user("hester", "hester@example.org", "a long enough phrase")
    Membership.objects.create(user=user, story=story, role=Membership.Role.OWNER)
    return user


@pytest.fixture
def signed_in(member: User) -> Visitor:
    """The member's browser."""
    visitor = Visitor()
    visitor.force_login(member)
    return visitor


@pytest.fixture(scope="session")
def real_manuscript() -> Path:
    """The file that STORY_MANUSCRIPT names; skipped, with the reason, where there is none."""
    path = os.environ.get("STORY_MANUSCRIPT", "")
    if not path or not Path(path).is_file():
        pytest.skip("STORY_MANUSCRIPT names no file: the tests with a real manuscript did not run")
    return Path(path)


assert settings.configured
