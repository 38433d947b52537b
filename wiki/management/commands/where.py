"""`manage.py where SLUG "name"`: where a name stands in a story, with a few words around it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from reader.models import Paragraph, Story
from reader.text.points import format_point
from wiki.text.names import FindName, NameFinder
from wiki.text.passages import line_around

WIDTH = 48  # characters on either side, about eight words


class Command(BaseCommand):
    """Exit code 0 when it stands somewhere, 1 when it stands nowhere, 2 without such a story."""

    requires_system_checks = ()  # they load every page of the site
    help = "List the paragraphs in which a name stands: whole words, any kind of apostrophe, accent and hyphen."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whose text, and which names."""
        parser.add_argument("slug", help="the address of the story")
        parser.add_argument("name", nargs="+", help="one name, or several that count as one")
        parser.add_argument("--any-case", action="store_true", help="without regard to capitals")
        parser.add_argument("--exact", action="store_true", help="only with just these capitals, as for “Frost”")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read the text once, print as it goes."""
        story = Story.objects.filter(slug=options["slug"]).first()
        if story is None:
            raise CommandError(f"There is no story “{options['slug']}”.", returncode=2)
        finder = NameFinder(FindName(name, 0, only_capital=options["exact"]) for name in options["name"])
        rows = Paragraph.objects.filter(chapter__story=story).live().in_order().values_list("point", "text")
        count = 0
        for point, text in rows.iterator():
            for found in finder.find(text, any_case=options["any_case"]):
                count += 1
                doubt = "" if found.is_certain else "  (begins a sentence: perhaps no name)"
                before, words, after = line_around(text, found.start, found.end, width=WIDTH)
                self.stdout.write(f"{format_point(point)}  {before}[{words}]{after}{doubt}")
        if not count:
            raise CommandError(f"“{options['name'][0]}” stands nowhere in {story.slug}.", returncode=1)
        self.stdout.write(f"{count:,} {'place' if count == 1 else 'places'}.")
