"""How often somebody did something in one window of time. Holds no name and no address, only a keyed hash."""

from datetime import datetime

from django.db import models


class TallyQuerySet(models.QuerySet["Tally"]):
    """What one asks of tallies."""

    def expired(self, *, at: datetime) -> "TallyQuerySet":
        """Those that no decision looks at any more."""
        return self.filter(expires_at__lte=at)


class Tally(models.Model):
    """One row per key and window; `throttling.py` writes it in one statement."""

    key = models.CharField(max_length=64)
    starts_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField()

    objects = TallyQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "starts_at"], name="one_tally_per_window")]

    def __str__(self) -> str:
        return f"{self.key[:8]} {self.count}"
