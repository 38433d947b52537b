"""`/read/<story>/bookmarks/<id>/remove/`: taken out by their owner alone."""

import pytest

from reader.models import Bookmark, Story
from tests.conftest import Visitor

URL = "/read/the-lamp/bookmarks/"


def kept(visitor: Visitor) -> list[tuple[str, str]]:
    return [(mark["label"], mark["note"]) for mark in visitor.get(URL).context["bookmarks"]]


def test_bookmark_remove_takes_one_out(story: Story, newcomer: Visitor) -> None:
    for point in ("1:2", "1:3"):
        newcomer.post(URL, {"point": point})
    mark = Bookmark.objects.in_order()[0]

    response = newcomer.post(f"{URL}{mark.public_id}/remove/")

    assert (response.status_code, response["Location"], kept(newcomer)) == (302, URL, [("1:3", "")])


def test_bookmark_remove_of_somebody_elses_changes_nothing(
    story: Story, newcomer: Visitor, stranger: Visitor, signed_in: Visitor
) -> None:
    newcomer.post(URL, {"point": "1:2"})
    stranger.post(URL, {"point": "1:3"})
    mark = Bookmark.objects.in_order()[0]

    statuses = [who.post(f"{URL}{mark.public_id}/remove/").status_code for who in (stranger, signed_in)]

    assert (statuses, kept(newcomer)) == ([302, 302], [("1:2", "")])


@pytest.mark.parametrize("public_id", ["nothing", "%00", "%ED%B3%BF", "x" * 5000])
def test_bookmark_remove_of_what_is_not_there_changes_nothing(story: Story, newcomer: Visitor, public_id: str) -> None:
    newcomer.post(URL, {"point": "1:2"})

    assert newcomer.post(f"{URL}{public_id}/remove/").status_code in {302, 404}
    assert kept(newcomer) == [("1:2", "")]


def test_bookmark_remove_by_get_is_refused(story: Story, newcomer: Visitor) -> None:
    newcomer.post(URL, {"point": "1:2"})

    assert newcomer.get(f"{URL}{Bookmark.objects.get().public_id}/remove/").status_code == 405
    assert kept(newcomer) == [("1:2", "")]
