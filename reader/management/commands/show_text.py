"""`manage.py show_text SLUG 6:110-130`: numbered paragraphs of a story, for whoever writes about it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from reader.errors import PointError
from reader.models import Paragraph, Story
from reader.text.points import format_point
from reader.text.spans import parse_span


class Command(BaseCommand):
    """Exit code 0 when something stands there, 2 with one sentence otherwise."""

    requires_system_checks = ()  # they load every page of the site
    help = "Print paragraphs with their numbers, and * * * where a scene ends."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whose, and which."""
        parser.add_argument("slug", help="the address of the story")
        parser.add_argument("span", help="6:110-130, 6:110-7:5, 6:110, or 6 for a whole chapter")

    def handle(self, *args: Any, **options: Any) -> None:
        """Look up, print."""
        story = Story.objects.filter(slug=options["slug"]).first()
        if story is None:
            raise CommandError(f"There is no story “{options['slug']}”.", returncode=2)
        try:
            first, last = parse_span(options["span"])
        except PointError as error:
            raise CommandError(str(error), returncode=2) from None
        rows = Paragraph.objects.filter(chapter__story=story, point__range=(first, last)).live().in_order()
        found = list(rows.values_list("point", "text", "scene_break"))
        if not found:
            raise CommandError(f"No paragraph of {story.slug} stands at {options['span']}.", returncode=2)
        for point, text, follows_break in found:
            if follows_break:
                self.stdout.write("* * *")
            self.stdout.write(f"[{format_point(point)}] {text}")
