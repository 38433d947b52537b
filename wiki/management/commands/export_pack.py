"""`manage.py export_pack SLUG DIR`: a story's wiki becomes a folder of Markdown files that import_pack reads back."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from reader.models import Story
from wiki import packing
from wiki.errors import PackError


class Command(BaseCommand):
    """Exit code 0 when the pack is written, 2 with one sentence otherwise."""

    help = "Write a story's wiki as a pack: names, facts, bodies, gates and pictures."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which story, and where to."""
        parser.add_argument("story", help="the address of the story")
        parser.add_argument("dir", help="a folder; files of the same names in it are overwritten")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write, tell."""
        story = Story.objects.filter(slug=options["story"]).first()
        if story is None:
            raise CommandError(f"There is no story “{options['story']}”.", returncode=2)
        with tqdm(unit="entry", leave=False, disable=not self.stderr.isatty()) as bar:
            try:
                count = packing.export_pack(story, Path(options["dir"]), progress=bar.update)
            except PackError as error:
                bar.close()
                raise CommandError(str(error), returncode=2) from None
        self.stdout.write(f"{count:,} {'entry' if count == 1 else 'entries'} of {story.slug} are in {options['dir']}.")
