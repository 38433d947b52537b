"""Where a person with an account stands in a story."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from reader.models.story import Story


class Place(models.Model):
    """One row per account and story; `place` and `reached` are points.

    `shows_all` is “show everything”, `is_looking` that the reader jumped ahead and is “just looking”.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="places")
    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="places")
    place = models.BigIntegerField(default=0)
    reached = models.BigIntegerField(default=0)
    shows_all = models.BooleanField(default=False)
    is_looking = models.BooleanField(default=False)
    updated_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "story"], name="one_place_per_story"),
            models.CheckConstraint(condition=Q(place__gte=0, reached__gte=0), name="place_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.user} in {self.story}"
