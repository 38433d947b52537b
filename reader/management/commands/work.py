"""`manage.py work`: do jobs until told to end, or with --once what is due now."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from reader import jobs
from reader.working import Worker


class Command(BaseCommand):
    """Several may run at once, on several machines; each job is done by one of them."""

    help = "Do the work that requests leave behind; ends after the job in hand on SIGTERM or SIGINT."
    requires_system_checks: list[str] = []  # they would load every page of the site into memory

    def add_arguments(self, parser: CommandParser) -> None:
        """Once, or for ever; and whose end is ours."""
        parser.add_argument("--once", action="store_true", help="do what is due now, and end")
        parser.add_argument("--parent", type=int, default=0, help="end with this process, which started us")

    def handle(self, *args: Any, **options: Any) -> None:
        """The signals are heard before the first job begins."""
        worker = Worker(parent=options["parent"])
        worker.obey()
        if options["once"]:
            jobs.plant(now=timezone.now())
            worker.do_all()
        else:
            worker.run()
