"""Pictures that people upload: what is a picture is kept, re-encoded and theirs alone; everything else is refused."""

import io
import struct
import zlib
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image as Pillow

from reader.models import Story, User
from tests.conftest import Visitor
from wiki.models import Image

WHY = "a test looks at everything"
pytestmark = pytest.mark.django_db


@pytest.fixture
def media(settings: object, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = str(tmp_path)  # type: ignore[attr-defined]
    settings.THROTTLES = {**settings.THROTTLES, "upload": (1000, 3600)}  # type: ignore[attr-defined]
    return tmp_path


def encoded(form: str, size: tuple[int, int] = (40, 30), mode: str = "RGB", **options: object) -> bytes:
    out = io.BytesIO()
    Pillow.new(mode, size, 200).save(out, form, **options)
    return out.getvalue()


def bomb() -> bytes:
    """A PNG of 20 kB that says it has 169 million pixels."""

    def chunk(sort: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + sort + data + struct.pack(">I", zlib.crc32(sort + data))

    head = struct.pack(">IIBBBBB", 13000, 13000, 1, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * (13000 * (1 + 1625)), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def send(visitor: Client, story: Story, data: bytes, name: str = "a.png", sort: str = "image/png") -> tuple[int, dict]:  # type: ignore[type-arg]
    answer = visitor.post(f"/wiki/{story.slug}/-/upload/", {"image": SimpleUploadedFile(name, data, sort)})
    return answer.status_code, answer.json()


def kept(media: Path) -> list[Path]:
    return [path for path in media.rglob("*") if path.is_file()]


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "GIF"])
def test_upload_keeps_a_picture_for_its_uploader_alone(
    story: Story, signed_in: Visitor, newcomer: Visitor, media: Path, form: str
) -> None:
    status, said = send(signed_in, story, encoded(form), "../../\0evil.html", "text/html")

    assert status == 200
    assert said["image_code"] == f"![what the picture shows](image:{said['image']}) "
    address = f"/wiki/{story.slug}/-/picture/{said['image']}/352.webp"
    assert (signed_in.get(address).status_code, newcomer.get(address).status_code) == (200, 404)
    assert {path.suffix for path in kept(media)} == {".webp", ".source"}
    assert "evil" not in " ".join(map(str, kept(media)))
    assert Image.objects.whole(because=WHY).get().uploader == User.objects.get()


def test_upload_drops_where_a_photograph_was_taken(story: Story, signed_in: Visitor, media: Path) -> None:
    exif = Pillow.Exif()
    exif[0x010E] = "our kitchen window"
    status, _said = send(signed_in, story, encoded("JPEG", exif=exif), "a.jpg", "image/jpeg")

    assert status == 200
    assert all(b"kitchen" not in path.read_bytes() for path in kept(media))


FRAMES = [Pillow.new("P", (2, 2), index % 250) for index in range(10_000)]


def animation() -> bytes:
    out = io.BytesIO()
    FRAMES[0].save(out, "GIF", save_all=True, append_images=FRAMES[1:])
    return out.getvalue()


def test_upload_takes_the_first_of_ten_thousand_frames(story: Story, signed_in: Visitor, media: Path) -> None:
    status, _said = send(signed_in, story, animation(), "a.gif", "image/gif")

    assert status == 200
    for path in kept(media):
        with Pillow.open(path) as picture:
            assert getattr(picture, "n_frames", 1) == 1


REFUSED = {
    "a page that says it is a gif": b"GIF89a<html><script>alert(1)</script></html>",
    "a page": b"<!doctype html><script>alert(1)</script>",
    "a drawing with scripts": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "nothing": b"",
    "half a picture": encoded("PNG", (400, 400), "RGBA")[:200],
    "half a photograph": encoded("JPEG", (400, 400))[:300],
    "a broken picture": encoded("PNG")[:40] + b"\xff" * 30 + encoded("PNG")[70:],
    "a bomb": bomb(),
    "a bitmap": encoded("BMP"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_upload_refuses_what_is_no_picture_in_one_sentence(
    story: Story, signed_in: Visitor, media: Path, what: str
) -> None:
    status, said = send(signed_in, story, REFUSED[what], "a.gif", "image/gif")

    assert (status, list(said)) == (400, ["error"])
    assert said["error"].endswith(".")
    assert (kept(media), Image.objects.whole(because=WHY).count()) == ([], 0)


def test_upload_keeps_nothing_of_a_page_behind_a_picture(story: Story, signed_in: Visitor, media: Path) -> None:
    status, _said = send(signed_in, story, encoded("GIF") + b"<script>alert(1)</script>", "a.gif", "image/gif")

    assert status == 200
    assert all(b"script" not in path.read_bytes() for path in kept(media))


def test_upload_refuses_51_megabytes(story: Story, signed_in: Visitor, media: Path) -> None:
    status, said = send(signed_in, story, encoded("PNG") + b"\0" * 51_000_000)

    assert (status, list(said), kept(media)) == (413, ["error"], [])


def test_upload_beyond_the_quota_is_refused(story: Story, signed_in: Visitor, media: Path, settings: object) -> None:
    settings.PICTURE_QUOTA_BYTES = len(encoded("PNG"))  # type: ignore[attr-defined]
    assert [send(signed_in, story, encoded("PNG"))[0] for _ in range(2)] == [200, 400]


def test_upload_without_a_file_or_a_length_is_refused(story: Story, signed_in: Visitor, media: Path) -> None:
    address = f"/wiki/{story.slug}/-/upload/"
    assert signed_in.post(address).status_code == 400
    assert signed_in.generic("POST", address, b"", content_type="multipart/form-data; boundary=x").status_code == 400
    assert signed_in.get(address).status_code == 405


def test_upload_needs_an_account(story: Story, newcomer: Visitor, media: Path) -> None:
    status, said = send(newcomer, story, encoded("PNG"))
    assert (status, list(said), kept(media)) == (403, ["error"], [])
