"""`rebuild` renews what is rendered, and never moves a gate."""

from pathlib import Path

from reader.models import Story
from tests.wiki.packs import WHY, entry, png, rows_of, wiki_of, write_pack
from wiki.compiling import Rebuilt, rebuild
from wiki.models import Block, Entry, Fact, Link, Name, Wiki
from wiki.packing import import_pack

FILES = {
    "ines": entry(
        "Lead with [[Wilf]]. {1:20}\n\n# Head\n\n- one\n- two\n\n| A |\n| --- |\n| [[Wilf|b]] |\n\n![A](image:a.png)",
        head='[[facts]]\nlabel = "Friend"\nvalue = "[[Wilf]]"\n',
        Ines="1:20",
    ),
    "wilf": entry("", Wilf="2:5"),
    "images/a.png": png(),
}


def test_rebuild_of_what_is_right_writes_nothing(story: Story, tmp_path: Path) -> None:
    import_pack(write_pack(tmp_path, FILES))
    before = rows_of(story)

    assert rebuild(story) == Rebuilt(entries=2, rows=10, renewed=0)
    assert rows_of(story) == before


def test_rebuild_renews_html_text_and_links_but_no_gate(story: Story, tmp_path: Path) -> None:
    import_pack(write_pack(tmp_path, FILES))
    before = wiki_of(story)
    Block.objects.whole(because=WHY).filter(kind="paragraph").update(html="old", text="old")
    Fact.objects.whole(because=WHY).update(html="old", links=[])
    Name.objects.whole(because=WHY).update(folded="old")
    Link.objects.whole(because=WHY).delete()

    found = rebuild(story)

    assert wiki_of(story) == before
    assert found.renewed == 7
    entries = Entry.objects.whole(because=WHY).order_by("source_name").values_list("source_name", "version")
    assert list(entries) == [("ines.md", 2), ("wilf.md", 2)]
    assert Wiki.objects.get(story=story).version == 2


def test_rebuild_keeps_a_gate_that_would_be_another_today(story: Story, tmp_path: Path) -> None:
    pack = write_pack(tmp_path, {"ines": entry("She waits for Wilf. {1:20}", Ines="1:20")})
    import_pack(pack)
    before = wiki_of(story)["entries"]["ines.md"]
    import_pack(write_pack(pack, {"wilf": entry("", Wilf="4:2")}))

    rebuild(story)

    assert wiki_of(story)["entries"]["ines.md"] == before


def test_rebuild_of_a_story_without_a_wiki(story: Story) -> None:
    assert rebuild(story) == Rebuilt(0, 0, 0)
