"""How an entry is called, and from when that is known."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from reader.models import Story
from reader.models.story import new_public_id
from wiki.models.entry import Entry
from wiki.models.gated import GatedManager

TITLE_RANK = {"title": 0, "described": 1, "alias": 2, "nickname": 3, "misspelling": 4}
"""Which of an entry's names is its title: the lowest rank, of titles and descriptions the latest."""


class Name(models.Model):
    """A title, alias, nickname, misspelling or described title; `folded` is how it is looked up, `head` its first word.

    A text can only print names whose heads are among its words, which is how those few are found among all.
    """

    class Sort(models.TextChoices):
        """What sort of name."""

        TITLE = "title", _("title")
        ALIAS = "alias", _("alias")
        NICKNAME = "nickname", _("nickname")
        MISSPELLING = "misspelling", _("misspelling")
        DESCRIBED = "described", _("described")

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="+")
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=16, default=new_public_id)
    text = models.CharField(max_length=200)
    folded = models.CharField(max_length=250)
    head = models.CharField(max_length=250, blank=True, default="")
    sort = models.CharField(max_length=12, choices=Sort)
    since = models.BigIntegerField()
    until = models.BigIntegerField(null=True, blank=True)
    only_by_hand = models.BooleanField(default=False)
    only_capital = models.BooleanField(default=False)
    is_stamped = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)

    objects = GatedManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "key"], name="one_name_per_key")]
        indexes = [
            models.Index(fields=["story", "folded", "since"], name="name_lookup"),
            models.Index(fields=["story", "head", "since"], name="name_by_head"),
            models.Index(fields=["entry", "since"], name="name_of_entry"),
        ]

    def __str__(self) -> str:
        return self.text
