"""The words under which entries are found are those of their rows, whatever was done; what comes later changes none."""

from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.models import Story
from reader.text.points import EVERYTHING, parse_point
from tests.wiki.lamps import fact
from tests.wiki.packs import entry, write_pack
from tests.worlds.acts import Person, acts, do
from tests.worlds.build import passing, tell_story, tell_wiki, work
from tests.worlds.world import HORIZONS, later, worlds
from wiki.models import Block, Entry, Tagging, Word
from wiki.packing import import_pack
from wiki.search import words
from wiki.search.keeping import Renewed, renew, renew_all
from wiki.search.words import Row, rows_of

WHY = "a test looks at every word"
few = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def stored(story: Story) -> set[Row]:
    """What is in the table."""
    rows = Word.objects.whole(because=WHY).filter(story=story)
    return set(map(Row._make, rows.values_list("entry", "key", "level", "since", "until")))


def afresh(story: Story) -> set[Row]:
    """What should be."""
    return rows_of(list(Entry.objects.whole(because=WHY).filter(story=story).values_list("pk", flat=True)))


def known(story: Story, horizon: int) -> set[tuple[Any, ...]]:
    """The rows that can be noticed at a horizon, by the entry's file; what ends later does not end there."""
    rows = Word.objects.at_any(horizon).filter(story=story)
    found = rows.values_list("entry__source_name", "key", "level", "since", "until")
    return {(*row[:4], row[4] if row[4] is not None and row[4] <= horizon else None) for row in found}


def said(story: Story, slug: str, level: int) -> dict[str, str]:
    """The words of one entry at one level, with where they begin and end."""
    rows = Word.objects.whole(because=WHY).filter(story=story, entry__source_name=f"{slug}.md", level=level)
    return {row.key: _point(row.since) + (f"–{_point(row.until)}" if row.until else "") for row in rows}


def _point(point: int) -> str:
    return f"{point >> 32}:{(point >> 8) & 0xFFFFFF}"


def test_words_of_names_begin_and_end_with_them(lamp: Story, tmp_path: Path) -> None:
    head = '[[names]]\nname = "Mister Ines"\nsince = "1:2"\nuntil = "2:1"\nsort = "alias"\n'
    import_pack(write_pack(tmp_path, {"ines": entry(head=head, Ines="1:3", Ines_Tarrant="2:2")}))

    assert said(lamp, "ines", 0) == {
        "ines": "1:2",
        "mister": "1:2–2:1",
        "mi": "1:2–2:1",
        "misterines": "1:2–2:1",
        "tarrant": "2:2",
        "it": "2:2",
        "inestarrant": "2:2",
    }


def test_words_of_what_is_told_stand_in_front_or_further_on(lamp: Story, tmp_path: Path) -> None:
    head = fact("Work", "Usher", "1:2") + fact("Work", "Organist", "2:1") + fact("Friend", "[[Ines]]", "2:2")
    body = "Tends one lamp. Sleeps badly. {1:3}\n\n## Habits\n\nSmokes. {1:3}\n\nWhistles loudly. {2:1}"
    import_pack(write_pack(tmp_path, {"wilf": entry(body, head=head, Wilf="1:2"), "ines": entry(Ines="1:3")}))

    assert said(lamp, "wilf", words.IN_FRONT) == {
        "usher": "1:2–2:1",
        "work": "1:2",
        "organist": "2:1",
        "tends": "1:3",
        "one": "1:3",
        "lamp": "1:3",
        "smokes": "1:3",
    }
    assert said(lamp, "wilf", words.FURTHER_ON) == {
        "friend": "2:2",
        "ines": "2:2",
        "sleeps": "1:3",
        "badly": "1:3",
        "whistles": "2:1",
        "loudly": "2:1",
    }


def test_what_is_told_counts_from_when_the_entry_is_met(lamp: Story, tmp_path: Path) -> None:
    import_pack(write_pack(tmp_path, {"wilf": entry("Tends lamps. {1:1}", Wilf="1:2")}))

    assert said(lamp, "wilf", words.IN_FRONT) == {"tends": "1:2", "lamps": "1:2"}


def test_words_told_first_leave_no_room_for_later_ones(lamp: Story, tmp_path: Path) -> None:
    many = " ".join(f"x{chr(97 + at // 26)}{chr(97 + at % 26)}" for at in range(words.MOST_TOLD - 2))
    head = fact("Last", "told", "2:2") + fact("Many", many, "1:2") + fact("Next", "told", "2:1")
    import_pack(write_pack(tmp_path, {"wilf": entry(head=head, Wilf="1:2")}))
    found = said(lamp, "wilf", words.IN_FRONT)

    assert len(found) == words.MOST_TOLD
    assert ("told" in found, "next" in found, "last" in found) == (True, False, False)


