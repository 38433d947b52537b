"""Pictures: files under random names, and what they show of whom from when."""

from django.db import models

from reader.models import Story
from reader.models.story import new_public_id
from wiki.models.entry import Entry
from wiki.models.gated import GatedManager


class Image(models.Model):
    """A picture re-encoded at fixed widths under MEDIA; `since` is the earliest point at which something shows it."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="+")
    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    source_name = models.CharField(max_length=120)
    digest = models.CharField(max_length=64)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    since = models.BigIntegerField()

    objects = GatedManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["story", "source_name"], name="one_image_per_file")]

    def __str__(self) -> str:
        return self.public_id


class Picture(models.Model):
    """An entry's portrait from a point on; a later one replaces the earlier."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="+")
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="+")
    image = models.ForeignKey(Image, on_delete=models.RESTRICT, related_name="+")
    alt = models.CharField(max_length=300)
    since = models.BigIntegerField()
    until = models.BigIntegerField(null=True, blank=True)
    is_stamped = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)

    objects = GatedManager()

    class Meta:
        indexes = [models.Index(fields=["entry", "since"], name="picture_of_entry")]

    def __str__(self) -> str:
        return self.alt
