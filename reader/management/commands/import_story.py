"""`manage.py import_story FILE --title …`: a manuscript becomes chapters, numbered paragraphs and pages."""

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.dateparse import parse_datetime
from django.utils.text import slugify
from tqdm import tqdm

from reader import importing
from reader.errors import ReaderError
from reader.models import Story
from reader.text.counting import count_words
from reader.text.manuscript import Manuscript, parse

SHOWN = 12  # remarks or changed paragraphs printed before the rest is only counted


class Command(BaseCommand):
    """Exit code 0 when the story is in, 2 with one sentence when the file is refused."""

    help = "Read a plain-text or Markdown manuscript into a story; importing a corrected file keeps what stayed."

    def add_arguments(self, parser: CommandParser) -> None:
        """One file and what the file does not say itself."""
        parser.add_argument("file", help="the manuscript: .txt (or anything plain) or .md")
        parser.add_argument("--title", default="", help="title of the story (default: from the file)")
        parser.add_argument("--slug", default="", help="its address (default: from the title)")
        parser.add_argument("--author", default="")
        parser.add_argument("--language", default="", help="language tag of the text, such as en-GB, ja or ar")
        parser.add_argument("--status", default="", choices=["", "ongoing", "finished", "paused"])
        parser.add_argument("--owner", default="", help="user name of the account that owns the story")
        parser.add_argument("--chapter-pattern", help="regular expression of the lines that begin a chapter")
        parser.add_argument("--no-blank-run-breaks", action="store_true", help="runs of blank lines mean nothing")
        parser.add_argument("--curly-quotes", action="store_true", help="turn straight quotes into typographic ones")
        parser.add_argument("--show-titles", action="store_true", default=None, help="show titles of chapters ahead")
        parser.add_argument(
            "--publish",
            action="append",
            default=[],
            metavar="CHAPTER=TIME",
            help="when a chapter comes out, as 9=2027-01-31T18:00Z; may be repeated",
        )
        parser.add_argument("--rewrite", action="store_true", help="allow a file that shares no paragraph")
        parser.add_argument("--dry-run", action="store_true", help="only print what the file would become")
        parser.add_argument("--quiet", action="store_true", help="say nothing unless something is wrong")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, tell, store, tell."""
        path = Path(options["file"])
        try:
            manuscript = parse(
                _bytes(path),
                name=path.name,
                chapter_pattern=options["chapter_pattern"],
                blank_runs=not options["no_blank_run_breaks"],
                quotes="curly" if options["curly_quotes"] else "keep",
            )
            settings = _settings(manuscript, path, options)
            if not options["quiet"]:
                self._summary(manuscript, settings.title)
            if options["dry_run"]:
                return
            hidden = options["quiet"] or not self.stderr.isatty()
            with tqdm(total=len(manuscript.chapters), unit="chapter", leave=False, disable=hidden) as bar:
                report = importing.import_story(manuscript, settings, now=datetime.now(UTC), progress=bar.update)
        except ReaderError as error:
            _refuse(str(error))
        if not options["quiet"]:
            self._report(report)

    def _summary(self, manuscript: Manuscript, title: str) -> None:
        paragraphs = [row for chapter in manuscript.chapters for row in chapter.paragraphs]
        words = sum(count_words(row.text) for row in paragraphs)
        self.stdout.write(
            f"{title}: {_many(len(manuscript.chapters), 'chapter')}, {_many(words, 'word')}, "
            f"{_many(len(paragraphs), 'paragraph')}, {_many(manuscript.scene_breaks, 'scene break')}."
        )
        for remark in manuscript.remarks[:SHOWN]:
            where = f"line {remark.line}: " if remark.line else ""
            self.stdout.write(f"  {where}{remark.text}")
        if len(manuscript.remarks) > SHOWN:
            rest = manuscript.remarks[SHOWN:]
            lines = ", ".join(str(remark.line) for remark in rest[:200] if remark.line)
            self.stdout.write(f"  … and {_many(len(rest), 'remark')} more" + (f" (lines {lines})." if lines else "."))

    def _report(self, report: importing.Report) -> None:
        if report.is_new:
            self.stdout.write(f"The story is in: {report.url}")
            return
        if not report.has_changed:
            self.stdout.write(f"Nothing has changed: {report.url}")
            return
        self.stdout.write(f"The story is brought up to date: {report.url}")
        for what, points in report.changes.items():
            if points:
                shown = ", ".join(points[:SHOWN]) + (f" and {len(points) - SHOWN} more" if len(points) > SHOWN else "")
                self.stdout.write(f"  {what}: {shown}")


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        _refuse(f"There is no file “{path}”.")
    except IsADirectoryError:
        _refuse(f"“{path}” is a folder; name the manuscript in it.")
    except OSError as error:
        _refuse(f"“{path}” cannot be read: {error.strerror}.")


def _settings(manuscript: Manuscript, path: Path, options: dict[str, Any]) -> importing.Settings:
    """What the story is called and so on: options first, then the file's own front matter."""
    meta = dict(manuscript.metadata)
    given = " ".join((options["title"] or str(meta.get("title") or "")).split())
    title = given or _title_from(path)
    slug = options["slug"] or slugify(title) or slugify(path.stem)
    if not slug:
        _refuse("No address can be made from this title; give one with --slug, in a–z, 0–9 and hyphens.")
    if not re.fullmatch(r"[a-z0-9][a-z0-9_-]*", slug):
        _refuse(f"“{slug}” cannot be an address: use a–z, 0–9 and hyphens.")
    if not given:  # a corrected file under another name does not rename the story
        title = Story.objects.filter(slug=slug[:80]).values_list("title", flat=True).first() or title
    status = options["status"] or str(meta.get("status") or "")
    if status and status not in {"ongoing", "finished", "paused"}:
        _refuse(f"The status “{status}” is none of ongoing, finished, paused.")
    titles = options["show_titles"] if options["show_titles"] is not None else meta.get("show_titles")
    warnings = meta.get("warnings")
    if warnings is not None and not (isinstance(warnings, list) and all(isinstance(one, str) for one in warnings)):
        _refuse("The front matter's warnings must be a list of texts.")
    return importing.Settings(
        slug=slug[:80],
        title=title[:300],
        author=options["author"] or _text(meta, "author"),
        blurb=_text(meta, "blurb"),
        language=options["language"] or _text(meta, "language"),
        status=status,
        cover=_text(meta, "cover"),
        licence_text=_text(meta, "licence_text"),
        licence_wiki=_text(meta, "licence_wiki"),
        warnings=tuple(warnings) if warnings is not None else None,
        show_titles=bool(titles) if titles is not None else None,
        owner=options["owner"],
        publish=_publish(options["publish"]),
        may_rewrite=options["rewrite"],
    )


def _publish(values: list[str]) -> dict[int, datetime]:
    found = {}
    for value in values:
        number, _equals, moment = value.partition("=")
        try:
            when = parse_datetime(moment.strip().replace("Z", "+00:00"))
        except ValueError:
            when = None
        if not re.fullmatch("[0-9]{1,9}", number.strip()) or when is None:
            _refuse(f"“{value}” is not CHAPTER=TIME, such as 9=2027-01-31T18:00Z.")
        found[int(number)] = when if when.tzinfo else when.replace(tzinfo=UTC)
    return found


def _text(meta: dict[str, Any], name: str) -> str:
    value = meta.get(name)
    return value.strip() if isinstance(value, str) else ""


def _title_from(path: Path) -> str:
    return path.stem.replace("_", " ").replace("-", " ").strip().capitalize() or path.name


def _many(count: int, noun: str) -> str:
    return f"{count:,} {noun}" + ("" if count == 1 else "s")


def _refuse(sentence: str) -> NoReturn:
    """One sentence and exit code 2, never a traceback."""
    raise CommandError(sentence, returncode=2)
