"""The finder against people: every name in the sample story, one chapter of another story, and 200 of its links.

The lists were made by reading, before the finder had seen the texts, and hold also what no name of the wiki covers;
README.md says how. Their places are kept without the words.
"""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from reader.models import Story
from tests.wiki.accuracy.lists import by_finder, by_hand, score
from wiki.packing import import_pack
from wiki.tagging import finding

PRECISION, RECALL = 0.99, 0.98
pytestmark = pytest.mark.django_db


def test_names_of_the_sample_story_are_found(electra: Story) -> None:
    finding.tag_all(electra)

    found = score(by_hand("low-water-at-the-electra.tsv"), by_finder(electra))

    assert found.precision >= PRECISION, found.wrong
    assert found.recall >= RECALL, found.missed


@pytest.fixture
def skating(real_manuscript: Path) -> Story:
    call_command("import_story", str(real_manuscript), title="Any Other Title", quiet=True)
    story = Story.objects.get(slug="any-other-title")
    import_pack(settings.BASE_DIR / "wiki" / "packs" / "skating-story", story=story.slug)
    finding.tag_all(story)
    return story


@pytest.mark.real_manuscript
def test_names_of_a_real_chapter_are_found(skating: Story) -> None:
    found = by_finder(skating)
    chapter = {place for place in found if place[0].startswith("2:")}

    whole = score(by_hand("skating-story-chapter-2.tsv"), chapter)

    assert whole.precision >= PRECISION, whole.wrong
    assert whole.recall >= RECALL, whole.missed


@pytest.mark.real_manuscript
def test_links_drawn_by_lot_are_right(skating: Story) -> None:
    found = by_finder(skating)
    right, wrong = by_hand("skating-story-drawn.tsv", right="yes"), by_hand("skating-story-drawn.tsv", right="no")
    around = by_hand("skating-story-around.tsv")
    near = score(around, {place for place in found if place[0] in {one[0] for one in around}})

    assert (len(right), len(wrong)) == (199, 1)
    assert right <= found
    assert len(right) / len(right | (wrong & found)) >= PRECISION
    assert near.precision >= PRECISION, near.wrong
    assert near.recall >= RECALL, near.missed
