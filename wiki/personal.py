"""What the wikis of this site know of one person, for “Download my data”."""

from typing import Any, Final

from reader.models import User
from wiki.models import Ban, Image, Proposal, Report, Revision, Tagging, Watch

_WHY: Final = "what somebody wrote is theirs to take along; entries are named as far as they have read"


def gathered(user: User) -> dict[str, Any]:
    """Saves, proposals, reports, watched entries, pictures, tags and bans, the oldest first.

    Entries have random ids here: what they are called may lie further on than this person has read.
    """
    return {
        "saves": list(
            Revision.objects.whole(because=_WHY)
            .filter(editor=user)
            .order_by("pk")
            .values("public_id", "story__title", "entry__public_id", "sort", "summary", "created_at")
        ),
        "proposals": list(
            Proposal.objects.whole(because=_WHY)
            .filter(editor=user)
            .order_by("pk")
            .values("public_id", "story__title", "form", "summary", "state", "note", "created_at")
        ),
        "reports": list(
            Report.objects.whole(because=_WHY)
            .filter(reporter=user)
            .order_by("pk")
            .values("public_id", "story__title", "entry__public_id", "note", "created_at")
        ),
        "watches": list(
            Watch.objects.filter(user=user).order_by("pk").values("entry__story__title", "entry__public_id", "told_at")
        ),
        "pictures": list(
            Image.objects.whole(because=_WHY)
            .filter(uploader=user)
            .order_by("pk")
            .values("public_id", "story__title", "width", "height", "size", "created_at")
        ),
        "tags": list(
            Tagging.objects.whole(because=_WHY)
            .filter(editor=user, origin="hand")
            .order_by("pk")
            .values("story__title", "entry__public_id", "words", "role", "state", "decided_at")
        ),
        "bans": list(Ban.objects.filter(user=user).order_by("pk").values("story__title", "note", "created_at")),
    }
