"""What the pages for tagging show: words, tags, candidates; all of it as of a horizon."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from reader.models import Chapter, Story, User
from reader.text.points import EVERYTHING, parse_point
from tests.wiki.packs import entry
from tests.wiki.tagging.hands import Hand, hand, light
from wiki.gate import ROLES, Line
from wiki.tagging.likely import called, candidates
from wiki.tagging.offering import EntryTags, Tag, Words, entry_tags, places_of, tags_across, words_at

Said = tuple[str, str, str, str, str, bool]


def at(point: str) -> int:
    return EVERYTHING if point == "all" else parse_point(point)


def words(story: Story, point: str, said: str, *, horizon: str = "2") -> Words:
    """Words of a paragraph, by what they are."""
    found = places_of(story, at(point), said, at(horizon))
    assert len(found) == 1
    return found[0]


def across(hand: Hand, point: str, said: str) -> list[Said]:
    return [said_of(tag) for tag in tags_across(hand.story, words(hand.story, point, said), hand.rights, hand.horizon)]


def about(hand: Hand, slug: str, point: str) -> list[Said] | None:
    found = entry_tags(hand.story, slug, at(point), hand.rights, hand.horizon)
    return None if found is None else [said_of(tag) for tag in found.tags]


def said_of(tag: Tag) -> Said:
    return tag.words.words, tag.entry.slug, tag.role, tag.state, tag.by, tag.may_take_back


def test_words_stand_in_their_line_without_blanks_at_their_ends(lit: Story) -> None:
    text = "Wilf lit the lamp, and row F was dark."
    start = text.index(" row F ")
    found = words_at(lit, at("1:2"), start, start + len(" row F "), at("2"))

    assert found == Words(at("1:2"), start + 1, start + 6, Line("Wilf lit the lamp, and ", "row F", " was dark."))
    assert (found.words, found.label) == ("row F", "1:2")


@pytest.mark.parametrize(("start", "end"), [(0, 0), (5, 4), (0, 900), (-2, 3), (4, 5)])
def test_words_that_are_none_leave_the_paragraph(lit: Story, start: int, end: int) -> None:
    found = words_at(lit, at("1:2"), start, end, at("2"))

    assert found is not None
    assert (found.words, found.line.before + found.line.after) == ("", "Wilf lit the lamp, and row F was dark.")


@pytest.mark.parametrize("point", ["2:2", "9:9", "1", "1:99"])
def test_words_of_what_was_not_read_or_is_not_there_are_none(lit: Story, point: str) -> None:
    assert words_at(lit, at(point), 0, 4, at("2:1")) is None
    assert words_at(lit, at("2:1"), 0, 4, at("2:1")) is not None


def test_words_of_a_chapter_that_is_not_out_are_none(lit: Story) -> None:
    Chapter.objects.filter(story=lit, number=2).update(published_at=timezone.now() + timedelta(days=1))

    assert words_at(lit, at("2:1"), 0, 4, EVERYTHING) is None
    assert places_of(lit, at("2:1"), "Ines", EVERYTHING) == ()
    assert words_at(lit, at("1:2"), 0, 4, EVERYTHING) is not None


def test_places_are_whole_words_in_whatever_case(lit: Story) -> None:
    def places(said: str) -> list[tuple[int, str]]:
        return [(one.start, one.words) for one in places_of(lit, at("1:2"), said, at("2"))]

    assert places("wilf") == [(0, "Wilf")]
    assert places("row F") == [(23, "row F")]
    assert places("r") == [(23, "r"), (35, "r")]  # nowhere a word of its own
    assert places("a.*") == places("Ines") == places("  ") == []


def test_tags_that_lie_across_the_words(lit: Story, ada: Hand, ben: Hand) -> None:
    assert across(ada, "2:1", "Tarrant met Theo") == [
        ("Ines Tarrant", "ines", "named", "linked", "", False),
        ("Theo", "theo", "named", "linked", "", False),
    ]
    ben.reject("2:1", "Theo", "theo")
    ada.link("2:1", "the harbour stairs", "wilf", role="setting")
    assert across(ada, "2:1", "Theo on the harbour") == [
        ("Theo", "theo", "named", "rejected", "ben", False),
        ("the harbour stairs", "wilf", "setting", "linked", "ada", True),
    ]
    assert across(ada, "2:1", "the rain") == []


def test_what_is_in_doubt_is_said_by_nobody(lamp: Story, tmp_path: Path) -> None:
    town = entry("A town. {2:1}", kind="location", The_Town="2:1", Skerrow="2:1")
    film = entry("A film. {2:1}", kind="film", The_Film="2:1", Skerrow="2:1")
    ada = hand(light(lamp, tmp_path, town=town, film=film), "ada")

    assert across(ada, "2:2", "Skerrow") == []
    assert about(ada, "the-town", "2:2") == [("Skerrow", "the-town", "named", "doubtful", "", False)]
    assert {"the-town", "the-film"} <= {one[0] for one in seen(ada.story, "2:2", "Skerrow", "2")}


def test_tags_of_one_entry_in_one_paragraph(lit: Story, ada: Hand, ben: Hand) -> None:
    assert about(ada, "wilf", "1:2") == [("Wilf", "wilf", "named", "linked", "", False)]
    ada.link("1:2", "Wilf", "wilf", role="present")
    ada.link("1:2", "row F", "ines")
    mine = ("Wilf", "wilf", "present", "linked", "ada", True)

    assert about(ada, "wilf", "1:2") == [mine]
    assert about(ben, "wilf", "1:2") == [(*mine[:5], False)]
    assert about(hand(lit, "mod", role="moderator"), "wilf", "1:2") == [mine]
    assert about(ada, "theo", "1:2") == []
    ada.reject("1:2", "Wilf", "wilf")
    ada.undo("1:2", "Wilf", "wilf")
    assert about(ada, "wilf", "1:2") == [(*mine[:5], False)]


def test_a_deleted_account_has_no_name(lit: Story, ada: Hand, ben: Hand) -> None:
    ada.link("1:2", "row F", "wilf")
    User.objects.get(pk=ada.user.pk).delete()

    assert about(ben, "wilf", "1:2") == [
        ("Wilf", "wilf", "named", "linked", "", False),
        ("row F", "wilf", "named", "linked", "a former editor", False),
    ]


def test_what_is_known_later_is_not_there(lit: Story, ada: Hand, ben: Hand) -> None:
    ben.link("2:2", "They", "theo", since=at("2:3"))
    ben.link("1:1", "A woman", "jonah")  # known from 2:3 as Jonah is
    early, late = ada.at("2:2"), ada.at("2")

    assert (across(early, "2:2", "They"), about(early, "theo", "2:2")) == ([], [])
    assert (
        across(late, "2:2", "They") == about(late, "theo", "2:2") == [("They", "theo", "named", "linked", "ben", False)]
    )
    assert (across(early, "1:1", "A woman"), about(early, "jonah", "1:1")) == ([], None)
    assert across(late, "1:1", "A woman") == [("A woman", "jonah", "named", "linked", "ben", False)]
    found = entry_tags(lit, "theo", at("2:2"), late.rights, late.horizon)
    assert isinstance(found, EntryTags)
    assert (found.tags[0].since, found.label) == ("2:3", "2:2")


@pytest.mark.parametrize(("slug", "point"), [("jonah", "2:2"), ("nobody", "2:2"), ("wilf", "2:3"), ("wilf", "9:9")])
def test_an_entry_or_paragraph_that_is_not_met_is_none(ada: Hand, slug: str, point: str) -> None:
    assert about(ada.at("2:2"), slug, point) is None
    assert about(ada.at("2:2"), "wilf", "2:2") == []


def seen(story: Story, point: str, said: str, horizon: str) -> list[tuple[str, str, str]]:
    found = candidates(story, words(story, point, said, horizon=horizon), at(horizon))
    return [(one.entry.slug, one.name, one.last) for one in found]


def test_candidates_are_those_of_like_names_and_then_the_nearest(lit: Story) -> None:
    assert seen(lit, "2:2", "They", "2:2") == [("ines", "", "2:1"), ("theo", "", "2:1"), ("wilf", "", "1:3")]
    assert seen(lit, "2:3", "Theo", "2:3")[0] == ("theo", "Theo", "2:3")
    assert seen(lit, "2:1", "Tarrant", "2:2")[0] == ("ines", "Ines Tarrant", "2:1")
    assert seen(lit, "1:3", "Miss Ines", "2")[0] == ("ines", "Ines", "1:3")


def test_candidates_are_not_those_who_come_later(lit: Story) -> None:
    assert seen(lit, "1:1", "woman", "1:1") == []
    assert seen(lit, "1:2", "Wilf", "1:2") == [("wilf", "Wilf", "1:2")]
    assert "jonah" not in [one[0] for one in seen(lit, "2:2", "They", "2:2")]
    assert "jonah" in [one.entry.slug for one in candidates(lit, called_so(lit, "Jonah"), at("2:3"))]
    assert "jonah" not in [one.entry.slug for one in candidates(lit, called_so(lit, "Jonah"), at("2:2"))]


def called_so(story: Story, said: str) -> Words:
    """Words that stand nowhere, as if they stood in 2:2."""
    return replace(words(story, "2:2", "They"), line=Line("", said, ""))


def test_a_misspelt_name_is_like_it(lit: Story) -> None:
    assert candidates(lit, called_so(lit, "Ines Tarrent"), at("2"))[0].entry.slug == "ines"


def test_candidates_are_few_and_cost_few_queries(lamp: Story, tmp_path: Path) -> None:
    many = {f"p{number}": entry(f"Is Theo {number}. {{1:1}}", **{f"Theo_{number}": "1:1"}) for number in range(20)}
    story = light(lamp, tmp_path, **many)
    chosen = words(story, "2:3", "Theo")
    with CaptureQueriesContext(connection) as queries:
        found = candidates(story, chosen, at("2"))

    assert [bool(one.name) for one in found] == [True] * 6 + [False] * 2  # Ines and Wilf stand near
    assert found[0].entry.slug == "theo"
    assert len(queries) == 3


def test_a_name_is_its_entrys_from_when_it_is_known(lit: Story) -> None:
    def who(name: str, horizon: str) -> str:
        found = called(lit, name, at(horizon))
        return found.slug if found else ""

    assert [who("ines  tarrant", one) for one in ("1", "2:1")] == ["", "ines"]
    assert [who("Jonah", one) for one in ("2:2", "2:3")] == ["", "jonah"]
    assert who("Nobody", "all") == who("", "all") == ""


def test_roles_are_said_in_words() -> None:
    assert ROLES["named"] == "named"
    assert list(ROLES) == [
        "named",
        "present",
        "setting",
        "on screen",
        "spoken of",
        "by message",
    ]
