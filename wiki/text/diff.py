"""What became of one version of an entry in another: its words, its blocks, its names and facts.

Knows texts and keys; what a reader may see of them is decided before, and how it looks in the style sheet.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal

from wiki.text.matching import match, tokens
from wiki.text.rising import rising

PieceSort = Literal["same", "cut", "add"]
Sort = Literal["same", "changed", "added", "removed", "moved"]

_TAGS = {"same": ("", ""), "cut": ("<del>", "</del>"), "add": ("<ins>", "</ins>")}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that stayed, was cut or was added."""

    sort: PieceSort
    text: str


@dataclass(frozen=True, slots=True)
class BlockDiff:
    """What became of a block; `old` or `new` is empty where there was none."""

    sort: Sort
    key: str
    old: str
    new: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A name or a fact: what it says under which label."""

    key: str
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class RowDiff:
    """What became of a row; `old_label` is set where the label was another one, which makes it changed too."""

    sort: Sort
    label: str
    old: str
    new: str
    pieces: tuple[Piece, ...]
    old_label: str = ""


def words(old: str, new: str) -> tuple[Piece, ...]:
    """The stretches of two texts in their order: the same and the cut ones are the old text, same and added the new.

    What is cut stands before what is put in its place. Signs and blanks between two changes belong to the change. Two
    texts of 200 kB take less than a second, whatever is in them (see `match`).

    >>> [(piece.sort, piece.text) for piece in words("A red door.", "A blue door.")]
    [('same', 'A '), ('cut', 'red'), ('add', 'blue'), ('same', ' door.')]
    """
    before, after = tokens(old), tokens(new)
    pieces = _Pieces()
    old_at = new_at = 0
    for old_word, new_word in [*match(before, after), (len(before), len(after))]:
        pieces.take_between(before[old_at:old_word], after[new_at:new_word])
        pieces.take("same", before[old_word : old_word + 1])
        old_at, new_at = old_word + 1, new_word + 1
    return pieces.finish()


def blocks(old: Sequence[tuple[str, str]], new: Sequence[tuple[str, str]]) -> tuple[BlockDiff, ...]:
    """What became of blocks, given as key and source, in reading order; keys are unique, but an empty one is new.

    A removed block stands after the one that it followed. Of blocks in another order as few as can be have moved;
    one that changed as well is called changed.

    >>> [(one.sort, one.key) for one in blocks([("a", "One."), ("b", "Two.")], [("c", "New."), ("b", "Two!")])]
    [('removed', 'a'), ('added', 'c'), ('changed', 'b')]
    """
    found = []
    for before, after, is_moved in _in_order([key for key, _ in old], [key for key, _ in new]):
        old_text, new_text = "" if before is None else old[before][1], "" if after is None else new[after][1]
        sort = _sort(before, after, is_changed=old_text != new_text, is_moved=is_moved)
        key = old[before][0] if after is None and before is not None else new[after or 0][0]
        found.append(BlockDiff(sort, key, old_text, new_text, words(old_text, new_text)))
    return tuple(found)


def rows(old: Sequence[Row], new: Sequence[Row]) -> tuple[RowDiff, ...]:
    """What became of names or facts, in the manner of `blocks`.

    >>> [(one.sort, one.label, one.old, one.new) for one in rows([Row("1", "Age", "17")], [Row("1", "Age", "18")])]
    [('changed', 'Age', '17', '18')]
    """
    found = []
    for before, after, is_moved in _in_order([row.key for row in old], [row.key for row in new]):
        was, now = None if before is None else old[before], None if after is None else new[after]
        old_text, new_text = was.value if was else "", now.value if now else ""
        old_label, label = was.label if was else "", now.label if now else ""
        is_relabelled = bool(was and now and old_label != label)
        sort = _sort(before, after, is_changed=old_text != new_text or is_relabelled, is_moved=is_moved)
        pieces = words(old_text, new_text)
        found.append(
            RowDiff(sort, label if now else old_label, old_text, new_text, pieces, old_label if is_relabelled else "")
        )
    return tuple(found)


def html(pieces: Sequence[Piece]) -> str:
    """The pieces as HTML: escaped, `<del>` or `<ins>` around what changed, and nothing else.

    Where nothing but blanks changed, a space shows as a middle dot, a line's end as an arrow (and still ends the
    line), any other invisible sign as an open box: the quiet marks of word processors, in the size of what they mark.
    A change with words in it shows none: there the blanks are not what one looks for.

    >>> html(words("Rain, sun.", "Rain,  sun & snow."))
    'Rain, <ins>·</ins>sun<ins> &amp; snow</ins>.'
    """
    out = []
    for piece in pieces:
        begin, end = _TAGS[piece.sort]
        is_blank = piece.sort != "same" and all(char == " " or not char.isprintable() for char in piece.text)
        out.append(f"{begin}{escape(_marked(piece.text) if is_blank else piece.text)}{end}")
    return "".join(out)


def _marked(blanks: str) -> str:
    return "".join({" ": "·", "\n": "↵\n"}.get(char, "␣") for char in blanks)


class _Pieces:
    """Gathers pieces: none is empty, and no two neighbours are of one sort."""

    def __init__(self) -> None:
        self.found: list[tuple[PieceSort, list[str]]] = []

    def take(self, sort: PieceSort, text: Sequence[str]) -> None:
        """Append tokens."""
        if text and self.found and self.found[-1][0] == sort:
            self.found[-1][1].extend(text)
        elif text:
            self.found.append((sort, list(text)))

    def take_between(self, old: Sequence[str], new: Sequence[str]) -> None:
        """Append what stands between two words that stayed: the same up to the first and from the last change."""
        start, least = 0, min(len(old), len(new))
        while start < least and old[start] == new[start]:
            start += 1
        end = 0
        while end < least - start and old[-1 - end] == new[-1 - end]:
            end += 1
        self.take("same", old[:start])
        self.take("cut", old[start : len(old) - end])
        self.take("add", new[start : len(new) - end])
        self.take("same", old[len(old) - end :])

    def finish(self) -> tuple[Piece, ...]:
        """All pieces in their order."""
        return tuple(Piece(sort, "".join(text)) for sort, text in self.found)


def _in_order(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int | None, int | None, bool]]:
    """The places of each key on both sides, new order first, and whether it has moved."""
    where = {key: at for at, key in enumerate(old) if key}
    pairs = [where.get(key) for key in new]
    common = [at for at in pairs if at is not None]
    stayed, known = rising(common), set(common)
    gone: dict[int | None, list[int]] = {}  # by the block that stayed before it
    last: int | None = None
    for at in range(len(old)):
        if at in stayed:
            last = at
        elif at not in known:
            gone.setdefault(last, []).append(at)
    yield from ((at, None, False) for at in gone.get(None, ()))
    for index, before in enumerate(pairs):
        yield before, index, before is not None and before not in stayed
        if before in stayed:
            yield from ((at, None, False) for at in gone.get(before, ()))


def _sort(before: int | None, after: int | None, *, is_changed: bool, is_moved: bool) -> Sort:
    if before is None:
        return "added"
    if after is None:
        return "removed"
    if is_changed:
        return "changed"
    return "moved" if is_moved else "same"
