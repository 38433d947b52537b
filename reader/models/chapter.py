"""One numbered part of a story."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from reader.models.story import Story


class ChapterQuerySet(models.QuerySet["Chapter"]):
    """What one asks of chapters; the moment is always an argument."""

    def published(self, *, at: datetime) -> "ChapterQuerySet":
        """The chapters that exist for everybody at that moment."""
        return self.filter(published_at__lte=at)

    def visible(self, *, at: datetime, is_owner: bool) -> "ChapterQuerySet":
        """The owner sees what is scheduled; nobody else does."""
        return self if is_owner else self.published(at=at)

    def in_order(self) -> "ChapterQuerySet":
        """As one reads them."""
        return self.order_by("number")


class Chapter(models.Model):
    """A chapter. Notes are the author's and carry no numbers; `seconds` is the reading time."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="chapters")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=500, blank=True)
    note_before = models.TextField(blank=True)
    note_after = models.TextField(blank=True)
    words = models.PositiveIntegerField(default=0)
    seconds = models.PositiveIntegerField(default=0)
    page_count = models.PositiveIntegerField(default=0)
    last_point = models.BigIntegerField(default=0)
    published_at = models.DateTimeField()
    digest = models.CharField(max_length=64)

    objects = ChapterQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["story", "number"], name="one_chapter_per_number"),
            models.CheckConstraint(condition=Q(number__gte=1, number__lt=2**31), name="chapter_number_from_1"),
        ]

    def __str__(self) -> str:
        return f"{self.story} {self.number}"
