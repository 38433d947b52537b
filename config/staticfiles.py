"""Static files as they are served: style sheets in one piece, every name with its hash, everything precompressed.

The sources stay small files that a browser can read as they are; a sheet that only imports others is put together here,
and our own sheets and scripts lose their comments and indentation.
"""

import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

IMPORT = re.compile(r"""@import\s+(?:url\()?["']([^"')]+)["']\)?\s*;""")
COMMENT = re.compile(r"/\*(?!!).*?\*/", re.DOTALL)
BLANKS = re.compile(r"\s*\n\s*")
WHOLE_LINES = re.compile(r"^[ \t]*(?://(?!!)[^\n]*|/\*(?!!)(?:(?!\*/).)*\*/[ \t]*)$", re.DOTALL | re.MULTILINE)


class BundledStorage(CompressedManifestStaticFilesStorage):
    """WhiteNoise's storage, with `@import "…";` of our own sheets replaced by what they name."""

    _sources: dict[str, Any]

    def url(self, name: str, force: bool = False) -> str:  # noqa: FBT001, FBT002
        """The address of a file, worked out once: a page has dozens, and the manifest is read when a process starts."""
        if force:
            return str(super().url(name, force))
        if name not in self._addresses:
            self._addresses[name] = str(super().url(name))
        return self._addresses[name]

    @cached_property
    def _addresses(self) -> dict[str, str]:
        return {}

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:  # noqa: FBT001, FBT002
        """Put the entry sheets together before their names are hashed.

        From the sources, each time: what was collected before is together already, and perhaps of yesterday.
        """
        if not dry_run:
            self._addresses.clear()
            self._sources = dict(paths)
            for name in [name for name in paths if name.endswith(".css") and "/" in name]:
                source = self._read(name)
                if IMPORT.search(source):
                    joined = compact(self._joined(name, source))
                    self.delete(name)
                    self._save(name, ContentFile(joined.encode()))
                    paths[name] = (self, name)
            for name in [name for name in paths if name.startswith("js/") and name.endswith(".js")]:
                source = compact_script(self._read(name))
                self.delete(name)
                self._save(name, ContentFile(source.encode()))
                paths[name] = (self, name)
        yield from super().post_process(paths, dry_run, **options)

    def _joined(self, name: str, source: str) -> str:
        folder = PurePosixPath(name).parent

        def named(match: re.Match[str]) -> str:
            target = str(folder / match[1])
            parts: list[str] = []
            for part in PurePosixPath(target).parts:
                parts = parts[:-1] if part == ".." else [*parts, part]
            path = "/".join(parts)
            return self._joined(path, self._read(path))

        return IMPORT.sub(named, source)

    def _read(self, name: str) -> str:
        storage, path = self._sources.get(name, (self, name))
        with storage.open(path) as file:
            return bytes(file.read()).decode()


def compact(css: str) -> str:
    """A sheet without comments and indentation.

    >>> compact("/* why */ a {\\n  color: red;\\n}\\n")
    'a {\\ncolor: red;\\n}'
    """
    return BLANKS.sub("\n", COMMENT.sub("", css)).strip()


def compact_script(script: str) -> str:
    """A script without indentation and without comments on lines of their own; no string in it may have several lines.

    >>> compact_script("// why\\n/** what */\\nrun({\\n  at: 1, // second\\n});\\n")
    'run({\\nat: 1, // second\\n});'
    """
    return BLANKS.sub("\n", WHOLE_LINES.sub("", script)).strip()
