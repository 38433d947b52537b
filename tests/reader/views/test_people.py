"""/read/<story>/people/: who has a part in a story, for its owners alone."""

import pytest

from reader.models import Membership, Story, User
from tests.conftest import Visitor

URL = "/read/the-lamp/people/"


@pytest.fixture
def owning(owner: User) -> Visitor:
    """The owner's browser."""
    visitor = Visitor()
    visitor.force_login(owner)
    return visitor


def parts(story: Story) -> list[tuple[str, str]]:
    return sorted(story.memberships.values_list("user__username", "role"))


def test_people_lists_who_has_a_part(story: Story, member: User, owning: Visitor) -> None:
    Membership.objects.create(user=member, story=story, role=Membership.Role.EDITOR)

    response = owning.get(URL)

    assert [(row.user.username, row.role) for row in response.context["members"]] == [
        ("hester", "owner"),
        ("mo_farrow", "editor"),
    ]
    page = response.content.decode()
    assert ("mo_farrow" in page, "mo@example.org" in page, 'content="noindex"' in page) == (True, False, True)


@pytest.mark.parametrize("role", ["editor", "moderator", "owner"])
def test_people_gives_a_part_by_name(story: Story, member: User, owning: Visitor, role: str) -> None:
    response = owning.post(URL, {"name": "MO_farrow", "role": role})

    assert (response.status_code, response["Location"]) == (302, URL)
    assert parts(story) == [("hester", "owner"), ("mo_farrow", role)]


def test_people_takes_a_part_away(story: Story, member: User, owning: Visitor) -> None:
    Membership.objects.create(user=member, story=story, role=Membership.Role.MODERATOR)

    owning.post(URL, {"name": "mo_farrow", "role": ""})

    assert parts(story) == [("hester", "owner")]


def test_people_says_that_nobody_has_that_name(story: Story, member: User, owning: Visitor) -> None:
    response = owning.post(URL, {"name": '<b>"nobody', "role": "editor"})

    assert response.status_code == 400
    assert "Nobody here is called “&lt;b&gt;&quot;nobody”." in response.content.decode()
    assert parts(story) == [("hester", "owner")]


@pytest.mark.parametrize("role", ["", "editor", "moderator"])
def test_people_keeps_the_last_owner(story: Story, owning: Visitor, role: str) -> None:
    response = owning.post(URL, {"name": "hester", "role": role})

    assert "A story keeps an owner: make somebody else one first." in response.content.decode()
    assert (response.status_code, parts(story)) == (400, [("hester", "owner")])


def test_people_lets_one_of_two_owners_go(story: Story, member: User, owning: Visitor) -> None:
    owning.post(URL, {"name": "mo_farrow", "role": "owner"})

    response = owning.post(URL, {"name": "hester", "role": ""})

    assert (response["Location"], parts(story)) == ("/read/the-lamp/", [("mo_farrow", "owner")])
    assert owning.get(URL).status_code == 404


@pytest.mark.parametrize("role", [None, "editor", "moderator"])
def test_people_is_not_there_for_anybody_else(story: Story, owner: User, member: User, role: str | None) -> None:
    visitor = Visitor()
    if role is not None:
        Membership.objects.create(user=member, story=story, role=role)
        visitor.force_login(member)
    before = parts(story)

    assert visitor.get(URL).status_code == 404
    assert visitor.post(URL, {"name": "mo_farrow", "role": "owner"}).status_code == 404
    assert parts(story) == before


def test_people_of_another_story_is_not_there_for_this_ones_owner(story: Story, owning: Visitor) -> None:
    other = Story.objects.create(slug="the-bell", title="The Bell")
    assert owning.get(URL).status_code == 200

    assert owning.post("/read/the-bell/people/", {"name": "hester", "role": "owner"}).status_code == 404
    assert parts(other) == []


def test_people_takes_no_form_from_elsewhere(story: Story, member: User, owning: Visitor) -> None:
    fields = {"name": "mo_farrow", "role": "owner"}

    response = owning.post(URL, fields, headers={"Sec-Fetch-Site": "cross-site"})

    assert (response.status_code, parts(story)) == (403, [("hester", "owner")])
    assert owning.post(URL, fields).status_code == 302
