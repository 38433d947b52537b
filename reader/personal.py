"""What the reader's part of the site knows of one person, for “Download my data”."""

from typing import Any

from reader.models import Bookmark, Membership, Place, User
from reader.text import points


def gathered(user: User) -> dict[str, Any]:
    """Places, bookmarks and roles, in the order of the stories' titles; points as they are written (`6:120`)."""
    places = Place.objects.filter(user=user).select_related("story").order_by("story__sort_title", "story_id")
    marks = Bookmark.objects.filter(user=user).select_related("story").order_by("story__sort_title", "point")
    parts = Membership.objects.filter(user=user).select_related("story").order_by("story__sort_title")
    return {
        "places": [
            {
                "story": row.story.title,
                "place": points.format_point(row.place),
                "reached": points.format_point(row.reached),
                "shows_everything": row.shows_all,
                "changed": row.updated_at,
            }
            for row in places
        ],
        "bookmarks": [
            {
                "story": row.story.title,
                "point": points.format_point(row.point),
                "note": row.note,
                "made": row.created_at,
            }
            for row in marks
        ],
        "roles": [{"story": row.story.title, "role": row.role} for row in parts],
    }
