"""One file of a pack, read into values with every fault at once, and written back in one way only.

A file is TOML between two lines of ``+++`` and a body in Markdown. Knows nothing of the database, of other files, or of
what a body's mark-up means.
"""

import re
import unicodedata
from typing import Final

from reader.text.points import format_point
from wiki.errors import Fault
from wiki.text.packshape import (
    SORTS,
    PackEntry,
    PackFact,
    PackKind,
    PackName,
    PackPicture,
    PackStory,
    first_known,
)
from wiki.text.packtable import Table
from wiki.text.tomlfile import FENCE, TomlError, read, split_front_matter, write

_Pairs = dict[str, str | int | bool | tuple[str, ...]]
_SLUG: Final = re.compile(r"[^\W_]+(?:[-_]+[^\W_]+)*")
_FILE: Final = re.compile(r"(?!/)(?!.*(?:^|/)\.)[^\\\x00-\x1f]{1,120}")
_LONGEST_BODY: Final = 1_000_000  # characters


def parse_entry(text: str, file: str) -> tuple[PackEntry | None, list[Fault]]:
    """What a file under entries/ says; None with at least one fault.

    >>> parse_entry('+++\\nkind = "film"\\n[[names]]\\nname = "R"\\nsnice = "1"\\n+++\\n', "reel.md")[1][0].sentence
    'Nothing here is called “snice” (did you mean “since”?).'
    """
    faults: list[Fault] = []
    try:
        toml, body, body_line = split_front_matter(text)
    except TomlError as error:
        return None, [Fault(file, error.line, error.sentence)]
    top = Table(toml, file, faults)
    names = tuple(_name(table, first=not at) for at, table in enumerate(top.tables("names")))
    if not names:
        top.fault("names", 'The entry has no name: write [[names]] and below it name = "…" and since = "…".')
    entry = PackEntry(
        kind=top.text("kind", limit=40, required='The entry has no kind: write kind = "character" or another one.'),
        slug=_slug(top, names),
        names=names,
        facts=tuple(map(_fact, top.tables("facts"))),
        pictures=tuple(map(_picture, top.tables("pictures"))),
        body=body,
        redirects=_redirects(top),
        shares_slug=top.flag("shares_slug"),
        body_line=body_line,
        kind_line=top.line("kind"),
        slug_line=top.line("slug") or names[0].line if names else 1,
    )
    top.finish()
    if "\0" in body:
        faults.append(Fault(file, body_line, "The body holds a character that cannot be stored."))
    if len(body) > _LONGEST_BODY:
        faults.append(Fault(file, body_line, f"The body is longer than {_LONGEST_BODY:,} characters."))
    return (None if faults else entry), sorted(faults, key=lambda fault: fault.line)


def parse_story(text: str, file: str = "story.toml") -> tuple[PackStory | None, list[Fault]]:
    """What story.toml says; None with at least one fault.

    >>> parse_story('story = "low-water"')
    (PackStory(story='low-water', premise='', kinds=()), [])
    """
    faults: list[Fault] = []
    try:
        toml = read(text.removeprefix("\ufeff").replace("\r\n", "\n"))
    except TomlError as error:
        return None, [Fault(file, error.line, error.sentence)]
    top = Table(toml, file, faults)
    story = PackStory(
        story=top.text(
            "story", limit=80, required='The pack must say whose wiki it is: story = "address-of-the-story".'
        ),
        premise=top.text("premise", limit=2_000),
        kinds=tuple(map(_kind, top.tables("kinds"))),
    )
    top.finish()
    return (None if faults else story), sorted(faults, key=lambda fault: fault.line)


def slug_for(name: str) -> str:
    """The address that a name gives: small letters, digits and hyphens; other scripts keep their letters.

    >>> slug_for("Zoë’s Café, No. 2"), slug_for("勝生")
    ('zoes-cafe-no-2', '勝生')
    """
    plain = re.sub("['’]", "", name)
    ascii_only = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    best = ascii_only if re.search(r"[A-Za-z0-9]", ascii_only) else unicodedata.normalize("NFKC", plain)
    return re.sub(r"[\W_]+", "-", best.lower()).strip("-")[:120].rstrip("-")


