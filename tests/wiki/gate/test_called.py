"""How entries are called: one function of the database says the same as the gate's own queries, at every point."""

import pytest

from reader.models import Story
from reader.text.points import chapter_end
from wiki.gate.naming import called_at, in_order, known_of, visible_names
from wiki.models import Entry

pytestmark = pytest.mark.django_db
WHY = "whoever is asked for, only what shows may be told"


def test_called_at_says_what_the_gate_says_at_every_chapter(electra: Story) -> None:
    entries = list(Entry.objects.whole(because=WHY).filter(story=electra).values_list("pk", flat=True))
    for chapter in range(electra.chapters.count() + 1):
        horizon = chapter_end(chapter) if chapter else 0
        rows = list(visible_names(electra, horizon))
        found = called_at(dict.fromkeys(entries, horizon))

        assert {key: one.ref for key, one in found.items()} == known_of(rows).refs
        for key, one in found.items():
            names = in_order([row for row in rows if row.entry_id == key])
            assert one.names == tuple((name.text, name.sort, name.since) for name in names)


def test_called_at_cuts_each_entry_at_its_own_point(electra: Story) -> None:
    first, last = Entry.objects.whole(because=WHY).filter(story=electra, since__gt=0).order_by("since")[:2]

    assert set(called_at({first.pk: first.since, last.pk: last.since - 1})) == {first.pk}
    assert called_at({}) == {}
