"""Two versions of an entry beside each other, each cut at the horizon before they are compared."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from reader.models import Story
from reader.text.points import NOTHING, format_point
from wiki.editing import dating
from wiki.editing.forming import sources_of
from wiki.editing.state import State, past, read
from wiki.gate.history import entry_at, saved, with_first
from wiki.gate.historyshapes import DiffBlock, DiffGroup, DiffRow, DiffRun, EntryDiff
from wiki.gate.seen import counts, cut
from wiki.gate.shapes import PictureRef
from wiki.models import Entry, Image, Kind, Name, Revision
from wiki.text import diff, showing
from wiki.text.joining import join
from wiki.text.shape import Block

SORTS: Final = ("name", "fact", "picture", "kind", "slug")
NEAR: Final = 1  # unchanged blocks that stay open beside a changed one
LONG: Final = 3  # of more unchanged blocks in a row the rest is folded
_PART: Final = "\x1f"  # between a row's words and its dates; no text may hold it


@dataclass(frozen=True, slots=True)
class _Stood:
    """A block as the pure side cuts it; its time may be over."""

    key: str
    kind: str
    marks: str
    source: str
    since: int
    until: None = None

    @property
    def level(self) -> int:
        return Block(self.kind, self.source).level

    @property
    def written(self) -> str:
        """With the marker of the item or quote that it stands in."""
        return join([Block(self.kind, self.source, self.marks)]).strip("\n")


def entry_diff(story: Story, slug: str, horizon: int, *, older: str = "", newer: str = "") -> EntryDiff | None:
    """What became of one version of an entry in another, by public ids of saves; the earlier is always the old one.

    "" for `older` is what the newer one found, for `newer` the present. None alike for entries and saves that are
    unknown and for those that do not show.
    """
    found = entry_at(story, slug, horizon)
    if found is None:
        return None
    entry, ref = found
    rows = with_first(Revision.objects.at(horizon).filter(entry=entry, public_id__in=[older, newer]))
    made = {one.public_id: one for one in rows}
    if any(name and name not in made for name in (older, newer)):
        return None
    first, last = made.get(older), made.get(newer)
    if first is not None and last is not None and first.pk > last.pk:
        first, last = last, first
    ends = [saved(story, one, horizon) if one else None for one in (first, last)]
    if [one is None for one in ends] != [one is None for one in (first, last)]:
        return None
    now = read([entry.pk])[entry.pk]
    new = now if last is None else past(entry.pk, now, after=last.pk)
    old = _before(entry, now, last) if first is None else past(entry.pk, now, after=first.pk)
    groups, runs = compared(story, old, new, horizon)
    return EntryDiff(
        entry=ref,
        older=ends[0],
        newer=ends[1],
        groups=groups,
        runs=runs,
    )


def compared(story: Story, old: State, new: State, horizon: int) -> tuple[tuple[DiffGroup, ...], tuple[DiffRun, ...]]:
    """What is not the same in two states of an entry, as far as both show: rows by sort, and the body."""
    is_met = dating.met(story.pk, horizon, sources_of(old, new))
    pictures = _pictures(story, (old, new), horizon)
    kinds = _kinds(story) if old["kind"] != new["kind"] else {}

    def rows_of(sort: str, state: State) -> list[diff.Row]:
        return _rows(sort, state, horizon, is_met, kinds)

    groups = [_group(sort, (rows_of(sort, old), rows_of(sort, new)), pictures) for sort in SORTS]
    runs = _runs(_blocks(old, horizon, is_met), _blocks(new, horizon, is_met))
    return tuple(group for group in groups if group.rows), runs


def _before(entry: Entry, now: State, last: Revision | None) -> State:
    """What a save found; nothing, if it is the one with which the entry came in from a pack, or began."""
    if last is None or not getattr(last, "has_changes", True):
        return State()
    return past(entry.pk, now, after=last.pk - 1)


def _blocks(state: State, horizon: int, is_met: Callable[[str], bool]) -> list[_Stood]:
    """The body as far as it shows, or has shown."""
    stood = []
    for key, one in state["block"].items():
        kept = cut("block", one, horizon, is_met)
        source, since = (kept["source"], one["since"]) if kept else (one["source"], horizon + 1)
        stood.append(_Stood(key, one["kind"], one["marks"], source, since))
    return showing.visible(stood, horizon)


def _runs(old: Sequence[_Stood], new: Sequence[_Stood]) -> tuple[DiffRun, ...]:
    before = [(one.key, one.written) for one in old]
    after = [(one.key, one.written) for one in new]
    kinds = {one.key: one.kind for one in (*old, *new)}
    same = _same_words(before, after)
    blocks = [
        DiffBlock(one.sort, kinds[one.key], _html(one.pieces))
        for one in diff.blocks(before, [(same.get(key, key), text) for key, text in after])
    ]
    return tuple(_folded(blocks))


def _same_words(old: Sequence[tuple[str, Any]], new: Sequence[tuple[str, Any]]) -> dict[str, str]:
    """New keys, and the old ones with the same content: what was taken out and put back is no difference."""
    there, here = {key for key, _ in old}, {key for key, _ in new}
    gone: dict[Any, list[str]] = {}
    for key, content in old:
        if key not in here:
            gone.setdefault(content, []).append(key)
    return {key: gone[content].pop(0) for key, content in new if key not in there and gone.get(content)}


def _folded(blocks: Sequence[DiffBlock]) -> Iterable[DiffRun]:
    """Runs, long unchanged ones folded but for the blocks beside a change."""
    begin = 0
    while begin < len(blocks):
        is_same = blocks[begin].sort == "same"
        end = next((at for at in range(begin, len(blocks)) if (blocks[at].sort == "same") != is_same), len(blocks))
        run = tuple(blocks[begin:end])
        head = NEAR if begin else 0
        tail = NEAR if end < len(blocks) else 0
        if is_same and len(run) - head - tail > LONG:
            parts = (run[:head], run[head : len(run) - tail], run[len(run) - tail :])
            yield from (DiffRun(part, is_folded=at == 1) for at, part in enumerate(parts) if part)
        else:
            yield DiffRun(run)
        begin = end


def _group(
    sort: str,
    said: tuple[list[diff.Row], list[diff.Row]],
    pictures: dict[str, PictureRef],
) -> DiffGroup:
    old, new = said
    same = _same_words(_contents(old), _contents(new))
    after = [replace(one, key=same.get(one.key, one.key)) for one in new]
    rows = [one for one in diff.rows(old, after) if one.sort not in ("same", "moved")]
    return DiffGroup(sort, tuple(_row(one, pictures) for one in rows))


def _contents(rows: Iterable[diff.Row]) -> list[tuple[str, Any]]:
    return [(one.key, (one.label, one.value)) for one in rows]


def _rows(
    sort: str, state: State, horizon: int, is_met: Callable[[str], bool], kinds: dict[str, str]
) -> list[diff.Row]:
    found = []
    for key, values in state[sort].items():
        if counts(values, horizon) and (one := cut(sort, values, horizon, is_met)):
            label, words = _said(sort, one, kinds)
            extra = one.get("image", "")
            found.append(diff.Row(key, label, _PART.join([words, _dates(one), extra])))
    return found


def _said(sort: str, one: dict[str, Any], kinds: dict[str, str]) -> tuple[str, str]:
    """Label and words of a row."""
    if sort == "name":
        return str(Name.Sort(one["sort"]).label), one["text"]
    if sort == "fact":
        return one["label"], one["source"]
    if sort == "picture":
        return _("Portrait"), one["alt"]
    if sort == "kind":
        return _("Kind"), kinds.get(one["kind"], one["kind"])
    return (_("Old address") if one["is_redirect"] else _("Address")), one["slug"]


def _dates(one: dict[str, Any]) -> str:
    """From when it is known, until when it was, and how it is read."""
    said = [format_point(one["since"])] if one.get("since", NOTHING) > NOTHING else []
    if "until" in one:
        said.append(_("until %(point)s") % {"point": format_point(one["until"])})
    said += [_("one of several")] if one.get("is_many") else []
    said += [_("linked by hand only")] if one.get("only_by_hand") else []
    said += [_("with capitals only")] if one.get("only_capital") else []
    return " · ".join(said)


def _row(one: diff.RowDiff, pictures: dict[str, PictureRef]) -> DiffRow:
    old, new = (one.old.split(_PART) if one.old else ["", "", ""]), (one.new.split(_PART) if one.new else ["", "", ""])
    return DiffRow(
        sort=one.sort,
        label=one.label,
        old_label=one.old_label,
        words=_html(diff.words(old[0], new[0])),
        dates=_html(diff.words(old[1], new[1])),
        old_picture=pictures.get(old[2]) if old[2] != new[2] else None,
        new_picture=pictures.get(new[2]),
    )


def _pictures(story: Story, states: Iterable[State], horizon: int) -> dict[str, PictureRef]:
    """The pictures that can still be shown."""
    wanted = {one["image"]: one["alt"] for state in states for one in state["picture"].values() if counts(one, horizon)}
    rows = Image.objects.at(horizon).filter(story=story, public_id__in=wanted) if wanted else ()
    return {row.public_id: PictureRef(row.public_id, wanted[row.public_id]) for row in rows}


def _kinds(story: Story) -> dict[str, str]:
    return dict(Kind.objects.filter(story=story).values_list("slug", "name"))


def _html(pieces: Sequence[diff.Piece]) -> SafeString:
    return mark_safe(diff.html(pieces))  # noqa: S308 - escaped piece by piece
