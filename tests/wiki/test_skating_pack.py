"""The skating story's pack: what its README counts is true, and with the manuscript at hand it loads without fault."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from reader.models import Story
from reader.text.points import chapter_end
from wiki import gate, lint
from wiki.packing import import_pack
from wiki.packing.counting import entries_of, pack_tables

PACK = settings.BASE_DIR / "wiki" / "packs" / "skating-story"


def between_marks(mark: str) -> str:
    """What the README holds there."""
    text = (PACK / "README.md").read_text("utf-8")
    return text.partition(f"<!-- {mark} -->\n")[2].partition(f"\n<!-- end of {mark} -->")[0]


def test_readme_counts_entries_and_citations_truly() -> None:
    """If this fails, the entries have changed: `manage.py pack_table wiki/packs/skating-story --write`."""
    assert between_marks("counts") == pack_tables(PACK)["counts"]


def test_every_entry_is_met_by_a_dated_name_and_says_something() -> None:
    entries = entries_of(PACK)

    assert len(entries) > 200
    assert [entry.slug for entry in entries if not entry.body or any(name.since is None for name in entry.names)] == []


@pytest.fixture
def skating(db: None, real_manuscript: Path) -> Story:
    call_command("import_story", str(real_manuscript), title="Any Other Title", quiet=True)
    return Story.objects.get(slug="any-other-title")


@pytest.mark.real_manuscript
def test_pack_loads_into_the_story_under_any_address_and_the_lint_finds_nothing(skating: Story) -> None:
    report = import_pack(PACK, story=skating.slug)

    assert len(report.new) == len(entries_of(PACK))
    assert list(lint.lint(skating)) == []
    assert between_marks("uncited") == pack_tables(PACK, story=skating)["uncited"]


@pytest.mark.real_manuscript
def test_pack_shows_nothing_at_the_start_and_everything_at_the_end(skating: Story) -> None:
    import_pack(PACK, story=skating.slug)

    counts = [sum(one.count for one in gate.index(skating, chapter_end(chapter))) for chapter in range(10)]

    assert counts[0] == 0
    assert counts == sorted(counts)
    assert counts[9] == len(entries_of(PACK))
