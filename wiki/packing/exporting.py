"""Writes a story's wiki as a pack: loaded into an empty wiki, it gives the same names, facts, blocks and gates."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from django.db import transaction

from reader.models import Story
from reader.text.points import EVERYTHING
from wiki import picturing
from wiki.editing.dating import end_of_story
from wiki.errors import Fault, PackError
from wiki.models import Block, Entry, Fact, Image, Name, Picture, Slug, Wiki
from wiki.packing.founding import own_kinds
from wiki.packing.pictures import by_file
from wiki.packing.reading import ENTRIES, STORY_FILE
from wiki.packing.storing import stored_rows
from wiki.packing.working import names_of, pictures_known
from wiki.text import shape
from wiki.text.blocks import join
from wiki.text.bodies import compile_body
from wiki.text.gating import NamesKnown
from wiki.text.keeping import write_kept
from wiki.text.lexicon import Lexicon
from wiki.text.packfile import write_entry, write_story
from wiki.text.packshape import PackEntry, PackFact, PackName, PackPicture, PackStory

_WHY: Final = "an export holds everything"
_CHUNK: Final = 500  # entries in memory at a time


def export_pack(story: Story, root: Path, *, progress: Callable[[int], object] = lambda _: None) -> int:
    """Write the whole wiki into a folder, made if need be; the number of entries. `progress` is told each entry (1).

    Files of the same names are overwritten, others left alone. Raises PackError for a folder that cannot be written.
    """
    try:
        with transaction.atomic():
            return _export(story, root, progress)
    except OSError as error:
        raise PackError([Fault(str(error.filename or root), 0, f"This cannot be written: {error.strerror}.")]) from None


def _export(story: Story, root: Path, progress: Callable[[int], object]) -> int:
    premise = Wiki.objects.filter(story=story).values_list("premise", flat=True).first() or ""
    _write(root / STORY_FILE, write_story(PackStory(story.slug, premise, own_kinds(story))))
    images = _export_images(story, root)
    compiling = _Alone(Lexicon(names_of(story)), end_of_story(story), pictures_known(story))
    entries = list(Entry.objects.whole(because=_WHY).filter(story=story).order_by("pk").select_related("kind"))
    files, slugs = _Unique(entry.source_name for entry in entries), set[str]()
    for start in range(0, len(entries), _CHUNK):
        chunk = entries[start : start + _CHUNK]
        keys = [entry.pk for entry in chunk]
        rows = {model: stored_rows(model, keys) for model in (Slug, Name, Fact, Picture, Block)}
        for entry in chunk:
            own = {model: found.get(entry.pk, []) for model, found in rows.items()}
            packed = _entry(entry, own, compiling, images, slugs)
            _write(root / ENTRIES / (entry.source_name or files.name(packed.slug)), write_entry(packed))
            progress(1)
    return len(entries)


class _Unique:
    """Names of files that no other entry has, whatever the case of letters."""

    def __init__(self, taken: Any) -> None:
        self.taken = {name.casefold() for name in taken}

    def name(self, slug: str) -> str:
        """A name for the file of an entry that came from none."""
        number = 1
        while (name := f"{slug}{f'-{number}' * (number > 1)}.md").casefold() in self.taken:
            number += 1
        self.taken.add(name.casefold())
        return name


class _Alone:
    """What compiling alone would make of a body today."""

    def __init__(self, names: NamesKnown, stamp: int, pictures: Mapping[str, int]) -> None:
        self.names, self.stamp, self.pictures = names, stamp, pictures

    def gates(self, blocks: Sequence[shape.Block]) -> list[int]:
        """From when each block would show."""
        compiled, _problems = compile_body(
            join(blocks), names=self.names, stamp=self.stamp, picture_known=self.pictures.get
        )
        return [block.since for block in compiled]


def body_of(rows: Sequence[Block], alone: _Alone) -> str:
    """A body that gives these blocks again, with the gates that they have."""
    blocks = [shape.Block(row.kind, row.source, row.shape.get("marks", "")) for row in rows]
    # What stands below decides about headings: only when it is right can they be.
    for is_last in (False, True):
        found = alone.gates(blocks)
        if found == [row.since for row in rows] or len(found) != len(rows):
            break
        for at, (row, since) in enumerate(zip(rows, found, strict=True)):
            if row.since not in (since, EVERYTHING) and blocks[at].is_structural == is_last:
                blocks[at] = write_kept(blocks[at], row.since)
    return join(blocks).rstrip("\n")


def _entry(
    entry: Entry, rows: Mapping[Any, Sequence[Any]], alone: _Alone, images: Mapping[int, Image], slugs: set[str]
) -> PackEntry:
    slug = next((row.slug for row in rows[Slug] if not row.is_redirect), entry.public_id.lower())
    shares_slug = slug in slugs
    slugs.add(slug)
    files = {image.public_id: image.source_name for image in images.values()}
    return PackEntry(
        kind=entry.kind.slug,
        slug=slug,
        names=tuple(_name(row) for row in rows[Name]),
        facts=tuple(_fact(row) for row in rows[Fact]),
        pictures=tuple(_picture(row, images) for row in rows[Picture]),
        body=by_file(body_of(rows[Block], alone), files),
        redirects=tuple(row.slug for row in rows[Slug] if row.is_redirect),
        shares_slug=shares_slug,
    )


def _name(row: Name) -> PackName:
    return PackName(row.text, row.sort, row.since, row.until, row.only_by_hand, row.only_capital, row.is_stamped)


def _fact(row: Fact) -> PackFact:
    return PackFact(row.label, row.source, row.since, row.until, row.is_many, row.is_stamped)


def _picture(row: Picture, images: Mapping[int, Image]) -> PackPicture:
    return PackPicture(images[row.image_id].source_name, row.alt, row.since, row.until, row.is_stamped)


def _export_images(story: Story, root: Path) -> dict[int, Image]:
    """Write every picture as it came; images by primary key."""
    images = {image.pk: image for image in Image.objects.whole(because=_WHY).filter(story=story)}
    folder = picturing.folder_of(story.public_id)
    for image in images.values():
        target = root / image.source_name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes((folder / picturing.source_name(image.public_id, image.digest)).read_bytes())
    return images


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
