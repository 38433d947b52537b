"""Finds the files of a pack and tells which have changed. What stands in them is `text/packfile.py`'s business."""

import os
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from wiki.errors import Fault, PackError
from wiki.text.packfile import parse_story
from wiki.text.packshape import PackStory

STORY_FILE: Final = "story.toml"
ENTRIES: Final = "entries"
PICTURES: Final = "images"
_LONGEST_NAME: Final = 120  # characters of a path below entries/


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file below entries/: `name` is its path there, `digest` the SHA-256 of its bytes."""

    name: str
    data: bytes
    digest: str

    @property
    def path(self) -> str:
        """As faults name it."""
        return f"{ENTRIES}/{self.name}"

    def text(self) -> str:
        """Its text. Raises PackError where it is not UTF-8."""
        return decode(self.data, self.path)


@dataclass(frozen=True, slots=True)
class Folder:
    """A pack as it lies on the disk; `files` are sorted by name."""

    root: Path
    story: PackStory
    files: tuple[SourceFile, ...]

    def picture(self, file: str) -> str | None:
        """The path in the pack of a picture that is named so, with or without its folder; None if there is none."""
        root = self.root.resolve()
        for candidate in (file, f"{PICTURES}/{file}"):
            path = (root / candidate).resolve()
            if path.is_relative_to(root) and path.is_file():
                return candidate
        return None


def read_folder(root: Path, *, story: str = "") -> Folder:
    """Read story.toml and every entry's bytes; `story` goes before what story.toml says. Raises PackError."""
    if not root.is_dir():
        raise PackError([Fault(str(root), 0, "There is no such folder.")])
    faults: list[Fault] = []
    about: PackStory | None = None
    path = root / STORY_FILE
    if path.is_file():
        about, faults = parse_story(decode(path.read_bytes(), STORY_FILE), STORY_FILE)
    elif story:
        about = PackStory(story)
    else:
        faults = [Fault(STORY_FILE, 0, 'The pack has no such file; it says whose wiki it is: story = "…".')]
    files = []
    for name in _names(root / ENTRIES):
        if len(name) > _LONGEST_NAME:
            faults.append(Fault(f"{ENTRIES}/{name}", 0, f"The file's name is longer than {_LONGEST_NAME} characters."))
            continue
        data = (root / ENTRIES / name).read_bytes()
        files.append(SourceFile(name, data, sha256(data).hexdigest()))
    if about is None or faults:
        raise PackError(faults)
    if story and story != about.story:
        about = PackStory(story, about.premise, about.kinds)
    return Folder(root, about, tuple(files))


def decode(data: bytes, file: str) -> str:
    """A file's text. Raises PackError, with the line, where it is not UTF-8."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise PackError([Fault(file, line, "The file is not UTF-8 text.")]) from None


def _names(entries: Path) -> list[str]:
    """Paths below entries/ of what may be an entry, sorted."""
    found = []
    for folder, folders, files in os.walk(entries):
        folders[:] = [name for name in folders if not name.startswith(".")]
        below = Path(folder).relative_to(entries)
        found += [(below / name).as_posix() for name in files if name.endswith(".md") and not name.startswith(".")]
    return sorted(found)
