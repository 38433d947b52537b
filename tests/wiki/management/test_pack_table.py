"""`manage.py pack_table`: the tables of a pack, printed and put into its README."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from reader.models import Story
from tests.wiki.lamps import INES, WILF
from tests.wiki.packs import entry, write_pack

COUNTS = """\
| kind | entries | names | facts | statements | citations |
| --- | ---: | ---: | ---: | ---: | ---: |
| Characters | 2 | 3 | 0 | 2 | 2 |
| **All** | 2 | 3 | 0 | 2 | 2 |
"""
UNCITED = """\
| chapter | paragraphs | not cited | which |
| ---: | ---: | ---: | --- |
| 1 | 3 | 1 | 1 |
| 2 | 4 | 3 | 2–4 |
| **All** | 7 | 4 | |
"""


def run(*arguments: str) -> str:
    said = StringIO()
    call_command("pack_table", *arguments, stdout=said)
    return said.getvalue()


def test_pack_table_counts_by_kind_and_with_a_story_what_is_not_cited(lamp: Story, tmp_path: Path) -> None:
    pack = write_pack(tmp_path, {"wilf": WILF, "ines": INES})

    assert run(str(pack)) == COUNTS
    assert run(str(pack), lamp.slug) == f"{COUNTS}\n{UNCITED}"


def test_pack_table_writes_between_the_marks_of_the_readme_and_nowhere_else(tmp_path: Path) -> None:
    readme = "# It\n\n<!-- counts -->\nold\n<!-- end of counts -->\n\nEnd.\n"
    pack = write_pack(tmp_path, {"wilf": WILF, "ines": INES, "README.md": readme})

    run(str(pack))
    assert (pack / "README.md").read_text("utf-8") == readme
    run(str(pack), "--write")

    written = f"# It\n\n<!-- counts -->\n{COUNTS}<!-- end of counts -->\n\nEnd.\n"
    assert (pack / "README.md").read_text("utf-8") == written


@pytest.mark.parametrize(
    ("files", "arguments", "sentence"),
    [
        ({"wilf": WILF}, ("the-bell",), "There is no story “the-bell”."),
        ({"wilf": entry(Wilf="1:x")}, (), "entries/wilf.md"),
        ({"wilf": WILF}, ("--write",), "README.md: The pack has no such file."),
        ({"wilf": WILF, "README.md": "None."}, ("--write",), "README.md: It says nowhere where “counts” goes"),
    ],
)
def test_pack_table_refuses_what_it_cannot_read(
    db: None, tmp_path: Path, files: dict[str, str], arguments: tuple[str, ...], sentence: str
) -> None:
    pack = write_pack(tmp_path, files)

    with pytest.raises(CommandError) as caught:
        run(str(pack), *arguments)

    assert caught.value.returncode == 2
    assert sentence in str(caught.value)
