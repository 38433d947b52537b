"""The log of what moderators do: one line for every act, and never one less."""

from reader.models import Story, User
from reader.text.points import NOTHING
from wiki.editing import dating
from wiki.editing.rights import Rights
from wiki.models import Act, Entry


def log(
    story: Story,
    rights: Rights,
    sort: str,
    *,
    entry: Entry | None = None,
    user: User | None = None,
    note: str = "",
    horizon: int = NOTHING,
    since: int = NOTHING,
) -> None:
    """Add a line. Who may read it must have met the entry that it is about, have read as far as whoever wrote the
    note (`horizon`, a point), and up to `since`: what else the act was about shows from there."""
    Act.objects.create(
        story=story,
        by=rights.user,
        sort=sort,
        entry=entry,
        user=user,
        note=note[:500],
        since=max(
            since,
            entry.since if entry is not None else NOTHING,
            dating.stamp_for(story, horizon) if note else NOTHING,
        ),
    )
