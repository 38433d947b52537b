"""The spoiler lint reads the text: names that are dated before they stand there, or never stand there."""

from pathlib import Path

import pytest

from reader.models import Story
from reader.text.points import point
from tests.wiki.lamps import TEXT
from tests.wiki.packs import entry, write_pack
from wiki.lint import Finding, Sort, lint
from wiki.packing import import_pack

SORTS: tuple[Sort, ...] = ("early-name", "absent-name")


def name(text: str, since: str, more: str = "") -> str:
    """One name of front matter."""
    return f'[[names]]\nname = "{text}"\nsince = "{since}"\n{more}\n'


@pytest.mark.parametrize(
    ("head", "sort", "first"),
    [
        (name("Tarrant", "1:3"), "early-name", point(2, 1)),
        (name("Tarrant", "2:1"), "", 0),
        (name("Ines Tarrant", "2:1") + name("Tarrant", "2:1"), "", 0),  # stands within the longer one
        (name("Miss Ines", "1:1"), "early-name", point(1, 3)),
        (name("Inez", "1:3", 'sort = "misspelling"'), "absent-name", point(1, 3)),
        (name("the woman in a grey coat", "1:1", 'sort = "described"'), "", 0),
        (name("the woman on the quay", "1:1", 'sort = "described"'), "", 0),
        (name("Row F", "1:2"), "absent-name", point(1, 2)),
        (name("sea", "1:1", "only_by_hand = true"), "early-name", point(1, 3)),
        (name("sea", "1:3", "only_by_hand = true"), "", 0),
    ],
)
def test_lint_holds_names_against_the_text(lamp: Story, tmp_path: Path, head: str, sort: str, first: int) -> None:
    import_pack(write_pack(tmp_path, {"ines": entry("She. {1:3}", Ines="1:3", head=head)}))

    found = lint(lamp, sorts=SORTS)

    assert [(one.sort, one.entry, one.known) for one in found] == ([(sort, "ines", first)] if sort else [])


def test_lint_tells_where_a_name_first_stands(lamp: Story, tmp_path: Path) -> None:
    import_pack(write_pack(tmp_path, {"theo": entry("He. {2:1}", Theo="1:2")}))

    assert lint(lamp, sorts=SORTS) == (
        Finding(
            "early-name",
            "theo",
            point(1, 2),
            point(2, 1),
            "The title “Theo” is dated 1:2, but first stands in 2:1.",
            'since = "2:1"',
        ),
    )


def test_lint_says_from_where_an_undated_name_could_be_known(lamp: Story, tmp_path: Path) -> None:
    import_pack(write_pack(tmp_path, {"ines": entry("She. {1:3}", Ines="1:3", head='[[names]]\nname = "Tarrant"\n')}))

    assert [(one.sentence, one.mend) for one in lint(lamp, sorts=["stamped"])] == [
        ("The alias “Tarrant” has no date but its stamp; it first stands in 2:1.", 'since = "2:1"')
    ]


def test_lint_takes_the_title_of_a_chapter_for_text(lamp: Story, tmp_path: Path) -> None:
    import_pack(write_pack(tmp_path, {"one": entry("A number. {1:1}", One="1:1", Two="1:3")}))

    assert [(one.sentence) for one in lint(lamp, sorts=SORTS)] == [
        "The alias “Two” is dated 1:3, but first stands in 2:1."
    ]
    assert "# Two" in TEXT
