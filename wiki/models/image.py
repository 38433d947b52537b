"""Pictures: files under random names, and what they show of whom from when."""

from django.db import models
from django.utils import timezone

from reader.models import Story, User
from reader.models.story import new_public_id
from wiki.models.entry import Entry
from wiki.models.gated import GatedManager


class Image(models.Model):
    """A picture re-encoded at fixed widths under MEDIA; `since` is the earliest point at which something shows it.

    One that nothing shows yet is its uploader's alone, and goes after a day; `size` is the upload's, in bytes.
    """

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="+")
    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    source_name = models.CharField(max_length=120)
    digest = models.CharField(max_length=64)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    since = models.BigIntegerField()
    uploader = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    size = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)

    objects = GatedManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["story", "source_name"], name="one_image_per_file")]
        indexes = [models.Index(fields=["uploader", "created_at"], name="image_of_uploader")]

    def __str__(self) -> str:
        return self.public_id


class Picture(models.Model):
    """An entry's portrait from a point on; a later one replaces the earlier."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="+")
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=16, default=new_public_id)
    image = models.ForeignKey(Image, on_delete=models.RESTRICT, related_name="+")
    alt = models.CharField(max_length=300)
    since = models.BigIntegerField()
    until = models.BigIntegerField(null=True, blank=True)
    is_stamped = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)

    objects = GatedManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "key"], name="one_picture_per_key")]
        indexes = [models.Index(fields=["entry", "since"], name="picture_of_entry")]

    def __str__(self) -> str:
        return self.alt
