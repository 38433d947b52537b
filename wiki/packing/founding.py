"""The wiki that every story gets: its row and the seven built-in kinds, and what a pack adds to them."""

from collections.abc import Sequence
from typing import Final

from django.db.models import Max

from reader.models import Story
from wiki.models import Kind, Wiki
from wiki.text.packshape import PackKind

BUILT_IN: Final = (
    PackKind(
        "character",
        "Character",
        "Characters",
        "user-round",
        255,
        ("Work", "Lives in", "Age", "Family", "Friends", "Same as"),
    ),
    PackKind(
        "location", "Location", "Locations", "map-pin", 152, ("Where", "Owner", "Built", "Also known as", "Same as")
    ),
    PackKind("film", "Film", "Films", "film", 303, ("Made in", "Made by", "With", "Shown at", "Length")),
    PackKind("program", "Programme", "Programmes", "radio", 205, ("On air", "Made by", "With", "Listeners")),
    PackKind("event", "Event", "Events", "flag", 72, ("When", "Where", "Who", "Outcome")),
    PackKind("organisation", "Organisation", "Organisations", "landmark", 112, ("Where", "Head", "Members", "Founded")),
    PackKind("theme", "Theme", "Themes", "feather", 345, ("First seen", "Stands for")),
)
"""Icons are those of the sprite, hues in degrees."""


def found_wiki(story: Story) -> Wiki:
    """The story's wiki, made with the built-in kinds if there is none yet; locked till the transaction ends."""
    wiki, is_new = Wiki.objects.get_or_create(story=story)
    if is_new:
        add_kinds(story, BUILT_IN)
    return Wiki.objects.select_for_update().get(pk=wiki.pk)


def add_kinds(story: Story, kinds: Sequence[PackKind]) -> bool:
    """Add kinds, or bring them up to date; True when that changed something. None is ever taken away."""
    stored = {kind.slug: kind for kind in Kind.objects.filter(story=story)}
    last = Kind.objects.filter(story=story).aggregate(last=Max("position"))["last"]
    position = -1 if last is None else last
    changed = False
    for kind in kinds:
        fields = {
            "name": kind.name,
            "plural": kind.plural,
            "icon": kind.icon,
            "hue": kind.hue,
            "labels": list(kind.labels),
        }
        held = stored.get(kind.slug)
        if held is None:
            position += 1
            Kind.objects.create(story=story, slug=kind.slug, position=position, **fields)
            changed = True
        elif any(getattr(held, name) != value for name, value in fields.items()):
            Kind.objects.filter(pk=held.pk).update(**fields)
            changed = True
    return changed


def own_kinds(story: Story) -> tuple[PackKind, ...]:
    """The kinds that are not built in, or not as they were built in."""
    rows = Kind.objects.filter(story=story).order_by("position", "pk")
    kinds = [PackKind(row.slug, row.name, row.plural, row.icon, row.hue, tuple(row.labels)) for row in rows]
    return tuple(kind for kind in kinds if kind not in BUILT_IN)
