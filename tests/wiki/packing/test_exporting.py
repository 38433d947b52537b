"""Export and import again: into another story, the same rows."""

from collections.abc import Callable
from pathlib import Path
from shutil import rmtree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.models import Story
from reader.text.points import chapter_end, point
from tests.conftest import manuscript_of
from tests.wiki.packs import WHY, entry, gates, png, rows_of, wiki_of, write_pack
from wiki.errors import PackError
from wiki.models import Block, Entry, Name
from wiki.packing import export_pack, import_pack

FILES: dict[str, str | bytes] = {
    "ines": entry(
        "Lead. {1:20}\n\nWith Wilf. {1:21}\n\n## A heading\n\n1. one {2:1}\n2. two\n   - deep {3:1}\n\n"
        "> Quoted [[Wilf]]. {2:2}\n\n| A | B |\n| --- | ---: |\n| a | b {4:1} |\n| c | [[Wilf|d]] {5:1} |\n\n"
        "![A face](image:face.png) {2:7}\n\n::: since 3:2\n### Deeper\n\nInside. {1:1}\n\n___\n\nMore.\n:::\n\n"
        "```text\ncode\n```\n\nGone later. {2:3} {until 4:1}\n\n### Nothing below",
        head='[[facts]]\nlabel = "Friends"\nvalue = "[[Wilf]]"\nmany = true\n'
        '[[pictures]]\nfile = "images/face.png"\nalt = "A face."\nsince = "1:20"\n',
        Ines="1:20",
    ),
    "people/wilf": entry("", head='[[names]]\nname = "Frost"\nonly_capital = true\n', Wilf="2:5"),
    "images/face.png": png("blue"),
}
SHIP = 'premise = "A cinema."\n[[kinds]]\nslug = "ship"\nname = "Ship"\nplural = "Ships"\nhue = 20\n'


@pytest.fixture
def empty(story: Story, import_text: Callable[..., Story]) -> Story:
    """Another story with the same text and no wiki."""
    return import_text(manuscript_of(5), title="Empty")


def test_export_gives_the_same_rows_in_an_empty_story(story: Story, empty: Story, tmp_path: Path) -> None:
    import_pack(write_pack(tmp_path / "pack", FILES, about=SHIP))

    count = export_pack(story, tmp_path / "out")
    import_pack(tmp_path / "out", story=empty.slug)

    assert count == 2
    assert wiki_of(empty) == wiki_of(story)


def test_export_changes_nothing_where_it_came_from(story: Story, tmp_path: Path) -> None:
    import_pack(write_pack(tmp_path / "pack", FILES, about=SHIP))
    wiki = wiki_of(story)
    export_pack(story, tmp_path / "out")

    report = import_pack(tmp_path / "out")

    assert (report.has_changed, report.touched, wiki_of(story)) == (False, (), wiki)
    export_pack(story, tmp_path / "again")
    assert _files(tmp_path / "again") == _files(tmp_path / "out")


def test_export_keeps_gates_that_names_of_today_would_move(story: Story, empty: Story, tmp_path: Path) -> None:
    body = "## Waiting\n\nShe waits for Wilf. {1:20}\n\n- Wilf again {1:21}\n\n| A |\n| --- |\n| Wilf {1:22} |\n"
    pack = write_pack(tmp_path / "pack", {"ines": entry(body, Ines="1:20")})
    import_pack(pack)
    import_pack(write_pack(pack, {"wilf": entry("", Wilf="4:2")}))

    export_pack(story, tmp_path / "out")
    import_pack(tmp_path / "out", story=empty.slug)

    assert "She waits for Wilf. {1:20} {kept 1:20}" in (tmp_path / "out/entries/ines.md").read_text()
    assert [since for _source, since, _key in gates(empty, "ines")] == [
        point(1, 20),
        point(1, 20),
        point(1, 21),
        point(1, 22),
        point(1, 22),
    ]
    assert wiki_of(empty) == wiki_of(story)


def test_export_keeps_gates_of_names_that_are_gone(story: Story, empty: Story, tmp_path: Path) -> None:
    pack = write_pack(
        tmp_path / "pack", {"ines": entry("## W\n\nWilf. {1:20}", Ines="1:20"), "w": entry("", Wilf="4:2")}
    )
    import_pack(pack)
    (pack / "entries/w.md").unlink()
    import_pack(pack, prune=True)

    export_pack(story, tmp_path / "out")
    import_pack(tmp_path / "out", story=empty.slug)

    assert [since for _source, since, _key in gates(empty, "ines")] == [point(4, 2), point(4, 2)]
    assert wiki_of(empty)["entries"]["ines.md"] == wiki_of(story)["entries"]["ines.md"]


