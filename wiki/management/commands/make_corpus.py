"""`manage.py make_corpus`: invented stories and wikis of any size, to measure the site with."""

import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from wiki.corpus import loading
from wiki.corpus.figures import Size

STARTS = datetime(2020, 1, 1, tzinfo=UTC)  # when all chapters came out


class Command(BaseCommand):
    """The same numbers and seed give the same stories; what is there already is left alone."""

    help = "Invent stories and wikis, for measuring: never on a site that people read."

    def add_arguments(self, parser: CommandParser) -> None:
        """How many, how large, and where to."""
        parser.add_argument("--stories", type=int, default=1, help="how many stories (1)")
        parser.add_argument("--chapters", type=int, default=20, help="chapters of each (20)")
        parser.add_argument("--words", type=int, default=3000, help="words of each chapter, or as names need (3000)")
        parser.add_argument("--entries", type=int, default=300, help="entries of each wiki (300)")
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--slug-prefix", default="corpus", help="stories are called PREFIX-1, PREFIX-2 …")
        parser.add_argument("--pack", metavar="DIR", help="write each wiki as a pack to DIR/PREFIX-N too")
        parser.add_argument("--only-pack", action="store_true", help="do not load what --pack writes")
        parser.add_argument("--quiet", action="store_true", help="say nothing unless something is wrong")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make one story after the other."""
        size = Size(options["chapters"], options["words"], options["entries"])
        if min(options["stories"], *size) < 1:
            raise CommandError("Stories, chapters, words and entries are counted from 1.", returncode=2)
        if options["only_pack"] and not options["pack"]:
            raise CommandError("--only-pack needs --pack DIR.", returncode=2)
        began = time.monotonic()
        names = 0
        hidden = options["quiet"] or not self.stderr.isatty()
        with tqdm(total=options["stories"] * size.entries, unit="entry", leave=False, disable=hidden) as bar:
            for number in range(1, options["stories"] + 1):
                slug = f"{options['slug_prefix']}-{number}"
                made = loading.make_story(
                    slug,
                    size,
                    seed=options["seed"],
                    now=STARTS,
                    pack=Path(options["pack"]) / slug if options["pack"] else None,
                    load=not options["only_pack"],
                    progress=bar.update,
                )
                names += made.names
                if not options["quiet"]:
                    self.stdout.write(_line(made))
        if not options["quiet"]:
            self.stdout.write(f"{names:,} names in {time.monotonic() - began:.1f} s.")


def _line(made: loading.Made) -> str:
    if not made.is_new:
        return f"{made.slug} is there already."
    return f"{made.slug}: {made.paragraphs:,} paragraphs, {made.entries:,} entries, {made.names:,} names"
