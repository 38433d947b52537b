"""One numbered unit of a chapter's text."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from reader.models.chapter import Chapter


class ParagraphQuerySet(models.QuerySet["Paragraph"]):
    """What one asks of paragraphs."""

    def live(self) -> "ParagraphQuerySet":
        """Those that stand in the text today."""
        return self.filter(is_retired=False)

    def in_order(self) -> "ParagraphQuerySet":
        """As one reads them."""
        return self.order_by("point")

    def on_page(self, page: int) -> "ParagraphQuerySet":
        """The live paragraphs of one page, in order."""
        return self.live().filter(page=page).in_order()


class Paragraph(models.Model):
    """A numbered paragraph: `html` is its inner mark-up, `text` exactly the same without.

    Numbers are given once and never change meaning; a retired one keeps its row, and says where its text went.
    """

    class Kind(models.TextChoices):
        """How it is set."""

        PROSE = "prose", _("prose")
        HEADING = "heading", _("heading")
        MESSAGE = "message", _("message")
        LETTER = "letter", _("letter")

    chapter = models.ForeignKey(Chapter, on_delete=models.CASCADE, related_name="paragraphs")
    number = models.PositiveIntegerField()
    sub = models.PositiveSmallIntegerField(default=0)
    point = models.BigIntegerField()
    page = models.PositiveIntegerField(default=0)
    scene = models.PositiveIntegerField(default=1)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.PROSE)
    role = models.CharField(max_length=10, blank=True)
    html = models.TextField()
    text = models.TextField()
    scene_break = models.BooleanField(default=False)
    opens = models.BooleanField(default=False)
    is_retired = models.BooleanField(default=False)
    moved_to = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    objects = ParagraphQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["chapter", "number", "sub"], name="one_paragraph_per_number"),
            models.CheckConstraint(condition=Q(sub__lte=255, number__lt=2**24), name="paragraph_number_range"),
            models.CheckConstraint(condition=Q(is_retired=True) | Q(moved_to=None), name="only_retired_moved"),
        ]
        indexes = [
            models.Index(fields=["chapter", "page", "point"], name="paragraph_page", condition=Q(is_retired=False)),
        ]

    def __str__(self) -> str:
        return f"{self.chapter}:{self.number}"
