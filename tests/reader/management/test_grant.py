"""`manage.py grant USER STORY ROLE`: one sentence, whatever happens."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from reader.models import Story, User


def run(*arguments: str) -> str:
    said = StringIO()
    call_command("grant", *arguments, stdout=said)
    return said.getvalue()


def test_grant_gives_a_role_and_takes_it_away(story: Story, owner: User, member: User) -> None:
    assert run("mo_farrow", "the-lamp", "owner") == "mo_farrow is owner of The Lamp.\n"
    assert story.memberships.get(user=member).role == "owner"
    assert run("MO_FARROW", "the-lamp", "reader") == "mo_farrow is a reader of The Lamp.\n"
    assert not story.memberships.filter(user=member).exists()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("nobody", "the-lamp", "owner"), "Nobody here is called “nobody”."),
        (("mo_farrow", "the-bell", "owner"), "No story has the address “the-bell”."),
        (("hester", "the-lamp", "reader"), "A story keeps an owner: make somebody else one first."),
        (("mo_farrow", "the-lamp", "king"), "Error: argument role: invalid choice: 'king'"),
    ],
)
def test_grant_refuses_in_one_sentence(
    story: Story, owner: User, member: User, arguments: tuple[str, ...], sentence: str
) -> None:
    with pytest.raises(CommandError) as caught:
        run(*arguments)

    assert str(caught.value).startswith(sentence)
    assert list(story.memberships.values_list("user__username", "role")) == [("hester", "owner")]
