"""The log of what moderators do: one line for every act, and never one less."""

from reader.models import Story, User
from wiki.editing.rights import Rights
from wiki.models import Act, Entry


def log(
    story: Story, rights: Rights, sort: str, *, entry: Entry | None = None, user: User | None = None, note: str = ""
) -> None:
    """Add a line; who may read it must have met the entry that it is about."""
    Act.objects.create(
        story=story,
        by=rights.user,
        sort=sort,
        entry=entry,
        user=user,
        note=note[:500],
        since=entry.since if entry is not None else 0,
    )
