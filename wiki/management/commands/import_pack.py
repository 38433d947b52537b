"""`manage.py import_pack DIR`: a folder of Markdown files becomes a story's wiki, or brings it up to date."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from reader.models import Story
from wiki import lint, packing
from wiki.errors import PackError

SHOWN = 12  # names or warnings printed before the rest is only counted


class Command(BaseCommand):
    """Exit code 0 when the pack is in; 2, with every fault as `file:line: sentence`, when it is refused."""

    requires_system_checks = ()  # they load every page of the site, which takes longer than adding an entry
    help = "Load a wiki pack; loading it again changes only what its files changed."

    def add_arguments(self, parser: CommandParser) -> None:
        """A folder, and what is to be done with it."""
        parser.add_argument("dir", help="the folder with story.toml, entries/ and images/")
        parser.add_argument("--story", default="", metavar="SLUG", help="load it for this story instead")
        parser.add_argument("--afresh", action="store_true", help="look at unchanged files too")
        parser.add_argument("--prune", action="store_true", help="remove entries whose file is gone")
        parser.add_argument("--quiet", action="store_true", help="say nothing unless something is wrong")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, tell."""
        hidden = options["quiet"] or not self.stderr.isatty()
        with tqdm(unit="entry", leave=False, disable=hidden) as bar:
            try:
                report = packing.import_pack(
                    Path(options["dir"]),
                    story=options["story"],
                    afresh=options["afresh"],
                    prune=options["prune"],
                    begin=bar.reset,
                    progress=bar.update,
                )
            except PackError as error:
                bar.close()
                raise CommandError(str(error), returncode=2) from None
        if not options["quiet"]:
            self._tell(report)
            self._lint(report)

    def _tell(self, report: packing.Report) -> None:
        if not report.has_changed:
            self.stdout.write(f"Nothing has changed: {_many(report.same, 'entry', 'entries')} of {report.story}.")
        else:
            self.stdout.write(f"The wiki of {report.story} is up to date.")
        for what, names in (("new", report.new), ("changed", report.changed), ("removed", report.pruned)):
            if names:
                self.stdout.write(f"  {what}: {_some(names)}")
        if report.pictures:
            self.stdout.write(f"  {_many(report.pictures, 'picture')} taken in")
        if report.gone:
            self.stdout.write(f"  kept, though the file is gone (--prune removes them): {_some(report.gone)}")
        for warning in report.warnings[:SHOWN]:
            self.stdout.write(f"  {warning}")
        if len(report.warnings) > SHOWN:
            self.stdout.write(f"  … and {len(report.warnings) - SHOWN:,} more")

    def _lint(self, report: packing.Report) -> None:
        """What the spoiler lint says of what has changed, spoilers first; it stops nothing."""
        story = Story.objects.get(slug=report.story)
        findings = lint.lint(story, entries=report.touched) if report.touched else ()
        for finding in sorted(findings, key=lambda one: lint.ORDER[one.sort])[:SHOWN]:
            self.stdout.write(f"  lint: {finding}")
        if len(findings) > SHOWN:
            rest = f"{len(findings) - SHOWN:,} more"
            self.stdout.write(f"  … and {rest}; to see them all: manage.py lint_spoilers {report.story}")


def _some(names: tuple[str, ...]) -> str:
    rest = f" and {len(names) - SHOWN:,} more" if len(names) > SHOWN else ""
    return f"{len(names):,} ({', '.join(names[:SHOWN])}{rest})"


def _many(count: int, noun: str, plural: str = "") -> str:
    return f"{count:,} {noun if count == 1 else plural or noun + 's'}"
