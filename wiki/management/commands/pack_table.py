"""`manage.py pack_table PACK [STORY]`: how much a pack holds, and which paragraphs of its story nothing in it cites."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from reader.models import Story
from wiki.errors import PackError
from wiki.packing.counting import pack_tables, put_tables


class Command(BaseCommand):
    """Exit code 0, or 2 with every fault when the pack cannot be read."""

    requires_system_checks = ()  # they load every page of the site
    help = "Count a pack's entries, statements and citations by kind, as Markdown tables."

    def add_arguments(self, parser: CommandParser) -> None:
        """A folder, and the story to hold it against."""
        parser.add_argument("pack", help="the folder with story.toml and entries/")
        parser.add_argument("story", nargs="?", default="", help="the address of the story: adds what is not cited")
        parser.add_argument("--write", action="store_true", help="renew the tables in the pack's README too")

    def handle(self, *args: Any, **options: Any) -> None:
        """Count, print, and renew if asked to."""
        story = Story.objects.filter(slug=options["story"]).first() if options["story"] else None
        if options["story"] and story is None:
            raise CommandError(f"There is no story “{options['story']}”.", returncode=2)
        root = Path(options["pack"])
        try:
            tables = pack_tables(root, story=story)
            if options["write"]:
                put_tables(root, tables)
        except PackError as error:
            raise CommandError(str(error), returncode=2) from None
        self.stdout.write("\n\n".join(tables.values()))
