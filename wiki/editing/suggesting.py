"""What is offered while somebody writes: names, kinds and labels that they have met, and the paragraphs just read."""

from dataclasses import dataclass
from typing import Final

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from reader.models import Chapter, Paragraph, Story
from reader.text.points import NOTHING, format_point
from wiki.gate.naming import known_of, visible_names
from wiki.models import Entry, Fact, Kind, Name
from wiki.packing.founding import BUILT_IN
from wiki.text.lexicon import folded

NAMES: Final = 8
PARAGRAPHS: Final = 12
WORDS: Final = 9
"""First words of a paragraph."""
_LOOKED_AT: Final = 200  # names among which the best are chosen


@dataclass(frozen=True, slots=True)
class NameOffer:
    """A name that is met, with the title and the kind of whose it is, and the address of its entry."""

    name: str
    title: str
    kind: str
    kind_name: str
    slug: str


@dataclass(frozen=True, slots=True)
class ParagraphOffer:
    """A paragraph that was read: its point as written, its first words."""

    point: str
    words: str


@dataclass(frozen=True, slots=True)
class KindOffer:
    """A kind of entry, and labels that facts of its entries have."""

    slug: str
    name: str
    labels: tuple[str, ...]


def names(story: Story, said: str, horizon: int, *, limit: int = NAMES) -> tuple[NameOffer, ...]:
    """The met names that begin so, then those with a word that begins so, then those that hold it; two queries.

    With nothing said, those of the entries met last.
    """
    wanted = folded(said)[:80]
    rows = Name.objects.at(horizon).filter(story=story, entry__since__lte=horizon).exclude(sort=Name.Sort.MISSPELLING)
    if wanted:
        rows = rows.filter(folded__contains=wanted)
        found = list(rows.order_by("folded", "entry_id").values_list("pk", "entry_id", "text", "folded")[:_LOOKED_AT])
        found.sort(key=lambda row: (not row[3].startswith(wanted), f" {wanted}" not in f" {row[3]}", row[3], row[1]))
    else:
        latest = Entry.objects.at(horizon).filter(story=story).order_by("-since", "-pk").values("pk")[:limit]
        rows = rows.filter(entry__in=list(latest.values_list("pk", flat=True)))
        found = list(
            rows.order_by("-entry__since", "entry_id", "position").values_list("pk", "entry_id", "text", "folded")
        )
    refs = known_of(visible_names(story, horizon).filter(entry__in={row[1] for row in found})).refs
    offers: dict[tuple[int, str], NameOffer] = {}
    for _pk, entry, text, key in found:
        ref = refs.get(entry)
        if ref is not None and (wanted or text == ref.title):
            offer = NameOffer(text, ref.title, ref.kind.slug, ref.kind.name, ref.slug)
            offers.setdefault((entry, key), offer)
    return tuple(offers.values())[:limit]


def paragraphs(story: Story, horizon: int, *, limit: int = PARAGRAPHS) -> tuple[ParagraphOffer, ...]:
    """The paragraphs read last, the latest first."""
    published = Chapter.objects.filter(story=story).published(at=timezone.now())
    rows = Paragraph.objects.live().filter(chapter__in=published, point__lte=horizon).order_by("-point")
    return tuple(
        ParagraphOffer(format_point(point), first_words(text))
        for point, text in rows.values_list("point", "text")[:limit]
    )


def paragraph(story: Story, point: int, horizon: int) -> ParagraphOffer | None:
    """One paragraph, if it was read; None alike for what lies ahead and for what is not there."""
    published = Chapter.objects.filter(story=story).published(at=timezone.now())
    rows = Paragraph.objects.live().filter(chapter__in=published, point=point, point__lte=horizon)
    text = rows.values_list("text", flat=True).first()
    return None if text is None else ParagraphOffer(format_point(point), first_words(text, most=40))


def kinds(story: Story, horizon: int) -> tuple[KindOffer, ...]:
    """The built-in kinds, and those of which something is met, each with the labels that are met; three queries."""
    met = set(Entry.objects.at(horizon).filter(story=story).values_list("kind_id", flat=True).distinct())
    rows = {row.slug: row for row in Kind.objects.filter(story=story, pk__in=met).order_by("position", "pk")}
    labels: dict[int, list[str]] = {}
    facts = Fact.objects.at(horizon).filter(Q(entry__since__lte=horizon), story=story)
    for kind, label in facts.values_list("entry__kind_id", "label").distinct().order_by("label"):
        labels.setdefault(kind, []).append(label)
    offers = []
    for built_in in BUILT_IN:
        row = rows.pop(built_in.slug, None)
        seen = labels.get(row.pk, []) if row else []
        offered = tuple(dict.fromkeys([*built_in.labels, *seen]))
        offers.append(KindOffer(built_in.slug, row.name if row else _(built_in.name), offered))
    own = [KindOffer(row.slug, row.name, tuple(labels.get(row.pk, ()))) for row in rows.values()]
    return (*offers, *own)


def has_begun(horizon: int) -> bool:
    """Whether anything can be written at all: at the beginning there is nobody to show it to."""
    return horizon > NOTHING


def first_words(text: str, *, most: int = WORDS) -> str:
    """The first words of a paragraph, and dots where it goes on.

    >>> first_words("One two three.", most=2)
    'One two …'
    """
    words = text.split()
    return " ".join(words[:most]) + (" …" if len(words) > most else "")
