"""The lamp's story with its wiki and its tags, and what people do to them by hand: for the tests of tagging."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from reader.models import Membership, Paragraph, Story, User
from reader.text.points import EVERYTHING, format_point, parse_point
from tests.wiki.lamps import INES, THEO, WILF
from tests.wiki.packs import entry, write_pack
from wiki.editing.rights import Rights, rights_of
from wiki.models import Tagging
from wiki.packing import import_pack
from wiki.tagging import finding
from wiki.tagging.deciding import Decision, decide, undo

WHY = "a test looks at all tags"
NOW = datetime(2024, 5, 1, 12, tzinfo=UTC)
# Known from the end on: whoever has read less has not met him.
JONAH = entry("Jonah is told of. {2:3}", Jonah="2:3")


def light(story: Story, folder: Path, **more: str) -> Story:
    """Wilf (1:2), Ines (1:3, Ines Tarrant from 2:1), Theo (2:1) and Jonah (2:3) in the lamp's wiki, and their tags."""
    import_pack(write_pack(folder, {"wilf": WILF, "ines": INES, "theo": THEO, "jonah": JONAH, **more}))
    finding.tag_all(story)
    return story


@dataclass(frozen=True)
class Hand:
    """Somebody who has read up to a point."""

    story: Story
    user: User
    horizon: int

    @property
    def rights(self) -> Rights:
        return rights_of(self.user, self.story)

    def at(self, point: str) -> "Hand":
        """The same person, who has read as far as this."""
        return replace(self, horizon=EVERYTHING if point == "all" else parse_point(point))

    def decision(self, point: str, words: str, slug: str, **said: object) -> Decision:
        """About the first of these words in a paragraph."""
        row = Paragraph.objects.get(chapter__story=self.story, point=parse_point(point), is_retired=False)
        start = row.text.index(words)
        return Decision(row.point, start, start + len(words), slug, words, **said)  # type: ignore[arg-type]

    def link(self, point: str, words: str, slug: str, **said: object) -> bool:
        """They mean this entry."""
        decision = self.decision(point, words, slug, **said)
        return decide(self.story, decision, self.rights, horizon=self.horizon, now=NOW)

    def reject(self, point: str, words: str, slug: str) -> bool:
        """They do not."""
        return self.link(point, words, slug, is_link=False)

    def undo(self, point: str, words: str, slug: str) -> None:
        """Take back what was decided last."""
        undo(self.story, self.decision(point, words, slug), self.rights, horizon=self.horizon)


def hand(story: Story, name: str, *, role: str = "", point: str = "2") -> Hand:
    """Somebody with an account."""
    user = User.objects.create_user(name, f"{name}@example.org", "a long enough phrase")
    if role:
        Membership.objects.create(user=user, story=story, role=role)
    return Hand(story, user, 0).at(point)


def rows(story: Story, *, origin: str = "hand") -> list[tuple[str, str, str, str, str, str]]:
    """All tags of one origin: paragraph, words, entry, state, role, since when; in the order of the text."""
    found = Tagging.objects.whole(because=WHY).filter(story=story, origin=origin).order_by("point", "start", "pk")
    return [
        (
            format_point(row.point),
            row.words,
            row.entry.source_name.removeprefix("entries/").removesuffix(".md"),
            str(row.state),
            str(row.role),
            format_point(row.since),
        )
        for row in found.select_related("entry")
    ]
