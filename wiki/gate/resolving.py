"""Turns stored html into what one horizon shows: links to what is met, citations, pictures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.safestring import SafeString, mark_safe

from reader.models import Story
from reader.text import points
from wiki.gate.naming import Known
from wiki.models import Block, Image
from wiki.text import placing, resolving, shape


@dataclass(frozen=True, slots=True)
class ShownPart:
    """A block as the pure side shows it."""

    kind: str
    marks: str
    level: int
    html: str
    text: str
    since: int
    until: int | None
    links: tuple[str, ...]
    images: tuple[str, ...]
    key: str = ""


def shown_parts(blocks: Sequence[Block]) -> list[ShownPart]:
    """Visible blocks, each with the marks that it has without those that are not among them."""
    marks = placing.marks_again([(row.shape.get("marks", ""), row.shape.get("nests", ())) for row in blocks])
    return [
        ShownPart(
            kind=row.kind,
            marks=mark,
            level=shape.Block(row.kind, row.source).level,
            html=row.html,
            text=row.text,
            since=row.since,
            until=row.until,
            links=tuple(row.shape.get("links", ())),
            images=tuple(row.shape.get("images", ())),
            key=row.key,
        )
        for row, mark in zip(blocks, marks, strict=True)
    ]


def shown_images(story: Story, parts: Sequence[ShownPart], horizon: int) -> dict[str, resolving.Picture]:
    """The pictures in these blocks, by public id; no query where there are none."""
    wanted = {identity for part in parts for identity in part.images}
    rows = Image.objects.at(horizon).filter(story=story, public_id__in=wanted) if wanted else ()
    found = {}
    for row in rows:
        base = f"/wiki/{story.slug}/-/picture/{row.public_id}"
        srcset = f"{base}/352.webp 352w, {base}/704.webp 704w"
        width = min(704, row.width)
        found[row.public_id] = resolving.Picture(
            f"{base}/704.webp", width, max(1, round(row.height * width / row.width)), srcset
        )
    return found


@dataclass(frozen=True, slots=True)
class Resolver:
    """Turns the numbered places in stored html into links to what is met, and into plain words otherwise."""

    story: Story
    known: Known
    images: Mapping[str, resolving.Picture] = field(default_factory=dict)
    back: str = ""  # the entry to which the reading page offers the way back

    def safe(self, html: str, links: Sequence[str]) -> SafeString:
        """The html for this horizon; it was sanitised when it was compiled."""
        return mark_safe(self.html(html, links))  # noqa: S308

    def html(self, html: str, links: Sequence[str]) -> str:
        """The html for this horizon; `links` are the folded names that its numbered places lead to."""
        targets = [self._entry(target) for target in links]
        return resolving.resolve(html, links=targets, cite=self._cite, image=self.images.get)

    def _entry(self, target: str) -> resolving.Target | None:
        key = self.known.by_name.get(target)
        if key is None:
            return None
        ref = self.known.refs[key]
        return resolving.Target(f"/wiki/{self.story.slug}/{ref.slug}/", ref.kind.slug)

    def _cite(self, point: int) -> str:
        chapter, number, sub = points.split(point)
        way_back = f"?back={self.back}" if self.back else ""
        if point == points.chapter_end(chapter):
            return f"/read/{self.story.slug}/{chapter}/{way_back}"
        return f"/read/{self.story.slug}/{chapter}/p/{points.format_number(number, sub)}/{way_back}"
