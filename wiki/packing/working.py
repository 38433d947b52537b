"""Fills in what files leave open: stamps, and blocks and facts compiled with the names of the whole wiki.

Whoever writes a pack has met everything, so that every name gates; what an earlier import stamped keeps its stamp.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace
from typing import Any, Final, TypeVar

from django.db.models import Min

from reader.models import Story
from wiki.editing.dating import end_of_story
from wiki.errors import Fault
from wiki.models import Block, Fact, Image, Name, Picture, Slug
from wiki.packing.planning import Work
from wiki.packing.storing import stored_rows
from wiki.text.bodies import Before, compile_body, compile_inline
from wiki.text.gating import Reason
from wiki.text.lexicon import KnownName, Lexicon
from wiki.text.packshape import PackFact, PackName, PackPicture

_WHY: Final = "a pack's writer has met everything"
_Part = TypeVar("_Part", PackName, PackFact, PackPicture)
_Stamps = dict[tuple[int, Hashable], int]


def work_out(
    story: Story, works: Sequence[Work], faults: list[Fault], *, progress: Callable[[int], object] = lambda _: None
) -> None:
    """Date and compile all that these files say; problems are added to `faults`, `progress` is told each file (1)."""
    stamp = end_of_story(story)
    keys = [work.held.pk for work in works if work.held]
    _date(works, keys, stamp)
    names, known = names_of(story, without=keys), pictures_known(story, without=keys)
    public_ids = dict(Image.objects.whole(because=_WHY).filter(story=story).values_list("pk", "public_id"))
    for work in works:
        names += [KnownName(name.text, name.since or 0, name.only_by_hand, name.only_capital) for name in work.names]
        for picture, image in work.pictures:
            identity, since = public_ids[image], picture.since or 0
            known[identity] = min(since, known.get(identity, since))
    lexicon = Lexicon(names)
    blocks = stored_rows(Block, keys)
    facts = _stamps(Fact, keys, lambda row: (row.label, row.source))
    for work in works:
        for fact in work.pack.facts:
            inline, problems = compile_inline(fact.value)
            since = facts.get((work.held.pk if work.held else 0, (fact.label, fact.value)), stamp)
            work.facts.append((_dated(fact, since), inline))
            faults += [work.fault(fact.line, problem) for problem in problems]
        before = [before_of(row) for row in blocks.get(work.held.pk, [])] if work.held else []
        compiled = compile_body(work.pack.body, names=lexicon, stamp=stamp, before=before, picture_known=known.get)
        work.blocks = compiled[0]
        faults += [work.body_fault(problem.line, problem.text) for problem in compiled[1]]
        progress(1)


def names_of(story: Story, *, without: Sequence[int] = ()) -> list[KnownName]:
    """All names of a story's wiki but those of some entries (primary keys)."""
    rows = Name.objects.whole(because=_WHY).filter(story=story).exclude(entry__in=without)
    return [KnownName(*row) for row in rows.values_list("text", "since", "only_by_hand", "only_capital")]


def pictures_known(story: Story, *, without: Sequence[int] = ()) -> dict[str, int]:
    """Since when each portrait shows, by public id, but for those of some entries."""
    rows = Picture.objects.whole(because=_WHY).filter(story=story).exclude(entry__in=without)
    return dict(rows.values_list("image__public_id").annotate(Min("since")))


def before_of(row: Block) -> Before:
    """A stored block as compiling asks for it."""
    reasons = tuple(Reason(*reason) for reason in row.reasons)
    return Before(row.key, row.kind, row.source, row.since, reasons)


def _date(works: Sequence[Work], keys: Sequence[int], stamp: int) -> None:
    """Give every name and picture its point; what nobody dated gets the stamp, or keeps the one that it has."""
    names = _stamps(Name, keys, lambda row: row.text)
    pictures = _stamps(Picture, keys, lambda row: row.image_id)
    slugs = stored_rows(Slug, keys)
    for work in works:
        key = work.held.pk if work.held else 0
        work.old_slugs = [row.slug for row in slugs.get(key, [])]
        work.names = [_dated(name, names.get((key, name.text), stamp)) for name in work.pack.names]
        work.pictures = [
            (_dated(picture, pictures.get((key, image), stamp)), image) for picture, image in work.pictures
        ]


def _stamps(model: type[Any], keys: Sequence[int], identity: Callable[[Any], Hashable]) -> _Stamps:
    rows = (row for rows in stored_rows(model, keys).values() for row in rows)
    return {(row.entry_id, identity(row)): row.since for row in rows if row.is_stamped}


def _dated(part: _Part, stamp: int) -> _Part:
    return part if part.since is not None else replace(part, since=stamp, is_stamped=True)
