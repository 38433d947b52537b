"""What sorts of entries a story's wiki has."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from reader.models import Story


class Kind(models.Model):
    """Seven come with each story; more can be added. A kind shows with its first visible entry."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="+")
    slug = models.SlugField(max_length=40)
    name = models.CharField(max_length=60)
    plural = models.CharField(max_length=60)
    icon = models.CharField(max_length=40)
    hue = models.PositiveSmallIntegerField()
    labels = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["story", "slug"], name="one_kind_per_slug"),
            models.CheckConstraint(condition=Q(hue__lte=359), name="kind_hue_in_degrees"),
        ]

    def __str__(self) -> str:
        return self.name
