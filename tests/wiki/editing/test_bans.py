"""Keeping accounts out, and taking back all that one of them saved in one step."""

import pytest

from reader.models import Story
from tests.wiki.tended import ALL, WHY, Crew, change, create, horizon, rights, sources
from wiki.editing import banning
from wiki.editing.forming import find_entry
from wiki.errors import GoneError, NotAllowedError
from wiki.models import Act, Ban, Revision

END = horizon("5")


def test_who_is_banned_cannot_write_until_it_is_lifted(tended: Story, people: Crew) -> None:
    moderator = rights(people.moderator, tended)
    banning.ban(tended, "A_Reader", moderator, note="Spam.")
    with pytest.raises(NotAllowedError, match="may not write"):
        change(tended, people.reader, "the-keeper", "He trims", "He eats")
    assert [(one.name, one.by, one.note) for one in banning.banned(tended, moderator)] == [
        ("a_reader", "a_moderator", "Spam.")
    ]
    banning.lift(tended, "a_reader", moderator)
    assert change(tended, people.reader, "the-keeper", "He trims", "He cleans").sort == "saved"
    assert [one.sort for one in Act.objects.whole(because=WHY).order_by("pk")] == ["ban", "lift-ban"]


@pytest.mark.parametrize(
    ("by", "whom", "may"),
    [
        ("moderator", "reader", True),
        ("moderator", "editor", True),
        ("moderator", "moderator", False),
        ("moderator", "owner", False),
        ("owner", "moderator", True),
        ("owner", "owner", False),
        ("editor", "reader", False),
        ("reader", "newcomer", False),
    ],
)
def test_a_ban_hits_only_lesser_parts(tended: Story, people: Crew, by: str, whom: str, *, may: bool) -> None:
    mine, name = rights(getattr(people, by), tended), getattr(people, whom).username
    if may:
        banning.ban(tended, name, mine)
    else:
        with pytest.raises(NotAllowedError):
            banning.ban(tended, name, mine)
    assert Ban.objects.filter(story=tended, user__username=name).exists() == may


def test_undo_all_takes_everything_back_in_one_step(tended: Story, people: Crew) -> None:
    before = sources(tended, "the-keeper"), sources(tended, "the-cook")
    change(tended, people.reader, "the-keeper", "He trims", "He eats")
    change(tended, people.reader, "the-keeper", "He eats", "He burns")
    change(tended, people.reader, "the-cook", "She bakes bread. {1:5}\n\n", "")
    create(tended, people.reader, "Spam Shop", "Buy here. {1:6}")
    done = banning.undo_all(tended, "a_reader", rights(people.moderator, tended), horizon=END)
    assert done == banning.TakenBack(4, ())
    assert (sources(tended, "the-keeper"), sources(tended, "the-cook")) == before
    assert find_entry(tended, "spam-shop", ALL) is None
    again = banning.undo_all(tended, "a_reader", rights(people.moderator, tended), horizon=END)
    assert (again.saves, [one.sort for one in Act.objects.whole(because=WHY)]) == (0, ["undo-all"])


def test_undo_all_lists_what_others_have_changed_since(tended: Story, people: Crew) -> None:
    change(tended, people.reader, "the-keeper", "He trims", "He eats")
    change(tended, people.editor, "the-keeper", "He eats", "He guards")
    change(tended, people.reader, "the-cook", "She bakes", "She burns")
    done = banning.undo_all(tended, "a_reader", rights(people.moderator, tended), horizon=END)
    (left,) = done.left
    assert left.entry
    assert (done.saves, left.entry.title, left.before, left.theirs, left.now) == (
        2,
        "The Keeper",
        "He trims the lamp. {1:3}",
        "He eats the lamp. {1:3}",
        "He guards the lamp. {1:3}",
    )
    assert (sources(tended, "the-keeper")[0], sources(tended, "the-cook")[0]) == (
        "He guards the lamp. {1:3}",
        "She bakes bread. {1:5}",
    )


def test_undo_all_is_for_who_sees_all_of_it(tended: Story, people: Crew) -> None:
    change(tended, people.reader, "the-keeper", "Nobody knows", "Everybody knows")
    change(tended, people.reader, "the-cook", "She bakes", "She burns")
    moderator = rights(people.moderator, tended)
    assert banning.person(tended, "a_reader", moderator, horizon("2")).saves == 1
    with pytest.raises(NotAllowedError, match="beyond what you have read"):
        banning.undo_all(tended, "a_reader", moderator, horizon=horizon("2"))
    assert sources(tended, "the-keeper")[2] == "Everybody knows where. {4:4}"
    assert banning.undo_all(tended, "a_reader", moderator, horizon=END).saves == 2
    assert sources(tended, "the-keeper")[2] == "Nobody knows where. {4:4}"


def test_undo_all_is_not_for_ones_equals(tended: Story, people: Crew) -> None:
    change(tended, people.owner, "the-keeper", "He trims", "He cleans")
    with pytest.raises(NotAllowedError):
        banning.undo_all(tended, "a_owner", rights(people.moderator, tended), horizon=END)
    assert not Revision.objects.whole(because=WHY).filter(sort="undo").exists()


def test_nobody_by_that_name_is_gone(tended: Story, people: Crew) -> None:
    with pytest.raises(GoneError):
        banning.person(tended, "no_one", rights(people.moderator, tended), END)
