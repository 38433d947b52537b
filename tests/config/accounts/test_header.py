"""The account's link in every header: the same page for all, a hole for each."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reader.models import Story, User
from tests.conftest import Visitor

PATHS = ["/", "/about/", "/read/", "/read/the-lamp/", "/read/the-lamp/2/", "/read/the-lamp/2/all/", "/wiki/the-lamp/"]


@pytest.mark.parametrize("path", PATHS)
def test_header_leads_to_the_door_and_back_again(story: Story, newcomer: Visitor, path: str) -> None:
    assert f'class="account-link" href="/account/login/?next={path}"' in newcomer.get(path).content.decode()


@pytest.mark.parametrize("path", PATHS)
def test_header_names_who_is_signed_in(story: Story, signed_in: Visitor, newcomer: Visitor, path: str) -> None:
    page = signed_in.get(path).content.decode()

    assert 'class="account-link" href="/account/"' in page
    assert '<span class="account-word">mo_farrow</span>' in page
    assert "mo@example.org" not in page
    assert "mo_farrow" not in newcomer.get(path).content.decode()  # the kept page is the same for all


@pytest.mark.parametrize(
    "path", ["/nowhere-at-all/", "/read/the-lamp/nowhere-at-all/", "/wiki/the-lamp/nowhere-at-all/"]
)
def test_header_of_an_address_that_leads_nowhere_does_not_repeat_it(story: Story, newcomer: Visitor, path: str) -> None:
    response = newcomer.get(path)

    assert response.status_code == 404
    assert 'class="account-link" href="/account/login/"' in response.content.decode()


def test_header_of_the_door_does_not_lead_back_to_the_door(db: None, newcomer: Visitor) -> None:
    assert 'class="account-link" href="/account/login/"' in newcomer.get("/account/signup/").content.decode()


def test_header_costs_a_visitor_without_a_session_no_query(db: None, newcomer: Visitor) -> None:
    with CaptureQueriesContext(connection) as queries:
        newcomer.get("/about/")

    assert list(queries) == []


def test_header_escapes_a_name(story: Story, member: User, signed_in: Visitor) -> None:
    User.objects.update(username='"><b>x')  # no form lets it in

    page = signed_in.get("/read/the-lamp/2/").content.decode()

    assert '"><b>x' not in page
    assert "&quot;&gt;&lt;b&gt;x" in page
