"""Entry files and story.toml: read whole, written canonically, every fault at once with its line."""

from hypothesis import given
from hypothesis import strategies as st

from reader.text.points import chapter_end, parse_point, point
from wiki.errors import Fault
from wiki.text.packfile import parse_entry, parse_story, slug_for, write_entry, write_story
from wiki.text.packshape import SORTS, PackEntry, PackFact, PackKind, PackName, PackPicture, PackStory

FULL = """+++
kind = "character"
slug = "ines"

[[names]]
name = "Ines  Tarrant"
since = "1:20"
only_capital = true

[[names]]
name = "Inez"
since = "3"
sort = "misspelling"
until = "9:1"

[[facts]]
label = "Work"
value = "At [[The Electra]]"
since = "1:20"
many = true

[[pictures]]
file = "images/ines.png"
alt = "A woman."
+++

A projectionist. {1:20}

She looks up. {1:21}
"""

WRONG = """+++
kind = 7
slug = "Not A Slug"
colour = "red"

[[names]]
name = ""
since = "6:12o"

[[names]]
name = "Ines"
sort = "titel"
since = 6

[[facts]]
label = "Work"
vlaue = "Nothing"
since = "3"
until = "2"

[[pictures]]
file = "../secret.png"
alt = "A"
many = "yes"
+++
Body.
"""


def test_parse_entry_reads_everything() -> None:
    assert parse_entry(FULL, "ines.md") == (
        PackEntry(
            kind="character",
            slug="ines",
            names=(
                PackName("Ines Tarrant", "title", point(1, 20), only_capital=True),
                PackName("Inez", "misspelling", chapter_end(3), point(9, 1)),
            ),
            facts=(PackFact("Work", "At [[The Electra]]", point(1, 20), is_many=True),),
            pictures=(PackPicture("images/ines.png", "A woman."),),
            body="A projectionist. {1:20}\n\nShe looks up. {1:21}",
        ),
        [],
    )


def test_parse_entry_knows_the_line_of_the_body() -> None:
    entry, _faults = parse_entry(FULL, "ines.md")

    assert entry is not None
    assert FULL.split("\n")[entry.body_line - 1] == "A projectionist. {1:20}"


def test_parse_entry_finds_every_fault_at_once() -> None:
    entry, faults = parse_entry(WRONG, "entries/x.md")

    assert entry is None
    assert [(fault.file, fault.line, fault.sentence[:42]) for fault in faults] == [
        ("entries/x.md", 2, "“kind” must be a text in quotes."),
        ("entries/x.md", 3, "A slug is made of small letters, digits an"),
        ("entries/x.md", 4, "Nothing here is called “colour”."),
        ("entries/x.md", 7, "A name without any letters: write name = “"[:42].replace("“", '"')),
        ("entries/x.md", 8, "“6:12o” is not a point: write 6 for the en"),
        ("entries/x.md", 12, "“sort” must be one of title, alias, nickna"),
        ("entries/x.md", 13, "“since” must be a point in quotes, such as"),
        ("entries/x.md", 15, "A fact needs a value."),
        ("entries/x.md", 17, "Nothing here is called “vlaue” (did you me"),
        ("entries/x.md", 19, "“until” must be a later point than “since”"),
        ("entries/x.md", 22, "“file” must be a path inside the pack, suc"),
        ("entries/x.md", 24, "Nothing here is called “many”."),
    ]


def test_parse_entry_without_names_or_kind() -> None:
    assert [fault.sentence for fault in parse_entry("+++\n+++\nBody.", "x.md")[1]] == [
        'The entry has no name: write [[names]] and below it name = "…" and since = "…".',
        'The entry has no kind: write kind = "character" or another one.',
    ]


def test_parse_entry_takes_its_slug_from_the_first_known_name() -> None:
    names = (
        '[[names]]\nname = "Rufus Crane"\nsince = "5:1"\n[[names]]\nname = "The driver in the rain"\nsince = "1:2"\n'
    )

    entry, faults = parse_entry(f'+++\nkind = "character"\n{names}+++\n', "x.md")

    assert faults == []
    assert entry is not None
    assert (entry.slug, [name.sort for name in entry.names]) == ("the-driver-in-the-rain", ["title", "alias"])


def test_slug_for_names_without_letters_is_empty() -> None:
    assert [slug_for(name) for name in ("…?", "O’Brien & Sons", "Łódź", "  ", "x" * 300)] == [
        "",
        "obrien-sons",
        "odz",
        "",
        "x" * 120,
    ]


def test_parse_story_reads_kinds_and_finds_faults() -> None:
    good = 'story = "low-water"\npremise = "A."\n[[kinds]]\nslug = "ship"\nname = "Ship"\nplural = "Ships"\nhue = 20'

    assert parse_story(good) == (
        PackStory("low-water", "A.", (PackKind("ship", "Ship", "Ships", "feather", 20),)),
        [],
    )
    assert parse_story('premis = "A"\n[[kinds]]\nslug = "A ship"\nname = "Ship"\nhue = 400')[1] == [
        Fault("story.toml", 0, 'The pack must say whose wiki it is: story = "address-of-the-story".'),
        Fault("story.toml", 1, "Nothing here is called “premis” (did you mean “premise”?)."),
        Fault("story.toml", 2, "A kind needs the plural of its name."),
        Fault("story.toml", 3, "A kind's slug is made of a–z, 0–9 and single hyphens."),
        Fault("story.toml", 5, "“hue” must be a whole number from 0 to 359."),
    ]


words = st.text(st.characters(exclude_categories=["Cs", "Cc", "Z"]), min_size=1, max_size=20)
since = st.one_of(st.none(), st.sampled_from([parse_point(text) for text in ("0", "1", "1:20", "6:120.128")]))
until = st.one_of(st.none(), st.sampled_from([parse_point(text) for text in ("7", "9:3")]))
flag = st.booleans()
entries = st.builds(
    PackEntry,
    kind=st.sampled_from(["character", "film"]),
    slug=st.sampled_from(["ines", "the-electra"]),
    names=st.lists(
        st.builds(PackName, words, st.sampled_from(SORTS), since, until, flag, flag, flag), min_size=1, max_size=3
    ).map(tuple),
    facts=st.lists(st.builds(PackFact, words, words, since, until, flag, flag), max_size=3).map(tuple),
    pictures=st.lists(st.builds(PackPicture, st.just("images/a.png"), words, since, until, flag), max_size=2).map(
        tuple
    ),
    body=st.lists(words, max_size=4).map("\n\n".join),
    redirects=st.lists(st.sampled_from(["old", "older"]), max_size=2).map(tuple),
    shares_slug=flag,
)


@given(entries)
def test_write_entry_reads_back_the_same_and_is_stable(entry: PackEntry) -> None:
    text = write_entry(entry)

    again, faults = parse_entry(text, "x.md")

    assert faults == []
    assert again == entry
    assert write_entry(again) == text


def test_write_story_reads_back_the_same() -> None:
    story = PackStory("low-water", 'A "town".', (PackKind("ship", "Ship", "Ships", "flag", 0, ("Built", "Sank")),))

    assert parse_story(write_story(story)) == (story, [])


@given(st.text(max_size=200))
def test_parse_entry_never_raises(text: str) -> None:
    entry, faults = parse_entry(f"+++\n{text}", "x.md")

    assert (entry is None) == bool(faults)
