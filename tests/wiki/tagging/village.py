"""A small story whose people share their names, and all that can be done to its text, its names and its tags.

What is done is drawn by hypothesis as plain values; whatever of it makes no sense just then is left out.
"""

import re
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final, NamedTuple

from django.db import transaction
from hypothesis import strategies as st

from reader import importing, jobs
from reader.errors import ImportRefusedError, NumberingError
from reader.models import Job, Membership, Paragraph, Story, User
from reader.text import points
from reader.text.manuscript import parse
from reader.text.points import EVERYTHING
from wiki.editing.rights import rights_of
from wiki.errors import EditError
from wiki.models import Entry, Kind, Name, Scan, Slug, Tagging
from wiki.packing.founding import found_wiki
from wiki.tagging import finding, ordering
from wiki.tagging.deciding import Decision, decide, undo
from wiki.text.lexicon import folded, head_of

WHY: Final = "a test looks at all tags"
WORDS: Final = ("Ann", "Ann Lee", "Lee", "Cup of China", "China", "Frost", "the lamp", "Groß", "Ines Lee", "Mr. Lee")
ENTRIES: Final = 4
CHAPTERS, NUMBERS = 2, 6
NOW: Final = datetime(2024, 5, 1, 12, tzinfo=UTC)

pieces = st.sampled_from(("Ann", "China", "Lee", "Lee", "and")) | st.sampled_from(
    (*WORDS, "ann", "china", "frost", "Anna", "GROSS", "İnes Lee", "said. Frost")
)
openings = st.lists(pieces, min_size=1, max_size=4).map(" ".join)
where = st.builds(points.point, st.integers(1, CHAPTERS), st.integers(1, NUMBERS))
at = st.integers(0, 30)  # which of however many there are
entry = st.integers(0, ENTRIES - 1)


class Act(NamedTuple):
    """Something that is done: what, and to what."""

    sort: str
    said: tuple[Any, ...] = ()


def _acts(sort: str, *said: st.SearchStrategy[Any]) -> st.SearchStrategy[Act]:
    return st.tuples(*said).map(lambda values: Act(sort, values))


def naming(since: st.SearchStrategy[int] = where) -> st.SearchStrategy[Act]:
    """A name is added."""
    until = st.none() | st.none() | where
    return _acts("name", entry, st.sampled_from(WORDS), since, until, st.sampled_from(["", "", "capital", "hand"]))


names = naming() | _acts("unname", at) | _acts("redate", at, where) | _acts("flag", at) | _acts("empty", entry)
texts = (
    _acts("change", at, openings)
    | _acts("insert", at, openings)
    | _acts("remove", at)
    | _acts("move", at, at)
    | _acts("revive", at)
)
hands = _acts("link", at, at, entry, where) | _acts("reject", at, at, entry, st.just(0)) | _acts("undo", at)
work = _acts("work")


def later_hands(since: st.SearchStrategy[int], horizon: int) -> st.SearchStrategy[Act]:
    """A decision that is known only beyond a horizon, and replaces none that is known before."""
    return _acts("later", at, at, entry, since, st.booleans(), st.just(horizon))


# Two whom nobody takes for one another, and a name that both have: so that much is settled by what stands near.
FIRST: Final = tuple(
    Act("name", (entry, name, 0, None, "")) for entry, name in [(0, "Ann"), (0, "Lee"), (1, "China"), (1, "Lee")]
)
first_acts = st.lists(naming(), max_size=4).map(lambda drawn: [*FIRST, *drawn])
acts = st.lists(names | texts | hands | hands | work, max_size=10)


class Row(NamedTuple):
    """All of a tagging that can make a difference to anybody."""

    point: int
    start: int
    end: int
    entry: int
    since: int
    state: str
    role: str
    origin: str
    words: str
    is_certain: bool
    leans: bool
    is_lost: bool


