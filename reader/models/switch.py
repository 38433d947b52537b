"""What the host has switched for the whole site, in one row."""

from django.db import models
from django.db.models import Q


class Switch(models.Model):
    """`is_read_only`: nothing can be changed now. `sentence` is what the host says about it, in any language."""

    ONLY_ROW = 1

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY_ROW, editable=False)
    is_read_only = models.BooleanField(default=False)
    sentence = models.CharField(max_length=300, blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="one_row_of_switches")]

    def __str__(self) -> str:
        return f"read-only: {self.is_read_only}"
