"""A pack goes in whole, and a second time not at all."""

from pathlib import Path

import pytest

from reader.models import Story
from reader.text.points import chapter_end, point
from tests.wiki.packs import WHY, entry, gates, png, rows_of, wiki_of, write_pack
from wiki.errors import Fault, PackError
from wiki.models import Entry, Wiki
from wiki.packing import import_pack

INES = entry(
    "A woman of sixty-one. {1:20}\n\nShe knows [[Wilf]]. {1:21}",
    head='[[facts]]\nlabel = "Work"\nvalue = "At [[The Electra|the cinema]]"\nsince = "1:20"\n',
    Ines="1:20",
)
WILF = entry("A stout man. {2:5}", Wilf="2:5")


def test_import_pack_makes_every_row(story: Story, tmp_path: Path) -> None:
    pack = write_pack(tmp_path, {"ines": INES, "wilf": WILF}, about='premise = "A cinema by the sea."\n')

    report = import_pack(pack)

    assert (report.new, report.changed, report.same, report.has_changed) == (("ines.md", "wilf.md"), (), 0, True)
    wiki = wiki_of(story)
    assert wiki["premise"] == "A cinema by the sea."
    assert [kind[0] for kind in wiki["kinds"]] == [
        "character",
        "location",
        "film",
        "program",
        "event",
        "organisation",
        "theme",
    ]
    first, second = point(1, 20), point(2, 5)
    assert wiki["entries"]["ines.md"] == {
        "kind": "character",
        "since": first,
        "Slug": [("ines", first, False)],
        "Name": [("Ines", "ines", "title", first, None, False, False, False)],
        "Fact": [
            (
                "Work",
                "At [[The Electra|the cinema]]",
                'At <a data-link="0">the cinema</a>',
                "At the cinema",
                ["the electra"],
                first,
                None,
                False,
                False,
            )
        ],
        "Picture": [],
        "Block": [
            (
                "paragraph",
                {},
                "A woman of sixty-one. {1:20}",
                '<p>A woman of sixty-one. <a class="cite" data-cite="1:20">1:20</a></p>',
                "A woman of sixty-one.",
                first,
                None,
                False,
            ),
            (
                "paragraph",
                {"links": ["wilf"]},
                "She knows [[Wilf]]. {1:21}",
                '<p>She knows <a data-link="0">Wilf</a>. <a class="cite" data-cite="1:21">1:21</a></p>',
                "She knows Wilf.",
                second,
                None,
                False,
            ),
        ],
        "Link": [(0, "the electra", first, None), (0, "wilf", second, None)],
    }


def test_import_pack_twice_writes_nothing(story: Story, tmp_path: Path) -> None:
    files = {"ines": INES, "wilf": WILF, "images/ines.png": png()}
    files["theme"] = entry(
        "Light. {1:2}\n\nUndated.",
        kind="theme",
        head='[[pictures]]\nfile = "images/ines.png"\nalt = "A"\n',
        Light="1:1",
    )
    pack = write_pack(tmp_path, files)
    import_pack(pack)
    before = rows_of(story)

    report = import_pack(pack)
    assert (report.has_changed, report.same, report.new, report.changed) == (False, 3, (), ())
    assert rows_of(story) == before

    again = import_pack(pack, afresh=True)
    assert (again.has_changed, again.touched) == (False, ())
    assert rows_of(story) == before


def test_import_pack_raises_the_versions_of_what_changed_only(story: Story, tmp_path: Path) -> None:
    pack = write_pack(tmp_path, {"ines": INES, "wilf": WILF})
    import_pack(pack)

    report = import_pack(write_pack(pack, {"wilf": WILF.replace("stout", "thin")}))

    rows = Entry.objects.whole(because=WHY).order_by("source_name")
    assert report.changed == ("wilf.md",)
    assert list(rows.values_list("source_name", "version")) == [("ines.md", 1), ("wilf.md", 2)]
    assert Wiki.objects.get(story=story).version == 2


def test_import_pack_with_other_blanks_only_raises_no_version(story: Story, tmp_path: Path) -> None:
    pack = write_pack(tmp_path, {"wilf": WILF})
    import_pack(pack)
    wiki = wiki_of(story)

    report = import_pack(write_pack(pack, {"wilf": WILF.replace('name = "Wilf"', 'name   =  "Wilf"  # him')}))

    assert (report.has_changed, wiki_of(story)) == (False, wiki)
    assert Wiki.objects.get(story=story).version == 1


def test_import_pack_with_one_fault_loads_nothing(story: Story, tmp_path: Path, media: Path) -> None:
    files = {"ines": INES, "images/a.png": png(), "wilf": WILF.replace("{2:5}", "{2:5x}")}
    files["kit"] = entry("", head='[[pictures]]\nfile = "images/a.png"\nalt = "A"\n', Kit="1")
    pack = write_pack(tmp_path, files)

    with pytest.raises(PackError):
        import_pack(pack)

    assert not any(rows_of(story).values())
    assert [path for path in media.rglob("*") if path.is_file()] == []


