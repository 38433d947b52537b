"""Everything that is wrong with a pack is said at once, with file and line."""

from pathlib import Path

import pytest

from reader.models import Story
from tests.wiki.packs import entry, png, write_pack
from wiki.errors import Fault, PackError
from wiki.packing import import_pack


def faults_of(pack: Path) -> list[Fault]:
    """What an import says."""
    with pytest.raises(PackError) as caught:
        import_pack(pack)
    return caught.value.faults


def test_faults_of_all_files_come_together(story: Story, tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "a": entry("", kind="charakter", A="1"),
        "b": entry("", B="1:x"),
        "c": entry("", C="1", head='[[pictures]]\nfile = "images/c.png"\nalt = "C"\n'),
        "d": entry("Text. {1}\n\n![D](image:d.png)", D="1"),
        "e": entry("", C="2"),
        "f": b'+++\nkind = "film"\n\xff\n+++',
        "g": entry("", G="1", head='[[pictures]]\nfile = "images/g.png"\nalt = "G"\n'),
        "images/g.png": b"no picture",
    }

    assert faults_of(write_pack(tmp_path, files)) == [
        Fault(
            "entries/a.md",
            2,
            "There is no kind “charakter”; did you mean “character”?",
        ),
        Fault(
            "entries/b.md",
            5,
            "“1:x” is not a point: write 6 for the end of chapter 6, or 6:120 for its paragraph 120.",
        ),
        Fault("entries/c.md", 6, "The pack has no picture “images/c.png”."),
        Fault("entries/d.md", 9, "The pack has no picture “d.png”."),
        Fault("entries/e.md", 3, 'The address “c” is that of entries/c.md too; give one of them another slug = "…".'),
        Fault("entries/f.md", 3, "The file is not UTF-8 text."),
        Fault("entries/g.md", 6, "This is not a picture that can be read (PNG, JPEG, WEBP, GIF)."),
    ]


def test_faults_of_bodies_and_facts_have_the_line_of_the_file(story: Story, tmp_path: Path) -> None:
    body = "Fine. {1:2}\n\nWrong. {1:2x}\n\n::: since 3\nNever closed."
    head = '[[facts]]\nlabel = "Work"\nvalue = "Here {1:2}"\nsince = "1"\n'
    later = "Gone before it came. {4} {until 3}"

    found = faults_of(write_pack(tmp_path, {"a": entry(body, A="1", head=head), "b": entry(later, B="1")}))

    assert [(fault.file, fault.line, fault.sentence[:38]) for fault in found] == [
        ("entries/a.md", 6, "A fact is dated by its “since” and “un"),
        ("entries/a.md", 13, "“{1:2x}” is not a citation: “1:2x” is "),
        ("entries/a.md", 15, "“::: since 3” is not closed by a line "),
        ("entries/b.md", 7, "Nobody could ever see this: it shows u"),
    ]


def test_a_slug_may_be_shared_on_purpose(story: Story, tmp_path: Path) -> None:
    shared = entry("", Anna="3").replace("+++\nkind", "+++\nshares_slug = true\nkind")

    report = import_pack(write_pack(tmp_path, {"anna": entry("", Anna="1"), "other-anna": shared}))

    assert report.new == ("anna.md", "other-anna.md")


def test_an_unchanged_file_still_holds_its_address(story: Story, tmp_path: Path) -> None:
    pack = write_pack(tmp_path, {"b": entry("", Anna="1")})
    import_pack(pack)

    assert [fault.file for fault in faults_of(write_pack(pack, {"a": entry("", Anna="2")}))] == ["entries/a.md"]


@pytest.mark.parametrize(
    ("files", "wanted"),
    [
        (
            {"story.toml": ""},
            Fault("story.toml", 0, 'The pack must say whose wiki it is: story = "address-of-the-story".'),
        ),
        ({"story.toml": "story = the-lamp"}, Fault("story.toml", 1, "This is not valid TOML: Invalid value.")),
        ({"story.toml": b"\xff"}, Fault("story.toml", 1, "The file is not UTF-8 text.")),
    ],
)
def test_faults_of_story_toml(story: Story, tmp_path: Path, files: dict[str, str | bytes], wanted: Fault) -> None:
    assert faults_of(write_pack(tmp_path, files)) == [wanted]


def test_faults_of_folders(story: Story, tmp_path: Path) -> None:
    assert faults_of(tmp_path / "none") == [Fault(str(tmp_path / "none"), 0, "There is no such folder.")]
    assert [fault.file for fault in faults_of(tmp_path)] == ["story.toml"]


def test_a_picture_outside_the_pack_is_not_taken(story: Story, tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(png())
    pack = tmp_path / "pack"
    (pack / "images").mkdir(parents=True)
    (pack / "images" / "link.png").symlink_to(tmp_path / "secret.png")
    body = "![A](image:../secret.png) {1}\n\n![A](image:link.png) {1}"

    found = faults_of(write_pack(pack, {"a": entry(body, A="1")}))

    assert [fault.sentence for fault in found] == [
        "The pack has no picture “../secret.png”.",
        "The pack has no picture “link.png”.",
    ]
