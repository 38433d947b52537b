"""From when things are known that a writer does not date, and which names gate what they write: at their horizon."""

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from django.db.models import Max, Min
from django.utils import timezone

from reader.models import Chapter, Paragraph, Story
from reader.text.points import EVERYTHING, NOTHING, chapter_end
from wiki.models import Name, Picture
from wiki.text.firsts import FirstStands
from wiki.text.lexicon import KnownName, Lexicon, can_stand_in, words_in
from wiki.text.lintshape import NameRow
from wiki.text.masking import targets

_WHY: Final = "a name that was met once gates for good, also when its time is over"
_MOST_READ: Final = 400  # paragraphs looked at for the first stand of a name


def stamp_for(story: Story, horizon: int) -> int:
    """The point of what a writer does not date: theirs; for who shows everything, the end of what is published now."""
    return end_of_story(story) if horizon == EVERYTHING else horizon


def end_of_story(story: Story) -> int:
    """The end of the last chapter that is published now, at least of the first."""
    published = Chapter.objects.filter(story=story).published(at=timezone.now())
    return chapter_end(max(1, published.aggregate(last=Max("number"))["last"] or 0))


def lexicon_for(story: Story, horizon: int, texts: Iterable[str], *, own: Sequence[KnownName], without: int) -> Lexicon:
    """The names that these texts can print and that somebody at this horizon has met: their own ones, not yet stored,
    and those of all entries but `without` (a primary key, 0 for none). One query, however large the wiki."""
    words = words_in(texts)
    rows = Name.objects.whole(because=_WHY).filter(story=story, since__lte=horizon, head__in={"", *words})
    rows = rows.exclude(entry=without).exclude(since=EVERYTHING)
    found = rows.values_list("folded", "text", "since", "only_by_hand", "only_capital")
    names = [KnownName(*row[1:]) for row in found if can_stand_in(words, row[0])]
    return Lexicon([*names, *(name for name in own if name.known <= horizon)])


def met(story: int, horizon: int, sources: Iterable[str]) -> Callable[[str], bool]:
    """Whether somebody at this horizon has met what goes by a folded name, for the links in these sources."""
    wanted = targets(sources)
    if not wanted:
        return lambda name: False
    rows = Name.objects.at(horizon).filter(story=story, folded__in=wanted, entry__since__lte=horizon)
    return set(rows.values_list("folded", flat=True)).__contains__


def pictures_for(story: Story, horizon: int, ids: Iterable[str]) -> Callable[[str], int | None]:
    """Since when each of these pictures shows as a portrait, for somebody at this horizon."""
    wanted = set(ids)
    if not wanted:
        return lambda identity: None
    rows = Picture.objects.at(horizon).filter(story=story, image__public_id__in=wanted)
    known = dict(rows.values_list("image__public_id").annotate(Min("since")))
    return known.get


def first_stands(story: Story, name: str, horizon: int) -> int | None:
    """The first paragraph up to the horizon that prints a name; None where none does."""
    if not name.strip():
        return None
    rows = Paragraph.objects.live().filter(chapter__story=story, point__lte=horizon, text__icontains=name.strip())
    rows = rows.filter(chapter__in=Chapter.objects.filter(story=story).published(at=timezone.now()))
    firsts = FirstStands([NameRow(1, "", name, "title", NOTHING)])
    for point, text in rows.order_by("point").values_list("point", "text")[:_MOST_READ]:
        firsts.read(point, text)
        if firsts.is_done:
            return firsts.found[1]
    return None
