"""Makes an entry's rows what a state says, and works out what follows from it: html, links, versions, pictures."""

from collections.abc import Sequence
from typing import Any, Final

from django.db import models

from wiki import compiling
from wiki.editing.state import Rows, State, Values
from wiki.models import Block, Entry, Fact, Image, Kind, Name, Picture, Slug
from wiki.packing.pictures import date_images
from wiki.text.bodies import compile_inline
from wiki.text.lexicon import folded, head_of
from wiki.text.marks import nests
from wiki.text.markup import render
from wiki.text.shape import Block as Shape

_WHY: Final = "a save writes all that an entry holds"


def apply(entry: Entry, before: State, after: State) -> None:
    """Write what differs. Wants a transaction in which the entry is locked."""
    _bring(Slug, entry, before["slug"], after["slug"], _slug_fields, key_name="slug")
    _bring(Name, entry, before["name"], after["name"], _name_fields)
    _bring(Fact, entry, before["fact"], after["fact"], _fact_fields)
    _apply_pictures(entry, before, after)
    _apply_blocks(entry, before, after)
    _apply_entry(entry, before, after)
    _renew_links(entry, before, after)
    compiling.raise_versions(entry.story, [entry.pk])


def _bring(
    model: type[models.Model], entry: Entry, before: Rows, after: Rows, fields_of: Any, *, key_name: str = "key"
) -> None:
    manager: Any = model.objects  # type: ignore[attr-defined]
    rows = manager.whole(because=_WHY).filter(entry=entry)
    if gone := [key for key in before if key not in after]:
        rows.filter(**{f"{key_name}__in": gone}).delete()
    owner = {"story_id": entry.story_id, "entry_id": entry.pk}
    new = [model(**{**owner, key_name: key, **fields_of(values)}) for key, values in after.items() if key not in before]
    manager.bulk_create(new, batch_size=compiling.BATCH)
    for key, values in after.items():
        if key in before and values != before[key]:
            rows.filter(**{key_name: key}).update(**fields_of(values))


def _slug_fields(values: Values) -> Values:
    return values


def _name_fields(values: Values) -> Values:
    return values | {"folded": folded(values["text"]), "head": head_of(folded(values["text"]))}


def _fact_fields(values: Values) -> Values:
    return values | compiling.inline_fields(compile_inline(values["source"])[0])


def _apply_pictures(entry: Entry, before: State, after: State) -> None:
    wanted = {values["image"] for values in after["picture"].values()}
    rows = Image.objects.whole(because=_WHY).filter(story=entry.story_id, public_id__in=wanted) if wanted else ()
    images = {row.public_id: row.pk for row in rows}

    def fields(values: Values) -> Values:
        kept = {name: value for name, value in values.items() if name != "image"}
        return kept | {"image_id": images[values["image"]]}

    there = {key: values for key, values in after["picture"].items() if values["image"] in images}
    _bring(Picture, entry, before["picture"], there, fields)


def _apply_blocks(entry: Entry, before: State, after: State) -> None:
    """Blocks are written as a whole only where they differ; one that is merely pushed on changes its position."""
    old, new = before["block"], after["block"]
    at_before = {key: position for position, key in enumerate(old)}
    paths = nests([values["marks"] for values in new.values()])
    manager = Block.objects.whole(because=_WHY).filter(entry=entry)
    if gone := [key for key in old if key not in new]:
        manager.filter(key__in=gone).delete()
    created, moved = [], []
    for position, ((key, values), path) in enumerate(zip(new.items(), paths, strict=True)):
        values["nests"] = [nest.number for nest in path]
        if key not in old:
            fields = _block_fields(values)
            created.append(Block(story_id=entry.story_id, entry=entry, key=key, position=position, **fields))
        elif values != old[key]:
            manager.filter(key=key).update(position=position, **_block_fields(values))
        elif at_before[key] != position:
            moved.append((key, position))
    Block.objects.bulk_create(created, batch_size=compiling.BATCH)
    _move(manager, moved)


def _move(blocks: "models.QuerySet[Block]", moved: Sequence[tuple[str, int]]) -> None:
    for start in range(0, len(moved), 500):
        chunk = moved[start : start + 500]
        cases = [models.When(key=key, then=models.Value(position)) for key, position in chunk]
        rows = blocks.filter(key__in=[key for key, _ in chunk])
        rows.update(position=models.Case(*cases, output_field=models.PositiveIntegerField()))


def _block_fields(values: Values) -> Values:
    rendered = render(Shape(values["kind"], values["source"], values["marks"]))
    links = [folded(link.target) for link in rendered.links]
    kept = {name: value for name, value in values.items() if name not in ("marks", "nests")}
    return kept | {
        "html": rendered.html,
        "text": rendered.text,
        "shape": compiling.block_shape(values["marks"], values["nests"], links, rendered.images),
    }


def _apply_entry(entry: Entry, before: State, after: State) -> None:
    kind = after["kind"]["kind"]["kind"]
    if before["kind"] and before["kind"]["kind"]["kind"] == kind and entry.since == after.since:
        return
    kind_id = Kind.objects.filter(story=entry.story_id, slug=kind).values_list("pk", flat=True).first()
    entry.since = after.since
    entry.kind_id = kind_id or entry.kind_id
    Entry.objects.whole(because=_WHY).filter(pk=entry.pk).update(since=entry.since, kind=entry.kind_id)


def _renew_links(entry: Entry, before: State, after: State) -> None:
    """Links, and from when the pictures show that came or went."""
    if _linking(before) != _linking(after):
        _store_links(entry)
    if before["picture"] != after["picture"] or _images(before) != _images(after) or before.since != after.since:
        date_images(entry.story)


def _store_links(entry: Entry) -> None:
    gates = ("story", "entry", "since", "until")
    blocks = Block.objects.whole(because=_WHY).filter(entry=entry, shape__has_key="links").only("shape", *gates)
    facts = Fact.objects.whole(because=_WHY).filter(entry=entry).exclude(links=[]).only("links", *gates)
    compiling.store_links([entry.pk], compiling.wanted_links(blocks, facts))


def _linking(state: State) -> dict[str, Values]:
    """The rows that can hold links."""
    rows = [(key, one) for sort in ("block", "fact") for key, one in state[sort].items()]
    return {key: one for key, one in rows if "[[" in one["source"]}


def _images(state: State) -> list[tuple[str, int]]:
    return [(key, values["since"]) for key, values in state["block"].items() if "](image:" in values["source"]]
