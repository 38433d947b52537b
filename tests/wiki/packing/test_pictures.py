"""Pictures of packs: encoded once, kept under random names, shown from the earliest thing that shows them."""

import io
from pathlib import Path

from PIL import Image as Picture

from reader.models import Story
from reader.text.points import point
from tests.wiki.packs import WHY, entry, gates, png, wiki_of, write_pack
from wiki.models import Image
from wiki.packing import import_pack

PORTRAIT = '[[pictures]]\nfile = "images/face.png"\nalt = "A face."\nsince = "2:7"\n'


def names_in(media: Path, story: Story) -> set[str]:
    """The files that are kept."""
    return {path.name for path in (media / "wiki" / story.public_id).iterdir()}


def test_a_picture_is_kept_at_three_widths_and_as_it_came(story: Story, tmp_path: Path, media: Path) -> None:
    data = png("blue", (800, 800))
    import_pack(write_pack(tmp_path, {"a": entry("", A="1", head=PORTRAIT), "images/face.png": data}))

    image = Image.objects.whole(because=WHY).get()
    stem = f"{image.public_id}-{image.digest[:12]}"
    folder = media / "wiki" / story.public_id
    assert names_in(media, story) == {f"{stem}-{width}.webp" for width in (96, 352, 704)} | {f"{stem}.source"}
    assert (folder / f"{stem}.source").read_bytes() == data
    sizes = {width: Picture.open(folder / f"{stem}-{width}.webp").size for width in (96, 352, 704)}
    assert sizes == {96: (96, 96), 352: (352, 352), 704: (704, 704)}
    assert (image.source_name, image.width, image.height, image.since) == ("images/face.png", 800, 800, point(2, 7))


def test_a_body_names_pictures_by_file_and_stores_their_ids(story: Story, tmp_path: Path) -> None:
    body = "![A face](image:face.png) {1:9}\n\n![The face](image:images/face.png) {1:3}"
    import_pack(write_pack(tmp_path, {"a": entry(body, A="1:1"), "images/face.png": png()}))

    image = Image.objects.whole(because=WHY).get()
    assert [(source, since) for source, since, _key in gates(story, "a")] == [
        (f"![A face](image:{image.public_id}) {{1:9}}", point(1, 9)),
        (f"![The face](image:{image.public_id}) {{1:3}}", point(1, 3)),
    ]
    assert image.since == point(1, 3)


def test_a_portrait_gates_the_blocks_that_show_it(story: Story, tmp_path: Path) -> None:
    files = {"a": entry("![A face](image:face.png) {1:9}", A="1:1", head=PORTRAIT), "images/face.png": png()}

    import_pack(write_pack(tmp_path, files))

    assert [since for _source, since, _key in gates(story, "a")] == [point(2, 7)]


def test_a_picture_with_other_bytes_replaces_the_earlier(
    story: Story, tmp_path: Path, media: Path, django_capture_on_commit_callbacks: object
) -> None:
    pack = write_pack(tmp_path, {"a": entry("", A="1", head=PORTRAIT), "images/face.png": png("red")})
    import_pack(pack)
    before, first = Image.objects.whole(because=WHY).get(), names_in(media, story)

    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        report = import_pack(write_pack(pack, {"images/face.png": png("green")}))

    after = Image.objects.whole(because=WHY).get()
    assert (report.pictures, report.has_changed, report.touched) == (1, True, ())
    assert (after.public_id, after.digest != before.digest) == (before.public_id, True)
    assert len(names_in(media, story)) == 4
    assert not names_in(media, story) & first


def test_lost_files_are_made_again(story: Story, tmp_path: Path, media: Path) -> None:
    pack = write_pack(tmp_path, {"a": entry("", A="1", head=PORTRAIT), "images/face.png": png("red")})
    import_pack(pack)
    wiki, files = wiki_of(story), names_in(media, story)
    for path in (media / "wiki" / story.public_id).iterdir():
        path.unlink()

    import_pack(pack)

    assert (wiki_of(story), names_in(media, story)) == (wiki, files)


def test_a_small_picture_is_warned_of(story: Story, tmp_path: Path) -> None:
    small = png(size=(300, 700))
    report = import_pack(write_pack(tmp_path, {"a": entry("", A="1", head=PORTRAIT), "images/face.png": small}))

    assert [str(warning) for warning in report.warnings] == [
        "images/face.png: The picture should be at least 640 pixels wide and high."
    ]


def test_what_is_served_has_no_metadata(story: Story, tmp_path: Path, media: Path) -> None:
    out = io.BytesIO()
    exif = Picture.Exif()
    exif[0x010E] = "where I live"
    Picture.new("RGB", (700, 700)).save(out, "JPEG", exif=exif)
    head = PORTRAIT.replace("face.png", "face.jpg")

    import_pack(write_pack(tmp_path, {"a": entry("", A="1", head=head), "images/face.jpg": out.getvalue()}))

    served = [path.read_bytes() for path in (media / "wiki" / story.public_id).glob("*.webp")]
    assert len(served) == 3
    assert not any(b"where I live" in data or b"EXIF" in data for data in served)
