"""The tables that a pack's README shows, counted from its files; and putting them there between their marks."""

import re
from pathlib import Path
from typing import Final

from reader.models import Paragraph, Story
from wiki.errors import Fault, PackError
from wiki.packing.founding import BUILT_IN
from wiki.packing.reading import read_folder
from wiki.text.packcount import count_kinds, table, uncited_table
from wiki.text.packfile import parse_entry
from wiki.text.packshape import PackEntry

README: Final = "README.md"
_MARKED: Final = r"(<!-- {0} -->\n).*?(<!-- end of {0} -->)"


def entries_of(root: Path) -> list[PackEntry]:
    """Every entry of a pack, by file. Raises PackError with every fault."""
    entries, faults = [], list[Fault]()
    for file in read_folder(root).files:
        entry, wrong = parse_entry(file.text(), file.path)
        faults += wrong
        if entry is not None:
            entries.append(entry)
    if faults:
        raise PackError(faults)
    return entries


def pack_tables(root: Path, *, story: Story | None = None) -> dict[str, str]:
    """Markdown tables by the mark under which a README holds them: `counts`, and with a story `uncited`."""
    entries = entries_of(root)
    titles = {kind.slug: kind.plural for kind in (*BUILT_IN, *read_folder(root).story.kinds)}
    found = {"counts": table(count_kinds(entries), titles)}
    if story is not None:
        rows = Paragraph.objects.filter(chapter__story=story).live().in_order()
        found["uncited"] = uncited_table(list(rows.values_list("point", flat=True)), entries)
    return found


def put_tables(root: Path, tables: dict[str, str]) -> bool:
    """Renew the tables in the pack's README between `<!-- counts -->` and `<!-- end of counts -->`; whether it changed.

    Raises PackError where there is no README or a mark is missing.
    """
    path = root / README
    if not path.is_file():
        raise PackError([Fault(README, 0, "The pack has no such file.")])
    text = before = path.read_text("utf-8")
    for mark, lines in tables.items():
        pattern = re.compile(_MARKED.format(mark), re.DOTALL)
        if not pattern.search(text):
            raise PackError([Fault(README, 0, f"It says nowhere where “{mark}” goes: <!-- {mark} -->.")])
        text = pattern.sub(lambda match, lines=lines: f"{match[1]}{lines}\n{match[2]}", text)  # type: ignore[misc]
    path.write_text(text, "utf-8")
    return text != before
