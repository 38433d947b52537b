"""Turns an uploaded picture into files that may be served: decoded, re-encoded at fixed widths, without its metadata.

Knows Pillow and the folder of the media, neither rows nor readers. The file as it came is kept beside them for export
and is never served.
"""

import io
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from django.conf import settings
from PIL import Image, ImageCms, ImageOps

from wiki.errors import PictureError

_KEPT_WIDTH: Final = 1600
WIDTHS: Final = (96, 352, 704)
"""Pixels; a narrower picture is not blown up."""
FORMATS: Final = ("PNG", "JPEG", "WEBP", "GIF")
MOST_BYTES: Final = 20_000_000
MOST_PIXELS: Final = 40_000_000
_QUALITY: Final = 82
_BROKEN: Final = (OSError, SyntaxError, ValueError, EOFError, IndexError, TypeError, struct.error, zlib.error)


@dataclass(frozen=True, slots=True)
class Encoded:
    """A picture ready to be kept: its size in pixels, and the WebP file for each of `WIDTHS`."""

    width: int
    height: int
    digest: str
    source: bytes
    files: dict[int, bytes]


def digest_of(data: bytes) -> str:
    """What tells whether a picture has to be encoded again."""
    return sha256(data).hexdigest()


def encode(data: bytes, *, is_upload: bool = False) -> Encoded:
    """Decode and encode again. Raises PictureError, in a sentence, for what is no picture or too large a one.

    Of an upload not even the file as it came is kept: it may say where somebody lives.
    """
    if len(data) > MOST_BYTES:
        raise PictureError(f"The picture is larger than {MOST_BYTES // 1_000_000} million bytes.")
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as opened:
            width, height = opened.size
            if width * height > MOST_PIXELS:
                raise PictureError(f"The picture has more than {MOST_PIXELS // 1_000_000} million pixels.")
            picture = _plain(opened)
    except (*_BROKEN, Image.DecompressionBombError):
        raise PictureError(f"This is not a picture that can be read ({', '.join(FORMATS)}).") from None
    files = {wanted: _webp(picture, wanted) for wanted in WIDTHS}
    source = _webp(picture, _KEPT_WIDTH) if is_upload else data
    return Encoded(picture.width, picture.height, digest_of(data), source, files)


def _plain(opened: Image.Image) -> Image.Image:
    """The first frame, upright, in sRGB, and nothing else."""
    opened.seek(0)
    profile = opened.info.get("icc_profile")
    picture = ImageOps.exif_transpose(opened)
    mode = "RGBA" if picture.has_transparency_data else "RGB"
    if profile and picture.mode in ("RGB", "RGBA", "CMYK", "L"):
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            picture = (
                ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode="RGB") or picture
            )
        except (ImageCms.PyCMSError, *_BROKEN):
            pass  # a broken profile says nothing about the colours
    picture = picture.convert(mode)
    picture.info.clear()
    return picture


def _webp(picture: Image.Image, width: int) -> bytes:
    if width < picture.width:
        height = max(1, round(picture.height * width / picture.width))
        picture = picture.resize((width, height), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    picture.save(out, "WEBP", quality=_QUALITY, method=4)
    return out.getvalue()


def folder_of(story_public_id: str) -> Path:
    """Where the pictures of a story's wiki are kept."""
    return Path(settings.MEDIA_ROOT) / "wiki" / story_public_id


def file_name(public_id: str, digest: str, width: int) -> str:
    """The name of a picture's file at one width: other bytes have another name, so that nothing is ever overwritten."""
    return f"{public_id}-{digest[:12]}-{width}.webp"


def source_name(public_id: str, digest: str) -> str:
    """The name under which the picture is kept as it came."""
    return f"{public_id}-{digest[:12]}.source"


def keep(encoded: Encoded, folder: Path, public_id: str) -> Callable[[], None]:
    """Write all files; what is returned takes them away again."""
    folder.mkdir(parents=True, exist_ok=True)
    contents = {file_name(public_id, encoded.digest, width): data for width, data in encoded.files.items()}
    contents[source_name(public_id, encoded.digest)] = encoded.source
    for name, data in contents.items():
        unfinished = folder / f".{name}.part"
        unfinished.write_bytes(data)
        unfinished.rename(folder / name)

    def undo() -> None:
        remove(folder, public_id, encoded.digest)

    return undo


def is_kept(folder: Path, public_id: str, digest: str) -> bool:
    """Whether all of a picture's files are there."""
    return all((folder / name).is_file() for name in _names(public_id, digest))


def remove(folder: Path, public_id: str, digest: str) -> None:
    """Take a picture's files away, if it has any."""
    for name in _names(public_id, digest):
        (folder / name).unlink(missing_ok=True)


def _names(public_id: str, digest: str) -> list[str]:
    return [source_name(public_id, digest), *(file_name(public_id, digest, width) for width in WIDTHS)]