def test_import_pack_for_another_story(story: Story, tmp_path: Path) -> None:
    pack = write_pack(tmp_path, {"wilf": WILF}, story="elsewhere")

    with pytest.raises(PackError) as caught:
        import_pack(pack)
    report = import_pack(pack, story=story.slug)

    assert caught.value.faults == [Fault("story.toml", 0, "There is no story “elsewhere” here; import its text first.")]
    assert (report.story, report.new) == (story.slug, ("wilf.md",))


def test_import_pack_keeps_entries_whose_file_is_gone_until_told_to_prune(story: Story, tmp_path: Path) -> None:
    pack = write_pack(tmp_path, {"ines": INES, "wilf": WILF})
    import_pack(pack)
    (pack / "entries" / "wilf.md").unlink()

    kept = import_pack(pack)
    assert (kept.gone, kept.has_changed, list(wiki_of(story)["entries"])) == (
        ("wilf.md",),
        False,
        ["ines.md", "wilf.md"],
    )

    pruned = import_pack(pack, prune=True)
    assert (pruned.pruned, pruned.has_changed, list(wiki_of(story)["entries"])) == (("wilf.md",), True, ["ines.md"])


def test_import_pack_knows_a_renamed_file_again(story: Story, tmp_path: Path) -> None:
    pack = write_pack(tmp_path, {"ines": INES, "wilf": WILF})
    import_pack(pack)
    before = dict(Entry.objects.whole(because=WHY).values_list("source_name", "pk"))
    (pack / "entries" / "wilf.md").rename(pack / "entries" / "wilf-oakshott.md")
    (pack / "entries" / "ines.md").unlink()

    report = import_pack(write_pack(pack, {"people/ines.md": INES}))
    moved = import_pack(write_pack(pack, {"tarrant": INES.replace("sixty-one", "sixty-two")}))

    assert report.gone == ("ines.md",)  # only files below entries/ are entries
    assert (moved.new, moved.gone, moved.changed) == ((), (), ("tarrant.md",))
    after = dict(Entry.objects.whole(because=WHY).values_list("source_name", "pk"))
    assert after == {"tarrant.md": before["ines.md"], "wilf-oakshott.md": before["wilf.md"]}


def test_import_pack_leads_on_from_an_address_that_was(story: Story, tmp_path: Path) -> None:
    pack = write_pack(tmp_path, {"ines": INES})
    import_pack(pack)
    for slug in ("ines-tarrant", "miss-tarrant"):
        import_pack(write_pack(pack, {"ines": INES.replace('"character"', f'"character"\nslug = "{slug}"')}))

    since = point(1, 20)
    assert sorted(wiki_of(story)["entries"]["ines.md"]["Slug"]) == [
        ("ines", since, True),
        ("ines-tarrant", since, True),
        ("miss-tarrant", since, False),
    ]


def test_import_pack_adds_and_changes_kinds(story: Story, tmp_path: Path) -> None:
    ship = '[[kinds]]\nslug = "ship"\nname = "Ship"\nplural = "Ships"\nhue = 20\nlabels = ["Built"]\n'
    pack = write_pack(tmp_path, {"gull": entry("A boat. {1:2}", kind="ship", Gull="1:2")}, about=ship)
    import_pack(pack)
    assert wiki_of(story)["kinds"][7] == ("ship", "Ship", "Ships", "feather", 20, ["Built"])

    report = import_pack(write_pack(pack, {}, about=ship.replace("20", "30")))
    assert report.has_changed
    assert wiki_of(story)["kinds"][7] == ("ship", "Ship", "Ships", "feather", 30, ["Built"])


def test_import_pack_warns_of_paragraphs_that_are_not_there(story: Story, tmp_path: Path) -> None:
    body = "Once. {1:31}\n\nLater. {2} {9:4}\n\nThere. {5:30}"
    report = import_pack(write_pack(tmp_path, {"ines": entry(body, Ines="3:99")}))

    assert report.warnings == (
        Fault("entries/ines.md", 3, "The story has no paragraph 3:99."),
        Fault("entries/ines.md", 7, "The story has no paragraph 1:31."),
    )
    assert [since for _source, since, _key in gates(story, "ines")] == [
        point(1, 31),
        point(9, 4),
        point(5, 30),
    ]


def test_import_pack_tells_how_far_it_is(story: Story, tmp_path: Path) -> None:
    told: list[tuple[str, int]] = []
    pack = write_pack(tmp_path, {"ines": INES, "wilf": WILF})

    import_pack(
        pack, begin=lambda count: told.append(("of", count)), progress=lambda count: told.append(("done", count))
    )

    assert told == [("of", 2), ("done", 1), ("done", 1)]


def test_import_pack_stamps_with_the_end_of_what_is_published(story: Story, tmp_path: Path) -> None:
    story.chapters.filter(number=5).update(published_at="2999-01-01T00:00Z")

    import_pack(write_pack(tmp_path, {"ines": entry("Undated.", Ines="1:20")}))

    assert [(source, since) for source, since, _key in gates(story, "ines")] == [("Undated. {since 4}", chapter_end(4))]
