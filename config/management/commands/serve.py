"""`manage.py serve`: everything between a fresh clone and a page in the browser, in one command."""

import hashlib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse
from django.utils.text import slugify

from config import serving
from reader.models import Story

SAMPLE = settings.BASE_DIR / "reader" / "stories" / "low-water-at-the-electra" / "manuscript.md"
SAMPLE_PACK = settings.BASE_DIR / "wiki" / "packs" / "low-water-at-the-electra"

GREETED = 5
"""Stories to which the way is shown."""


class Command(BaseCommand):
    """Migrate, collect static files, load the sample story (and a manuscript of one's own), serve."""

    help = "Prepare the database, load the sample story, and serve the site on this machine."

    def add_arguments(self, parser: CommandParser) -> None:
        """Port, workers, and a manuscript to add."""
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=2)
        parser.add_argument("--story", default="", help="a manuscript of your own")
        parser.add_argument("--title", default="", help="its title")
        parser.add_argument("--pack", default="", help="a wiki pack for it, or for the story that the pack names")
        parser.add_argument("--only-prepare", action="store_true", help="do all but serve")

    def handle(self, *args: Any, **options: Any) -> None:
        """Each step is safe to repeat, and quick when there is nothing to do."""
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        if not settings.DEBUG:
            self._collect_static()
        # Only where it is missing: a corrected edition that the host has taken in stays.
        if not Story.objects.filter(slug=SAMPLE.parent.name).exists():
            call_command("import_story", str(SAMPLE), quiet=True)
        if SAMPLE_PACK.is_dir():
            call_command("import_pack", str(SAMPLE_PACK), quiet=True)
        if options["story"]:
            call_command("import_story", options["story"], title=options["title"])
        elif options["title"]:
            raise CommandError("TITLE needs STORY: the path of the manuscript.")
        if options["pack"]:
            # For the manuscript that came with it, whatever it was called where the pack was made.
            call_command("import_pack", options["pack"], story=slugify(options["title"])[:80])
        base = f"http://localhost:{options['port']}"
        self.greet(base)
        if not options["only_prepare"]:
            self.stdout.write("\n  Ctrl-C ends it; `make stop` also stops the database.\n")
            self.stdout.flush()
            serving.serve(settings.VAR, port=options["port"], workers=options["workers"])

    def greet(self, base: str) -> None:
        """Say where the site is, and ways into its first stories."""
        self.stdout.write(f"\n  Story So Far is at {base}/\n")
        shelf = Story.objects.on_shelf()
        for story in shelf[:GREETED]:
            self._links(base, story)
        if (more := shelf.count() - GREETED) > 0:
            self.stdout.write(f"\n  Its library holds {more:,} more.\n")

    def _links(self, base: str, story: Story) -> None:
        picker = base + reverse("reader:reached", args=[story.slug])
        last = story.chapters.count()
        self.stdout.write(
            f"\n  {story.title}\n"
            f"    as a newcomer     {base}{story.get_absolute_url()}\n"
            f"    half-way          {picker}?point={max(1, last // 2)}\n"
            f"    all read          {picker}?point={last}\n"
        )

    def _collect_static(self) -> None:
        """Collect again only when a source has changed."""
        digest = hashlib.sha256()
        for path in sorted(Path(settings.BASE_DIR / "static").rglob("*")):
            if path.is_file():
                state = path.stat()
                digest.update(f"{path}{state.st_size}{state.st_mtime_ns}".encode())
        stamp = Path(settings.STATIC_ROOT) / ".stamp"
        if not stamp.exists() or stamp.read_text(encoding="ascii") != digest.hexdigest():
            # What an earlier version served stays: a copy that still runs, or a page that is open, asks for it.
            call_command("collectstatic", interactive=False, verbosity=0)
            stamp.write_text(digest.hexdigest(), encoding="ascii")
