"""`manage.py lint_spoilers`: what it prints and how it ends."""

from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from reader.models import Story
from tests.wiki.lamps import INES, TEXT, WILF
from tests.wiki.packs import entry, write_pack
from wiki.packing import import_pack


def linted(*arguments: str, code: int) -> list[str]:
    """The lines that the command prints; it must end with this exit code."""
    out = StringIO()
    ended = 0
    try:
        call_command("lint_spoilers", *arguments, stdout=out)
    except SystemExit as end:
        ended = int(end.code or 0)
    assert ended == code
    return out.getvalue().splitlines()


def test_lint_spoilers_says_that_nothing_is_wrong(lamp: Story, tmp_path: Path) -> None:
    import_pack(write_pack(tmp_path, {"wilf": WILF, "ines": INES}))

    assert linted(lamp.slug, code=0) == ["Nothing to mend."]


def test_lint_spoilers_prints_a_line_for_each_finding(lamp: Story, tmp_path: Path) -> None:
    wilf = entry("Wilf lights the lamp of [[Ines]]. {1:3}\n\nHe is stout.", Wilf="1:1")
    import_pack(write_pack(tmp_path, {"wilf": wilf, "ines": INES}))

    assert linted(code=1) == [
        'wilf · 1:1 · The title “Wilf” is dated 1:1, but first stands in 1:2. Mend: since = "1:2".',
        (
            "wilf · 2 · The block “He is stout.” is dated by nothing but its stamp, 2. "
            "Mend: cite the paragraph that tells it."
        ),
        "2 findings:",
        "  1 early-name: name dated before it stands in the text",
        "  1 stamped: dated by nothing but a stamp",
    ]


def test_lint_spoilers_looks_at_some_sorts_and_some_entries_only(lamp: Story, tmp_path: Path) -> None:
    files = {"wilf": entry("Stout.", Wilf="1:1"), "ines": entry("Small.", Ines="1:1")}
    import_pack(write_pack(tmp_path, files))

    lines = linted(lamp.slug, "--kind", "stamped", "--entry", "ines.md", code=1)

    assert [line.split(" · ")[0] for line in lines[:-2]] == ["ines"]
    assert lines[-2:] == ["1 finding:", "  1 stamped: dated by nothing but a stamp"]
    assert linted(lamp.slug, "--kind", "dead-link", code=0) == ["Nothing to mend."]


def test_lint_spoilers_names_the_story_where_there_are_several(
    lamp: Story, tmp_path: Path, import_text: Callable[..., Story]
) -> None:
    import_text(TEXT, title="Another")
    for slug in ("the-lamp", "another"):
        import_pack(write_pack(tmp_path / slug, {"wilf": entry("Stout. {1:2}", Wilf="1:2")}, story=slug))

    lines = linted(code=1)

    assert [line for line in lines if line.endswith(":")] == ["another:", "the-lamp:", "2 findings:"]


@pytest.mark.parametrize("arguments", [("nowhere",), ("--entry", "nobody")])
def test_lint_spoilers_refuses_what_is_not_there(lamp: Story, arguments: tuple[str, ...]) -> None:
    with pytest.raises(CommandError, match="There is no") as refused:
        call_command("lint_spoilers", *arguments)
    assert refused.value.returncode == 2
