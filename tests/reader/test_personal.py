"""What the reader's part of the site knows of one person."""

from datetime import UTC, datetime

from reader import personal
from reader.models import Bookmark, Membership, Place, Story, User
from reader.text import points

WHEN = datetime(2024, 5, 1, 12, tzinfo=UTC)


def test_gathered_tells_places_bookmarks_and_roles(story: Story, member: User) -> None:
    Place.objects.create(
        user=member,
        story=story,
        place=points.point(2, 5),
        reached=points.chapter_end(3),
        shows_all=True,
        updated_at=WHEN,
    )
    mark = Bookmark.objects.create(user=member, story=story, point=points.point(2, 7), note="here")
    Membership.objects.create(user=member, story=story, role=Membership.Role.EDITOR)

    assert personal.gathered(member) == {
        "places": [{"story": "The Lamp", "place": "2:5", "reached": "3", "shows_everything": True, "changed": WHEN}],
        "bookmarks": [{"story": "The Lamp", "point": "2:7", "note": "here", "made": mark.created_at}],
        "roles": [{"story": "The Lamp", "role": "editor"}],
    }


def test_gathered_tells_nothing_of_others(story: Story, member: User, owner: User) -> None:
    Place.objects.create(user=owner, story=story, reached=points.chapter_end(3), updated_at=WHEN)

    assert personal.gathered(member) == {"places": [], "bookmarks": [], "roles": []}
    assert len(personal.gathered(owner)["places"]) == 1
