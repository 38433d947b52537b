"""Work that a request need not wait for: one row is one piece of it, or one that comes again and again."""

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q


class JobQuerySet(models.QuerySet["Job"]):
    """What one asks of jobs."""

    def waiting(self) -> "JobQuerySet":
        """Not finished and not given up: due, due later, or being done."""
        return self.filter(finished_at=None)

    def failed(self) -> "JobQuerySet":
        """Given up after the last attempt; kept for who looks after the site."""
        return self.filter(finished_at__isnull=False).exclude(last_error="")

    def done_before(self, moment: datetime) -> "JobQuerySet":
        """Finished well, before then."""
        return self.filter(finished_at__lt=moment, last_error="")


class Job(models.Model):
    """`run_at` is when it is due next, also after a failure; `attempts` counts those that were begun.

    `claimed_at` is set from the moment a worker takes it: from then on the same `unique_key` may wait anew.
    """

    kind = models.CharField(max_length=60)
    payload: "models.JSONField[dict[str, Any], dict[str, Any]]" = models.JSONField(default=dict)
    unique_key = models.CharField(max_length=120, blank=True, help_text="of those that wait, one has it; empty: any")
    every = models.PositiveIntegerField(default=0, help_text="seconds from one time to the next; 0: once")
    run_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "unique_key"],
                condition=Q(finished_at=None, claimed_at=None) & ~Q(unique_key=""),
                name="one_waiting_job_per_key",
            ),
            models.UniqueConstraint(fields=["kind"], condition=Q(every__gt=0), name="one_job_comes_again_per_kind"),
            models.CheckConstraint(condition=Q(every=0) | Q(finished_at=None), name="what_comes_again_never_ends"),
        ]
        indexes = [models.Index(fields=["run_at", "id"], condition=Q(finished_at=None), name="jobs_by_time")]

    def __str__(self) -> str:
        return f"{self.kind} {self.unique_key}".strip()
