"""What an import has to do: which files are new or changed, which entries they are, and what is wrong with them.

Reads the database, writes nothing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Final, NamedTuple

from django.db.models import OuterRef, Subquery

from reader.models import Story
from wiki.errors import Fault, PackError
from wiki.models import Entry, Kind, Slug
from wiki.packing.reading import Folder, SourceFile
from wiki.text.bodies import Compiled, Inline
from wiki.text.packfile import parse_entry
from wiki.text.packshape import PackEntry, PackFact, PackName, PackPicture

_WHY: Final = "a pack is compared with all that is stored"


class Held(NamedTuple):
    """An entry as it is stored: its primary key, the file that it came from, that file's digest, its address."""

    pk: int
    source_name: str
    digest: str
    slug: str


@dataclass(slots=True)
class Work:
    """A file that is new or has changed; what follows `pack` is filled in on the way."""

    file: SourceFile
    pack: PackEntry
    held: Held | None = None
    old_slugs: list[str] = field(default_factory=list)
    names: list[PackName] = field(default_factory=list)
    facts: list[tuple[PackFact, Inline]] = field(default_factory=list)
    pictures: list[tuple[PackPicture, int]] = field(default_factory=list)  # with the key of the image
    blocks: list[Compiled] = field(default_factory=list)

    def fault(self, line: int, sentence: str) -> Fault:
        """Something wrong at a line of the file."""
        return Fault(self.file.path, line, sentence)

    def body_fault(self, line: int, sentence: str) -> Fault:
        """Something wrong at a line of the body."""
        return self.fault(self.pack.body_line + line - 1, sentence)


@dataclass(frozen=True, slots=True)
class Plan:
    """`gone` are stored entries whose file the pack no longer has; `same` counts files that need no look."""

    works: tuple[Work, ...]
    gone: tuple[Held, ...]
    same: int


def plan(story: Story, folder: Folder, faults: list[Fault], *, afresh: bool = False) -> Plan:
    """Compare a pack with what is stored; every fault of every file is added to `faults`.

    An entry is known again by its file's name; one whose file is gone, by the bytes or the address of a new file.
    """
    stored = {held.source_name: held for held in _held(story) if held.source_name}
    works = []
    for file in folder.files:
        held = stored.get(file.name)
        if held is None or held.digest != file.digest or afresh:
            try:
                entry, found = parse_entry(file.text(), file.path)
            except PackError as error:
                entry, found = None, error.faults
            faults += found
            if entry is not None:
                works.append(Work(file, entry, held))
    present = {file.name for file in folder.files}
    gone = [held for name, held in stored.items() if name not in present]
    _find_renamed(works, gone)
    worked = {work.file.name for work in works}
    kept = [held for name, held in stored.items() if name in present and name not in worked]
    faults += _shared_slugs(works, kept) + _unknown_kinds(story, folder, works)
    return Plan(tuple(works), tuple(gone), len(kept))


def _held(story: Story) -> list[Held]:
    slugs = Slug.objects.whole(because=_WHY).filter(entry=OuterRef("pk"), is_redirect=False).order_by("since", "pk")
    rows = Entry.objects.whole(because=_WHY).filter(story=story).order_by("source_name")
    values = rows.values_list("pk", "source_name", "digest", Subquery(slugs.values("slug")[:1]))
    return [Held(pk, name, digest, slug or "") for pk, name, digest, slug in values]


def _find_renamed(works: Sequence[Work], gone: list[Held]) -> None:
    """Give new files the entries whose file they replace."""
    ways: tuple[Callable[[Work, Held], bool], ...] = (
        lambda work, held: work.file.digest == held.digest,
        lambda work, held: work.pack.slug == held.slug,
    )
    for same in ways:
        for work in works:
            if work.held is None:
                work.held = next((held for held in gone if same(work, held)), None)
                if work.held is not None:
                    gone.remove(work.held)


def _shared_slugs(works: Sequence[Work], kept: Sequence[Held]) -> list[Fault]:
    """Two entries at one address, unless one of them says that it is meant."""
    holders = {held.slug: f"entries/{held.source_name}" for held in kept}
    faults = []
    for work in works:
        other = holders.setdefault(work.pack.slug, work.file.path)
        if other != work.file.path and not work.pack.shares_slug:
            sentence = f'The address “{work.pack.slug}” is that of {other} too; give one of them another slug = "…".'
            faults.append(work.fault(work.pack.slug_line, sentence))
    return faults


def _unknown_kinds(story: Story, folder: Folder, works: Sequence[Work]) -> list[Fault]:
    known = {kind.slug for kind in folder.story.kinds} | set(
        Kind.objects.filter(story=story).values_list("slug", flat=True)
    )
    faults = []
    for work in works:
        if work.pack.kind not in known:
            close = get_close_matches(work.pack.kind, sorted(known), n=1)
            guess = f"; did you mean “{close[0]}”?" if close else f": there are {', '.join(sorted(known))}."
            faults.append(work.fault(work.pack.kind_line, f"There is no kind “{work.pack.kind}”{guess}"))
    return faults
