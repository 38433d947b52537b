"""Brings two versions of an entry that both began from a third together; what cannot be is a conflict, never a loss.

Knows texts, rows and keys. Who may see or settle a conflict is decided elsewhere.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wiki.text.matching import match, tokens
from wiki.text.threeway import combine

Fields = Mapping[str, str]
_Frozen = tuple[tuple[str, str], ...]  # the same, in one order


@dataclass(frozen=True, slots=True)
class MergedBlock:
    """A block of the outcome; a disputed one holds what is stored (theirs), or mine if they took it out."""

    key: str
    source: str
    is_disputed: bool = False


@dataclass(frozen=True, slots=True)
class Conflict:
    """A block that both changed, with all its versions whole; None where it is not there."""

    key: str
    base: str | None
    mine: str | None
    theirs: str | None


@dataclass(frozen=True, slots=True)
class Merged:
    """The blocks in their order, and what somebody has to choose."""

    blocks: tuple[MergedBlock, ...]
    conflicts: tuple[Conflict, ...] = ()


@dataclass(frozen=True, slots=True)
class MergedRow:
    """A row of the outcome; of a disputed one the disputed fields are theirs, or all are mine if they took it out."""

    key: str
    fields: Fields
    is_disputed: bool = False


@dataclass(frozen=True, slots=True)
class RowConflict:
    """A row of which both changed the named fields, or, where none is named, which only one of them took out."""

    key: str
    base: Fields | None
    mine: Fields | None
    theirs: Fields | None
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MergedRows:
    """The rows in their order, and what somebody has to choose."""

    rows: tuple[MergedRow, ...]
    conflicts: tuple[RowConflict, ...] = ()


def merge_text(base: str, mine: str, theirs: str) -> str | None:
    """The text with the changes of both, or None where they touch: where no word that both left stands between them.

    The same change by both is one. This is diff3 on words (Khanna, Kunal, Pierce 2007, “A formal investigation of
    diff3”). Time is that of two `match`.

    >>> merge_text("A red door stood open.", "A blue door stood open.", "A red door stood ajar.")
    'A blue door stood ajar.'
    >>> merge_text("A red door.", "A blue door.", "A green door.") is None
    True
    """
    if mine in (base, theirs):
        return theirs
    if theirs == base:
        return mine
    base_tokens, mine_tokens, their_tokens = tokens(base), tokens(mine), tokens(theirs)
    in_mine, in_theirs = dict(match(base_tokens, mine_tokens)), dict(match(base_tokens, their_tokens))
    kept = [(at, in_mine[at], in_theirs[at]) for at in in_mine if at in in_theirs]
    out: list[str] = []
    begin, mine_begin, their_begin = 0, 0, 0
    for at, mine_at, their_at in [*kept, (len(base_tokens), len(mine_tokens), len(their_tokens))]:
        was, one, other = base_tokens[begin:at], mine_tokens[mine_begin:mine_at], their_tokens[their_begin:their_at]
        if was not in (one, other) and one != other:
            return None
        out += other if one == was else one
        out += base_tokens[at : at + 1]
        begin, mine_begin, their_begin = at + 1, mine_at + 1, their_at + 1
    return "".join(out)


def merge_blocks(
    base: Sequence[tuple[str, str]], mine: Sequence[tuple[str, str]], theirs: Sequence[tuple[str, str]]
) -> Merged:
    """Blocks, given as key and source, with the changes of both; a key stands once, "" is any new block of mine.

    What only one side changed, took out or moved is changed, out or moved; what both changed is merged word by word if
    it can be (`merge_text`). Order is theirs; what I put in or moved stands after the block that it follows in mine,
    and after what they put in there. What both put in, word for word and after the same block, stands once.

    >>> base = [("a", "One."), ("b", "Two.")]
    >>> merged = merge_blocks(base, [*base, ("", "Mine.")], [("a", "One!"), ("b", "Two."), ("c", "Theirs.")])
    >>> [(block.key, block.source) for block in merged.blocks]
    [('a', 'One!'), ('b', 'Two.'), ('c', 'Theirs.'), ('', 'Mine.')]
    """
    found = combine(base, mine, theirs, _both_texts)
    was, one, other = dict(base), dict(mine), dict(theirs)
    return Merged(
        tuple(MergedBlock(block.key, block.value, block.is_disputed) for block in found),
        tuple(
            Conflict(block.key, was.get(block.key), one.get(block.key), other.get(block.key))
            for block in found
            if block.is_disputed
        ),
    )


def merge_rows(
    base: Sequence[tuple[str, Fields]], mine: Sequence[tuple[str, Fields]], theirs: Sequence[tuple[str, Fields]]
) -> MergedRows:
    """Rows of names or facts, given as key and fields, with the changes of both, in the manner of `merge_blocks`.

    A field that both set to different values is disputed; no value is merged in itself.

    >>> base = [("1", {"label": "Age", "value": "17"})]
    >>> merge_rows(base, [("1", {"label": "Age", "value": "18"})], [("1", {"label": "Years", "value": "17"})]).rows
    (MergedRow(key='1', fields={'label': 'Years', 'value': '18'}, is_disputed=False),)
    """
    found = combine(_frozen(base), _frozen(mine), _frozen(theirs), _both_rows)
    was, one, other = dict(base), dict(mine), dict(theirs)
    conflicts = []
    for row in found:
        if row.is_disputed:
            versions = was.get(row.key), one.get(row.key), other.get(row.key)
            conflicts.append(RowConflict(row.key, *versions, _fought(*versions)))
    return MergedRows(tuple(MergedRow(row.key, dict(row.value), row.is_disputed) for row in found), tuple(conflicts))


def _both_texts(was: str | None, one: str, other: str) -> tuple[str, bool]:
    text = None if was is None else merge_text(was, one, other)
    return (other, True) if text is None else (text, False)


def _both_rows(was: _Frozen | None, one: _Frozen, other: _Frozen) -> tuple[_Frozen, bool]:
    """Each field as the side that changed it has it."""
    before, left, right = dict(was or ()), dict(one), dict(other)
    fields = dict(right)
    for name in {*left, *right}:
        if right.get(name) == before.get(name):
            fields.pop(name, None)
            if name in left:
                fields[name] = left[name]
    return tuple(sorted(fields.items())), bool(_fought(before, left, right))


def _fought(was: Fields | None, one: Fields | None, other: Fields | None) -> tuple[str, ...]:
    """The fields that both sides have changed, and differently."""
    if one is None or other is None:
        return ()
    before = was or {}
    names = sorted({*one, *other, *before})
    return tuple(
        name
        for name in names
        if one.get(name) != other.get(name) and before.get(name) not in (one.get(name), other.get(name))
    )


def _frozen(rows: Sequence[tuple[str, Fields]]) -> list[tuple[str, _Frozen]]:
    return [(key, tuple(sorted(fields.items()))) for key, fields in rows]
