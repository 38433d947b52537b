"""Makes the rows of entries what their files say, and writes only what differs."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any, Final, TypeVar

from django.db import models

from reader.models import Story
from wiki import compiling
from wiki.models import Block, Entry, Fact, Kind, Name, Picture, Slug
from wiki.packing.planning import Held, Work
from wiki.text.lexicon import folded, head_of

_WHY: Final = "an entry is stored with all that it will ever show"
Row = TypeVar("Row", bound=models.Model)
Fields = dict[str, Any]


def store(story: Story, works: Sequence[Work]) -> set[int]:
    """Write new and changed entries; the primary keys of those of which something visible has changed."""
    kinds = dict(Kind.objects.filter(story=story).values_list("slug", "pk"))
    touched = _store_entries(story, works, kinds)
    keys = [work.held.pk for work in works if work.held]
    of: dict[int, Work] = {work.held.pk: work for work in works if work.held}
    touched |= _bring(Slug, story, keys, {key: slug_rows(work) for key, work in of.items()}, lambda row: row["slug"])
    touched |= _bring(Name, story, keys, {key: name_rows(work) for key, work in of.items()}, lambda row: row["text"])
    touched |= _bring(
        Fact, story, keys, {key: fact_rows(work) for key, work in of.items()}, lambda row: (row["label"], row["source"])
    )
    touched |= _bring(
        Picture, story, keys, {key: _pictures(work) for key, work in of.items()}, lambda row: row["image_id"]
    )
    touched |= _bring(
        Block, story, keys, {key: block_rows(work) for key, work in of.items()}, lambda row: row.get("key")
    )
    gates = ("story", "entry", "since", "until")
    blocks = Block.objects.whole(because=_WHY).filter(entry__in=keys, shape__has_key="links").only("shape", *gates)
    facts = Fact.objects.whole(because=_WHY).filter(entry__in=keys).exclude(links=[]).only("links", *gates)
    return touched | compiling.store_links(keys, compiling.wanted_links(blocks, facts))


def stored_rows(model: type[Row], entries: Sequence[int]) -> dict[int, list[Row]]:
    """The rows of these entries (by primary key), in their order."""
    found: dict[int, list[Row]] = defaultdict(list)
    order = ["pk"] if model is Slug else ["position", "pk"]
    rows: Iterable[Any] = model.objects.whole(because=_WHY).filter(entry__in=entries).order_by(*order)  # type: ignore[attr-defined]
    for row in rows:
        found[row.entry_id].append(row)
    return found


def entry_since(work: Work) -> int:
    """From when the entry is met: the earliest of its names."""
    return min(name.since or 0 for name in work.names)


def _store_entries(story: Story, works: Sequence[Work], kinds: dict[str, int]) -> set[int]:
    rows = {
        row.pk: row for row in Entry.objects.whole(because=_WHY).filter(pk__in=[w.held.pk for w in works if w.held])
    }
    new, changed, touched = [], [], set()
    for work in works:
        fields = {"kind_id": kinds[work.pack.kind], "since": entry_since(work)}
        files = {"source_name": work.file.name, "digest": work.file.digest}
        if work.held is None:
            new.append((work, Entry(story=story, version=0, **fields, **files)))  # the import raises it
            continue
        row = rows[work.held.pk]
        if _set(row, fields):
            touched.add(row.pk)
        if _set(row, files) or row.pk in touched:
            changed.append(row)
    Entry.objects.whole(because=_WHY).bulk_update(
        changed, ["kind", "since", "source_name", "digest"], batch_size=compiling.BATCH
    )
    Entry.objects.bulk_create([row for _, row in new], batch_size=compiling.BATCH)
    for work, row in new:
        work.held = Held(row.pk, work.file.name, work.file.digest, work.pack.slug)
    return touched | {row.pk for _, row in new}


def _bring(
    model: type[Row],
    story: Story,
    entries: Sequence[int],
    wanted: dict[int, list[Fields]],
    identity: Callable[[Fields], Hashable],
) -> set[int]:
    """Make the rows of these entries the wanted ones, matched by identity and order; the entries that were not so."""
    stored = stored_rows(model, entries)
    new: list[Row] = []
    changed: list[Row] = []
    gone: list[int] = []
    touched = set()
    for entry in entries:
        left: dict[Hashable, list[Row]] = defaultdict(list)
        for row in stored.get(entry, []):
            left[identity(vars(row))].append(row)
        for fields in wanted[entry]:
            if same := left[identity(fields)]:
                row = same.pop(0)
                differing = _set(row, fields)
                if differing:
                    changed.append(row)
                if differing - {"reasons"}:  # which no page shows
                    touched.add(entry)
            else:
                new.append(model(story=story, entry_id=entry, **fields))
                touched.add(entry)
        for rows in left.values():
            gone += [row.pk for row in rows]
            touched |= {entry for _ in rows}
    manager: Any = model.objects  # type: ignore[attr-defined]
    if gone:
        manager.whole(because=_WHY).filter(pk__in=gone).delete()
    if changed:
        names = [field.name for field in model._meta.concrete_fields if field.name not in ("id", "story", "entry")]
        manager.whole(because=_WHY).bulk_update(changed, names, batch_size=compiling.BATCH // 2)
    manager.bulk_create(new, batch_size=compiling.BATCH)
    return touched


def _set(row: models.Model, fields: Fields) -> set[str]:
    """Set what differs; the names of that."""
    differing = {name: value for name, value in fields.items() if getattr(row, name) != value}
    for name, value in differing.items():
        setattr(row, name, value)
    return set(differing)


def slug_rows(work: Work) -> list[Fields]:
    """The entry's address, and those that it had before: a reader who knows one of them is led on."""
    since = entry_since(work)
    old = dict.fromkeys(slug for slug in [*work.pack.redirects, *work.old_slugs] if slug != work.pack.slug)
    wanted = [{"slug": work.pack.slug, "since": since, "is_redirect": False}]
    return wanted + [{"slug": slug, "since": since, "is_redirect": True} for slug in old]


def name_rows(work: Work) -> list[Fields]:
    """What is stored of its names."""
    return [
        {
            "text": name.text,
            "folded": folded(name.text),
            "head": head_of(folded(name.text)),
            "sort": name.sort,
            "since": name.since,
            "until": name.until,
            "only_by_hand": name.only_by_hand,
            "only_capital": name.only_capital,
            "is_stamped": name.is_stamped,
            "position": position,
        }
        for position, name in enumerate(work.names)
    ]


def fact_rows(work: Work) -> list[Fields]:
    """What is stored of its facts."""
    return [
        {
            "label": fact.label,
            "source": fact.value,
            **compiling.inline_fields(inline),
            "since": fact.since,
            "until": fact.until,
            "is_many": fact.is_many,
            "is_stamped": fact.is_stamped,
            "position": position,
        }
        for position, (fact, inline) in enumerate(work.facts)
    ]


def _pictures(work: Work) -> list[Fields]:
    return [
        {
            "image_id": image,
            "alt": picture.alt,
            "since": picture.since,
            "until": picture.until,
            "is_stamped": picture.is_stamped,
            "position": position,
        }
        for position, (picture, image) in enumerate(work.pictures)
    ]


def block_rows(work: Work) -> list[Fields]:
    """What is stored of its body; a new block has no key."""
    fields = []
    for position, block in enumerate(work.blocks):
        key = {"key": block.key} if block.key else {}
        fields.append({**compiling.block_fields(block, position), **key})
    return fields
