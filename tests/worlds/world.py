"""Small worlds: a story of four chapters and a wiki drawn by hypothesis, each statement with a word of its own.

A world knows from itself, without the gate, what a reader at a point must and must not see.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field, replace
from pathlib import Path

from hypothesis import strategies as st
from PIL import Image

from reader.text import points

CHAPTERS, PARAGRAPHS = 4, 6
KINDS = ("character", "location", "film", "program", "event", "organisation", "theme")
END = points.chapter_end(CHAPTERS)
POINTS = [points.point(chapter, number) for chapter in range(1, CHAPTERS + 1) for number in range(1, PARAGRAPHS + 1)]
# Where a visitor can stand: whoever has reached a chapter's last paragraph has reached its end.
HORIZONS = [0, *(points.chapter_end(point >> 32) if point >> 8 & 0xFFFFFF == PARAGRAPHS else point for point in POINTS)]
SLUG = "small-world"


# What the text prints; entries may be called so, from any point on, and several of them alike.
PRINTED = ("Zqbarrelx", "Zqcandlex", "Zqfeatherx", "Zqlanternx")


def printed_in(chapter: int, number: int) -> tuple[str, ...]:
    """The words of `PRINTED` that stand in a paragraph: none in every third, two in some."""
    at = chapter * PARAGRAPHS + number
    return () if at % 3 == 0 else tuple(dict.fromkeys((PRINTED[at % 4], PRINTED[at * 3 % 4])))


def text_of(chapter: int, number: int) -> str:
    """The story's paragraph; of the wiki's names only those of `PRINTED` stand in it."""
    said = " and ".join(printed_in(chapter, number)) or "nothing that matters"
    return f"Paragraph {number} of chapter {chapter} goes by like any other, and says {said}."


MANUSCRIPT = "\n\n".join(
    f"# Heading {chapter}\n\n" + "\n\n".join(text_of(chapter, number) for number in range(1, PARAGRAPHS + 1))
    for chapter in range(1, CHAPTERS + 1)
)


@dataclass(frozen=True)
class Part:
    """A name, fact, picture or block: `word` stands in it and nowhere else."""

    sort: str  # name | fact | picture | block
    word: str
    since: int
    until: int | None = None
    link: str | None = None  # a name of the entry that it links to, which may be gone by now

    def shows_at(self, horizon: int) -> bool:
        """By DESIGN §3.1."""
        return self.since <= horizon and (self.until is None or horizon < self.until)


@dataclass(frozen=True)
class Person:
    """An entry of any kind; its first name is the one from which its address is made."""

    number: int
    kind: str
    parts: tuple[Part, ...]

    @property
    def file(self) -> str:
        """Its name in the pack."""
        return f"entry-{self.number}.md"

    @property
    def names(self) -> tuple[Part, ...]:
        """Earliest first."""
        return tuple(sorted((part for part in self.parts if part.sort == "name"), key=lambda part: part.since))

    @property
    def since(self) -> int:
        """From where it is known."""
        return self.names[0].since

    @property
    def slug(self) -> str:
        """Its address."""
        return self.names[0].word.lower()


@dataclass(frozen=True)
class World:
    """A wiki of a few entries."""

    people: tuple[Person, ...] = field(default_factory=tuple)

    def met(self, horizon: int) -> list[Person]:
        """Those known at a point."""
        return [person for person in self.people if person.since <= horizon]

    def called(self, word: str, point: int) -> list[Person]:
        """Who is known by this word at a point."""
        return [one for one in self.met(point) if any(name.word == word and name.shows_at(point) for name in one.names)]

    def words(self, person: Person, horizon: int) -> set[str]:
        """Every word that must stand on the entry's page at a point: names, facts and blocks that show."""
        found = {part.word for part in person.parts if part.sort in {"block"} and part.shows_at(horizon)}
        facts = [part for part in person.parts if part.sort == "fact" and part.shows_at(horizon)]
        return found | {part.word for part in facts} | {part.word for part in person.names if part.shows_at(horizon)}

    def all_words(self) -> set[str]:
        """Every word of the wiki."""
        return {part.word for person in self.people for part in person.parts}


def write_pack(world: World, folder: Path) -> Path:
    """The world as a pack."""
    (folder / "entries").mkdir(parents=True, exist_ok=True)
    (folder / "images").mkdir(exist_ok=True)
    (folder / "story.toml").write_text(f'story = "{SLUG}"\npremise = "A small world."\n', encoding="utf-8")
    wanted = {person.file for person in world.people}
    for old in (folder / "entries").glob("*.md"):
        if old.name not in wanted:
            old.unlink()
    for person in world.people:
        (folder / "entries" / person.file).write_text(_entry(person), encoding="utf-8")
        for part in person.parts:
            if part.sort == "picture":
                (folder / "images" / f"{part.word.lower()}.png").write_bytes(_png(part.word))
    return folder


def _png(word: str) -> bytes:
    """A picture of its own for each word."""
    colour = (sum(word.encode()) % 256, len(word) * 16 % 256, word.encode()[-1])
    out = io.BytesIO()
    Image.new("RGB", (64, 64), colour).save(out, "PNG")
    return out.getvalue()


