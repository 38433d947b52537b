"""/account/data/: everything the site knows of a person, as one file."""

import json

from config.accounts import personal
from reader.models import Story, User
from tests.conftest import Visitor

from .doors import sign_in_and_confirm


def test_data_is_one_file_with_everything(story: Story, member: User, newcomer: Visitor) -> None:
    sign_in_and_confirm(newcomer)
    newcomer.post(f"/read/{story.slug}/reached/", {"point": "3"})
    newcomer.post(f"/read/{story.slug}/bookmarks/", {"point": "2:5", "note": "here"})

    response = newcomer.get("/account/data/")
    found = json.loads(response.content)

    assert response["Content-Disposition"] == 'attachment; filename="story-so-far-mo_farrow.json"'
    assert "no-store" in response["Cache-Control"]
    assert found["account"]["name"] == "mo_farrow"
    assert found["account"]["email"] == "mo@example.org"
    assert len(found["account"]["sessions"]) == 1
    assert [(place["story"], place["reached"]) for place in found["reading"]["places"]] == [("The Lamp", "3")]
    assert [(mark["point"], mark["note"]) for mark in found["reading"]["bookmarks"]] == [("2:5", "here")]


def test_data_holds_no_secret_and_nobody_elses(story: Story, member: User, newcomer: Visitor) -> None:
    User.objects.create_user("other", "other@example.org", "a long enough phrase")
    sign_in_and_confirm(newcomer)
    newcomer.get("/account/2fa/totp/activate/")

    text = newcomer.get("/account/data/").content.decode()

    assert "mo@example.org" in text
    for secret in ("argon2", "other", newcomer.cookies["sessionid"].value, newcomer.session["mfa.totp.secret"]):
        assert secret not in text


def test_every_part_that_is_there_is_gathered(member: User) -> None:
    assert set(personal.everything(member)) - {"wiki"} == {"account", "reading"}


def test_data_of_a_stranger_leads_to_the_door(db: None, newcomer: Visitor) -> None:
    assert newcomer.get("/account/data/")["Location"] == "/account/login/?next=/account/data/"
