"""Where entries stand in the text: cut at a horizon, as people decided, and never what nobody can have read."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reader.models import Chapter, Paragraph, Story, User
from tests.wiki.gate.tagged import TEXT, at, by_hand, say, tag
from tests.wiki.packs import entry
from wiki import gate
from wiki.tagging import finding

FAR = datetime(2999, 1, 1, tzinfo=UTC)


@pytest.fixture
def tagged(db: None, import_text: Callable[..., Story], tmp_path: Path) -> Story:
    return tag(import_text(TEXT), tmp_path)


def where(story: Story, slug: str, point: str) -> dict[str, int]:
    """The paragraphs in which an entry appears, and below its chapters how often."""
    found = gate.appearances(story, slug, at(point))
    assert found is not None
    labels = [f"{one >> 32}:{one >> 8 & 0xFFFFFF}" for one in found.points]
    return dict.fromkeys(labels, 0) | {str(one.number): one.count for one in found.chapters}


def lines(story: Story, slug: str, point: str, chapter: int) -> list[tuple[str, str, str]]:
    return [(one.label, one.line.words, one.role) for one in gate.passages(story, slug, at(point), chapter=chapter)]


def company(story: Story, slug: str, point: str) -> list[tuple[str, int]]:
    return [(one.entry.title, one.scenes) for one in gate.seen_with(story, slug, at(point))]


def seen(story: Story, point: str, said: str = "") -> list[tuple[str, str]]:
    return [(one.entry.title, one.label) for one in gate.last_seen(story, at(point), said=said)]


def test_appearances_go_as_far_as_the_horizon(tagged: Story) -> None:
    found = gate.appearances(tagged, "the-keeper", at("1:3"))

    assert found is not None
    assert found.chapters == (gate.ChapterCount(1, 3, (at("1:1"), at("1:3"))),)
    assert (found.first, found.last, found.count, found.entry.title) == (at("1:1"), at("1:3"), 3, "The Keeper")
    assert where(tagged, "the-keeper", "1:2") == {"1:1": 0, "1": 1}
    assert where(tagged, "the-keeper", "all") == {
        "1:1": 0,
        "1:3": 0,
        "2:2": 0,
        "2:4": 0,
        "3:1": 0,
        "1": 3,
        "2": 2,
        "3": 1,
    }


def test_what_is_unmet_is_as_unknown_as_what_is_not_there(tagged: Story) -> None:
    for slug, point in (("the-cook", "1:2"), ("the-wreck", "1:3"), ("nobody", "all")):
        assert gate.appearances(tagged, slug, at(point)) is None
        assert gate.passages(tagged, slug, at(point), chapter=1) == ()
        assert gate.seen_with(tagged, slug, at(point)) == ()
    assert gate.appearances(tagged, "the-cook", at("1:3")) is not None
    assert len(gate.passages(tagged, "the-cook", at("1:3"), chapter=1)) == 1
    assert len(gate.seen_with(tagged, "the-cook", at("1:3"))) == 1
    assert gate.appearances(tagged, "the-wreck", at("2:1")) is not None


def test_an_entry_that_the_text_does_not_name_appears_nowhere(tagged: Story) -> None:
    found = gate.appearances(tagged, "the-wreck", at("all"))

    assert found is not None
    assert (found.chapters, found.count, found.points, found.first, found.last) == ((), 0, (), 0, 0)
    assert company(tagged, "the-wreck", "all") == []


def test_passages_of_one_chapter_go_as_far_as_the_horizon(tagged: Story) -> None:
    assert gate.passages(tagged, "the-cook", at("2:2"), chapter=2) == (
        gate.Passage(at("2:2"), 24, 32, gate.Line("Silas Brand rows out to ", "The Cook", "."), "named", False),
    )
    assert lines(tagged, "the-cook", "2:3", 2) == [("2:2", "The Cook", "named"), ("2:3", "The Cook", "named")]
    assert lines(tagged, "the-cook", "2:1", 2) == []
    assert lines(tagged, "the-cook", "all", 9) == []


def test_passages_can_be_had_some_at_a_time(tagged: Story) -> None:
    def starts(**window: int) -> list[tuple[str, int]]:
        found = gate.passages(tagged, "the-keeper", at("1:3"), chapter=1, **window)
        return [(one.label, one.start) for one in found]

    assert starts() == [("1:1", 0), ("1:3", 25), ("1:3", 37)]
    assert starts(first=0, limit=2) == [("1:1", 0), ("1:3", 25)]
    assert starts(first=2, limit=2) == [("1:3", 37)]
    assert starts(first=3, limit=2) == []


def test_what_is_tagged_by_hand_appears_from_where_it_may_be_known(tagged: Story, member: User) -> None:
    say(tagged, member, "2:1", "Nobody", "the-keeper", role="present", since="3:1")

    assert lines(tagged, "the-keeper", "2:1", 2) == []
    assert lines(tagged, "the-keeper", "2:3", 2) == [("2:2", "Silas Brand", "named")]
    assert lines(tagged, "the-keeper", "3:1", 2)[0] == ("2:1", "Nobody", "present")
    assert [one.is_by_hand for one in gate.passages(tagged, "the-keeper", at("3:1"), chapter=2)] == [True, False, False]
    assert where(tagged, "the-keeper", "2:3")["2"] == 1
    assert where(tagged, "the-keeper", "3:1")["2"] == 3


def test_words_tagged_twice_count_once_and_as_by_hand(tagged: Story, member: User) -> None:
    say(tagged, member, "1:1", "The Keeper", "the-keeper", role="on screen", since="2")

    assert lines(tagged, "the-keeper", "1:2", 1) == [("1:1", "The Keeper", "named")]
    assert lines(tagged, "the-keeper", "3:1", 1)[0] == ("1:1", "The Keeper", "on screen")
    assert where(tagged, "the-keeper", "3:1")["1"] == where(tagged, "the-keeper", "1:3")["1"] == 3


def test_what_somebody_rejected_does_not_appear(tagged: Story, member: User) -> None:
    assert where(tagged, "the-cook", "2:3")["2"] == 2
    say(tagged, member, "2:3", "The Cook", "the-cook", no=True)

    assert where(tagged, "the-cook", "2:3") == {"1:3": 0, "2:2": 0, "1": 1, "2": 1}
    assert ("The Cook", "2:2") in seen(tagged, "2:3")


def test_words_that_somebody_gave_to_another_are_that_ones_alone(tagged: Story, member: User) -> None:
    say(tagged, member, "2:3", "The Cook", "the-house")

    assert where(tagged, "the-cook", "2:3") == {"1:3": 0, "2:2": 0, "1": 1, "2": 1}
    assert where(tagged, "the-house", "2:3") == {"1:2": 0, "2:3": 0, "1": 1, "2": 1}
    assert lines(tagged, "the-house", "2:3", 2) == [("2:3", "The Cook", "named")]


def test_what_was_lost_in_a_changed_text_does_not_appear(
    tagged: Story, member: User, import_text: Callable[..., Story]
) -> None:
    say(tagged, member, "1:1", "burns", "the-house")
    assert lines(tagged, "the-house", "1:2", 1) == [
        ("1:1", "burns", "named"),
        ("1:2", "The House", "named"),
    ]
    import_text(TEXT.replace("the lamp burns.", "the lamp glows."))
    finding.tag_changed_text(tagged)

    assert [one.is_lost for one in by_hand(tagged)] == [True]
    assert lines(tagged, "the-house", "1:2", 1) == [("1:2", "The House", "named")]


def test_what_stands_in_a_retired_paragraph_does_not_appear(tagged: Story) -> None:
    assert (where(tagged, "the-cook", "2:3")["2"], company(tagged, "the-house", "all")) == (
        2,
        [("Silas Brand", 2), ("The Cook", 1)],
    )
    Paragraph.objects.filter(chapter__story=tagged, point=at("2:3")).update(is_retired=True)

    assert where(tagged, "the-cook", "2:3")["2"] == 1
    assert lines(tagged, "the-cook", "all", 2) == [("2:2", "The Cook", "named")]
    assert company(tagged, "the-house", "all") == [("Silas Brand", 2)]
    assert ("The Cook", "2:2") in seen(tagged, "2:4")


def test_what_stands_in_a_chapter_to_come_does_not_appear(tagged: Story) -> None:
    assert (where(tagged, "the-cook", "all")["3"], company(tagged, "the-cook", "all")) == (
        1,
        [("Silas Brand", 4), ("The House", 1)],
    )
    Chapter.objects.filter(story=tagged, number=3).update(published_at=FAR)

    assert where(tagged, "the-cook", "all") == {"1:3": 0, "2:2": 0, "2:3": 0, "1": 1, "2": 2}
    assert lines(tagged, "the-cook", "all", 3) == []
    assert company(tagged, "the-cook", "all") == [("Silas Brand", 3), ("The House", 1)]
    assert ("The Cook", "2:3") in seen(tagged, "all")


def test_company_is_counted_in_scenes_as_far_as_they_were_read(tagged: Story) -> None:
    assert company(tagged, "the-keeper", "1:1") == []
    assert company(tagged, "the-keeper", "1:2") == [("The House", 1)]
    assert company(tagged, "the-keeper", "2:1") == [("The Cook", 1), ("The House", 1)]
    assert company(tagged, "the-keeper", "2:4") == [("The Cook", 3), ("The House", 2)]
    assert company(tagged, "the-keeper", "3") == [("The Cook", 4), ("The House", 2)]
    assert [one.entry.slug for one in gate.seen_with(tagged, "the-keeper", at("3"), limit=1)] == ["the-cook"]


def test_company_goes_by_the_names_known_so_far(tagged: Story) -> None:
    assert company(tagged, "the-cook", "2:1") == [("The Keeper", 1)]
    assert company(tagged, "the-cook", "2:2") == [("Silas Brand", 2)]


def test_company_by_hand_counts_from_where_it_may_be_known(tagged: Story, member: User) -> None:
    say(tagged, member, "2:1", "Nobody", "the-house", since="3:1")

    assert company(tagged, "the-house", "2:2") == [("Silas Brand", 1)]
    assert company(tagged, "the-house", "3:1") == [("Silas Brand", 3), ("The Cook", 2)]


def test_a_page_at_hand_saves_looking_the_entry_up_again(tagged: Story) -> None:
    page = gate.entry_page(tagged, "the-keeper", at("1:3"))
    assert page is not None
    with CaptureQueriesContext(connection) as queries:
        found = gate.appearances(tagged, "the-keeper", at("1:3"), page=page)
        others = gate.seen_with(tagged, "the-keeper", at("1:3"), page=page)

    assert len(queries) == 3
    assert found == gate.appearances(tagged, "the-keeper", at("1:3"))
    assert others == gate.seen_with(tagged, "the-keeper", at("1:3"))


def test_last_seen_has_the_latest_first(tagged: Story) -> None:
    assert seen(tagged, "0") == []
    assert seen(tagged, "1:2") == [("The House", "1:2"), ("The Keeper", "1:1")]
    assert seen(tagged, "2:1") == [
        ("The Wreck", "2:1"),
        ("The Keeper", "1:3"),
        ("The Cook", "1:3"),
        ("The House", "1:2"),
    ]
    assert seen(tagged, "2:2")[:2] == [("Silas Brand", "2:2"), ("The Cook", "2:2")]
    assert [one.entry.title for one in gate.last_seen(tagged, at("2:1"), limit=1)] == ["The Wreck"]


def test_last_seen_is_filtered_by_the_names_known_so_far(tagged: Story) -> None:
    assert seen(tagged, "2:1", "KEEP") == [("The Keeper", "1:3")]
    assert seen(tagged, "2:2", "keep") == [("Silas Brand", "2:2")]
    assert (seen(tagged, "2:1", "brand"), seen(tagged, "2:2", "brand")) == ([], [("Silas Brand", "2:2")])
    assert seen(tagged, "all", "%") == []
    names = {one.entry.title: one.names for one in gate.last_seen(tagged, at("2:2"))}
    assert names["Silas Brand"] == ("the keeper", "silas brand")


def test_doubts_are_of_what_is_known_and_read(db: None, import_text: Callable[..., Story], tmp_path: Path) -> None:
    text = "# One\n\n" + "\n\n".join(f"Brand came by, number {number}." for number in range(1, 31))
    pack = {"a": entry(Old_Brand="1:2", Brand="1:2"), "b": entry(Young_Brand="1:4", Brand="1:4")}
    story = tag(import_text(text), tmp_path, **pack)

    assert gate.doubts(story, at("1:1")) == gate.Doubts((), 0)
    early, late = (gate.doubts(story, at(point)) for point in ("1:3", "1:5"))
    assert [(one.label, [ref.title for ref in one.entries]) for one in early.doubts] == [("1:1", ["Old Brand"])]
    assert [(one.label, [ref.title for ref in one.entries]) for one in late.doubts] == [
        ("1:1", ["Old Brand", "Young Brand"])
    ]
    assert late.doubts[0].line == gate.Line("", "Brand", " came by, number 1.")


def test_doubts_go_on_over_pages(db: None, import_text: Callable[..., Story], tmp_path: Path) -> None:
    text = "# One\n\n" + "\n\n".join(f"Brand came by, number {number}." for number in range(1, 31))
    story = tag(
        import_text(text), tmp_path, a=entry(Old_Brand="1:1", Brand="1:1"), b=entry(Young_Brand="1:1", Brand="1:1")
    )
    first = gate.doubts(story, at("all"))
    second = gate.doubts(story, at("all"), after=first.after)

    assert (len(first.doubts), first.count, len(second.doubts), second.count, second.after) == (20, 30, 10, 30, "")
    assert [one.point for one in (*first.doubts, *second.doubts)] == [at(f"1:{number}") for number in range(1, 31)]
    assert gate.doubts(story, at("all"), after="nonsense") == first
    assert gate.doubts(story, at("all"), after="9999").doubts == ()


def test_doubts_take_three_queries(db: None, import_text: Callable[..., Story], tmp_path: Path) -> None:
    text = "# One\n\n" + "\n\n".join(f"Brand came by, number {number}." for number in range(1, 31))
    story = tag(
        import_text(text), tmp_path, a=entry(Old_Brand="1:1", Brand="1:1"), b=entry(Young_Brand="1:1", Brand="1:1")
    )
    with CaptureQueriesContext(connection) as queries:
        gate.doubts(story, at("all"))

    assert len(queries) == 3
