"""One row of an infobox."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from reader.models import Story
from reader.models.story import new_public_id
from wiki.models.entry import Entry
from wiki.models.gated import GatedManager


class Fact(models.Model):
    """`source` is inline mark-up; `html` holds its links as numbered places, resolved for each reader; `links`
    are the folded names they lead to, by number.

    A label with `is_many` holds several values, otherwise the newest visible one retires the older.
    """

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="+")
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=16, default=new_public_id)
    label = models.CharField(max_length=60)
    source = models.TextField()
    html = models.TextField()
    text = models.TextField()
    links = ArrayField(models.CharField(max_length=250), default=list, blank=True)
    since = models.BigIntegerField()
    until = models.BigIntegerField(null=True, blank=True)
    is_many = models.BooleanField(default=False)
    is_stamped = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)

    objects = GatedManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "key"], name="one_fact_per_key")]
        indexes = [models.Index(fields=["entry", "since"], name="fact_of_entry")]

    def __str__(self) -> str:
        return self.label
