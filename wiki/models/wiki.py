"""What a story's wiki says of itself."""

from django.db import models

from reader.models import Story


class Wiki(models.Model):
    """One row per story; `premise` is known at point 0, `version` rises with every change of anything in the wiki."""

    story = models.OneToOneField(Story, on_delete=models.CASCADE, related_name="+")
    premise = models.TextField(blank=True)
    version = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"Wiki of {self.story}"
