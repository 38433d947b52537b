"""What the spoiler lint finds in a story of seven paragraphs, each sort beside a case where nothing is wrong."""

from pathlib import Path

import pytest

from reader.models import Story
from reader.text.points import NOTHING, chapter_end, point
from tests.wiki.lamps import INES, THEO, WILF, fact
from tests.wiki.packs import entry, png, rows_of, write_pack
from wiki.lint import Finding, lint
from wiki.packing import import_pack


def test_lint_finds_nothing_in_a_wiki_that_is_right(lamp: Story, tmp_path: Path) -> None:
    import_pack(write_pack(tmp_path, {"wilf": WILF, "ines": INES}))
    before = rows_of(lamp)

    assert lint(lamp) == ()
    assert rows_of(lamp) == before


def test_lint_finds_a_block_that_prints_what_others_named_later(lamp: Story, tmp_path: Path) -> None:
    pack = write_pack(tmp_path, {"wilf": WILF, "ines": INES + "\nShe has a brother, Theo. {1:3}\n"})
    import_pack(pack)
    assert lint(lamp) == ()
    import_pack(write_pack(pack, {"theo": THEO}))

    assert lint(lamp, sorts=["early"]) == (
        Finding(
            "early",
            "ines",
            point(1, 3),
            point(2, 1),
            "The block “She has a brother, Theo.” prints “Theo”, known only from 2:1.",
            "cite {2:1} in it",
        ),
    )


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("Sister of Theo", ["early"]),
        ("Sister of [[Theo]]", ["unmet-link"]),
        ("Sister of [[Theo|somebody]]", ["unmet-link"]),
        ("Friend of [[Wilf]]", []),
    ],
)
def test_lint_finds_a_fact_that_is_ahead_of_what_it_names(
    lamp: Story, tmp_path: Path, value: str, found: list[str]
) -> None:
    ines = entry("Ines knows [[Wilf]]. {1:3}", Ines="1:3", head=fact("Family", value, "1:3"))
    import_pack(write_pack(tmp_path, {"wilf": WILF, "ines": ines, "theo": THEO}))

    findings = lint(lamp, sorts=["early", "unmet-link"])

    assert [(one.sort, one.entry, one.known, one.mend) for one in findings] == [
        (sort, "ines", point(2, 1), 'since = "2:1"') for sort in found
    ]


def test_lint_finds_a_picture_and_a_premise_that_name_too_much(lamp: Story, tmp_path: Path) -> None:
    head = '[[pictures]]\nfile = "images/a.png"\nalt = "Ines with Theo."\nsince = "1:3"\n'
    files = {"ines": entry("Ines. {1:3}", Ines="1:3", head=head), "theo": THEO, "images/a.png": png()}
    import_pack(write_pack(tmp_path, files, about='premise = "Theo and the sea."'))

    assert [(one.entry, one.point, one.known, one.sentence) for one in lint(lamp, sorts=["early"])] == [
        ("ines", point(1, 3), point(2, 1), "The picture “Ines with Theo.” prints “Theo”, known only from 2:1."),
        ("story.toml", NOTHING, point(2, 1), "The premise prints “Theo”, known only from 2:1."),
    ]


def test_lint_finds_what_only_a_stamp_dates(lamp: Story, tmp_path: Path) -> None:
    head = '[[names]]\nname = "the keeper"\nsort = "described"\n[[facts]]\nlabel = "Work"\nvalue = "Lamps"\n'
    wilf = entry("He has a boat.\n\nHe is Ines’s friend. {1:3}", Wilf="1:2", head=head)
    import_pack(write_pack(tmp_path, {"wilf": wilf, "ines": INES}))

    assert [(one.point, one.sentence) for one in lint(lamp, sorts=["stamped"])] == [
        (chapter_end(2), "The block “He has a boat.” is dated by nothing but its stamp, 2."),
        (chapter_end(2), "The described “the keeper” has no date but its stamp."),
        (chapter_end(2), "The fact “Work: Lamps” is dated by nothing but its stamp, 2."),
    ]
