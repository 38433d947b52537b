"""While the site is read-only nothing is changed, and everything can be read."""

import pytest
from django.core.management import CommandError, call_command
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from pytest_django import DjangoAssertNumQueries, Settings

from config.read_only import refuse_changes
from reader.models import Bookmark, Place, Story, Switch
from tests.conftest import Visitor
from tests.reader.visits import at, standing_of

CHANGES = ["/read/-/forget/", "/read/the-lamp/bookmarks/", "/wiki/the-lamp/-/new/", "/accounts/login/", "/nowhere/"]


@pytest.fixture
def _closed(db: None) -> None:
    call_command("read_only", "on", say="Back at noon, with a larger shelf.")


@pytest.mark.usefixtures("_closed")
@pytest.mark.parametrize("path", CHANGES)
def test_read_only_refuses_changes_with_a_sentence(story: Story, newcomer: Visitor, path: str) -> None:
    response = newcomer.post(path, {"point": "1:1"})
    page = response.content.decode()

    assert (response.status_code, response["Retry-After"]) == (503, "300")
    assert response["Cache-Control"] == "private, no-store"
    assert "Nothing can be changed just now" in page
    assert "what you wrote is still in your browser: go back" in page
    assert "Back at noon, with a larger shelf." in page
    assert "<html" in page


@pytest.mark.parametrize("path", CHANGES)
def test_read_only_leaves_changes_alone_when_it_is_off(story: Story, newcomer: Visitor, path: str) -> None:
    call_command("read_only", "on")
    call_command("read_only", "off")

    assert newcomer.post(path, {"point": "1:1"}).status_code != 503


@pytest.mark.usefixtures("_closed")
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_read_only_refuses_every_writing_method(db: None, newcomer: Visitor, method: str) -> None:
    assert newcomer.generic(method, "/wiki/the-lamp/").status_code == 503


@pytest.mark.usefixtures("_closed")
@pytest.mark.parametrize(
    "path", ["/", "/read/the-lamp/", "/read/the-lamp/2/", "/wiki/the-lamp/", "/look/", "/healthz/"]
)
def test_read_only_lets_everything_be_read(story: Story, newcomer: Visitor, path: str) -> None:
    assert newcomer.get(path).status_code == 200
    assert newcomer.head(path).status_code == 200


@pytest.mark.usefixtures("_closed")
def test_read_only_tells_scripts_in_json(db: None, newcomer: Visitor) -> None:
    response = newcomer.post("/wiki/the-lamp/-/new/", headers={"Accept": "application/json"})

    assert (response.status_code, response["Retry-After"]) == (503, "300")
    assert response.json()["error"].endswith("send it again later. Back at noon, with a larger shelf.")


@pytest.mark.usefixtures("_closed")
def test_read_only_lets_a_browsers_place_and_look_change(story: Story, newcomer: Visitor) -> None:
    assert newcomer.post("/read/the-lamp/reached/", {"point": "2"}).status_code == 302
    report = {"by": "reading", "start": "3:1", "point": "3:4", "place": "3:4"}
    assert newcomer.post("/read/the-lamp/reached/", report).status_code == 204
    assert newcomer.post("/look/", {"theme": "dark"}).status_code == 302

    assert standing_of(newcomer, story) == at("3:4", "3:4")
    assert newcomer.cookies["look"].value == "theme:dark"


def test_read_only_leaves_an_accounts_place_as_it_was(story: Story, signed_in: Visitor) -> None:
    signed_in.post("/read/the-lamp/reached/", {"point": "1"})
    before = list(Place.objects.values())
    report = {"by": "reading", "start": "2:1", "point": "2:4", "place": "2:4"}
    call_command("read_only", "on")

    answers = [
        signed_in.post("/read/the-lamp/reached/", fields).status_code
        for fields in (report, {"point": "4"}, {"point": "all"}, {"point": "forget"}, {"looking": "1"})
    ]
    answers.append(
        signed_in.get("/read/the-lamp/seen.gif?page=2/1", headers={"Referer": "http://testserver/"}).status_code
    )

    assert answers == [204, 302, 302, 302, 302, 200]
    assert list(Place.objects.values()) == before

    call_command("read_only", "off")
    signed_in.post("/read/the-lamp/reached/", report)
    assert list(Place.objects.values()) != before


@pytest.mark.usefixtures("_closed")
def test_read_only_keeps_bookmarks_from_being_written(story: Story, newcomer: Visitor) -> None:
    newcomer.post("/read/the-lamp/bookmarks/", {"point": "1:1"})
    assert Bookmark.objects.count() == 0

    call_command("read_only", "off")
    newcomer.post("/read/the-lamp/bookmarks/", {"point": "1:1"})
    assert Bookmark.objects.count() == 1


def asked(method: str, path: str = "/wiki/the-lamp/-/new/") -> HttpResponse:
    """What the middleware does by itself; whoever passes gets “passed”."""
    request: HttpRequest = RequestFactory().generic(method, path)
    return refuse_changes(lambda _request: HttpResponse("passed"))(request)


@pytest.mark.parametrize("is_on", [True, False])
def test_read_only_costs_one_query_for_a_change_and_none_for_reading(
    db: None, django_assert_num_queries: DjangoAssertNumQueries, is_on: bool
) -> None:
    call_command("read_only", "on" if is_on else "off")

    with django_assert_num_queries(1):
        assert (asked("POST").content == b"passed") is not is_on
    with django_assert_num_queries(0):
        assert asked("GET").content == b"passed"
        assert asked("POST", "/look/").content == b"passed"
        assert asked("POST", "/read/the-lamp/reached/").content == b"passed"


@pytest.mark.usefixtures("_closed")
def test_read_only_costs_one_query_in_the_whole_answer(
    newcomer: Visitor, signed_in: Visitor, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for visitor in (newcomer, signed_in):
        with django_assert_num_queries(1):
            assert visitor.post("/wiki/the-lamp/-/new/").status_code == 503


def test_read_only_by_environment_asks_nobody(
    db: None, settings: Settings, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    settings.READ_ONLY = True

    with django_assert_num_queries(0):
        assert asked("POST").status_code == 503


def test_read_only_command_says_how_things_stand(
    db: None, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("read_only", "on", say=" Back\n at noon. ")
    assert list(Switch.objects.values_list("is_read_only", "sentence")) == [(True, "Back at noon.")]
    call_command("read_only", "off")
    assert list(Switch.objects.values_list("is_read_only", "sentence")) == [(False, "")]
    settings.READ_ONLY = True
    call_command("read_only", "off")

    assert capsys.readouterr().out.splitlines() == [
        "The site is read-only: nothing can be changed, and jobs wait.",
        "The site takes changes again.",
        "The switch is off, but READ_ONLY=1 keeps the site read-only.",
    ]


def test_read_only_command_refuses_a_speech(db: None) -> None:
    with pytest.raises(CommandError, match="room for 300"):
        call_command("read_only", "on", say="x" * 301)

    assert not Switch.objects.exists()
