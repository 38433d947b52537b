"""What `manage.py serve` says before it serves."""

from collections.abc import Callable
from io import StringIO

import pytest

from config.management.commands.serve import GREETED, Command
from reader.models import Story

BASE = "http://localhost:8000"
pytestmark = pytest.mark.django_db


def greeting() -> str:
    said = StringIO()
    Command(stdout=said).greet(BASE)
    return said.getvalue()


def test_serve_shows_the_ways_into_a_story(import_text: Callable[..., Story]) -> None:
    import_text("# One\n\nText.\n\n# Two\n\nText.\n\n# Three\n\nText.", title="The Tower")

    assert greeting() == (
        f"\n  Story So Far is at {BASE}/\n"
        "\n  The Tower\n"
        f"    as a newcomer     {BASE}/read/the-tower/\n"
        f"    half-way          {BASE}/read/the-tower/reached/?point=1\n"
        f"    all read          {BASE}/read/the-tower/reached/?point=3\n"
    )


def test_serve_shows_the_ways_into_a_few_stories_of_many(import_text: Callable[..., Story]) -> None:
    for number in range(GREETED + 2):
        import_text("# One\n\nText.", title=f"Tower {number}")

    said = greeting()
    assert said.count("as a newcomer") == GREETED
    assert said.endswith("\n  Its library holds 2 more.\n")
