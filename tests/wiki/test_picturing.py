"""Pictures are decoded with suspicion and encoded without anything but their pixels."""

import io
from collections.abc import Callable

import pytest
from PIL import Image, ImageCms

from tests.wiki.packs import png
from wiki import picturing
from wiki.errors import PictureError


def test_encode_keeps_the_shape_and_never_blows_up() -> None:
    wide, small = picturing.encode(png(size=(1000, 500))), picturing.encode(png(size=(50, 60)))

    assert [Image.open(io.BytesIO(data)).size for data in wide.files.values()] == [(96, 48), (352, 176), (704, 352)]
    assert [Image.open(io.BytesIO(data)).size for data in small.files.values()] == [(50, 60)] * 3
    assert ((wide.width, wide.height), (small.width, small.height)) == ((1000, 500), (50, 60))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_encode_takes_four_formats(kind: str) -> None:
    assert Image.open(io.BytesIO(picturing.encode(png(kind=kind)).files[96])).format == "WEBP"


@pytest.mark.parametrize(
    "make",
    [
        lambda: b"",
        lambda: b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>",
        lambda: png(kind="BMP"),
        lambda: png(kind="TIFF"),
        lambda: png()[:200],
        lambda: png(kind="JPEG")[:300] + b"\xff\xd8",
        lambda: b"GIF89a" + b"\xff" * 50,
    ],
)
def test_encode_refuses_what_is_no_whole_picture(make: Callable[[], bytes]) -> None:
    with pytest.raises(PictureError, match="not a picture that can be read"):
        picturing.encode(make())


def test_encode_refuses_what_is_too_large() -> None:
    with pytest.raises(PictureError, match="more than 40 million pixels"):
        picturing.encode(png(size=(8000, 5001)))
    with pytest.raises(PictureError, match="larger than 20 million bytes"):
        picturing.encode(b"\0" * 20_000_001)


def test_encode_turns_upright_and_drops_metadata() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    out = io.BytesIO()
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    Image.new("RGB", (700, 350), "red").save(out, "JPEG", exif=exif, icc_profile=profile)

    made = Image.open(io.BytesIO(picturing.encode(out.getvalue()).files[352]))

    assert made.size == (350, 700)
    assert {name for name in made.info if name in {"exif", "icc_profile", "xmp"}} == set()


def test_encode_keeps_what_is_transparent() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (700, 700), (255, 0, 0, 0)).save(out, "PNG")

    assert Image.open(io.BytesIO(picturing.encode(out.getvalue()).files[96])).convert("RGBA").getpixel((5, 5))[3] == 0  # type: ignore[index]
