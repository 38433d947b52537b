"""What becomes of tags by hand when entries are merged, and when all that an account did is taken back."""

from typing import Final

from reader.models import Story, User
from wiki import compiling
from wiki.models import Entry, Tagging
from wiki.search import keeping
from wiki.tagging import storing

_WHY: Final = "tags go with their entry and with their maker, whoever may see them"


def follow_merge(source: Entry, target: Entry, *, since: int) -> None:
    """Tags by hand of a merged entry become the other's, known from no earlier than it is (`since`).

    Where both were decided about at the same words, the decision about the other stands.
    """
    held = Tagging.objects.whole(because=_WHY).filter(entry=target, origin="hand", is_lost=False)
    taken = set(held.values_list("paragraph_id", "start", "end"))
    for row in Tagging.objects.whole(because=_WHY).filter(entry=source, origin="hand").order_by("pk"):
        if not row.is_lost and (row.paragraph_id, row.start, row.end) in taken:
            row.delete()
            continue
        row.entry, row.since = target, max(row.since, since)
        row.save(update_fields=["entry", "since"])
    keeping.renew(target.story, [source.pk, target.pk])


def take_back_all(story: Story, user: User) -> int:
    """Drop every decision of an account, so that the finder's stand again; how many there were."""
    rows = list(Tagging.objects.whole(because=_WHY).filter(story=story, editor=user, origin="hand"))
    Tagging.objects.whole(because=_WHY).filter(pk__in=[row.pk for row in rows]).delete()
    touched = {row.entry_id for row in rows}
    for paragraph in {row.paragraph_id for row in rows}:
        touched |= storing.cover(paragraph)
    if touched:
        compiling.raise_versions(story, touched)
    return len(rows)
