"""From compiled values to rows: what is stored of blocks, facts and links, and how to renew it.

What a source means is decided in `wiki/text/`. A gate is worked out once, when a block is saved; `rebuild` never moves
one.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction
from django.db.models import F

from reader.models import Story
from reader.pagecache import announce
from wiki.models import Block, Entry, Fact, Link, Name, Wiki
from wiki.search import keeping
from wiki.text import shape
from wiki.text.bodies import Compiled, Inline, compile_inline
from wiki.text.lexicon import folded, head_of
from wiki.text.markup import render

BATCH: Final = 1000  # rows a statement
_CHUNK: Final = 500  # entries in memory at a time
_WHY: Final = "rebuilding renews what is shown of everything"


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """How many rows were looked at and how many had to be renewed."""

    entries: int
    rows: int
    renewed: int


def block_fields(block: Compiled, position: int) -> dict[str, Any]:
    """What is stored of a block, but for its key and its entry."""
    return {
        "position": position,
        "kind": block.kind,
        "shape": block_shape(block.marks, block.nests, block.links, block.images),
        "source": block.source,
        "html": block.html,
        "text": block.text,
        "since": block.since,
        "until": block.until,
        "is_stamped": block.is_stamped,
        "reasons": [[reason.kind, reason.words, reason.point] for reason in block.reasons],
    }


def block_shape(marks: str, nests: Sequence[int], links: Sequence[str], images: Sequence[str]) -> dict[str, Any]:
    """What a block's `shape` holds; nothing that is empty."""
    held = {"marks": marks, "nests": list(nests), "links": list(links), "images": list(dict.fromkeys(images))}
    return {name: value for name, value in held.items() if value}


def inline_fields(value: Inline) -> dict[str, Any]:
    """What is stored of a fact's value beside its source."""
    return {"html": value.html, "text": value.text, "links": list(value.links)}


def wanted_links(blocks: Iterable[Block], facts: Iterable[Fact]) -> list[Link]:
    """The links that stored blocks and facts have, not yet stored themselves."""
    found = []
    for block in blocks:
        found += [
            Link(
                story_id=block.story_id,
                entry_id=block.entry_id,
                block_id=block.pk,
                number=number,
                folded=target,
                since=block.since,
                until=block.until,
            )
            for number, target in enumerate(block.shape.get("links", ()))
        ]
    for fact in facts:
        found += [
            Link(
                story_id=fact.story_id,
                entry_id=fact.entry_id,
                fact_id=fact.pk,
                number=number,
                folded=target,
                since=fact.since,
                until=fact.until,
            )
            for number, target in enumerate(fact.links)
        ]
    return found


def store_links(entries: Sequence[int], wanted: Sequence[Link]) -> set[int]:
    """Make these the links of these entries (by primary key); the entries whose links were not so before."""
    stored: dict[int, set[tuple[Any, ...]]] = {entry: set() for entry in entries}
    target: dict[int, set[tuple[Any, ...]]] = {entry: set() for entry in entries}
    rows = Link.objects.whole(because=_WHY).filter(entry__in=entries)
    for entry, *rest in rows.values_list("entry", "block", "fact", "number", "folded", "since", "until"):
        stored[entry].add(tuple(rest))
    for link in wanted:
        key = (link.block_id, link.fact_id, link.number, link.folded, link.since, link.until)
        target[link.entry_id].add(key)
    differing = {entry for entry in entries if stored[entry] != target[entry]}
    if emptied := [entry for entry in differing if stored[entry]]:
        rows.filter(entry__in=emptied).delete()
    Link.objects.bulk_create([link for link in wanted if link.entry_id in differing], batch_size=BATCH)
    return differing


def rebuild(story: Story, *, progress: Callable[[int], object] = lambda _: None) -> Rebuilt:
    """Render everything in the story's wiki again from its sources. `progress` is told how many entries are done.

    Renews html, text and links of what differs and raises the versions then; no gate is ever moved.
    """
    with transaction.atomic():
        Wiki.objects.select_for_update().filter(story=story).first()
        keys = list(Entry.objects.whole(because=_WHY).filter(story=story).order_by("pk").values_list("pk", flat=True))
        rows, renewed, touched = 0, 0, set[int]()
        for start in range(0, len(keys), _CHUNK):
            chunk = keys[start : start + _CHUNK]
            seen, changed = _rebuild(chunk)
            rows, renewed = rows + seen, renewed + len(changed)
            touched |= set(changed)
            progress(len(chunk))
        if touched:
            raise_versions(story, touched)
    return Rebuilt(len(keys), rows, renewed)


def raise_versions(story: Story, entries: Iterable[int]) -> None:
    """Something visible of the wiki, and of these entries (by primary key), has changed: tell every cache and search.

    To be called in the transaction of the change, after it.
    """
    changed = list(entries)
    rows = Entry.objects.whole(because="a version is nothing that shows")
    rows.filter(pk__in=changed).update(version=F("version") + 1)
    Wiki.objects.filter(story=story).update(version=F("version") + 1)
    keeping.renew(story, changed)  # the entries are locked now
    announce(story.slug)


def _rebuild(entries: Sequence[int]) -> tuple[int, list[int]]:
    """How many rows these entries have, and the entry of each row that was renewed."""
    blocks = list(Block.objects.whole(because=_WHY).filter(entry__in=entries))
    facts = list(Fact.objects.whole(because=_WHY).filter(entry__in=entries))
    names = list(Name.objects.whole(because=_WHY).filter(entry__in=entries))
    new_blocks = [block for block in blocks if _renewed(block, _block_again(block))]
    new_facts = [fact for fact in facts if _renewed(fact, inline_fields(compile_inline(fact.source)[0]))]
    new_names = [name for name in names if _renewed(name, _looked_up(name))]
    Block.objects.whole(because=_WHY).bulk_update(new_blocks, ["html", "text", "shape"], batch_size=BATCH)
    Fact.objects.whole(because=_WHY).bulk_update(new_facts, ["html", "text", "links"], batch_size=BATCH)
    Name.objects.whole(because=_WHY).bulk_update(new_names, ["folded", "head"], batch_size=BATCH)
    changed = [row.entry_id for rows in (new_blocks, new_facts, new_names) for row in rows]
    changed += store_links(entries, wanted_links(blocks, facts))
    return len(blocks) + len(facts) + len(names), changed


def _looked_up(name: Name) -> dict[str, Any]:
    return {"folded": folded(name.text), "head": head_of(folded(name.text))}


def _block_again(block: Block) -> dict[str, Any]:
    marks, nests = block.shape.get("marks", ""), block.shape.get("nests", ())
    rendered = render(shape.Block(block.kind, block.source, marks))
    links = [folded(link.target) for link in rendered.links]
    return {"html": rendered.html, "text": rendered.text, "shape": block_shape(marks, nests, links, rendered.images)}


def _renewed(row: Block | Fact | Name, fields: dict[str, Any]) -> bool:
    """Set what differs; True when something did."""
    differing = {name: value for name, value in fields.items() if getattr(row, name) != value}
    for name, value in differing.items():
        setattr(row, name, value)
    return bool(differing)
