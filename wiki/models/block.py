"""The gated unit of an entry's body, and its links."""

from django.db import models

from reader.models import Story
from reader.models.story import new_public_id
from wiki.models.entry import Entry
from wiki.models.fact import Fact
from wiki.models.gated import GatedManager


class Block(models.Model):
    """A paragraph, list item, table row, heading or image with its own source, gate and stable key.

    `shape` is what sets it among its neighbours (`marks` and the numbers of its `nests`), the folded names that it
    links to by number (`links`) and the public ids of its `images`, each left out when empty; `reasons` say why the
    gate is where it is: [kind, words, point].
    """

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="+")
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=16, default=new_public_id)
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=12)
    shape = models.JSONField(default=dict)
    source = models.TextField()
    html = models.TextField()
    text = models.TextField()
    since = models.BigIntegerField()
    until = models.BigIntegerField(null=True, blank=True)
    is_stamped = models.BooleanField(default=False)
    reasons = models.JSONField(default=list)

    objects = GatedManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "key"], name="one_block_per_key")]
        indexes = [models.Index(fields=["entry", "since", "position"], name="block_of_entry")]

    def __str__(self) -> str:
        return self.key


class Link(models.Model):
    """A link in a block or fact; `number` is its place in the html, `folded` the name that it leads to."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="+")
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="+")
    block = models.ForeignKey(Block, on_delete=models.CASCADE, null=True, related_name="+")
    fact = models.ForeignKey(Fact, on_delete=models.CASCADE, null=True, related_name="+")
    number = models.PositiveSmallIntegerField()
    folded = models.CharField(max_length=250)
    since = models.BigIntegerField()
    until = models.BigIntegerField(null=True, blank=True)

    objects = GatedManager()

    class Meta:
        indexes = [
            models.Index(fields=["entry", "since"], name="link_of_entry"),
            models.Index(fields=["story", "folded", "since"], name="link_to_name"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(block__isnull=False, fact__isnull=True)
                | models.Q(block__isnull=True, fact__isnull=False),
                name="link_stands_somewhere",
            )
        ]

    def __str__(self) -> str:
        return self.folded
