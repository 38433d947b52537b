"""What people decide about words in the text, who may, what stands against it, and how it is taken back."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from django.db import connection
from django.utils import timezone

from reader.models import Chapter, Job, Paragraph, Story, User
from reader.text.points import parse_point
from tests.wiki.lamps import TEXT
from tests.wiki.packs import entry
from tests.wiki.tagging.hands import NOW, Hand, hand, light, rows
from wiki import gate
from wiki.errors import ClashError, EditError, GoneError, NotAllowedError
from wiki.models import Ban, Entry, Tagging, Wiki
from wiki.tagging import finding
from wiki.tagging.deciding import LONGEST, decide, decide_all, undo, undo_all

WHY = "a test looks at all tags"
THEY = ("2:2", "They")


@pytest.fixture
def mod(lit: Story) -> Hand:
    return hand(lit, "mod", role="moderator")


def linked(story: Story, point: str) -> list[tuple[str, str, str]]:
    """What the text shows in one paragraph: words, entry, role."""
    row = Paragraph.objects.get(chapter__story=story, point=parse_point(point), is_retired=False)
    links = gate.text_links(story, {row.pk: row.point}).get(row.pk, [])
    return [(row.text[one.start : one.end], one.entry.slug, one.role) for one in links]


def doubts(story: Story, point: str) -> list[tuple[str, str, list[str]]]:
    """The doubtful names as somebody sees them who has read as far."""
    found = gate.doubts(story, parse_point(point)).doubts
    return [(one.label, one.line.words, [each.slug for each in one.entries]) for one in found]


def versions(story: Story) -> dict[str, int]:
    return dict(Entry.objects.whole(because=WHY).filter(story=story).values_list("source_name", "version"))


def test_link_by_hand_shows_in_the_text(lit: Story, ada: Hand) -> None:
    assert linked(lit, "2:2") == []
    assert ada.link(*THEY, "theo", role="present")

    assert linked(lit, "2:2") == [("They", "theo", "present")]
    assert rows(lit) == [("2:2", "They", "theo", "linked", "present", "2:2")]
    row = Tagging.objects.whole(because=WHY).get(origin="hand")
    assert (row.editor, row.decided_at, row.place[:3]) == (ada.user, NOW, ["They", 0, 1])


def test_a_rejected_link_is_gone_from_the_text(lit: Story, ada: Hand) -> None:
    assert linked(lit, "1:2") == [("Wilf", "wilf", "named")]
    ada.reject("1:2", "Wilf", "wilf")

    assert linked(lit, "1:2") == []
    assert rows(lit, origin="found")[0] == ("1:2", "Wilf", "wilf", "covered", "named", "1:2")
    finding.tag_all(lit)
    assert linked(lit, "1:2") == []


def test_a_link_by_hand_covers_what_was_found_across_it(lit: Story, ada: Hand) -> None:
    ada.link("2:1", "Ines Tarrant met Theo", "theo")

    assert linked(lit, "2:1") == [("Ines Tarrant met Theo", "theo", "named")]


def test_another_role_is_a_decision(lit: Story, ada: Hand) -> None:
    ada.link("1:2", "Wilf", "wilf", role="present")

    assert linked(lit, "1:2") == [("Wilf", "wilf", "present")]


def test_the_same_decision_twice_is_one(lit: Story, ada: Hand, ben: Hand) -> None:
    can_undo = [ada.link(*THEY, "theo")]
    before = versions(lit)
    can_undo += [ada.link(*THEY, "theo"), ben.link(*THEY, "theo")]

    assert can_undo == [True, True, False]
    assert versions(lit) == before
    assert len(rows(lit)) == 1
    with pytest.raises(NotAllowedError):
        ben.undo(*THEY, "theo")
    ada.undo(*THEY, "theo")
    assert rows(lit) == []


def test_a_decision_raises_the_versions_of_those_concerned(lit: Story, ada: Hand) -> None:
    before = versions(lit)
    ada.link("2:1", "Ines Tarrant", "theo")
    after = versions(lit)

    assert {name for name in after if after[name] > before[name]} == {"theo.md", "ines.md"}


@pytest.mark.parametrize(
    ("said", "since"),
    [("", "2:2"), ("2:2", "2:2"), ("1:1", "2:2"), ("2:3", "2:3"), ("2", "2")],
)
def test_a_link_is_known_from_where_its_maker_says(lit: Story, ada: Hand, said: str, since: str) -> None:
    ada.link(*THEY, "theo", since=parse_point(said) if said else 0)

    assert rows(lit) == [("2:2", "They", "theo", "linked", "named", since)]
    assert bool(linked(lit, "2:2")) == (since == "2:2")


def test_a_link_is_not_known_before_its_entry(lit: Story, ada: Hand) -> None:
    ada.link("1:1", "A woman in a grey coat", "jonah")

    assert rows(lit) == [("1:1", "A woman in a grey coat", "jonah", "linked", "named", "2:3")]
    assert linked(lit, "1:1") == []
    found = gate.appearances(lit, "jonah", parse_point("2"))
    assert found is not None
    assert found.points == (parse_point("1:1"),)


def test_what_lies_ahead_of_its_maker_dates_nothing(lit: Story, ada: Hand) -> None:
    with pytest.raises(EditError, match="You have read as far as 2:2"):
        ada.at("2:2").link(*THEY, "theo", since=parse_point("2:3"))
    with pytest.raises(EditError, match="You have read as far as 2:"):
        ada.at("all").link(*THEY, "theo", since=parse_point("3"))

    assert rows(lit) == []


def test_unmet_and_unknown_entries_are_the_same(lit: Story, ada: Hand) -> None:
    early = ada.at("2:2")
    said = []
    for slug in ("jonah", "nobody"):
        for act in (early.link, early.reject, early.undo):
            with pytest.raises(GoneError) as caught:
                act(*THEY, slug)
            said.append(str(caught.value))

    assert len(set(said)) == 1
    assert ada.at("2:3").link(*THEY, "jonah")


def test_a_paragraph_that_was_not_read_or_is_not_out_is_not_there(lit: Story, ada: Hand) -> None:
    with pytest.raises(GoneError):
        ada.at("2:1").link(*THEY, "theo")
    Chapter.objects.filter(story=lit, number=2).update(published_at=timezone.now() + timedelta(days=1))
    for point in ("2", "all"):
        with pytest.raises(GoneError):
            ada.at(point).link(*THEY, "wilf")

    assert rows(lit) == []


def test_words_that_were_changed_are_not_tagged(lit: Story, ada: Hand) -> None:
    seen = ada.decision(*THEY, "theo")
    wrong = [replace(seen, words="Them"), replace(seen, end=99), replace(seen, start=-4), replace(seen, start=4, end=4)]
    for one in wrong:
        with pytest.raises(ClashError, match="the text was changed"):
            decide(lit, one, ada.rights, horizon=ada.horizon, now=NOW)

    assert rows(lit) == []
    assert decide(lit, seen, ada.rights, horizon=ada.horizon, now=NOW)


def test_blanks_and_long_stretches_are_not_tagged(lit: Story, ada: Hand, import_text: Callable[..., Story]) -> None:
    long = "rain " * 60
    import_text(f"{TEXT}\n# Three\n\nTheo went home. {long}")
    ada = ada.at("3")
    for words in (" ", long[: LONGEST + 1]):
        with pytest.raises(EditError, match="Choose the few words"):
            ada.link("3:1", words, "theo")
    with pytest.raises(EditError, match="one of the roles"):
        ada.link("3:1", "home", "theo", role="king")

    assert rows(lit) == []
    assert ada.link("3:1", long[:LONGEST], "theo")


def test_two_links_by_hand_do_not_overlap(lit: Story, ada: Hand, ben: Hand) -> None:
    ada.link("2:1", "the harbour stairs", "wilf")
    for words, slug in (("harbour", "wilf"), ("the harbour stairs", "theo"), ("stairs in", "theo")):
        with pytest.raises(ClashError, match="2:1 are tagged by hand already"):
            ben.link("2:1", words, slug)
    ben.link("2:1", "in the rain", "theo")
    ben.reject("2:1", "the harbour stairs", "wilf")
    ben.link("2:1", "harbour", "theo")

    assert [row[1:4] for row in rows(lit)] == [
        ("the harbour stairs", "wilf", "rejected"),
        ("harbour", "theo", "linked"),
        ("in the rain", "theo", "linked"),
    ]


def test_undo_takes_back_the_last_decision_once(lit: Story, ada: Hand) -> None:
    ada.link("1:2", "Wilf", "wilf", role="present")
    ada.reject("1:2", "Wilf", "wilf")
    assert linked(lit, "1:2") == []
    ada.undo("1:2", "Wilf", "wilf")
    assert linked(lit, "1:2") == [("Wilf", "wilf", "present")]
    with pytest.raises(ClashError, match="nothing to take back"):
        ada.undo("1:2", "Wilf", "wilf")


def test_undo_of_a_first_decision_leaves_what_was_found(lit: Story, ada: Hand) -> None:
    before = rows(lit, origin="found")
    ada.reject("1:2", "Wilf", "wilf")
    ada.undo("1:2", "Wilf", "wilf")

    assert (rows(lit), rows(lit, origin="found")) == ([], before)
    with pytest.raises(ClashError):
        ada.undo("1:2", "Wilf", "wilf")


def test_undo_is_for_who_decided_and_for_moderators(lit: Story, ada: Hand, ben: Hand, mod: Hand) -> None:
    ada.link(*THEY, "theo")
    with pytest.raises(NotAllowedError, match="Somebody else"):
        ben.undo(*THEY, "theo")
    mod.undo(*THEY, "theo")

    assert rows(lit) == []


def test_what_is_had_back_is_its_makers_again(lit: Story, ada: Hand, ben: Hand) -> None:
    ada.link(*THEY, "theo", role="present")
    ben.reject(*THEY, "theo")
    ben.undo(*THEY, "theo")
    row = Tagging.objects.whole(because=WHY).get(origin="hand")

    assert (row.state, row.role, row.editor, row.decided_at) == ("linked", "present", ada.user, NOW)


def test_what_is_had_back_of_a_deleted_account_is_nobodys(lit: Story, ada: Hand, ben: Hand) -> None:
    ada.link(*THEY, "theo")
    ben.reject(*THEY, "theo")
    User.objects.get(pk=ada.user.pk).delete()
    ben.undo(*THEY, "theo")

    assert Tagging.objects.whole(because=WHY).get(origin="hand").editor is None
    assert linked(lit, "2:2") == [("They", "theo", "named")]


def test_undo_brings_no_overlap_back(lit: Story, ada: Hand, ben: Hand) -> None:
    ada.link(*THEY, "theo")
    ada.reject(*THEY, "theo")
    ben.link(*THEY, "wilf")
    with pytest.raises(ClashError, match="tagged by hand already"):
        ada.undo(*THEY, "theo")

    assert linked(lit, "2:2") == [("They", "wilf", "named")]


def test_undo_after_the_text_was_changed_says_so(lit: Story, ada: Hand, import_text: Callable[..., Story]) -> None:
    ada.link(*THEY, "theo")
    old = ada.decision(*THEY, "theo")
    import_text(TEXT.replace("They spoke", "And They spoke"))
    finding.tag_changed_text(lit)
    with pytest.raises(ClashError, match="nothing to take back"):
        undo(lit, old, ada.rights, horizon=ada.horizon)

    assert linked(lit, "2:2") == [("They", "theo", "named")]
    ada.undo(*THEY, "theo")
    assert rows(lit) == []


def test_several_are_decided_together_or_not_at_all(lit: Story, ada: Hand) -> None:
    they = [ada.decision(*THEY, slug, is_link=False) for slug in ("wilf", "ines", "theo")]
    with pytest.raises(GoneError):
        decide_all(lit, [*they, replace(they[0], slug="nobody")], ada.rights, horizon=ada.horizon, now=NOW)
    assert rows(lit) == []
    assert decide_all(lit, they, ada.rights, horizon=ada.horizon, now=NOW)
    assert [row[2:4] for row in rows(lit)] == [("wilf", "rejected"), ("ines", "rejected"), ("theo", "rejected")]
    with pytest.raises(GoneError):
        undo_all(lit, [*they, replace(they[0], slug="nobody")], ada.rights, horizon=ada.horizon)
    assert len(rows(lit)) == 3
    undo_all(lit, they, ada.rights, horizon=ada.horizon)
    assert rows(lit) == []


@pytest.mark.parametrize("who", ["banned", "reader in a reviewed wiki", "reader of a protected entry"])
def test_who_may_not_tag_is_told_why(lit: Story, ada: Hand, who: str) -> None:
    ada.link(*THEY, "theo")
    if who == "banned":
        Ban.objects.create(story=lit, user=ada.user)
    elif who == "reader in a reviewed wiki":
        Wiki.objects.filter(story=lit).update(policy="reviewed")
    else:
        Entry.objects.whole(because=WHY).filter(source_name="theo.md").update(protection="editors")
    for act in (ada.link, ada.reject, ada.undo):
        with pytest.raises(NotAllowedError) as caught:
            act(*THEY, "theo")
        assert str(caught.value).endswith(".")

    assert rows(lit) == [("2:2", "They", "theo", "linked", "named", "2:2")]


def test_editors_tag_in_a_reviewed_wiki(lit: Story, mod: Hand) -> None:
    Wiki.objects.filter(story=lit).update(policy="reviewed")

    assert mod.link(*THEY, "theo")


# Decisions that are known later than somebody has read: they neither see them nor run into them.


def test_a_later_link_stands_in_nobodys_way(lit: Story, ada: Hand, ben: Hand) -> None:
    ben.link("1:1", "A woman in a grey coat", "jonah")  # known from 2:3
    early = ada.at("1:3")
    assert early.link("1:1", "A woman", "ines")
    assert early.link("1:1", "grey coat", "wilf")
    with pytest.raises(ClashError):
        ada.at("2").link("1:1", "coat stood", "ines")


def test_an_earlier_decision_at_the_same_words_can_be_taken_back_to_the_later_one(
    lit: Story, ada: Hand, ben: Hand
) -> None:
    ben.link(*THEY, "theo", since=parse_point("2:3"), role="present")
    later = rows(lit)
    early = ada.at("2:2")
    with pytest.raises(ClashError, match="nothing to take back"):
        early.undo(*THEY, "theo")
    assert early.link(*THEY, "theo")
    assert rows(lit) == [("2:2", "They", "theo", "linked", "named", "2:2")]
    early.undo(*THEY, "theo")
    assert rows(lit) == later
    with pytest.raises(ClashError, match="nothing to take back"):
        early.undo(*THEY, "theo")


def test_what_is_known_later_covers_nothing_known_before(lit: Story, ada: Hand) -> None:
    ada.link("1:2", "Wilf", "jonah")

    assert linked(lit, "1:2") == [("Wilf", "wilf", "named")]
    assert rows(lit)[0][5] == "2:3"


def test_a_doubt_is_settled_for_those_who_know(lamp: Story, tmp_path: Path) -> None:
    town = entry("A town. {2:1}", kind="location", The_Town="2:1", Skerrow="2:1")
    film = entry("A film. {2:1}", kind="film", The_Film="2:1", Skerrow="2:1")
    story = light(lamp, tmp_path, town=town, film=film)
    ada = hand(story, "ada")
    doubt = ("2:2", "Skerrow", ["the-film", "the-town"])
    assert (doubts(story, "2"), doubts(story, "2:2")) == ([doubt], [doubt])
    ada.link("2:2", "Skerrow", "the-town", since=parse_point("2:3"))

    assert (doubts(story, "2"), doubts(story, "2:2")) == ([], [doubt])
    ada.undo("2:2", "Skerrow", "the-town")
    assert doubts(story, "2") == [doubt]


@contextmanager
def reading(story: Story) -> Iterator[None]:
    """Another process reads the story for names."""
    with psycopg.connect(**connection.get_connection_params() | {"cursor_factory": None}) as other:
        other.execute("SELECT pg_advisory_xact_lock(%s, %s)", [finding._LOCK, story.pk])
        yield


@pytest.mark.django_db(transaction=True)
def test_a_decision_while_the_story_is_read_is_looked_at_again(lit: Story, ada: Hand) -> None:
    ada.reject("1:2", "Wilf", "wilf")
    assert not Job.objects.filter(kind="tag-decided").exists()
    with reading(lit):
        ada.reject("1:3", "Wilf", "wilf")
    paragraph = Paragraph.objects.get(chapter__story=lit, point=parse_point("1:3"))
    payload = {"story": lit.pk, "paragraph": paragraph.pk}
    assert list(Job.objects.filter(kind="tag-decided").values_list("payload", flat=True)) == [payload]

    found = Tagging.objects.whole(because=WHY).filter(paragraph=paragraph, origin="found", words="Wilf")
    found.update(state="linked")  # what the reader stores that had not seen the decision
    finding.cover_again(lit, paragraph.pk)
    assert list(found.values_list("state", flat=True)) == ["covered"]
