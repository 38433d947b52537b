"""Turns the bytes of a text file into lines and says aloud what it had to assume. Knows nothing of stories.

The order is: byte order mark, strict UTF-8, Windows-1252. Guessing beyond that was wrong on short prose.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass

from reader.errors import ManuscriptError

from .source import Remark

_BINARIES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"{\\rtf", "a Rich Text document (RTF)"),
    (b"\xd0\xcf\x11\xe0", "an old Word document (DOC)"),
    (b"\x1f\x8b", "a compressed file (gzip)"),
    (b"BZh", "a compressed file (bzip2)"),
    (b"\xfd7zXZ", "a compressed file (xz)"),
    (b"7z\xbc\xaf", "a compressed file (7z)"),
    (b"Rar!", "a compressed file (RAR)"),
    (b"OggS", "a sound file"),
    (b"ID3", "a sound file"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "a database"),
)
_ZIPPED: tuple[tuple[bytes, str], ...] = (
    (b"application/epub+zip", "an e-book (EPUB)"),
    (b"application/vnd.oasis.opendocument.text", "an OpenDocument text (ODT)"),
    (b"word/", "a Word document (DOCX)"),
    (b"[Content_Types].xml", "an Office document"),
)
_UTF8_MARK = b"\xef\xbb\xbf"
_HTML = re.compile(rb"\s*(?:<!doctype html|<html[\s>])", re.IGNORECASE)
_UTF8_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")

# Line ends that an editor does not count: a page break, a "line separator" of a word processor.
_SOFT_END = re.compile("[\x0b\x0c\u2028\u2029]")
_CONTROL = re.compile("[\x01-\x08\x0e-\x1f\x7f-\x9f]")
# U+0080 to U+009F in a text are Windows-1252 that somebody took for Latin-1; browsers read them so too (HTML, "numeric
# character reference end state"). The separators U+001C to U+001F part words.
_CONTROL_READ_AS = {
    **{chr(code): " " for code in range(0x1C, 0x20)},
    **{chr(code): bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)},
}


@dataclass(frozen=True, slots=True)
class Decoded:
    """The lines of a file; ``soft`` lists the indexes of those that begin where an editor sees no line end."""

    lines: list[str]
    soft: list[int]
    remarks: list[Remark]

    def number(self, index: int) -> int:
        """The 1-based number that an editor shows beside the line at ``index``."""
        return index + 1 - bisect_right(self.soft, index) if self.soft else index + 1


def decode(data: bytes) -> Decoded:
    """The lines of the file, without control characters; raises ManuscriptError for what is no text.

    >>> decode("Wind.\\r\\nRain.".encode("utf-16")).lines
    ['Wind.', 'Rain.']
    """
    remarks: list[Remark] = []
    text = _to_text(data, remarks)
    if "\0" in text:
        raise ManuscriptError(
            f"Line {_line_at(text, text.index(chr(0)))}: the file holds NUL characters; it is not a text, "
            "or it is UTF-16 without its byte order mark."
        )
    text = _unify_line_ends(text, remarks)
    text = _drop_control_characters(text, remarks)
    if not text.strip():
        raise ManuscriptError("The file holds nothing but blanks." if data else "The file is empty.")
    soft: list[int] = []
    lines = text.split("\n")
    if _SOFT_END.search(text):
        lines = _split_softly(lines, soft)
    return Decoded(lines, soft, remarks)


def _to_text(data: bytes, remarks: list[Remark]) -> str:
    if data.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")):
        raise ManuscriptError("The file is UTF-32, which is not supported; save it as UTF-8.")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _from_utf16(data, remarks)
    if looks_like := _name_binary(data):
        raise ManuscriptError(f"The file looks like {looks_like}, not like a text; save it as plain text or Markdown.")
    if data.startswith(_UTF8_MARK):
        remarks.append(Remark(0, "The file begins with a UTF-8 byte order mark; it was left out."))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # With "utf-8-sig" the position counts from after the mark.
        start = error.start + len(_UTF8_MARK) * data.startswith(_UTF8_MARK)
    return _from_cp1252(data, start, remarks)


def _from_utf16(data: bytes, remarks: list[Remark]) -> str:
    try:
        text = data.decode("utf-16")
    except UnicodeDecodeError as error:
        raise ManuscriptError(
            f"The file says that it is UTF-16, but its byte {error.start + 1} breaks the rules."
        ) from None
    remarks.append(Remark(0, "The file is UTF-16; it was read as such."))
    return text


def _from_cp1252(data: bytes, start: int, remarks: list[Remark]) -> str:
    line = _line_at(data[:start].decode("latin-1"), start)
    if b"\0" in data:
        raise ManuscriptError(
            "The file holds NUL bytes; it is not a text, or it is UTF-16 without its byte order mark."
        )
    whole = _UTF8_SEQUENCE.findall(data)
    if len(whole) > len(_BEYOND_ASCII.findall(data)) - sum(map(len, whole)):
        raise ManuscriptError(
            f"Line {line}: the file is UTF-8, but the byte 0x{data[start]:02X} here is not; mend this line."
        )
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as error:
        line = _line_at(data[: error.start].decode("latin-1"), error.start)
        byte = f"0x{data[error.start]:02X}"
        raise ManuscriptError(
            f"Line {line}: the byte {byte} means nothing in UTF-8 or Windows-1252; save the file as UTF-8."
        ) from None
    warning = "The file is not UTF-8, here for the first time, and was read as Windows-1252: check accents and quotes."
    remarks.append(Remark(line, warning))
    return text


def _name_binary(data: bytes) -> str:
    if data.startswith(b"PK\x03\x04"):
        return next((name for mark, name in _ZIPPED if mark in data[:4096]), "a compressed file (ZIP)")
    if data[60:68] == b"BOOKMOBI":
        return "an e-book (MOBI)"
    if _HTML.match(data[:1024].removeprefix(_UTF8_MARK)):
        return "a web page (HTML)"
    return next((name for mark, name in _BINARIES if data.startswith(mark)), "")


def _line_at(text: str, position: int) -> int:
    """The number of the line that holds this position, whatever its line ends are."""
    before = text[:position]
    return 1 + before.count("\n") + before.count("\r") - before.count("\r\n")


def _unify_line_ends(text: str, remarks: list[Remark]) -> str:
    returns = text.count("\r")
    if not returns:
        return text
    pairs = text.count("\r\n")
    feeds = text.count("\n") - pairs
    if returns > pairs:
        alone = "The lines end in carriage returns alone, as on an old Macintosh; they were read as line ends."
        mixed = "The line ends are mixed (LF, CRLF or CR); each was read as a line end."
        remarks.append(Remark(0, mixed if pairs or feeds else alone))
    elif feeds:
        remarks.append(Remark(0, "The line ends are mixed (LF and CRLF); each was read as a line end."))
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _drop_control_characters(text: str, remarks: list[Remark]) -> str:
    first = _CONTROL.search(text)
    if not first:
        return text
    line = _line_at(text, first.start())
    text, count = _CONTROL.subn(lambda match: _CONTROL_READ_AS.get(match[0], ""), text)
    many = "1 control character was" if count == 1 else f"{count:,} control characters were"
    remarks.append(Remark(line, f"{many} removed or read as Windows-1252, here for the first time."))
    return text


def _split_softly(lines: list[str], soft: list[int]) -> list[str]:
    result: list[str] = []
    for line in lines:
        first, *others = _SOFT_END.split(line)
        result.append(first)
        soft.extend(range(len(result), len(result) + len(others)))
        result.extend(others)
    return result
