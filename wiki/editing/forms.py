"""The values of an edit form, going out and coming back: what somebody at one horizon sees of an entry."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class NameField:
    """One name; an empty key is a new one, an empty `since` (a point as written) leaves the date to the site."""

    key: str = ""
    text: str = ""
    sort: str = "title"
    since: str = ""
    until: str = ""
    only_by_hand: bool = False
    only_capital: bool = False


@dataclass(frozen=True, slots=True)
class FactField:
    """One fact; `source` is inline mark-up."""

    key: str = ""
    label: str = ""
    source: str = ""
    since: str = ""
    until: str = ""
    is_many: bool = False


@dataclass(frozen=True, slots=True)
class PictureField:
    """One portrait; `image` is the public id of an uploaded picture."""

    key: str = ""
    image: str = ""
    alt: str = ""
    since: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class EntryForm:
    """All that a form holds; rows in their order."""

    kind: str = "character"
    names: tuple[NameField, ...] = ()
    facts: tuple[FactField, ...] = ()
    pictures: tuple[PictureField, ...] = ()
    body: str = ""

    def as_json(self) -> dict[str, Any]:
        """What a proposal keeps."""
        return asdict(self)

    @classmethod
    def from_json(cls, held: Mapping[str, Any]) -> Self:
        """The opposite."""
        return cls(
            kind=held["kind"],
            names=tuple(NameField(**one) for one in held["names"]),
            facts=tuple(FactField(**one) for one in held["facts"]),
            pictures=tuple(PictureField(**one) for one in held["pictures"]),
            body=held["body"],
        )


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something with which a form cannot be saved: where (`names.0`, `facts.2`, `body`), the line, a sentence."""

    where: str
    sentence: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Clash:
    """Something that two people changed in ways that do not go together, with all texts whole; "" = taken out."""

    where: str
    base: str
    mine: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the body under one heading, by the heading's key."""

    key: str
    title: str
    level: int


@dataclass(frozen=True, slots=True)
class EditPage:
    """What the edit page shows of an entry, and the token that comes back with its form.

    `proposal` is the random id of the proposal whose values stand in it, if one does.
    """

    slug: str
    title: str
    form: EntryForm
    token: str
    sections: tuple[Section, ...] = ()
    section: str = ""
    protection: str = ""
    proposal: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a save: `saved`, `same` (there was nothing to save), `waits`, `trouble` or `clash`."""

    sort: str
    slug: str = ""
    revision: str = ""
    troubles: tuple[Trouble, ...] = ()
    clashes: tuple[Clash, ...] = ()
    page: EditPage | None = field(default=None)