def test_what_is_deleted_or_shows_to_nobody_has_no_words(lamp: Story, tmp_path: Path) -> None:
    import_pack(write_pack(tmp_path, {"wilf": entry("Tends lamps. {1:3}", Wilf="1:2")}))
    wilf = Entry.objects.whole(because=WHY).get(story=lamp)
    assert stored(lamp)
    Block.objects.whole(because=WHY).filter(entry=wilf).update(since=EVERYTHING)
    renew(lamp, [wilf.pk])
    assert {row.level for row in stored(lamp)} == {0}
    wilf.delete()
    assert stored(lamp) == set()


def test_words_of_who_is_met_often_rise_with_that_mention(lamp: Story, tmp_path: Path) -> None:
    import_pack(write_pack(tmp_path, {"wilf": entry(Wilf="1:2")}))
    wilf = Entry.objects.whole(because=WHY).get(story=lamp)
    row = {"story": lamp, "entry": wilf, "paragraph": lamp.chapters.get(number=2).paragraphs.get(number=1)}
    point = parse_point("2:1")
    Tagging.objects.bulk_create(
        Tagging(**row, point=point, since=point + at, start=at, end=at + 1, words="x", origin="hand", state="linked")
        for at in range(1, 65)
    )
    renew(lamp, [wilf.pk])

    assert {(one.level, one.since - point) for one in stored(lamp) if one.level > 0} == {(1, 8), (2, 64)}


def test_mentions_in_what_is_retired_do_not_count(lamp: Story, tmp_path: Path) -> None:
    import_pack(write_pack(tmp_path, {"wilf": entry(Wilf="1:2")}))
    wilf = Entry.objects.whole(because=WHY).get(story=lamp)
    first, second = lamp.chapters.get(number=2).paragraphs.filter(number__lte=2)
    for row in (first, second):
        Tagging.objects.bulk_create(
            Tagging(story=lamp, entry=wilf, paragraph=row, point=row.point, since=row.point + at, start=at, end=at + 1,
                    words="x", origin="hand", state="linked")
            for at in range(8)
        )  # fmt: skip
    first.is_retired = True
    first.save()
    renew(lamp, [wilf.pk])

    assert {(one.level, one.since) for one in stored(lamp) if one.level > 0} == {(1, second.point + 7)}


def test_renewing_writes_only_what_differs(lamp: Story, tmp_path: Path) -> None:
    import_pack(write_pack(tmp_path, {"wilf": entry("Tends lamps. {1:3}", Wilf="1:2"), "ines": entry(Ines="1:3")}))
    renew_all(lamp)
    rows = Word.objects.whole(because=WHY).filter(story=lamp)
    before = set(rows.values_list("pk", flat=True))

    assert renew_all(lamp) == Renewed(entries=2, words=0, passages=0)
    rows.filter(key="wilf").delete()
    rows.filter(key="lamps").update(key="limps")
    assert renew_all(lamp) == Renewed(entries=2, words=3, passages=0)
    assert stored(lamp) == afresh(lamp)
    assert len(before & set(rows.values_list("pk", flat=True))) == len(before) - 2


@few
@given(data=st.data())
def test_words_are_those_of_making_them_afresh(db: None, data: st.DataObject) -> None:
    """After a pack, another pack and acts through the site."""
    first = data.draw(worlds(most=2))
    second = data.draw(later(first, 0))
    doing = data.draw(acts(first, 0))
    with passing() as folder:
        story = tell_story()
        tell_wiki(first, folder)
        assert stored(story) == afresh(story)
        tell_wiki(second, folder)
        assert stored(story) == afresh(story)
        editor = Person("editor", EVERYTHING, "moderator")
        for act in doing:
            do(act, editor, 0)
            work()
        assert stored(story) == afresh(story)


@few
@given(data=st.data())
def test_what_is_added_later_changes_no_word_that_is_known(db: None, data: st.DataObject) -> None:
    first = data.draw(worlds(most=3))
    horizon = data.draw(st.sampled_from(HORIZONS))
    second = data.draw(later(first, horizon))
    with passing() as folder:
        story = tell_story()
        tell_wiki(first, folder)
        before = known(story, horizon)
        tell_wiki(second, folder)
        assert known(story, horizon) == before
