"""One wiki page, and the addresses that lead to it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from reader.models import Story
from reader.models.story import new_public_id
from wiki.models.gated import GatedManager
from wiki.models.kind import Kind


class Entry(models.Model):
    """`since` is the earliest of its names' points: from there on the entry is met.

    `version` rises with every save that touches what the page shows; `digest` is that of the pack file it came from.
    What was deleted has no names and shows to nobody; its row stays for its history.
    """

    class Protection(models.TextChoices):
        """Who may change it."""

        NONE = "", _("anybody who may edit this wiki")
        EDITORS = "editors", _("editors of this story")
        MODERATORS = "moderators", _("moderators of this story")

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="+")
    kind = models.ForeignKey(Kind, on_delete=models.RESTRICT, related_name="+")
    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    since = models.BigIntegerField()
    version = models.BigIntegerField(default=1)
    source_name = models.CharField(max_length=120, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    protection = models.CharField(max_length=10, choices=Protection, blank=True, default="")

    objects = GatedManager()

    class Meta:
        indexes = [
            models.Index(fields=["story", "since"], name="entry_since"),
            models.Index(fields=["story", "kind", "since"], name="entry_of_kind"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["story", "source_name"], name="one_entry_per_file", condition=~models.Q(source_name="")
            )
        ]

    def __str__(self) -> str:
        return self.public_id


class Slug(models.Model):
    """An address of an entry; not unique, since an unmet entry's address can be taken by another.

    The latest that is known is the entry's own, and the others lead to it; one that `is_redirect` never becomes that.
    """

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="+")
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="+")
    slug = models.SlugField(max_length=120)
    since = models.BigIntegerField()
    is_redirect = models.BooleanField(default=False)

    objects = GatedManager()

    class Meta:
        indexes = [models.Index(fields=["story", "slug", "since"], name="slug_lookup")]

    def __str__(self) -> str:
        return self.slug
