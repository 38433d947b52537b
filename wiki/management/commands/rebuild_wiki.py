"""`manage.py rebuild_wiki [SLUG]`: renders every block and fact again, and reads the text again for names."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from reader.models import Story
from wiki import compiling
from wiki.search import keeping
from wiki.tagging import finding


class Command(BaseCommand):
    """Renews html, text, links, what the finder found and what is searched; gates and what people decided stay."""

    help = "Render the wiki of one story, or of all, again, and find its names in the text. Gates stay as they are."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which story."""
        parser.add_argument("story", nargs="?", default="", help="the address of the story (default: all)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Renew, tell."""
        stories = Story.objects.order_by("slug")
        if options["story"]:
            stories = stories.filter(slug=options["story"])
            if not stories:
                raise CommandError(f"There is no story “{options['story']}”.", returncode=2)
        for story in stories:
            with tqdm(unit="entry", leave=False, disable=not self.stderr.isatty()) as bar:
                found = compiling.rebuild(story, progress=bar.update)
            tags = finding.tag_all(story)
            search = keeping.renew_all(story)
            self.stdout.write(
                f"{story.slug}: {found.entries:,} {'entry' if found.entries == 1 else 'entries'}, "
                f"{found.rows:,} rows, {found.renewed:,} of them renewed; {tags.paragraphs:,} paragraphs read, "
                f"{tags.changed:,} {'tag' if tags.changed == 1 else 'tags'} renewed; "
                f"{search.words + search.passages:,} rows of the search renewed."
            )
