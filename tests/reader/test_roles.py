"""Who has which part in a story, and that the last owner stays."""

from collections.abc import Callable

import pytest

from reader import roles
from reader.errors import RoleError
from reader.models import Membership, Story, User


def parts(story: Story) -> list[tuple[str, str]]:
    return [(row.user.username, row.role) for row in roles.members(story)]


def test_grant_gives_changes_and_takes_away(story: Story, owner: User, member: User) -> None:
    roles.grant(story, member, "editor")
    assert parts(story) == [("hester", "owner"), ("mo_farrow", "editor")]
    roles.grant(story, member, "moderator")
    assert parts(story) == [("hester", "owner"), ("mo_farrow", "moderator")]
    roles.grant(story, member, roles.READER)
    assert parts(story) == [("hester", "owner")]


@pytest.mark.parametrize("role", ["editor", "moderator", ""])
def test_grant_never_takes_the_last_owner(story: Story, owner: User, member: User, role: str) -> None:
    with pytest.raises(RoleError, match=r"A story keeps an owner: make somebody else one first."):
        roles.grant(story, owner, role)
    assert parts(story) == [("hester", "owner")]

    roles.grant(story, member, "owner")
    roles.grant(story, owner, role)

    assert parts(story)[0] == ("mo_farrow", "owner")


def test_grant_knows_no_other_role(story: Story, member: User) -> None:
    with pytest.raises(RoleError, match=r"There is no role “king”."):
        roles.grant(story, member, "king")

    assert parts(story) == []


@pytest.mark.parametrize("name", ["mo_farrow", "MO_Farrow", " mo_farrow "])
def test_person_is_found_in_any_case(member: User, name: str) -> None:
    assert roles.person_called(name) == member


@pytest.mark.parametrize("name", ["nobody", "", "mo@example.org", "x\0y", "x" * 5000])
def test_person_whom_nobody_knows_is_told_in_one_sentence(member: User, name: str) -> None:
    with pytest.raises(RoleError, match=r"^Nobody here is called “"):
        roles.person_called(name)


def test_members_stand_by_role_and_name(story: Story, import_text: Callable[..., Story]) -> None:
    for name, role in (("zoe", "editor"), ("Bea", "moderator"), ("ann", "owner"), ("adam", "editor")):
        Membership.objects.create(user=User.objects.create_user(name), story=story, role=role)

    assert [name for name, _role in parts(story)] == ["ann", "Bea", "adam", "zoe"]
