"""The commands: what they print and how they end."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from reader.models import Story
from tests.wiki.packs import entry, write_pack


def said(*words: str, **options: Any) -> str:
    """What a command prints."""
    out = StringIO()
    call_command(*words, stdout=out, stderr=StringIO(), **options)
    return out.getvalue()


@pytest.fixture
def pack(story: Story, tmp_path: Path) -> Path:
    """Two entries."""
    return write_pack(tmp_path / "pack", {"ines": entry("Lead. {1:99}", Ines="1:20"), "wilf": entry("", Wilf="2:5")})


def test_import_pack_tells_what_it_did(pack: Path) -> None:
    assert said("import_pack", str(pack)).split("  lint:")[0] == (
        "The wiki of the-lamp is up to date.\n"
        "  new: 2 (ines.md, wilf.md)\n"
        "  entries/ines.md:7: The story has no paragraph 1:99.\n"
    )
    assert said("import_pack", str(pack)) == "Nothing has changed: 2 entries of the-lamp.\n"
    (pack / "entries/wilf.md").unlink()
    assert said("import_pack", str(pack)) == (
        "Nothing has changed: 1 entry of the-lamp.\n"
        "  kept, though the file is gone (--prune removes them): 1 (wilf.md)\n"
    )
    assert said("import_pack", str(pack), prune=True) == "The wiki of the-lamp is up to date.\n  removed: 1 (wilf.md)\n"


def test_import_pack_can_be_quiet(pack: Path) -> None:
    assert said("import_pack", str(pack), quiet=True) == ""


def test_import_pack_prints_every_fault_on_a_line_and_ends_with_2(pack: Path) -> None:
    write_pack(pack, {"ines": entry("{1:x}", Ines="1:x"), "wilf": entry("", kind="", Wilf="2")})

    with pytest.raises(CommandError) as caught:
        said("import_pack", str(pack))

    assert caught.value.returncode == 2
    assert str(caught.value).split("\n") == [
        "entries/ines.md:5: “1:x” is not a point: write 6 for the end of chapter 6, or 6:120 for its paragraph 120.",
        'entries/wilf.md:2: The entry has no kind: write kind = "character" or another one.',
    ]


def test_export_pack_and_back(pack: Path, tmp_path: Path) -> None:
    said("import_pack", str(pack))

    assert said("export_pack", "the-lamp", str(tmp_path / "out")) == f"2 entries of the-lamp are in {tmp_path}/out.\n"
    assert said("import_pack", str(tmp_path / "out")).startswith("Nothing has changed")


@pytest.mark.parametrize("words", [("export_pack", "nothing", "x"), ("rebuild_wiki", "nothing")])
def test_an_unknown_story_is_refused_in_a_sentence(db: None, words: tuple[str, ...]) -> None:
    with pytest.raises(CommandError, match="There is no story “nothing”") as caught:
        said(*words)

    assert caught.value.returncode == 2


def test_rebuild_wiki_tells_what_it_renewed(pack: Path) -> None:
    said("import_pack", str(pack))

    told = "the-lamp: 2 entries, 3 rows, 0 of them renewed; 150 paragraphs read, 0 tags renewed; "
    assert said("rebuild_wiki") == f"{told}150 rows of the search renewed.\n"
    assert said("rebuild_wiki", "the-lamp") == f"{told}0 rows of the search renewed.\n"
