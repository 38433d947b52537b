"""The promise: whatever was done, in whatever order, tags are those of reading everything again, and what people said.

FINDINGS=1000 draws more stories than usual.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from reader.text.points import point
from tests.wiki.tagging.village import (
    CHAPTERS,
    NUMBERS,
    Act,
    Row,
    Village,
    acts,
    first_acts,
    later_hands,
    naming,
    openings,
    settle_village,
    texts,
)

pytestmark = pytest.mark.django_db
# Shrinking takes minutes here; a small story is read as it is. FINDINGS_SHRINK=1 shrinks all the same.
PHASES = [
    one for one in Phase if one is not Phase.explain and (one is not Phase.shrink or "FINDINGS_SHRINK" in os.environ)
]
many = settings(
    phases=PHASES,
    max_examples=int(os.environ.get("FINDINGS", "25")),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
stories = st.lists(st.lists(openings, min_size=2, max_size=NUMBERS), min_size=CHAPTERS, max_size=CHAPTERS)


@contextmanager
def passing() -> Iterator[None]:
    """All that is done within is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@many
@given(stories, first_acts, acts)
def test_tags_after_any_acts_are_those_of_reading_everything_again(
    story: list[list[str]], first: list[Act], then: list[Act]
) -> None:
    with passing():
        village = settle_village(story)
        village.all_of(first)
        village.all_of(then)
        found = village.rows()
        for row in found:
            text = next(one.text for one in village.paragraphs() if one.point == row.point)
            assert row.is_lost or text[row.start : row.end] == row.words
        assert village.rebuilt() == found


LATER = point(1, 3)
beyond = st.builds(point, st.integers(1, CHAPTERS), st.integers(1, NUMBERS)).filter(lambda since: since > LATER)
later_acts = st.lists(naming(beyond) | later_hands(beyond, LATER) | st.just(Act("work")), min_size=1, max_size=6)


@many
@given(stories, first_acts, acts, later_acts, st.lists(texts, max_size=3))
def test_later_acts_change_no_tag_that_is_known_before(
    story: list[list[str]], first: list[Act], then: list[Act], later: list[Act], after: list[Act]
) -> None:
    """Two worlds: names and decisions that are known later only, and in both the same new text."""

    def known(village: Village) -> list[Row]:
        return [row for row in village.rows() if row.since <= LATER]

    with passing():
        village = settle_village(story)
        village.all_of([*first, *then])
        with passing():
            twin = village.twin()
            twin.all_of(later)
            twin.all_of(after)
            with_them = known(twin)
        village.all_of(after)
        assert known(village) == with_them
