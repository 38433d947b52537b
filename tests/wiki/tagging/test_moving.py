"""Tags by hand go where their entry goes, and away with all that their maker did."""

from reader.models import Story
from tests.wiki.tended import ALL, Crew, rights, tag, tags
from wiki.editing import acts, banning


def test_tags_by_hand_follow_a_merge(tended: Story, people: Crew) -> None:
    tag(tended, people.reader, "the-cook", "2:3")
    tag(tended, people.reader, "the-keeper", "2:4")

    acts.merge(tended, "the-cook", "the-keeper", rights(people.moderator, tended), horizon=ALL)

    assert tags(tended) == [("2:3", "word", "the-keeper"), ("2:4", "word", "the-keeper")]


def test_the_targets_own_decision_stands_in_a_merge(tended: Story, people: Crew) -> None:
    tag(tended, people.reader, "the-cook", "2:3")
    tag(tended, people.reader, "the-keeper", "2:3", is_link=False)

    acts.merge(tended, "the-cook", "the-keeper", rights(people.moderator, tended), horizon=ALL)

    assert tags(tended) == []


def test_a_tag_is_known_no_earlier_than_the_entry_that_it_goes_to(tended: Story, people: Crew) -> None:
    tag(tended, people.reader, "the-keeper", "1:3")  # before the cook is met

    acts.merge(tended, "the-keeper", "the-cook", rights(people.moderator, tended), horizon=ALL)

    # The names came along with the merge: the cook is known from 1:2 as the keeper was.
    assert [place for place, _, _ in tags(tended)] == ["1:3"]


def test_all_tags_of_an_account_can_be_taken_back(tended: Story, people: Crew) -> None:
    tag(tended, people.stranger, "the-cook", "2:3")
    tag(tended, people.reader, "the-keeper", "2:4")

    banning.undo_all(tended, people.stranger.username, rights(people.moderator, tended), horizon=ALL)

    assert tags(tended) == [("2:4", "word", "the-keeper")]
