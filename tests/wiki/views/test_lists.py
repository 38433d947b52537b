"""Lists about a wiki itself: recent changes, contributors, what links here, what is wanted, what nothing links to."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reader.models import Story, User
from tests.conftest import Visitor, manuscript_of
from tests.wiki.gate.desk import acts, at, edit, everything, more, tell
from tests.wiki.views.test_history import page, reader_at

LISTS = ("recent", "people", "wanted", "orphans")


@pytest.fixture
def told(db: None, import_text: Callable[..., Story], tmp_path: Path) -> Story:
    return tell(import_text(manuscript_of(5)), tmp_path)


@pytest.mark.parametrize("name", LISTS)
def test_lists_are_private_and_found_by_no_search(told: Story, name: str) -> None:
    answer = reader_at("2").get(f"/wiki/the-lamp/-/{name}/")

    assert (answer.status_code, answer["Cache-Control"], answer["X-Robots-Tag"]) == (
        200,
        "private, no-cache",
        "noindex",
    )
    assert 'name="robots" content="noindex"' in answer.content.decode()


@pytest.mark.parametrize("name", [*LISTS, "feed"])
def test_lists_of_an_unknown_story_are_not_there(newcomer: Visitor, name: str) -> None:
    assert newcomer.get(f"/wiki/unknown/-/{name}/").status_code == 404


def test_lists_say_when_they_are_empty(told: Story) -> None:
    visitor = reader_at("1:1")

    assert "Nothing has been changed in this wiki" in page(visitor, "-/recent/")
    assert "Nobody has changed anything" in page(visitor, "-/people/")
    assert "Every link that you can see leads somewhere" in page(visitor, "-/wanted/")
    assert "Every page that you have met is linked" in page(visitor, "-/orphans/")
    assert "Nothing links here" in page(reader_at("2"), "the-keeper/links/")


def test_recent_changes_show_the_part_that_is_known(told: Story, member: User) -> None:
    edit(told, member, "4", more("It burns. {1:5}"), summary="Written at the end of four")

    early, late = (page(reader_at(point), "-/recent/") for point in ("2", "4"))
    assert ("mo_farrow" in early, "Written at the end" in early) == (True, False)
    assert ("mo_farrow" in late, "Written at the end" in late) == (True, True)


def test_recent_changes_of_a_deleted_entry_lead_nowhere(told: Story, member: User) -> None:
    acts.delete(told, "the-house", everything(member), horizon=at("all"))
    html = page(reader_at("2"), "-/recent/")

    assert '<span class="save-title" lang="en">The House</span>' in html
    assert "the-house" not in html
    assert "The House" not in page(reader_at("1:3"), "-/recent/")


def test_recent_changes_go_on_over_pages(told: Story, member: User) -> None:
    for number in range(60):
        edit(told, member, "2", more(f"It burns {number}. {{1:5}}"))
    visitor = reader_at("2")
    first = page(visitor, "-/recent/")
    link = first.partition('href="?page=')[2].partition('"')[0]
    second = page(visitor, f"-/recent/?page={link}")

    assert (first.count('<li class="save">'), second.count('<li class="save">')) == (50, 12)
    assert (">Older</a>" in second, "Back to the latest" in second) == (False, True)


def test_contributor_is_unknown_where_nothing_of_theirs_shows(told: Story, member: User, owner: User) -> None:
    edit(told, member, "4", more("It burns. {3:5}"))

    def status(point: str, name: str) -> int:
        return reader_at(point).get(f"/wiki/the-lamp/-/people/{name}/").status_code

    assert [status("2", name) for name in ("mo_farrow", "hester", "unknown")] == [404] * 3
    assert status("4", "mo_farrow") == 200


def test_former_editors_have_no_page(told: Story, member: User) -> None:
    edit(told, member, "2", more("It burns. {1:5}"))
    member.delete()
    html = page(reader_at("2"), "-/people/")

    assert ("Former editors" in html, "mo_farrow" in html) == (True, False)
    assert "a former editor" in page(reader_at("2"), "the-keeper/history/")


def test_wanted_leads_to_a_new_entry(told: Story, member: User) -> None:
    edit(told, member, "2", more("[[The Wreck & Rock]] lies there. {1:5}"))
    link = '<a class="tally-name" lang="en" href="/wiki/the-lamp/-/new/?name=The%20Wreck%20%26%20Rock">'

    assert (link in page(reader_at("1:4"), "-/wanted/"), link in page(reader_at("2"), "-/wanted/")) == (False, True)


def test_orphans_and_links_follow_what_shows(told: Story, member: User) -> None:
    edit(told, member, "4", more("[[The Keeper]] sleeps. {2:1}"), slug="the-house")

    assert "The Keeper" in page(reader_at("1:5"), "-/orphans/")
    assert "The Keeper" not in page(reader_at("2:1"), "-/orphans/")
    assert "The House" not in page(reader_at("1:5"), "the-keeper/links/")
    assert "The House" in page(reader_at("2:1"), "the-keeper/links/")


def test_links_of_lowered_lists_stay_lowered(told: Story, member: User) -> None:
    visitor = reader_at("4")

    assert 'href="/wiki/the-lamp/the-keeper/?as=2"' in page(visitor, "-/recent/?as=2")
    assert 'href="/wiki/the-lamp/the-keeper/"' in page(visitor, "-/recent/")


def test_the_portal_leads_to_the_lists(told: Story) -> None:
    html = page(reader_at("2"), "")

    assert [name for name in LISTS if f'href="/wiki/the-lamp/-/{name}/"' not in html] == []


def test_pages_cost_as_many_queries_whatever_was_saved(told: Story, member: User) -> None:
    visitor = reader_at("2")
    paths = ["the-keeper/history/", "-/recent/", "-/people/", "-/wanted/", "-/orphans/", "the-keeper/links/", "-/feed/"]

    def count() -> list[int]:
        found = []
        for path in paths:
            with CaptureQueriesContext(connection) as queries:
                page(visitor, path)
            found.append(len(queries))
        return found

    edit(told, member, "2", more("It burns. {1:5}"))
    count()
    few = count()
    for number in range(20):
        edit(told, member, "2", more(f"It burns {number}. {{1:5}}"))
    assert count() == few