@dataclass
class Village:
    """A story in the database, and how its text stands."""

    story: Story
    user: User
    entries: list[int]
    chapters: list[list[str]]
    count: int = 0
    gone: list[tuple[int, int, str]] = field(default_factory=list)
    decided: list[Decision] = field(default_factory=list)

    def do(self, act: Act) -> None:
        """Do it, if that makes sense just now."""
        getattr(self, f"_{act.sort}")(*act.said)

    def all_of(self, acts: list[Act]) -> None:
        """One after the other, and then what is left to the worker."""
        for act in acts:
            self.do(act)
        self._work()

    def twin(self) -> "Village":
        """The same, to be done something else to."""
        return replace(self, chapters=self._copy(), gone=[*self.gone], decided=[*self.decided])

    def rows(self) -> list[Row]:
        """All tags, also those by hand of which the words are lost."""
        rows = Tagging.objects.whole(because=WHY).filter(story=self.story, paragraph__is_retired=False)
        return sorted(Row(*one) for one in rows.values_list(*[*Row._fields[:3], "entry_id", *Row._fields[4:]]))

    def rebuilt(self) -> list[Row]:
        """The same after reading everything afresh."""
        Tagging.objects.whole(because=WHY).filter(story=self.story, origin="found").delete()
        Scan.objects.filter(story=self.story).delete()
        finding.tag_all(self.story)
        return self.rows()

    def say(self, place: str, words: str, entry: int, *, is_link: bool) -> None:
        """The headman decides about the first of these words in a paragraph."""
        row = next(one for one in self.paragraphs() if one.point == points.parse_point(place))
        start = row.text.index(words)
        self._say(Decision(row.point, start, start + len(words), f"e{entry}", words, is_link=is_link))
        assert self.decided, "the decision was refused"

    def paragraphs(self) -> list[Paragraph]:
        """Those that stand."""
        return list(Paragraph.objects.live().filter(chapter__story=self.story).in_order())

    def _work(self) -> None:
        """What the worker does, in this transaction."""
        while waiting := list(Job.objects.filter(kind__startswith="tag-", finished_at=None).order_by("pk")):
            for job in waiting:
                jobs.works[job.kind](job.payload, now=NOW)
                Job.objects.filter(pk=job.pk).update(finished_at=NOW)

    # Names: as a save writes them, and orders what follows.

    def _names(self) -> list[Name]:
        return list(Name.objects.whole(because=WHY).filter(story=self.story).order_by("pk"))

    def _changed(self, one: Name) -> None:
        rows = Name.objects.whole(because=WHY).filter(entry=one.entry_id)
        since = min(rows.values_list("since", flat=True), default=EVERYTHING)
        Entry.objects.whole(because=WHY).filter(pk=one.entry_id).update(since=since)
        Slug.objects.whole(because=WHY).filter(entry=one.entry_id).update(since=since)
        ordering.names_changed(self.story.pk, one.entry_id, [one.folded])

    def _name(self, entry: int, text: str, since: int, until: int | None, flag: str) -> None:
        look = folded(text)
        made = Name.objects.create(
            story=self.story,
            entry_id=self.entries[entry],
            text=text,
            folded=look,
            head=head_of(look),
            sort="alias",
            since=since,
            until=until if until and until > since else None,
            only_capital=flag == "capital",
            only_by_hand=flag == "hand",
        )
        self._changed(made)

    def _unname(self, at: int) -> None:
        if found := self._names():
            one = found[at % len(found)]
            Name.objects.whole(because=WHY).filter(pk=one.pk).delete()
            self._changed(one)

    def _redate(self, at: int, since: int) -> None:
        if found := self._names():
            one = found[at % len(found)]
            one.since, one.until = since, one.until if one.until and one.until > since else None
            one.save()
            self._changed(one)

    def _flag(self, at: int) -> None:
        if found := self._names():
            one = found[at % len(found)]
            one.only_capital = not one.only_capital
            one.save()
            self._changed(one)

    def _empty(self, entry: int) -> None:
        """The entry is taken out of the wiki."""
        for one in self._names():
            if one.entry_id == self.entries[entry]:
                Name.objects.whole(because=WHY).filter(pk=one.pk).delete()
                self._changed(one)

    # The text: through the importer.

    def text(self, opening: str) -> str:
        """A paragraph that is like no other, and stays like itself when its opening is changed."""
        self.count += 1
        return f"{opening} when tide number {self.count} had come and gone again at last"

    def tell(self) -> None:
        """Import the text as it stands now."""
        written = "\n\n".join(f"# Part {n}\n\n" + "\n\n".join(one) for n, one in enumerate(self.chapters, start=1))
        settings = importing.Settings(slug="village", title="Village", may_rewrite=True)
        importing.import_story(parse(written.encode(), name="village.md"), settings, now=NOW)

    def _retell(self, chapters: list[list[str]]) -> None:
        held, self.chapters = self.chapters, chapters
        try:
            self.tell()
        except (ImportRefusedError, NumberingError):
            self.chapters = held

    def _spot(self, at: int) -> tuple[int, int]:
        spots = [(c, p) for c, many in enumerate(self.chapters) for p in range(len(many))]
        return spots[at % len(spots)]

    def _copy(self) -> list[list[str]]:
        return [list(many) for many in self.chapters]

    def _change(self, at: int, opening: str) -> None:
        new, (c, p) = self._copy(), self._spot(at)
        new[c][p] = opening + new[c][p][new[c][p].index(" when tide") :]
        self._retell(new)

    def _insert(self, at: int, opening: str) -> None:
        new, (c, p) = self._copy(), self._spot(at)
        new[c].insert(p, self.text(opening))
        self._retell(new)

    def _remove(self, at: int) -> None:
        new, (c, p) = self._copy(), self._spot(at)
        if len(new[c]) > 1:
            self.gone.append((c, p, new[c].pop(p)))
            self._retell(new)

    def _move(self, at: int, to: int) -> None:
        new, (c, p) = self._copy(), self._spot(at)
        if len(new[c]) > 1:
            text = new[c].pop(p)
            c, p = self._spot(to)
            new[c].insert(p, text)
            self._retell(new)

    def _revive(self, at: int) -> None:
        if self.gone:
            c, p, text = self.gone.pop(at % len(self.gone))
            new = self._copy()
            new[c].insert(p, text)
            self._retell(new)

    # People.

    def _link(self, at: int, which: int, entry: int, since: int, *, is_link: bool = True) -> None:
        held = self.paragraphs()
        row = held[at % len(held)]
        spots = list(re.finditer(r"\b(?:Ann Lee|Ann|Lee|Cup of China|China|Frost|Groß|lamp|tide)\b", row.text))
        if spots:
            spot = spots[which % len(spots)]
            said = Decision(row.point, *spot.span(), f"e{entry}", spot[0], is_link=is_link, since=since)
            self._say(said)

    def _reject(self, at: int, which: int, entry: int, since: int) -> None:
        self._link(at, which, entry, since, is_link=False)

    def _later(self, at: int, which: int, entry: int, since: int, is_link: bool, horizon: int) -> None:
        with transaction.atomic():
            before = self._hand(horizon)
            self._link(at, which, entry, since, is_link=is_link)
            if self._hand(horizon) != before:
                transaction.set_rollback(True)

    def _hand(self, horizon: int) -> list[tuple[Any, ...]]:
        rows = Tagging.objects.at(horizon).filter(story=self.story, origin="hand")
        return list(rows.order_by("pk").values_list("pk", "state", "role", "since", "start", "end"))

    def _say(self, said: Decision) -> None:
        try:
            now = NOW + timedelta(seconds=len(self.decided))
            decide(self.story, said, rights_of(self.user, self.story), horizon=EVERYTHING, now=now)
            self.decided.append(said)
        except EditError:
            pass

    def _undo(self, at: int) -> None:
        if self.decided:
            try:
                said = self.decided[at % len(self.decided)]
                undo(self.story, said, rights_of(self.user, self.story), horizon=EVERYTHING)
            except EditError:
                pass


def settle_village(openings: list[list[str]], *, entries: int = ENTRIES) -> Village:
    """The story with these paragraphs, and entries without names."""
    story = Story(slug="village")
    village = Village(story, User.objects.create_user("headman", "headman@example.org"), [], [])
    village.chapters = [[village.text(one) for one in many] for many in openings]
    with transaction.atomic():
        village.tell()
    village.story = Story.objects.get(slug="village")
    with transaction.atomic():
        found_wiki(village.story)
    Membership.objects.create(user=village.user, story=village.story, role=Membership.Role.OWNER)
    kind = Kind.objects.filter(story=village.story).order_by("position")[0]
    for number in range(entries):
        row = Entry.objects.create(story=village.story, kind=kind, since=EVERYTHING)
        Slug.objects.create(story=village.story, entry=row, slug=f"e{number}", since=EVERYTHING)
        village.entries.append(row.pk)
    return village
