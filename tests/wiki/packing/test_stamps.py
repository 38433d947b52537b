"""Importing a changed file: what stayed keeps its key, its stamp and its gate."""

from collections.abc import Callable
from pathlib import Path

from reader.models import Story
from reader.text.points import chapter_end, point
from tests.conftest import manuscript_of
from tests.wiki.packs import entry, gates, wiki_of, write_pack
from wiki.packing import import_pack

BODY = "First. {1:20}\n\nNobody dated this.\n\n## Later\n\nLast of all there was a long quiet winter by the sea. {4:1}"


def test_stamps_survive_when_the_story_goes_on(story: Story, tmp_path: Path, import_text: Callable[..., Story]) -> None:
    head = '[[facts]]\nlabel = "Work"\nvalue = "None"\n[[names]]\nname = "Nin"\n'
    pack = write_pack(tmp_path, {"ines": entry(BODY, Ines="1:20", head=head)})
    import_pack(pack)
    before = gates(story, "ines")
    import_text(manuscript_of(7))

    changed = BODY.replace("First", "At first") + "\n\nNobody dated this one either."
    import_pack(write_pack(pack, {"ines": entry(changed, Ines="1:20", head=head)}))

    after = gates(story, "ines")
    assert [since for _source, since, _key in before] == [point(1, 20), chapter_end(5), point(4, 1), point(4, 1)]
    assert [(source, since) for source, since, _key in after] == [
        ("At first. {1:20}", point(1, 20)),
        ("Nobody dated this. {since 5}", chapter_end(5)),
        ("## Later", point(4, 1)),
        ("Last of all there was a long quiet winter by the sea. {4:1}", point(4, 1)),
        ("Nobody dated this one either. {since 7}", chapter_end(7)),
    ]
    assert [key for _source, _since, key in after[1:4]] == [key for _source, _since, key in before[1:]]
    own = wiki_of(story)["entries"]["ines.md"]
    assert [(name[0], name[3], name[7]) for name in own["Name"]] == [
        ("Ines", point(1, 20), False),
        ("Nin", chapter_end(5), True),
    ]
    assert [(fact[5], fact[8]) for fact in own["Fact"]] == [(chapter_end(5), True)]


def test_a_block_that_says_the_same_keeps_its_gate_though_more_is_known(story: Story, tmp_path: Path) -> None:
    pack = write_pack(tmp_path, {"ines": entry("She waits for Wilf. {1:20}", Ines="1:20")})
    import_pack(pack)
    import_pack(write_pack(pack, {"wilf": entry("", Wilf="4:2")}))

    import_pack(write_pack(pack, {"ines": entry("She waits for Wilf. {1:20}\n\nWilf comes. {1:21}", Ines="1:20")}))

    assert [(source, since) for source, since, _key in gates(story, "ines")] == [
        ("She waits for Wilf. {1:20}", point(1, 20)),
        ("Wilf comes. {1:21}", point(4, 2)),
    ]


def test_a_changed_block_keeps_its_key_and_is_gated_anew(story: Story, tmp_path: Path) -> None:
    body = "She waits in the rain below the tower every night until the last tram has gone. {1:20}"
    pack = write_pack(tmp_path, {"ines": entry(body, Ines="1:20")})
    import_pack(pack)
    before = gates(story, "ines")

    import_pack(write_pack(pack, {"ines": entry(body.replace("{1:20}", "{3:7}"), Ines="1:20")}))

    assert gates(story, "ines") == [(body.replace("{1:20}", "{3:7}"), point(3, 7), before[0][2])]


def test_a_container_is_written_into_its_blocks(story: Story, tmp_path: Path) -> None:
    body = "::: since 3:2\n## Afterwards\n\nOne. {1:3}\n\n- two\n- three {4:1}\n:::\n\nFour. {1:4}"
    pack = write_pack(tmp_path, {"ines": entry(body, Ines="1:20")})
    import_pack(pack)

    assert [(source, since) for source, since, _key in gates(story, "ines")] == [
        ("## Afterwards {since 3:2}", point(3, 2)),
        ("One. {1:3} {since 3:2}", point(3, 2)),
        ("two {since 3:2}", point(3, 2)),
        ("three {4:1} {since 3:2}", point(4, 1)),
        ("Four. {1:4}", point(1, 4)),
    ]
    assert not import_pack(pack, afresh=True).has_changed


def test_a_described_title_and_a_name_gate_apart(story: Story, tmp_path: Path) -> None:
    names = {"The_driver_in_the_rain": "1:2", "Rufus_Crane": "4:1"}
    body = "The driver in the rain waits. {1:2}\n\nRufus Crane waits. {1:2}"

    import_pack(write_pack(tmp_path, {"crane": entry(body, **names)}))

    assert [since for _source, since, _key in gates(story, "crane")] == [point(1, 2), point(4, 1)]
