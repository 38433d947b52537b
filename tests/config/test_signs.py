"""NUL in addresses and forms: refused or left out, and never an error."""

from reader.models import Story
from tests.conftest import Visitor


def test_address_with_nul_is_not_found_and_a_question_a_bad_one(story: Story, newcomer: Visitor) -> None:
    addresses = (
        "/wiki/the-lamp/-/people/a%00b/",
        "/wiki/%00/",
        f"/wiki/{story.slug}/?x=%00",
    )

    assert [newcomer.get(address).status_code for address in addresses] == [404, 404, 400]
    assert newcomer.get(f"/wiki/{story.slug}/?x=%2500").status_code == 200


def test_name_with_nul_at_the_door_is_no_error(newcomer: Visitor, db: None) -> None:
    assert newcomer.post("/account/login/", {"login": "a\0b", "password": "a\0b"}).status_code == 200
