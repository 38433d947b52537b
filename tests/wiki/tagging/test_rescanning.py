"""What people decided lives on through every re-import: it moves with its words, is lost with them, and comes back."""

import random

import pytest

from reader.text.points import format_point, parse_point
from tests.wiki.tagging.village import WHY, Act, Village, settle_village
from wiki import gate
from wiki.models import Entry, Scan, Tagging
from wiki.tagging import finding

pytestmark = pytest.mark.django_db


@pytest.fixture
def village() -> Village:
    """Six paragraphs; e0 is Ann, e1 is Lee, e2 has no name in the text."""
    made = settle_village([["Ann sang to Lee", "Lee and Ann", "Ann"], ["Ann Lee", "China", "Ann and Ann"]])
    names = [("Ann", 0), ("Lee", 1), ("Nobody", 2)]
    made.all_of([Act("name", (entry, name, 0, None, "")) for name, entry in names])
    return made


def retell(village: Village, chapters: list[list[str]]) -> None:
    """Import these texts, and let the worker do its part."""
    village.chapters = chapters
    village.tell()
    village.all_of([])


def links(village: Village) -> list[tuple[str, int, str, int]]:
    """What the text links: paragraph, where, words, the number of the entry."""
    rows = [row for row in village.rows() if row.state == "linked" and not row.is_lost]
    return [(format_point(row.point), row.start, row.words, village.entries.index(row.entry)) for row in rows]


def hands(village: Village) -> list[tuple[str, int, str]]:
    """What people decided in the text as it stands: paragraph, where, the state or that it is lost."""
    rows = [row for row in village.rows() if row.origin == "hand"]
    return [(format_point(row.point), row.start, "lost" if row.is_lost else row.state) for row in rows]


def test_a_rejected_link_stays_rejected_when_its_paragraph_is_changed(village: Village) -> None:
    assert ("1:1", 0, "Ann", 0) in links(village)
    village.say("1:1", "Ann", 0, is_link=False)
    assert ("1:1", 0, "Ann", 0) not in links(village)
    first, second = village.chapters

    retell(village, [["Then " + first[0], *first[1:]], second])

    assert hands(village) == [("1:1", 5, "rejected")]
    assert [one for one in links(village) if one[0] == "1:1"] == [("1:1", 17, "Lee", 1)]


def test_a_rejected_link_goes_with_a_paragraph_that_moves_forward_and_back(village: Village) -> None:
    village.say("1:2", "Ann", 0, is_link=False)
    first, second = village.chapters

    retell(village, [[first[0], first[2]], [*second, first[1]]])
    assert (hands(village), [one for one in links(village) if one[0] == "2:4"]) == (
        [("2:4", 8, "rejected")],
        [("2:4", 0, "Lee", 1)],
    )

    retell(village, [first, second])
    assert (hands(village), [one for one in links(village) if one[0] == "1:2"]) == (
        [("1:2", 8, "rejected")],
        [("1:2", 0, "Lee", 1)],
    )
    assert village.rebuilt() == village.rows()


def test_a_link_that_moved_forward_and_back_is_known_again_where_it_stands(village: Village) -> None:
    village.say("1:2", "tide", 2, is_link=True)
    first, second = village.chapters
    since = [row.since for row in village.rows() if row.origin == "hand"]
    assert since == [parse_point("1:2")]

    retell(village, [[first[0], first[2]], [*second, first[1]]])
    assert [row.since for row in village.rows() if row.origin == "hand"] == [parse_point("2:4")]
    retell(village, [first, second])

    assert [row.since for row in village.rows() if row.origin == "hand"] == since


def test_what_is_moved_backward_tells_nothing_there_until_it_is_said_again(village: Village) -> None:
    village.say("2:1", "tide", 2, is_link=True)
    village.say("2:1", "Ann", 0, is_link=False)
    first, second = village.chapters

    retell(village, [[*first, second[0]], second[1:]])

    def shown() -> list[str]:
        (row,) = [row for row in village.paragraphs() if row.point == parse_point("1:4")]
        links = gate.text_links(village.story, {row.pk: row.point})
        return [row.text[one.start : one.end] for one in links.get(row.pk, [])]

    assert [format_point(row.since) for row in village.rows() if row.origin == "hand"] == ["2:1", "2:1"]
    assert shown() == ["Ann", "Lee"]
    village.say("1:4", "Ann", 0, is_link=False)
    assert shown() == ["Lee"]


def test_a_text_that_moves_twice_before_the_worker_comes_keeps_its_tags(village: Village) -> None:
    village.say("1:2", "Ann", 0, is_link=False)
    first, second = village.chapters
    village.chapters = [[first[0], first[2]], [*second, first[1]]]
    village.tell()

    retell(village, [[first[1], first[0], first[2]], second])

    assert [(one[1], one[2]) for one in hands(village)] == [(8, "rejected")]
    assert village.rebuilt() == village.rows()


def test_a_decision_made_between_two_imports_counts_where_the_text_went(village: Village) -> None:
    """The paragraph was gone and is back before the worker comes: it was read once already, and not since."""
    first, second = village.chapters
    village.chapters = [[*first, second[0]], second[1:]]
    village.tell()
    village.say("1:4", "Ann", 0, is_link=False)

    retell(village, [first, second])

    assert hands(village) == [("2:1", 0, "rejected")]
    assert [one for one in links(village) if one[0] == "2:1"] == [("2:1", 4, "Lee", 1)]


def test_a_decision_is_lost_with_its_words_and_comes_back_with_them(village: Village) -> None:
    village.say("1:1", "Ann", 0, is_link=False)
    first, second = village.chapters

    retell(village, [["Lee" + first[0][3:], *first[1:]], second])
    assert hands(village) == [("1:1", 0, "lost")]
    assert [one for one in links(village) if one[0] == "1:1"] == [("1:1", 0, "Lee", 1), ("1:1", 12, "Lee", 1)]

    retell(village, [first, second])
    assert hands(village) == [("1:1", 0, "rejected")]


