"""/account/: what there is of an account, for its owner alone."""

from reader.models import Membership, Story, User
from tests.conftest import Visitor

from .doors import said, sign_in


def test_overview_shows_name_address_and_what_can_be_done(member: User, newcomer: Visitor) -> None:
    sign_in(newcomer)
    response = newcomer.get("/account/")
    page = said(response)

    assert ("mo_farrow" in page, "mo@example.org" in page, "in 1 browser" in page) == (True, True, True)
    for path in ("email/", "password/change/", "2fa/", "sessions/", "data/", "delete/"):
        assert f'href="/account/{path}"' in response.content.decode()
    assert "no-store" in response["Cache-Control"]


def test_overview_leads_a_stranger_to_the_door(db: None, newcomer: Visitor) -> None:
    assert newcomer.get("/account/")["Location"] == "/account/login/?next=/account/"


def test_overview_names_the_parts_that_one_has(story: Story, member: User, signed_in: Visitor) -> None:
    assert "Your part" not in said(signed_in.get("/account/"))
    Membership.objects.create(user=member, story=story, role=Membership.Role.OWNER)

    assert "Your part owner The Lamp People" in said(signed_in.get("/account/"))


def test_what_have_i_read_says_where_it_is_kept(story: Story, signed_in: Visitor, halfway: Visitor) -> None:
    signed_in.post(f"/read/{story.slug}/reached/", {"point": "2"})

    assert "kept in your account and shown to nobody else" in said(signed_in.get("/read/"))
    assert "kept in this browser and goes nowhere else" in said(halfway.get("/read/"))
