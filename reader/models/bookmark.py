"""A place that somebody wants to find again."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from reader.models.story import Story, new_public_id


class BookmarkQuerySet(models.QuerySet["Bookmark"]):
    """What one asks of bookmarks."""

    def in_order(self) -> "BookmarkQuerySet":
        """By their place in the story."""
        return self.order_by("point", "id")


class Bookmark(models.Model):
    """A point with a note. It belongs to an account, or to one browser until its owner signs in."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="bookmarks"
    )
    browser = models.UUIDField(null=True, blank=True)
    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="bookmarks")
    point = models.BigIntegerField()
    note = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = BookmarkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=True, browser__isnull=False) | Q(user__isnull=False, browser__isnull=True),
                name="bookmark_has_one_owner",
            ),
            models.UniqueConstraint(
                fields=["user", "story", "point"], name="one_bookmark_per_user", condition=Q(user__isnull=False)
            ),
            models.UniqueConstraint(
                fields=["browser", "story", "point"],
                name="one_bookmark_per_browser",
                condition=Q(browser__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.story} {self.point}"
