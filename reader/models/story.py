"""A serialised work, and who has which part in it."""

import secrets
from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from reader.models.user import User

# Languages whose books run from right to left.
RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "iw", "ku-arab", "ps", "sd", "ug", "ur", "yi"})


def new_public_id() -> str:
    """Twelve random characters: what stands for a row in cookies and addresses."""
    return secrets.token_urlsafe(9)


class StoryQuerySet(models.QuerySet["Story"]):
    """What one asks of all stories."""

    def on_shelf(self) -> "StoryQuerySet":
        """In the order of the library: by title, without the article."""
        return self.order_by("sort_title", "slug")


class Story(models.Model):
    """A serialised work. Its address is its slug; its public id never changes."""

    class Status(models.TextChoices):
        """Whether more is to come."""

        ONGOING = "ongoing", _("still running")
        FINISHED = "finished", _("finished")
        PAUSED = "paused", _("resting")

    slug = models.SlugField(max_length=80, unique=True)
    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    title = models.CharField(max_length=300)
    sort_title = models.CharField(max_length=300, editable=False)
    author = models.CharField(max_length=200, blank=True)
    blurb = models.TextField(blank=True)
    language = models.CharField(max_length=20, default="en")
    licence_text = models.CharField(max_length=200, blank=True)
    licence_wiki = models.CharField(max_length=200, blank=True)
    warnings = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.ONGOING)
    cover = models.CharField(max_length=200, blank=True)
    show_titles = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = StoryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="story_has_title"),
            models.CheckConstraint(condition=Q(status__in=["ongoing", "finished", "paused"]), name="story_status"),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep the sorting title beside the title."""
        self.sort_title = sort_title(self.title)
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def get_absolute_url(self) -> str:
        """The contents page."""
        return reverse("reader:story-detail", args=[self.slug])

    @property
    def direction(self) -> str:
        """`rtl` or `ltr`, from the language (its script subtag first)."""
        parts = self.language.lower().replace("_", "-").split("-")
        if len(parts) > 1 and parts[1] in {"latn", "cyrl"}:
            return "ltr"
        return "rtl" if parts[0] in RIGHT_TO_LEFT or parts[1:2] == ["arab"] else "ltr"


def sort_title(title: str) -> str:
    """The title as a shelf sorts it: folded, and without an English article in front."""
    folded = title.casefold().lstrip("“‘\"'¡¿ ")
    for article in ("the ", "a ", "an "):
        if folded.startswith(article) and len(folded) > len(article):
            return folded[len(article) :]
    return folded


class Membership(models.Model):
    """The part that a person has in a story. Whoever has none is a reader."""

    class Role(models.TextChoices):
        """From least to most."""

        EDITOR = "editor", _("editor")
        MODERATOR = "moderator", _("moderator")
        OWNER = "owner", _("owner")

    user: "models.ForeignKey[User, User]" = models.ForeignKey(
        "reader.User", on_delete=models.CASCADE, related_name="memberships"
    )
    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "story"], name="one_role_per_story"),
            models.CheckConstraint(condition=Q(role__in=["editor", "moderator", "owner"]), name="membership_role"),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.story} · {self.role}"