def write_entry(entry: PackEntry) -> str:
    """The file that `parse_entry` reads back as the same entry; equal entries give equal files.

    >>> print(write_entry(PackEntry("film", "reel", (PackName("Reel", since=0),), body="A film.")), end="")
    +++
    kind = "film"
    slug = "reel"
    <BLANKLINE>
    [[names]]
    name = "Reel"
    since = "0"
    sort = "title"
    +++
    A film.
    """
    head: _Pairs = {
        "kind": entry.kind,
        "slug": entry.slug,
        "redirects": entry.redirects,
        "shares_slug": entry.shares_slug,
    }
    parts = [_pairs(head)]
    for name in entry.names:
        gate = _gate(name)
        sort: _Pairs = {"sort": name.sort, "only_by_hand": name.only_by_hand, "only_capital": name.only_capital}
        parts.append("[[names]]\n" + _pairs({"name": name.text, **gate, **sort}))
    for fact in entry.facts:
        said: _Pairs = {"label": fact.label, "value": fact.value, **_gate(fact), "many": fact.is_many}
        parts.append("[[facts]]\n" + _pairs(said))
    parts += [
        "[[pictures]]\n" + _pairs({"file": picture.file, "alt": picture.alt, **_gate(picture)})
        for picture in entry.pictures
    ]
    return f"{FENCE}\n" + "\n".join(parts) + f"{FENCE}\n" + (f"{entry.body}\n" if entry.body else "")


def write_story(story: PackStory) -> str:
    """The story.toml that `parse_story` reads back as the same.

    >>> write_story(PackStory("low-water", "A cinema by the sea."))
    'story = "low-water"\\npremise = "A cinema by the sea."\\n'
    """
    parts = [_pairs({"story": story.story, "premise": story.premise})]
    for kind in story.kinds:
        said: _Pairs = {"slug": kind.slug, "name": kind.name, "plural": kind.plural, "icon": kind.icon}
        parts.append("[[kinds]]\n" + _pairs({**said, "hue": kind.hue, "labels": kind.labels}))
    return "\n".join(parts)


def _name(table: Table, *, first: bool) -> PackName:
    since, until = table.gate()
    name = PackName(
        text=" ".join(table.text("name", limit=200, required='A name without any letters: write name = "…".').split()),
        sort=table.choice("sort", SORTS, default="title" if first else "alias"),
        since=since,
        until=until,
        only_by_hand=table.flag("only_by_hand"),
        only_capital=table.flag("only_capital"),
        is_stamped=table.flag("stamped"),
        line=table.line(),
    )
    table.finish()
    return name


def _fact(table: Table) -> PackFact:
    since, until = table.gate()
    fact = PackFact(
        label=table.text("label", limit=60, required="A fact needs a label."),
        value=table.text("value", limit=2_000, required="A fact needs a value."),
        since=since,
        until=until,
        is_many=table.flag("many"),
        is_stamped=table.flag("stamped"),
        line=table.line(),
    )
    table.finish()
    return fact


def _picture(table: Table) -> PackPicture:
    since, until = table.gate()
    file = table.text("file", limit=120, required='A picture needs a file: file = "images/….png".')
    if file and not _FILE.fullmatch(file):
        table.fault("file", '“file” must be a path inside the pack, such as "images/ines.png".')
    alt = table.text("alt", limit=300, required="A picture needs an alt text: what it shows, in a sentence.")
    picture = PackPicture(file, alt, since, until, table.flag("stamped"), table.line())
    table.finish()
    return picture


def _kind(table: Table) -> PackKind:
    slug = table.text("slug", limit=40, required="A kind needs a slug.")
    if slug and not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", slug):
        table.fault("slug", "A kind's slug is made of a–z, 0–9 and single hyphens.")
    kind = PackKind(
        slug=slug,
        name=table.text("name", limit=60, required="A kind needs a name."),
        plural=table.text("plural", limit=60, required="A kind needs the plural of its name."),
        icon=table.text("icon", limit=40, default="feather"),
        hue=table.number("hue", most=359),
        labels=table.texts("labels", limit=60),
        line=table.line(),
    )
    table.finish()
    return kind


def _slug(top: Table, names: tuple[PackName, ...]) -> str:
    said = top.text("slug", limit=120)
    if said and not (_SLUG.fullmatch(said) and said == said.lower()):
        top.fault("slug", "A slug is made of small letters, digits and hyphens between them.")
    first = first_known(names)
    slug = said or (slug_for(first.text) if first else "")
    if not slug and first and first.text:
        top.fault("names", f'No address can be made from “{first.text}”; give one with slug = "…".')
    return slug


def _redirects(top: Table) -> tuple[str, ...]:
    found = top.texts("redirects", limit=120)
    if not all(_SLUG.fullmatch(slug) and slug == slug.lower() for slug in found):
        top.fault("redirects", "A slug is made of small letters, digits and hyphens between them.")
    return found


def _gate(part: PackName | PackFact | PackPicture) -> _Pairs:
    gate: _Pairs = {}
    if part.since is not None:
        gate["since"] = format_point(part.since)
    if part.until is not None:
        gate["until"] = format_point(part.until)
    return gate | {"stamped": part.is_stamped}


def _pairs(values: _Pairs) -> str:
    """Lines of `key = value`; what is empty or false is left out."""
    said = {key: value for key, value in values.items() if value is not False and value not in ("", ())}
    return "".join(f"{key} = {write(value)}\n" for key, value in said.items())
