"""Takes a pack into a story's wiki: everything or nothing, and nothing at all when nothing has changed."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.db import transaction

from reader.models import Paragraph, Story
from reader.text.points import chapter_end, format_point, split
from wiki import compiling
from wiki.editing import recording
from wiki.errors import Fault, PackError
from wiki.models import Entry, Wiki
from wiki.packing.founding import add_kinds, found_wiki
from wiki.packing.pictures import Taken, date_images, take_pictures
from wiki.packing.planning import Held, Plan, Work, plan
from wiki.packing.reading import STORY_FILE, Folder, read_folder
from wiki.packing.storing import store
from wiki.packing.working import work_out
from wiki.tagging import ordering
from wiki.text.packshape import PackFact, PackName, PackPicture

_SMALLEST: Final = 640  # pixels
_WHY: Final = "an import that is asked to takes away what the pack no longer has"


@dataclass(frozen=True, slots=True)
class Report:
    """What an import did, by paths below entries/; `gone` are entries whose file the pack no longer has.

    They are kept, unless it was asked to `prune` them. `warnings` are worth a look and stopped nothing; `touched` are
    the primary keys of the entries that show something else than before.
    """

    story: str
    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    same: int = 0
    gone: tuple[str, ...] = ()
    pruned: tuple[str, ...] = ()
    pictures: int = 0
    has_changed: bool = False
    warnings: tuple[Fault, ...] = ()
    touched: tuple[int, ...] = ()


def import_pack(
    root: Path,
    *,
    story: str = "",
    afresh: bool = False,
    prune: bool = False,
    begin: Callable[[int], object] = lambda _: None,
    progress: Callable[[int], object] = lambda _: None,
) -> Report:
    """Load the pack in a folder. `story` is the slug of another story than story.toml names.

    Unchanged files are not even parsed, unless `afresh`. `begin` is told how many files have to be looked at,
    `progress` each that is done. Raises PackError with every fault; then nothing has changed.
    """
    try:
        folder = read_folder(root, story=story)
        return _import_folder(folder, afresh=afresh, prune=prune, begin=begin, progress=progress)
    except OSError as error:
        sentence = f"This cannot be read or written: {error.strerror}."
        raise PackError([Fault(str(error.filename or root), 0, sentence)]) from error


def _import_folder(
    folder: Folder,
    *,
    afresh: bool,
    prune: bool,
    begin: Callable[[int], object],
    progress: Callable[[int], object],
) -> Report:
    row = Story.objects.filter(slug=folder.story.story).first()
    if row is None:
        raise PackError(
            [Fault(STORY_FILE, 0, f"There is no story “{folder.story.story}” here; import its text first.")]
        )
    taken = Taken(folder, row)
    try:
        with transaction.atomic():
            return _import(row, folder, taken, afresh=afresh, prune=prune, begin=begin, progress=progress)
    except BaseException:
        for undo in taken.undo:
            undo()
        raise


def _import(
    story: Story,
    folder: Folder,
    taken: Taken,
    *,
    afresh: bool,
    prune: bool,
    begin: Callable[[int], object],
    progress: Callable[[int], object],
) -> Report:
    wiki = found_wiki(story)
    faults: list[Fault] = []
    todo = plan(story, folder, faults, afresh=afresh)
    begin(len(todo.works))
    taken.open()
    take_pictures(taken, todo.works, faults)
    if not faults:
        work_out(story, todo.works, faults, progress=progress)
    if faults:
        raise PackError(sorted(set(faults), key=lambda fault: (fault.file, fault.line)))
    is_described = _describe(wiki, folder)
    new = tuple(work.file.name for work in todo.works if work.held is None)
    with recording.imports([work.held.pk for work in todo.works if work.held]) as recorded:
        touched = store(story, todo.works) if todo.works else set()
        recorded.update(work.held.pk for work in todo.works if work.held)
    pruned = _prune(todo.gone) if prune else ()
    if todo.works or pruned or taken.changed:
        date_images(story)
    has_changed = bool(touched or pruned or is_described or taken.changed)
    if has_changed:
        compiling.raise_versions(story, touched)
        ordering.all_changed(story.pk)
    return Report(
        story=story.slug,
        new=new,
        changed=tuple(w.file.name for w in todo.works if w.held and w.held.pk in touched and w.file.name not in new),
        same=todo.same,
        gone=() if prune else tuple(held.source_name for held in todo.gone),
        pruned=pruned,
        pictures=len(taken.changed),
        has_changed=has_changed,
        warnings=(*_unknown_paragraphs(story, todo), *_unfit_pictures(taken)),
        touched=tuple(sorted(touched)),
    )


def _describe(wiki: Wiki, folder: Folder) -> bool:
    """Bring premise and kinds up to date; True when that changed something. A pack without a premise keeps what is."""
    changed = add_kinds(wiki.story, folder.story.kinds)
    if folder.story.premise and wiki.premise != folder.story.premise:
        Wiki.objects.filter(pk=wiki.pk).update(premise=folder.story.premise)
        changed = True
    return changed


def _prune(gone: Iterable[Held]) -> tuple[str, ...]:
    held = tuple(gone)
    Entry.objects.whole(because=_WHY).filter(pk__in=[one.pk for one in held]).delete()
    return tuple(one.source_name for one in held)


def _unknown_paragraphs(story: Story, todo: Plan) -> list[Fault]:
    """Citations and dates of paragraphs that the text does not have; their gates hold all the same.

    A chapter that is not there yet says nothing of its paragraphs.
    """
    said = [(point, work.fault(line, "")) for work in todo.works for point, line in _points(work)]
    wanted = {point for point, _ in said if point and point != chapter_end(split(point)[0])}
    chapters = {split(point)[0] for point in wanted}
    rows = Paragraph.objects.filter(chapter__story=story, chapter__number__in=chapters)
    there = set(story.chapters.filter(number__in=chapters).values_list("number", flat=True))
    found = set(rows.filter(point__in=wanted).values_list("point", flat=True)) if wanted else set()
    missing = {point for point in wanted - found if split(point)[0] in there}
    return [
        Fault(where.file, where.line, f"The story has no paragraph {format_point(point)}.")
        for point, where in said
        if point in missing
    ]


def _points(work: Work) -> Iterable[tuple[int, int]]:
    """Every point that a file says, with its line."""
    parts: tuple[PackName | PackFact | PackPicture, ...] = (*work.pack.names, *work.pack.facts, *work.pack.pictures)
    for part in parts:
        for point in (part.since, part.until):
            if point is not None:
                yield point, part.line
    for block in work.blocks:
        for point in block.citations:
            yield point, work.pack.body_line + block.line - 1


def _unfit_pictures(taken: Taken) -> list[Fault]:
    """Pictures that will be blown up or cut."""
    return [
        Fault(path, 0, "The picture should be at least 640 pixels wide and high.")
        for path in taken.changed
        if min(taken.images[path].width, taken.images[path].height) < _SMALLEST
    ]
