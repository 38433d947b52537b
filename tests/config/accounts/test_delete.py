"""/account/delete/: asks who it is, asks for one tick, and leaves nothing personal."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

from reader.models import Bookmark, Membership, Place, Story, User
from tests.conftest import Visitor

from .doors import PHRASE, is_signed_in, said, sign_in, sign_in_and_confirm


@pytest.fixture
def known(story: Story, member: User, newcomer: Visitor) -> Visitor:
    """The member's browser, with a place, a bookmark, a part and an address."""
    sign_in_and_confirm(newcomer)
    newcomer.get("/account/")
    newcomer.post(f"/read/{story.slug}/reached/", {"point": "3"})
    newcomer.post(f"/read/{story.slug}/bookmarks/", {"point": "2:5", "note": "here"})
    Membership.objects.create(user=member, story=story, role=Membership.Role.EDITOR)
    return newcomer


def test_delete_takes_everything_personal(known: Visitor) -> None:
    other = Visitor()
    sign_in(other)
    Authenticator.objects.create(user=User.objects.get(), type="webauthn", data={})

    response = known.post("/account/delete/", {"sure": "yes"})

    assert "Your account is gone" in said(response)
    models = (User, EmailAddress, Authenticator, UserSession, Session, Place, Bookmark, Membership)
    assert {model.__name__: model.objects.count() for model in models} == dict.fromkeys(
        (model.__name__ for model in models), 0
    )
    assert (is_signed_in(known), is_signed_in(other)) == (False, False)


def test_delete_asks_for_the_tick_first(known: Visitor) -> None:
    response = known.post("/account/delete/")

    assert (response.status_code, "Tick the box first. Nothing was deleted." in said(response)) == (400, True)
    assert User.objects.count() == 1


def test_delete_asks_again_who_it_is(member: User, signed_in: Visitor) -> None:
    """A session that was not opened just now, as on a phone that lies about."""
    response = signed_in.post("/account/delete/", {"sure": "yes"})

    assert (response.status_code, User.objects.count()) == (302, 1)
    assert response["Location"].startswith("/account/reauthenticate/")
    signed_in.post(response["Location"], {"password": "wrong"})
    assert User.objects.count() == 1
    signed_in.post(response["Location"], {"password": PHRASE})
    signed_in.post("/account/delete/", {"sure": "yes"})
    assert User.objects.count() == 0


def test_delete_leaves_others_alone(known: Visitor, owner: User) -> None:
    known.post("/account/delete/", {"sure": "yes"})

    assert list(User.objects.all()) == [owner]
    assert Membership.objects.get().user == owner


def test_delete_warns_the_last_owner_that_the_story_stays(story: Story, owner: User, newcomer: Visitor) -> None:
    sign_in_and_confirm(newcomer, "hester")
    assert "These stories stay, without an owner." in said(newcomer.get("/account/delete/"))
    Membership.objects.create(user=User.objects.create_user("second"), story=story, role=Membership.Role.OWNER)
    assert "These stories stay" not in said(newcomer.get("/account/delete/"))

    newcomer.post("/account/delete/", {"sure": "yes"})

    assert Story.objects.count() == 1


def test_delete_of_a_stranger_leads_to_the_door(db: None, newcomer: Visitor) -> None:
    assert newcomer.post("/account/delete/", {"sure": "yes"})["Location"] == "/account/login/?next=/account/delete/"
