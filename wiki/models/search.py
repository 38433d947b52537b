"""What searching looks things up in: words of names, what entries tell, and passages of the text.

Kept true by wiki/search/keeping.py, and made of nothing but other rows: all of it can be dropped and made again.
"""

from typing import Final

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Left, Length

from reader.models import Paragraph, Story
from wiki.models.block import Block
from wiki.models.entry import Entry
from wiki.models.fact import Fact
from wiki.models.gated import GatedManager

LONGEST_WORD: Final = 40
"""Characters of a word that are kept and compared."""
_GAPS: Final = (
    "substr(%(expressions)s, 2, 4)",
    "(left(%(expressions)s, 1) || substr(%(expressions)s, 3, 3))",
    "(left(%(expressions)s, 2) || substr(%(expressions)s, 4, 2))",
    "(left(%(expressions)s, 3) || substr(%(expressions)s, 5, 1))",
)


class Gap(Func):
    """A word's first five letters but the one at `at` (0 to 3): the same for two words that differ in that letter."""

    output_field = models.TextField()

    def __init__(self, expression: F, at: int) -> None:
        super().__init__(expression, template=_GAPS[at])


class Word(models.Model):
    """A folded word (or initials) under which an entry is found, for a stretch of points.

    `level` is 0 for a word of a name, 1, 2 and 3 for the same word from the entry's 8th, 64th and 512th mention on
    (`since` is that mention's), which is how those met often come first without a look at what lies ahead; -1 for a
    word of its facts and of what is told of it first, -2 for a word of what is told further on. Every index by which
    words are looked up has story and `since` in it, so that words beyond a horizon are not walked.
    """

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="+", db_index=False)
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="+", db_index=False)
    key = models.CharField(max_length=LONGEST_WORD, db_collation="C")
    since = models.BigIntegerField()
    until = models.BigIntegerField(null=True, blank=True)
    level = models.SmallIntegerField(default=0)

    objects = GatedManager()

    class Meta:
        # With all that is looked at, so that the table is not; the entry last, so that equal rows have one order.
        indexes = [
            models.Index(fields=["story", "key", "level", "since", "entry"], include=["until"], name="word_exact"),
            # What is told is looked up from the third letter on.
            *(
                models.Index(
                    "story",
                    Left("key", n),
                    "level",
                    "since",
                    "entry",
                    include=["key", "until"],
                    name=f"word_start{n}",
                    condition=Q(level__gte=0) if n < 3 else None,
                )
                for n in (1, 2, 3, 4)
            ),
            *(
                models.Index(
                    "story",
                    Gap(F("key"), at),
                    "level",
                    "since",
                    "entry",
                    include=["key", "until"],
                    name=f"word_gap{at}",
                    condition=Q(level__lte=0, key__length__gte=3),
                )
                for at in range(4)
            ),
            models.Index(fields=["entry", "key", "since"], name="word_of_entry"),
            models.Index(fields=["entry", "level", "since"], name="word_level", condition=Q(level__gt=0)),
        ]

    def __str__(self) -> str:
        return self.key


class Telling(models.Model):
    """What one block or fact of an entry says, as full text in the story's language.

    `reach` says in which blocks of chapters it lies (wiki/text/reach.py), so that the index itself leaves out
    what lies in later chapters; `since` and `until` are those of the block or fact, but never before
    its entry is met; a value stands no longer than its label shows it, and may have two rows where it comes back.
    """

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="+", db_index=False)
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="+")
    block = models.ForeignKey(Block, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    fact = models.ForeignKey(Fact, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    since = models.BigIntegerField()
    until = models.BigIntegerField(null=True, blank=True)
    reach = ArrayField(models.BigIntegerField())
    vector = SearchVectorField()

    objects = GatedManager()

    class Meta:
        indexes = [GinIndex(fields=["reach", "vector"], name="telling_words", fastupdate=False)]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.since}"


class Passage(models.Model):
    """A paragraph as full text in the story's language; `reach` as in Telling, `digest` is of the text as read."""

    paragraph = models.OneToOneField(Paragraph, on_delete=models.CASCADE, related_name="+", primary_key=True)
    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="+")
    since = models.BigIntegerField()
    digest = models.CharField(max_length=32)
    reach = ArrayField(models.BigIntegerField())
    vector = SearchVectorField()

    objects = GatedManager()

    class Meta:
        indexes = [GinIndex(fields=["reach", "vector"], name="passage_words", fastupdate=False)]

    def __str__(self) -> str:
        return f"{self.paragraph_id}"


models.CharField.register_lookup(Length)  # for the conditions of indexes above