def _entry(person: Person) -> str:
    lines = ["+++", f'kind = "{person.kind}"']
    for part in person.parts:
        until = f'until = "{points.format_point(part.until)}"\n' if part.until is not None else ""
        since = f'since = "{points.format_point(part.since)}"\n{until}'
        if part.sort == "name":
            sort = "title" if part == person.names[0] else "alias"
            lines.append(f'[[names]]\nname = "{part.word}"\nsort = "{sort}"\n{since}')
        elif part.sort == "fact":
            lines.append(f'[[facts]]\nlabel = "Label{part.word}"\nvalue = "{_words(part)}"\n{since}')
        elif part.sort == "picture":
            lines.append(f'[[pictures]]\nfile = "images/{part.word.lower()}.png"\nalt = "Alt {part.word}"\n{since}')
    lines.append("+++")
    for part in person.parts:
        if part.sort == "block":
            until = f" {{until {points.format_point(part.until)}}}" if part.until is not None else ""
            lines.append(f"{_words(part)} {{{points.format_point(part.since)}}}{until}\n")
    return "\n".join(lines) + "\n"


def _words(part: Part) -> str:
    """The part's word, with a link (in other words, so that it does not gate) to another entry."""
    return f"{part.word} [[{part.link}|went along]]" if part.link else part.word


# Words that are no part of one another, made of letters that no template uses together.
words = st.integers(min_value=0, max_value=10**9).map(lambda number: "Zq" + _letters(number) + "x")


def _letters(number: int) -> str:
    letters = ""
    while True:
        number, rest = divmod(number, 20)
        letters += "bcdfghjklmnprstvwbcd"[rest]
        if not number:
            return letters


@st.composite
def worlds(draw: st.DrawFn, *, first: int = 1, most: int = 4) -> World:
    """A wiki of one to `most` entries with parts at any points."""
    count = draw(st.integers(1, most))
    unique = draw(st.lists(words, min_size=count * 8, max_size=count * 8, unique_by=str.lower))
    titles = unique[::8]
    people = []
    for index in range(count):
        stock = iter(unique[index * 8 : index * 8 + 8])
        parts = [Part("name", next(stock), draw(st.sampled_from(POINTS)))]
        later_on = [point for point in POINTS if point >= parts[0].since]  # the address comes from the first name
        printed = draw(st.lists(st.sampled_from(PRINTED), max_size=2, unique=True))
        parts.extend(Part("name", word, draw(st.sampled_from(later_on))) for word in printed)
        for word in stock:
            sort = draw(st.sampled_from(["name", "fact", "block", "block", "picture", "none"]))
            if sort == "none":
                continue
            since = draw(st.sampled_from(POINTS))
            until = draw(st.none() | st.sampled_from([point for point in [*POINTS, END] if point > since] or [END]))
            until = until if sort in {"fact", "block"} else None
            link = draw(st.none() | st.sampled_from(titles)) if sort in {"fact", "block"} else None
            parts.append(Part(sort, word, since, until, None if link == titles[index] else link))
        people.append(Person(first + index, draw(st.sampled_from(KINDS)), tuple(parts)))
    return World(tuple(people))


@st.composite
def later(draw: st.DrawFn, world: World, horizon: int) -> World:
    """The same world after random acts, every row of which has `since` beyond the horizon."""
    beyond = [point for point in POINTS if point > horizon]
    if not beyond:
        return world
    people = list(world.people)
    stock = draw(st.lists(words.map(lambda word: word + "w"), min_size=16, max_size=16, unique_by=str.lower))
    taken = iter(stock)
    for _ in range(draw(st.integers(1, 6))):
        act = draw(st.sampled_from(["entry", "name", "fact", "block", "picture", "remove", "reword", "gone"]))
        index = draw(st.integers(0, len(people) - 1))
        person = people[index]
        late = [part for part in person.parts if part.since > horizon]
        since = draw(st.sampled_from(beyond))
        if act == "entry":
            number = max(one.number for one in people) + 1
            name = Part("name", next(taken), since)
            said = Part("block", next(taken), max(since, draw(st.sampled_from(beyond))), link=person.names[0].word)
            people.append(Person(number, draw(st.sampled_from(KINDS)), (name, said)))
        elif act in {"name", "fact", "block", "picture"}:
            others = [one.names[0].word for one in people if one.number != person.number]
            link = draw(st.none() | st.sampled_from(others)) if others else None
            held = {part.word for part in person.parts}
            free = [word for word in PRINTED if word not in held]
            is_printed = act == "name" and free and draw(st.booleans())
            word = draw(st.sampled_from(free)) if is_printed else next(taken)
            part = Part(act, word, max(since, person.since), link=link if act in {"fact", "block"} else None)
            people[index] = replace(person, parts=(*person.parts, part))
        elif act == "remove" and late and late[0] != person.names[0]:
            kept = tuple(part for part in person.parts if part != late[-1] or part == person.names[0])
            people[index] = replace(person, parts=kept)
        elif act == "reword" and late and late[-1] not in person.names:
            changed = replace(late[-1], word=next(taken))
            people[index] = replace(person, parts=tuple(changed if part == late[-1] else part for part in person.parts))
        elif act == "gone" and person.since > horizon and len(people) > 1:
            people = [one for one in people if one.number != person.number]
    return World(tuple(people))
