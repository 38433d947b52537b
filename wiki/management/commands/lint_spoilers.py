"""`manage.py lint_spoilers [SLUG]`: what in a wiki shows too early, is dated by nothing, or leads nowhere."""

import sys
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from reader.models import Story
from wiki import lint


class Command(BaseCommand):
    """Exit code 0 without findings, 1 with findings, 2 when it was asked for what is not there."""

    help = "List spoilers, loose dates and dead ends of a story's wiki, each with a way to mend it."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which stories, entries and sorts of findings."""
        parser.add_argument("slug", nargs="?", default="", help="the story (default: all)")
        parser.add_argument(
            "--kind",
            action="append",
            default=[],
            choices=list(lint.SORTS),
            metavar="SORT",
            help=f"only findings of this sort; may be repeated: {', '.join(lint.SORTS)}",
        )
        parser.add_argument(
            "--entry",
            action="append",
            default=[],
            metavar="NAME",
            help="only this entry (address or file); may be repeated",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Look, tell, and say by the exit code whether there is something to mend."""
        stories = Story.objects.order_by("slug")
        if options["slug"]:
            stories = stories.filter(slug=options["slug"])
            if not stories:
                raise CommandError(f"There is no story “{options['slug']}”.", returncode=2)
        counts: Counter[lint.Sort] = Counter()
        was_there = not options["entry"]
        for story in stories:
            entries = None
            if options["entry"]:
                entries = lint.entries_called(story, options["entry"])
                if not entries:
                    continue
                was_there = True
            findings = lint.lint(story, entries=entries, sorts=options["kind"])
            if findings and len(stories) > 1:
                self.stdout.write(f"{story.slug}:")
            for finding in findings:
                self.stdout.write(str(finding))
            counts.update(finding.sort for finding in findings)
        if not was_there:
            raise CommandError(f"There is no entry “{options['entry'][0]}”.", returncode=2)
        self.stdout.write(summary(counts))
        if counts:
            sys.exit(1)


def summary(counts: Counter[lint.Sort]) -> str:
    """How many there are of each sort."""
    if not counts:
        return "Nothing to mend."
    total = counts.total()
    sorts = "".join(f"\n  {counts[sort]:,} {sort}: {what}" for sort, what in lint.SORTS.items() if counts[sort])
    return f"{total:,} finding{'' if total == 1 else 's'}:{sorts}"
