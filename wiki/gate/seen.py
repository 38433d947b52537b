"""Which part of what was saved shows at a horizon: rows cut as pages cut them, and what a save changed in that.

A row counts from its `since` on; what has had its time shows in histories, an end that lies ahead does not.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import BooleanField
from django.db.models.expressions import RawSQL

from reader.models import Story
from wiki.editing import dating
from wiki.models import Block, Change, Revision
from wiki.text.gating import NEVER
from wiki.text.masking import veil
from wiki.text.revising import without_until

_WHY: Final = "an order is judged by the blocks that stood then; what of it shows is cut here"
_QUIET: Final = frozenset({"position", "reasons", "nests", "is_stamped"})
Values = Mapping[str, Any]

# Whether a change shows for certain at a point (%s): one side is hidden and the other is not, or what no gate touches
# differs. Of the others (links in other words, ends of time, dates) Python judges.
_SURE: Final = """
    (SELECT CASE
        WHEN side.old IS DISTINCT FROM side.new THEN true
        WHEN NOT side.old THEN false
        ELSE ("before" - %s::text[]) <> ("after" - %s::text[])
            OR regexp_replace(coalesce("before"->>'source', ''), %s, '', 'g')
            <> regexp_replace(coalesce("after"->>'source', ''), %s, '', 'g')
        END
    FROM (SELECT
        coalesce(("before"->>'since')::bigint <= %s AND ("before"->>'since')::bigint <> %s, false) AS old,
        coalesce(("after"->>'since')::bigint <= %s AND ("after"->>'since')::bigint <> %s, false) AS new
    ) AS side)
"""
_LOOSE: Final = ["position", "reasons", "nests", "is_stamped", "since", "until", "source"]
_GATED: Final = r"\[\[[^][|]*\||[ \n]*\{until [^{}\n]*\}"


def surely_seen(horizon: int) -> RawSQL:
    """An annotation of changes: whether each shows for certain; where it is false, `judge` has to look."""
    gate = [horizon, NEVER] * 2
    return RawSQL(_SURE, [_LOOSE, _LOOSE, _GATED, _GATED, *gate], output_field=BooleanField())  # noqa: S611 - no input


def counts(values: Values | None, horizon: int) -> bool:
    """Whether a row shows in histories at a horizon."""
    return values is not None and values["since"] <= horizon and values["since"] != NEVER


def cut(sort: str, values: Values | None, horizon: int, is_met: Callable[[str], bool]) -> dict[str, Any] | None:
    """A row as somebody at a horizon may know it; None where it does not count."""
    if values is None or not counts(values, horizon):
        return None
    kept = {name: value for name, value in values.items() if name not in _QUIET}
    until = kept.pop("until", None)
    if until is not None and until <= horizon:
        kept["until"] = until
    if "source" in kept:
        kept["source"] = veil(without_until(kept["source"], until, horizon), is_met)
    if sort in ("block", "kind"):  # a block's dates stand in its source, an entry's are its names'
        del kept["since"]
    return kept


@dataclass(slots=True)
class Part:
    """What shows of one save: how many rows of each sort, how many characters more, which names it took away."""

    counts: dict[str, int] = field(default_factory=dict)
    grown: int = 0
    names_gone: list[dict[str, Any]] = field(default_factory=list)


def judge(story: Story, revisions: Sequence[Revision], horizon: int) -> dict[int, Part]:
    """What shows of these saves, by primary key; those that show nothing are not in it. At most four queries."""
    rows = Change.objects.at(horizon).filter(revision__in=[one.pk for one in revisions]).order_by("pk")
    changes = list(rows.values_list("revision_id", "sort", "before", "after"))
    sources = (side["source"] for *_, old, new in changes for side in (old, new) if side and "source" in side)
    is_met = dating.met(story.pk, horizon, sources)
    parts: dict[int, Part] = defaultdict(Part)
    for revision, sort, before, after in changes:
        old, new = cut(sort, before, horizon, is_met), cut(sort, after, horizon, is_met)
        if old == new:
            continue
        part = parts[revision]
        part.counts[sort] = part.counts.get(sort, 0) + 1
        part.grown += _size(new) - _size(old)
        if sort == "name" and old is not None and new is None:
            part.names_gone.append(old)
    for revision in moved(revisions, horizon):
        parts[revision].counts["order"] = 1
    return dict(parts)


def moved(revisions: Iterable[Revision], horizon: int) -> set[int]:
    """The saves that put blocks into another order, as far as these blocks show. Two queries where any did."""
    orders = {one.pk: found for one in revisions if one.order and (found := _moves(one.order))}
    if not orders:
        return set()
    entries = {one.entry_id for one in revisions if one.pk in orders}
    keys = {key for old, _ in orders.values() for key in old}
    blocks = Block.objects.whole(because=_WHY).filter(entry__in=entries, key__in=keys)
    now = {key: {"since": since} for key, since in blocks.values_list("key", "since")}
    touched: dict[str, list[tuple[int, Values | None]]] = defaultdict(list)
    changes = Change.objects.whole(because=_WHY).filter(revision__entry__in=entries, sort="block", key__in=keys)
    for key, revision, before in changes.order_by("revision_id").values_list("key", "revision_id", "before"):
        touched[key].append((revision, before))

    def showed(key: str, revision: int) -> bool:
        later = next((before for at, before in touched[key] if at > revision), now.get(key))
        return counts(later, horizon)

    changed = set()
    for revision, (old, new) in orders.items():
        if [key for key in old if showed(key, revision)] != [key for key in new if showed(key, revision)]:
            changed.add(revision)
    return changed


def _moves(order: Mapping[str, Sequence[str]]) -> tuple[list[str], list[str]] | None:
    """The blocks that were there before and after, in both orders, if these differ."""
    common = set(order["before"]) & set(order["after"])
    old, new = ([key for key in order[side] if key in common] for side in ("before", "after"))
    return None if old == new else (old, new)


def _size(values: Values | None) -> int:
    return len(values.get("source", "")) if values else 0
