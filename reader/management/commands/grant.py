"""`manage.py grant USER STORY ROLE`: who looks after a story."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from reader import roles
from reader.errors import RoleError
from reader.models import Membership, Story


class Command(BaseCommand):
    """Give a person a role in a story; `reader` takes it away."""

    help = "Give USER the ROLE (editor, moderator, owner; reader takes it away) in the story with slug STORY."

    def add_arguments(self, parser: CommandParser) -> None:
        """Name, slug, role."""
        parser.add_argument("user", help="the name of an account")
        parser.add_argument("story", help="the story's slug, as in its address")
        parser.add_argument("role", choices=[*Membership.Role.values, "reader"])

    def handle(self, *args: Any, **options: Any) -> None:
        """One sentence, whatever happens."""
        story = Story.objects.filter(slug=options["story"]).first()
        if story is None:
            raise CommandError(f"No story has the address “{options['story']}”.")
        role = options["role"]
        try:
            user = roles.person_called(options["user"])
            roles.grant(story, user, roles.READER if role == "reader" else role)
        except RoleError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{user.get_username()} is {'a reader' if role == 'reader' else role} of {story.title}.")
