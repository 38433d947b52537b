"""Takes a pack's pictures in: a row and files for each, encoded only when its bytes are new, named by random ids."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from django.db import transaction
from django.db.models import Min
from django.db.models.functions import Greatest

from reader.models import Story
from reader.text.points import EVERYTHING
from wiki import picturing
from wiki.errors import Fault, PictureError
from wiki.models import Block, Image, Picture
from wiki.packing.planning import Work
from wiki.packing.reading import Folder

_WHY: Final = "a pack is compared with all that is stored"
_LONGEST_PATH: Final = 120
_REFERENCE: Final = re.compile(r'(\]\(image:)([^()\s"]+)')


@dataclass(slots=True)
class Taken:
    """The story's images by their path in a pack; `undo` takes away files that were written for nothing."""

    folder: Folder
    story: Story
    images: dict[str, Image] = field(default_factory=dict)
    changed: list[str] = field(default_factory=list)
    undo: list[Callable[[], None]] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)

    def open(self) -> None:
        """Read which images there are."""
        rows = Image.objects.whole(because=_WHY).filter(story=self.story)
        self.images = {row.source_name: row for row in rows}

    def find(self, file: str) -> Image:
        """The image that a file of the pack is, taken in now if it is new. Raises PictureError."""
        path = self.folder.picture(file)
        if path is None or len(path) > _LONGEST_PATH:
            raise PictureError(f"The pack has no picture “{file[:_LONGEST_PATH]}”.")
        if path in self.refused:
            raise PictureError(self.refused[path])
        if path not in self.images:
            self._take(path, Image(story=self.story, source_name=path, since=EVERYTHING))
        return self.images[path]

    def renew(self) -> None:
        """Encode again what has other bytes than before, or whose files are lost."""
        for path, image in list(self.images.items()):
            file = self.folder.root / path
            if file.is_file():
                digest = picturing.digest_of(file.read_bytes())
                if digest != image.digest or not picturing.is_kept(self._where, image.public_id, digest):
                    self._take(path, image)

    @property
    def _where(self) -> Path:
        return picturing.folder_of(self.story.public_id)

    def _take(self, path: str, image: Image) -> None:
        try:
            encoded = picturing.encode((self.folder.root / path).read_bytes())
        except PictureError as error:
            self.refused[path] = str(error)
            raise
        before = image.digest
        image.width, image.height, image.digest = encoded.width, encoded.height, encoded.digest
        undo = picturing.keep(encoded, self._where, image.public_id)
        if before != image.digest:
            self.undo.append(undo)
            image.save()
            transaction.on_commit(lambda: picturing.remove(self._where, image.public_id, before))
        self.images[path] = image
        self.changed.append(path)


def take_pictures(taken: Taken, works: Sequence[Work], faults: list[Fault]) -> None:
    """Take in all pictures that these files name, in front matter and body; bodies name images by public id then."""
    try:
        taken.renew()
    except PictureError:
        faults += [Fault(path, 0, sentence) for path, sentence in taken.refused.items()]
    for work in works:
        for picture in work.pack.pictures:
            try:
                work.pictures.append((picture, taken.find(picture.file).pk))
            except PictureError as error:
                faults.append(work.fault(picture.line, str(error)))
        if "](image:" in work.pack.body:
            work.pack = replace(work.pack, body=_by_public_id(work, taken, faults))


def _by_public_id(work: Work, taken: Taken, faults: list[Fault]) -> str:
    def name(match: re.Match[str]) -> str:
        try:
            return match[1] + taken.find(match[2]).public_id
        except PictureError as error:
            line = work.pack.body.count("\n", 0, match.start()) + 1
            faults.append(work.body_fault(line, str(error)))
            return match[0]

    return _REFERENCE.sub(name, work.pack.body)


def by_file(body: str, images: dict[str, str]) -> str:
    """A body whose pictures are named by their path in the pack again; `images` are paths by public id."""
    return _REFERENCE.sub(lambda match: match[1] + images.get(match[2], match[2]), body)


def date_images(story: Story) -> None:
    """Give every image the earliest point at which something shows it; one that nothing shows has the latest of all.

    What belongs to an entry shows no earlier than the entry itself.
    """
    portraits = Picture.objects.whole(because=_WHY).filter(story=story)
    shown = portraits.annotate(shown=Greatest("since", "entry__since")).values_list("image").annotate(Min("shown"))
    since = dict(shown)
    ids = {row.public_id: row for row in Image.objects.whole(because=_WHY).filter(story=story)}
    blocks = Block.objects.whole(because=_WHY).filter(story=story, shape__has_key="images")
    for shape, point in blocks.annotate(shown=Greatest("since", "entry__since")).values_list("shape", "shown"):
        for identity in shape["images"]:
            if identity in ids:
                key = ids[identity].pk
                since[key] = min(point, since.get(key, point))
    moved = [row for row in ids.values() if row.since != since.get(row.pk, EVERYTHING)]
    for row in moved:
        row.since = since.get(row.pk, EVERYTHING)
    Image.objects.whole(because=_WHY).bulk_update(moved, ["since"])