def test_export_names_files_of_entries_that_came_from_none(story: Story, empty: Story, tmp_path: Path) -> None:
    import_pack(write_pack(tmp_path / "pack", {"ines": entry("", Ines="1"), "b": entry("", Wilf="2")}))
    Entry.objects.whole(because=WHY).filter(source_name="b.md").update(source_name="")

    export_pack(story, tmp_path / "out")

    assert sorted(path.name for path in (tmp_path / "out/entries").iterdir()) == ["ines.md", "wilf.md"]


def test_export_into_a_file_is_refused(story: Story, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("")

    with pytest.raises(PackError, match="cannot be written"):
        export_pack(story, tmp_path / "out")


def test_export_of_a_story_without_a_wiki(story: Story, tmp_path: Path) -> None:
    assert export_pack(story, tmp_path / "out") == 0
    assert _files(tmp_path / "out") == {"story.toml": b'story = "the-lamp"\n'}


NAMES = ("Ines", "Wilf Oakshott", "The driver in the rain", "Frost", "Zoë")
points = st.sampled_from(["", "1:3", "2", "3:40", "6:2"])
statements = st.sampled_from(
    [
        "It rained.",
        "She saw [[Wilf Oakshott]].",
        "[[Zoë|Somebody]] came.",
        "Frost lay on the roofs.",
        "*Ines* waited for **the driver in the rain**.",
    ]
)
blocks = st.builds(
    lambda begin, words, cited, extra: f"{begin}{words}{f' {{{cited}}}' if cited else ''}{extra}",
    st.sampled_from(["", "", "- ", "> ", "## ", "1. "]),
    statements,
    points,
    st.sampled_from(["", "", " {since 2:2}", " {until 7}"]),
)
bodies = st.lists(blocks, max_size=6).map("\n\n".join)
packs = st.lists(
    st.tuples(st.sampled_from(["1:2", "2:5", "5"]), bodies, st.booleans()), min_size=1, max_size=len(NAMES)
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(packs, packs)
def test_export_is_lossless_for_any_pack(
    story: Story,
    empty: Story,
    tmp_path: Path,
    first: list[tuple[str, str, bool]],
    second: list[tuple[str, str, bool]],
) -> None:
    """Two packs one after the other, so that names come and go and gates are no longer what compiling would give."""
    for wiki in (story, empty):
        Entry.objects.whole(because=WHY).filter(story=wiki).delete()
    for folder in ("pack", "out", "again"):
        rmtree(tmp_path / folder, ignore_errors=True)
    for pack in (first, second):
        files = {}
        for name, (since, body, has_fact) in zip(NAMES, pack, strict=False):
            fact = '[[facts]]\nlabel = "Friend"\nvalue = "[[Ines]]"\n' if has_fact else ""
            files[name.split()[-1]] = entry(body, head=fact, **{name.replace(" ", "_"): since})
        import_pack(write_pack(tmp_path / "pack", files))

    export_pack(story, tmp_path / "out")
    import_pack(tmp_path / "out", story=empty.slug)

    assert wiki_of(empty)["entries"] == wiki_of(story)["entries"]
    export_pack(empty, tmp_path / "again")
    mine, theirs = _files(tmp_path / "out"), _files(tmp_path / "again")
    assert mine | {"story.toml": b""} == theirs | {"story.toml": b""}
    before = rows_of(story)
    assert not import_pack(tmp_path / "out").has_changed
    assert rows_of(story)["Block"] == before["Block"]


def test_stamps_are_told_from_dates_after_export(story: Story, empty: Story, tmp_path: Path) -> None:
    import_pack(
        write_pack(tmp_path / "pack", {"ines": entry("Undated.", head='[[names]]\nname = "Nin"\n', Ines="1:20")})
    )

    export_pack(story, tmp_path / "out")
    import_pack(tmp_path / "out", story=empty.slug)

    names = Name.objects.whole(because=WHY).filter(story=empty).order_by("position")
    assert list(names.values_list("text", "since", "is_stamped")) == [
        ("Ines", point(1, 20), False),
        ("Nin", chapter_end(5), True),
    ]
    assert [row.is_stamped for row in Block.objects.whole(because=WHY).filter(story=empty)] == [True]


def _files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
