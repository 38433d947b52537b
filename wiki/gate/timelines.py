"""What entries are called at any point up to a horizon, in one query: for pages that show many points at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef
from django.db.models.functions import JSONObject

from reader.models import Story
from wiki.gate.naming import kind_ref, title_order
from wiki.gate.shapes import EntryRef, KindRef, PictureRef
from wiki.models import Entry, Name, Picture, Slug

Row = Mapping[str, Any]


@dataclass(slots=True)
class Timeline:
    """All that an entry is called up to a horizon; what it was called at an earlier point is asked of `at`."""

    kind: KindRef
    since: int
    names: list[Row]
    slugs: list[Row]
    pictures: list[Row]
    turns: list[int] = field(default_factory=list)
    known: dict[int, EntryRef | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        rows = [*self.names, *self.slugs, *self.pictures]
        turns = {value for row in rows for value in (row["since"], row.get("until")) if value is not None}
        self.turns = sorted({self.since, *turns})

    def at(self, point: int) -> EntryRef | None:
        """The entry as it is known at a point; None where it is not."""
        turn = max((one for one in self.turns if one <= point), default=-1)
        if turn not in self.known:
            self.known[turn] = self._at(turn)
        return self.known[turn]

    def same_since(self, point: int) -> int:
        """Since when it is known just as it is at a point."""
        now, since = self.at(point), point
        for turn in reversed([one for one in self.turns if one <= point]):
            if self.at(turn) != now:
                break
            since = turn
        return since

    def _at(self, point: int) -> EntryRef | None:
        names = sorted((row for row in self.names if _shows(row, point)), key=_order)
        slugs = [row for row in self.slugs if row["since"] <= point and not row["is_redirect"]]
        if not names or not slugs or self.since > point:
            return None
        slug = max(slugs, key=lambda row: (row["since"], row["pk"]))["slug"]
        pictures = sorted(
            (row for row in self.pictures if _shows(row, point)), key=lambda row: (-row["since"], -row["position"])
        )
        picture = PictureRef(pictures[0]["id"], pictures[0]["alt"]) if pictures else None
        return EntryRef(slug, names[0]["text"], self.kind, self.since, picture)


def timelines(story: Story, entries: Iterable[int], horizon: int) -> dict[int, Timeline]:
    """The timelines of these entries (by primary key), as far as the horizon; one query."""
    here: dict[str, Any] = {"entry": OuterRef("pk")}
    names = Name.objects.at_any(horizon).filter(**here).order_by("position")
    slugs = Slug.objects.at(horizon).filter(**here)
    pictures = Picture.objects.at_any(horizon).filter(**here)
    fields = {name: F(name) for name in ("text", "sort", "since", "until", "position")}
    rows = (
        Entry.objects.at(horizon)
        .filter(story=story, pk__in=list(entries))
        .select_related("kind")
        .annotate(
            named=ArraySubquery(names.values(one=JSONObject(**fields))),
            addressed=ArraySubquery(
                slugs.values(one=JSONObject(pk="pk", slug="slug", since="since", is_redirect="is_redirect"))
            ),
            pictured=ArraySubquery(
                pictures.values(
                    one=JSONObject(id="image__public_id", alt="alt", since="since", until="until", position="position")
                )
            ),
        )
    )
    return {row.pk: Timeline(kind_ref(row.kind), row.since, row.named, row.addressed, row.pictured) for row in rows}


def _shows(row: Row, point: int) -> bool:
    return row["since"] <= point and (row["until"] is None or point < row["until"])


def _order(row: Row) -> tuple[int, int, int]:
    return title_order(row["sort"], row["since"], row["position"])
