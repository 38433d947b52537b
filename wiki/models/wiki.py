"""What a story's wiki says of itself."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from reader.models import Story


class Wiki(models.Model):
    """One row per story; `premise` is known at point 0, `version` rises with every change of anything in the wiki."""

    class Policy(models.TextChoices):
        """Whose changes show at once."""

        OPEN = "open", _("Every account’s changes show at once")
        REVIEWED = "reviewed", _("Changes wait for an editor, but for those of editors")

    story = models.OneToOneField(Story, on_delete=models.CASCADE, related_name="+")
    premise = models.TextField(blank=True)
    version = models.BigIntegerField(default=0)
    policy = models.CharField(max_length=10, choices=Policy, default=Policy.OPEN)

    def __str__(self) -> str:
        return f"Wiki of {self.story}"
