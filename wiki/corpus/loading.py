"""Takes invented stories and their wikis in as imports do, through the same modules, so that the rows are the same.

Only the reading of files is left out: what a pack would hold is handed over in memory, some thousand entries at a time.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Final

from django.db import transaction

from reader import importing
from reader.models import Story
from wiki import compiling
from wiki.corpus.copying import copy_entries
from wiki.corpus.describing import Describer
from wiki.corpus.figures import Figure, Size, cast
from wiki.corpus.telling import tell
from wiki.errors import Fault, PackError
from wiki.packing.founding import found_wiki
from wiki.packing.planning import Work
from wiki.packing.reading import ENTRIES, STORY_FILE, SourceFile
from wiki.packing.working import work_out
from wiki.text.packfile import write_entry, write_story
from wiki.text.packshape import PackEntry, PackStory

_CHUNK: Final = 2_500  # entries compiled and stored at a time


@dataclass(frozen=True, slots=True)
class Made:
    """One story of a corpus, and how much of it there is."""

    slug: str
    paragraphs: int
    entries: int
    names: int
    is_new: bool = True


def make_story(
    slug: str,
    size: Size,
    *,
    seed: int,
    now: datetime,
    pack: Path | None = None,
    load: bool = True,
    progress: Callable[[int], object] = lambda _: None,
) -> Made:
    """Make one story with its wiki; one that is there already is left as it is.

    With `pack`, the wiki is written to that folder as well; without `load`, only there. `progress` is told entries.
    """
    draw = random.Random(f"{seed}:{slug}")  # noqa: S311 - nothing to keep secret
    figures = cast(draw, size)
    names = sum(len(figure.names) for figure in figures)
    if Story.objects.filter(slug=slug).exists():
        return Made(slug, size.paragraphs, len(figures), names, is_new=False)
    title = f"The {slug.replace('-', ' ').title()}"
    settings = importing.Settings(slug=slug, title=title, author="Nobody", status="finished")
    importing.import_story(tell(draw, size, figures), settings, now=now)
    describer = Describer(f"{seed}:{slug}", size, figures)
    about = PackStory(slug, f"What is told in {title}.")
    if pack is not None:
        (pack / ENTRIES).mkdir(parents=True, exist_ok=True)
        (pack / STORY_FILE).write_text(write_story(about), encoding="utf-8")
    with transaction.atomic():
        story = Story.objects.get(slug=slug)
        if load:
            wiki = found_wiki(story)
            wiki.premise = about.premise
            wiki.save()
        for entries in _chunks(describer, figures):
            files = [_file(entry) for entry in entries]
            if pack is not None:
                for file in files:
                    (pack / ENTRIES / file.name).write_bytes(file.data)
            if load:
                _store(story, files, entries)
            progress(len(entries))
    return Made(slug, size.paragraphs, len(figures), names)


def _chunks(describer: Describer, figures: Sequence[Figure]) -> Iterator[list[PackEntry]]:
    entries = (describer.describe(figure) for figure in figures)
    while chunk := list(islice(entries, _CHUNK)):
        yield chunk


def _file(entry: PackEntry) -> SourceFile:
    data = write_entry(entry).encode()
    return SourceFile(f"{entry.slug}.md", data, sha256(data).hexdigest())


def _store(story: Story, files: Sequence[SourceFile], entries: Sequence[PackEntry]) -> None:
    """As an import does, once it has read the files and found nothing wrong. Raises PackError otherwise."""
    works = [Work(file, entry) for file, entry in zip(files, entries, strict=True)]
    faults: list[Fault] = []
    work_out(story, works, faults)
    if faults:
        raise PackError(faults)
    compiling.raise_versions(story, copy_entries(story, works))
