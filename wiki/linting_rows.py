"""Reads the rows of a wiki as the parts that the lint looks at, a few at a time. For `lint.py` only."""

import re
from collections.abc import Collection, Iterator, Sequence
from html import unescape
from typing import Any, Final

from django.db.models import OuterRef, QuerySet, Subquery

from reader.models import Story
from wiki.models import Block, Entry, Fact, Name, Picture, Slug, Wiki
from wiki.text.lexicon import folded
from wiki.text.linting import excerpt
from wiki.text.lintshape import Linked, Part
from wiki.text.names import FindName, NameFinder

_WHY: Final = "the lint looks for what shows too early, and so at everything"
_LINK: Final = re.compile(r'<a data-link="([0-9]+)">(.*?)</a>', re.DOTALL)
_TAG: Final = re.compile(r"<[^>]*>")
_CHUNK: Final = 2_000  # rows in memory at a time
_DATING: Final = frozenset(["stamp", "inside", "until"])
_CALLED: Final = {"heading": "heading", "head": "table’s head", "row": "table row", "image": "picture", "code": "code"}

Labels = dict[int, str]
"""How entries are called in findings, by primary key: their file in a pack, else their address."""


def labels_of(story: Story, entries: Collection[int] | None) -> Labels:
    """All entries of a story, or these."""
    slugs = Slug.objects.whole(because=_WHY).filter(entry=OuterRef("pk"), is_redirect=False).order_by("since", "pk")
    rows = Entry.objects.whole(because=_WHY).filter(story=story)
    rows = rows if entries is None else rows.filter(pk__in=entries)
    values = rows.values_list("pk", "source_name", Subquery(slugs.values("slug")[:1]))
    return {key: name.removesuffix(".md") or slug or "" for key, name, slug in values}


def parts_of(story: Story, labels: Labels | None) -> Iterator[Part]:
    """The parts of these entries, or with None of all, and the premise with them."""
    if labels is None:
        labels = labels_of(story, None)
        premise = Wiki.objects.filter(story=story).values_list("premise", flat=True).first()
        if premise:
            yield Part("premise", "story.toml", "The premise", (premise,), 0)
        scope: dict[str, Any] = {"story": story}
    else:
        scope = {"entry__in": list(labels)}
    yield from _names(Name.objects.whole(because=_WHY).filter(**scope), labels)
    yield from _facts(Fact.objects.whole(because=_WHY).filter(**scope), labels)
    yield from _pictures(Picture.objects.whole(because=_WHY).filter(**scope), labels)
    yield from _blocks(Block.objects.whole(because=_WHY).filter(**scope), labels)


def suspects(story: Story, entries: Collection[int], names: Sequence[tuple[str, int]]) -> Iterator[Part]:
    """Parts of other entries that perhaps print one of these names (text, since) before it is known.

    “Perhaps”: a name that stands within a longer one of somebody else is found here too.
    """
    latest = max((since for _, since in names), default=0)
    finder = NameFinder(FindName(text, since) for text, since in names)
    for model in (Fact, Block):
        rows = model.objects.whole(because=_WHY).filter(story=story, since__lt=latest).exclude(entry__in=entries)
        keys = [
            key
            for key, text, since in rows.values_list("pk", "text", "since").iterator(_CHUNK)
            if any(known > since for found in finder.find(text) for known in found.keys)
        ]
        for start in range(0, len(keys), _CHUNK):
            chosen = model.objects.whole(because=_WHY).filter(pk__in=keys[start : start + _CHUNK])
            labels = labels_of(story, list(chosen.values_list("entry", flat=True)))
            yield from _facts(chosen, labels) if model is Fact else _blocks(chosen, labels)


def _names(rows: "QuerySet[Name]", labels: Labels) -> Iterator[Part]:
    for row in rows.iterator(_CHUNK):
        dates = _said(row.since, row.until, is_stamped=row.is_stamped)
        yield Part("name", labels[row.entry_id], f"The {row.sort} “{row.text}”", (), row.since, dates=dates)


def _facts(rows: "QuerySet[Any]", labels: Labels) -> Iterator[Part]:
    for row in rows.iterator(_CHUNK):
        yield Part(
            "fact",
            labels[row.entry_id],
            f"The fact {excerpt(f'{row.label}: {row.text}')}",
            (row.label, row.text),
            row.since,
            row.is_stamped,
            _links(row.html, row.links),
            dates=_said(row.since, row.until, is_stamped=row.is_stamped),
        )


def _pictures(rows: "QuerySet[Picture]", labels: Labels) -> Iterator[Part]:
    for row in rows.iterator(_CHUNK):
        dates = _said(row.since, row.until, is_stamped=row.is_stamped)
        title = f"The picture {excerpt(row.alt)}"
        yield Part("picture", labels[row.entry_id], title, (row.alt,), row.since, row.is_stamped, dates=dates)


def _blocks(rows: "QuerySet[Any]", labels: Labels) -> Iterator[Part]:
    for row in rows.iterator(_CHUNK):
        reasons = [(kind, point) for kind, _words, point in row.reasons]
        yield Part(
            "block",
            labels[row.entry_id],
            f"The {_CALLED.get(row.kind, 'block')} {excerpt(row.text)}",
            (row.text,),
            row.since,
            row.is_stamped,
            _links(row.html, row.shape.get("links", ())),
            tuple(point for kind, point in reasons if kind == "cites"),
            tuple(point for kind, point in reasons if kind in _DATING),
        )


def _said(since: int, until: int | None, *, is_stamped: bool) -> tuple[int, ...]:
    """The points that somebody wrote."""
    return (() if is_stamped else (since,)) + (() if until is None else (until,))


def _links(html: str, targets: Sequence[str]) -> tuple[Linked, ...]:
    found = []
    for number, words in _LINK.findall(html) if targets else ():
        shown = unescape(_TAG.sub("", words))
        target = targets[int(number)] if int(number) < len(targets) else ""
        found.append(Linked(target, shown, prints_name=folded(shown) == target))
    return tuple(found)
