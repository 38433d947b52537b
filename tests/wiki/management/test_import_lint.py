"""`manage.py import_pack` ends with what the spoiler lint says of what changed."""

from io import StringIO
from pathlib import Path

from django.core.management import call_command

from reader.models import Story
from tests.wiki.lamps import INES, THEO, WILF
from tests.wiki.packs import entry, write_pack


def lint_of(pack: Path) -> list[str]:
    """The lines about findings."""
    out = StringIO()
    call_command("import_pack", str(pack), stdout=out)
    return [line.strip() for line in out.getvalue().splitlines() if "lint" in line]


def test_import_pack_lints_only_what_has_changed(lamp: Story, tmp_path: Path) -> None:
    ines = INES + "\nShe waits for Theo. {1:3}\n\nNobody knows why.\n"
    pack = write_pack(tmp_path, {"wilf": WILF, "ines": ines})

    first = lint_of(pack)
    again = lint_of(pack)
    later = lint_of(write_pack(pack, {"theo": THEO}))

    assert [line.split("Mend")[0].strip() for line in first] == [
        "lint: ines · 2 · The block “Nobody knows why.” is dated by nothing but its stamp, 2."
    ]
    assert again == []
    assert [line.split("Mend")[0].strip() for line in later] == [
        "lint: ines · 1:3 · The block “She waits for Theo.” prints “Theo”, known only from 2:1.",
        "lint: theo · 2:1 · No other entry links to it.",
    ]


def test_import_pack_says_how_to_see_the_findings_that_it_does_not_print(lamp: Story, tmp_path: Path) -> None:
    body = "\n\n".join(f"He has {number} boats." for number in range(20))

    lines = lint_of(write_pack(tmp_path, {"wilf": entry(body, Wilf="1:2")}))

    assert len(lines) == 13
    assert lines[-1] == "… and 10 more; to see them all: manage.py lint_spoilers the-lamp"
