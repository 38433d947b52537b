"""`manage.py read_only on|off [--say "…"]`: let the site be read only, while the host moves or mends it."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from reader import jobs, switching
from reader.models import Switch


class Command(BaseCommand):
    """Holds at once in every process; jobs wait too."""

    help = "Switch the whole site to reading only, or back."

    def add_arguments(self, parser: CommandParser) -> None:
        """On or off, and a sentence for whoever wanted to change something."""
        parser.add_argument("state", choices=["on", "off"])
        parser.add_argument("--say", default="", help="a sentence for people, such as until when")

    def handle(self, *args: Any, **options: Any) -> None:
        """Says how things stand after it."""
        is_on, sentence = options["state"] == "on", " ".join(options["say"].split())
        longest = Switch._meta.get_field("sentence").max_length or 0
        if len(sentence) > longest:
            raise CommandError(f"There is room for {longest} characters; this sentence has {len(sentence)}.")
        switching.switch_read_only(is_on=is_on, sentence=sentence if is_on else "", at=timezone.now())
        jobs.wake()
        if is_on:
            self.stdout.write("The site is read-only: nothing can be changed, and jobs wait.")
        elif settings.READ_ONLY:
            self.stdout.write("The switch is off, but READ_ONLY=1 keeps the site read-only.")
        else:
            self.stdout.write("The site takes changes again.")
