"""Where entries stand in the text: by the name finder, and by the decisions of people."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from reader.models import Paragraph, Story, User
from wiki.models.entry import Entry
from wiki.models.gated import GatedManager


class Tagging(models.Model):
    """The words from character `start` up to, not including, `end` of a paragraph's text mean this entry, or do not.

    Rows of the finder are made and unmade with names and text; a row made by hand stays until a person takes it back,
    and covers what the finder found there; `place` is its anchor, by which its words are found again in a changed
    paragraph (`is_lost` where they are not), `before` what it was before the last decision. `is_certain` says whether
    the finder would link, `leans` that it looked at what stands near. `point` is the paragraph's; `since` is never
    before it.
    """

    class Role(models.TextChoices):
        """What the entry does there."""

        NAMED = "named", _("named")
        PRESENT = "present", _("present")
        SETTING = "setting", _("setting")
        ON_SCREEN = "on screen", _("on screen")
        SPOKEN_OF = "spoken of", _("spoken of")
        BY_MESSAGE = "by message", _("by message")

    class Origin(models.TextChoices):
        """Who says so."""

        FOUND = "found", _("found by its name")
        HAND = "hand", _("tagged by hand")

    class State(models.TextChoices):
        """`covered` is what the finder found and a person has decided about."""

        LINKED = "linked", _("linked")
        DOUBTFUL = "doubtful", _("doubtful")
        REJECTED = "rejected", _("not this one")
        COVERED = "covered", _("decided by hand")

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="+")
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="+")
    paragraph = models.ForeignKey(Paragraph, on_delete=models.CASCADE, related_name="+")
    point = models.BigIntegerField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    words = models.CharField(max_length=250)
    role = models.CharField(max_length=10, choices=Role, default=Role.NAMED)
    origin = models.CharField(max_length=5, choices=Origin)
    state = models.CharField(max_length=8, choices=State)
    is_certain = models.BooleanField(default=True)
    leans = models.BooleanField(default=False)
    is_lost = models.BooleanField(default=False)
    since = models.BigIntegerField()
    editor = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True, default=None)
    place = models.JSONField(default=list, blank=True)
    before = models.JSONField(null=True, blank=True)

    objects = GatedManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["paragraph", "entry", "start", "end", "origin"],
                name="one_tagging_per_span",
                condition=models.Q(is_lost=False),
            ),
            models.CheckConstraint(condition=models.Q(end__gt=models.F("start")), name="tagging_holds_words"),
            models.CheckConstraint(
                condition=models.Q(since__gte=models.F("point")), name="tagging_not_before_its_text"
            ),
        ]
        indexes = [
            models.Index(
                fields=["entry", "point", "since"],
                name="tagging_of_entry",
                condition=models.Q(state="linked", is_lost=False),
            ),
            models.Index(fields=["story", "point"], name="tagging_doubtful", condition=models.Q(state="doubtful")),
            models.Index(
                fields=["story", "point", "entry"],
                name="tagging_in_text",
                condition=models.Q(state="linked", is_lost=False),
            ),
            models.Index(fields=["editor"], name="tagging_of_editor", condition=models.Q(origin="hand")),
        ]

    def __str__(self) -> str:
        return self.words


class Scan(models.Model):
    """A paragraph that the finder has read: `digest` is of what it read, `words` are its folded words, each once.

    A name can stand only in paragraphs that hold all its words, which is how those few are found among millions.
    """

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="+")
    paragraph = models.OneToOneField(Paragraph, on_delete=models.CASCADE, related_name="+", primary_key=True)
    digest = models.CharField(max_length=32)
    words = ArrayField(models.TextField(), default=list)

    class Meta:
        # Every change of a name asks for it once; pages never do.
        indexes = [GinIndex(fields=["story", "words"], name="scan_words")]

    def __str__(self) -> str:
        return self.digest