def test_a_text_that_is_not_read_yet_shows_no_link_on_other_words(village: Village) -> None:
    def shown() -> list[str]:
        rows = {row.pk: row for row in village.paragraphs()}
        found = gate.text_links(village.story, {key: row.point for key, row in rows.items()})
        return [rows[key].text[one.start : one.end] for key in sorted(found) for one in found[key]]

    assert shown() == ["Ann", "Lee", "Lee", "Ann", "Ann", "Ann", "Lee", "Ann", "Ann"]
    first, second = village.chapters
    village.chapters = [["So " + first[0], first[1], first[2]], [second[0], second[1], second[2][4:]]]
    village.tell()

    assert shown() == ["Lee", "Ann", "Ann", "Ann", "Lee"]
    village.all_of([])
    assert shown() == ["Ann", "Lee", "Lee", "Ann", "Ann", "Ann", "Lee", "Ann"]


def test_a_decision_never_comes_to_lie_on_a_part_of_another_word(village: Village) -> None:
    village.say("1:3", "Ann", 2, is_link=True)
    first, second = village.chapters

    retell(village, [[*first[:2], "Anna" + first[2][3:]], second])

    assert (hands(village), [one for one in links(village) if one[0] == "1:3"]) == ([("1:3", 0, "lost")], [])


def test_a_decision_comes_back_with_a_paragraph_that_was_taken_out(village: Village) -> None:
    village.say("1:2", "Ann", 0, is_link=False)
    first, second = village.chapters
    retell(village, [[first[0], first[2]], second])
    assert hands(village) == []

    retell(village, [first, second])

    assert hands(village) == [("1:2", 8, "rejected")]
    assert [one for one in links(village) if one[0] == "1:2"] == [("1:2", 0, "Lee", 1)]


def test_decisions_that_take_one_anothers_places_are_all_kept(village: Village) -> None:
    """After the change the first “Ann” stands where the second one stood."""
    village.say("2:3", "Ann", 0, is_link=False)
    row = Tagging.objects.whole(because=WHY).get(origin="hand")
    row.pk, row.start, row.end, row.place = None, 8, 11, ["Ann", 1, 2, "and", "when", False]
    row.save()
    first, second = village.chapters

    retell(village, [first, [*second[:2], "So it is " + second[2]]])

    assert hands(village) == [("2:3", 9, "rejected"), ("2:3", 17, "rejected")]


def test_an_older_link_that_comes_back_gives_way_to_the_newer_one(village: Village) -> None:
    village.say("1:2", "Ann", 2, is_link=True)
    first, second = village.chapters
    retell(village, [[first[0], "Lee" + first[1][len("Lee and Ann") :], first[2]], second])
    assert hands(village) == [("1:2", 8, "lost")]
    village.chapters = [first, second]
    village.tell()  # the words are back, and before the worker comes somebody says what they mean
    village.say("1:2", "Ann", 1, is_link=True)

    village.all_of([])

    assert [one for one in links(village) if one[:2] == ("1:2", 8)] == [("1:2", 8, "Ann", 1)]
    assert village.rebuilt() == village.rows()


def test_entries_that_lose_or_gain_a_tag_through_the_text_alone_are_told(village: Village) -> None:
    def versions() -> list[int]:
        rows = Entry.objects.whole(because=WHY).filter(story=village.story).order_by("pk")
        return list(rows.values_list("version", flat=True))

    village.say("1:3", "tide", 2, is_link=True)
    first, second = village.chapters
    before = versions()
    retell(village, [first[:2], second])
    taken_out = versions()
    retell(village, [first, second])

    changes = [
        [one != other for one, other in zip(*pair, strict=True)]
        for pair in ((before, taken_out), (taken_out, versions()))
    ]
    assert changes == [[True, False, True, False], [True, False, True, False]]


def test_reading_what_is_read_already_changes_nothing(village: Village) -> None:
    assert finding.tag_changed_text(village.story) == finding.Tagged(0, 0)
    assert finding.tag_all(village.story) == finding.Tagged(6, 0)


def test_a_word_without_end_is_read_like_any_other(village: Village) -> None:
    letters = random.Random(7)
    endless = "".join(chr(0x4E00 + letters.randrange(20_000)) for _ in range(6000))
    first, second = village.chapters

    retell(village, [first, [*second, f"{endless} Ann"]])

    assert [one[2] for one in links(village) if one[0] == "2:4"] == ["Ann"]
    assert all(len(word) < 250 for words in Scan.objects.values_list("words", flat=True) for word in words)


def test_a_name_that_is_long_in_the_text_is_kept_short(village: Village) -> None:
    name = "Ann" + " Lee" * 40
    village.all_of([Act("name", (2, name, 0, None, ""))])
    first, second = village.chapters
    stretched = "\u00ad".join(name)

    retell(village, [first, [*second, f"{stretched} sang when tide number 99 had come"]])

    (row,) = [row for row in village.rows() if row.entry == village.entries[2]]
    assert (row.start, row.end, row.words) == (0, len(stretched), stretched[:250])


def test_a_name_that_is_cut_when_folded_is_found_all_the_same(village: Village) -> None:
    name = "Groß" + "ß" * 150  # more than 250 letters when it is folded
    first, second = village.chapters
    retell(village, [first, [*second, f"{name} sang when tide number 99 had come"]])

    village.all_of([Act("name", (2, name, 0, None, ""))])

    assert [one for one in links(village) if one[3] == 2] == [("2:4", 0, name, 2)]
    assert village.rebuilt() == village.rows()
