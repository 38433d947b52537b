import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import ManuscriptError
from reader.text.decoding import decode
from reader.text.source import Remark

TEXTS = st.text(st.characters(exclude_categories=("C", "Zl", "Zp")), min_size=1).filter(str.strip)


@given(TEXTS, st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_decode_gives_back_what_was_encoded(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)).lines == [text]


@given(st.lists(st.sampled_from(["café", "“a”", "b", "—", "€5"])).map(lambda words: " ".join(["é", *words])))
def test_decode_reads_windows_1252_and_says_so(text: str) -> None:
    decoded = decode(f"plain\n{text}".encode("cp1252"))
    warning = "The file is not UTF-8, here for the first time, and was read as Windows-1252: check accents and quotes."
    assert (decoded.lines, decoded.remarks) == (["plain", text], [Remark(2, warning)])


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_decode_names_the_line_an_editor_shows(end: str) -> None:
    data = f"one{end}two{end}{end}caf".encode() + b"\xe9"
    assert [remark.line for remark in decode(data).remarks if remark.line] == [4]


@pytest.mark.parametrize("byte", [0x81, 0x8D, 0x8F, 0x90, 0x9D])
def test_decode_refuses_bytes_that_mean_nothing(byte: int) -> None:
    with pytest.raises(ManuscriptError, match=f"^Line 2: the byte 0x{byte:02X} means nothing"):
        decode(b"one\ntw\xe9 " + bytes([byte]))


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"%PDF-1.7\n", "a PDF"),
        (b"\xff\xd8\xff\xe0", "JPEG"),
        (b"PK\x03\x04" + b"\0" * 26 + b"mimetypeapplication/epub+zip", "EPUB"),
        (b"PK\x03\x04" + b"\0" * 26 + b"something", "ZIP"),
        (b"{\\rtf1\\ansi}", "RTF"),
        (b"\n<!DOCTYPE html><p>x", "HTML"),
        (b"\0" * 60 + b"BOOKMOBI", "MOBI"),
    ],
)
def test_decode_names_what_is_no_text(data: bytes, name: str) -> None:
    with pytest.raises(ManuscriptError, match=name):
        decode(data)


@pytest.mark.parametrize("data", [b"", b" \n\t", b"a\0b", b"\xff\xfea", b"\xff\xfe\x00\xd8", b"\xff\xfe\0\0a\0\0\0"])
def test_decode_refuses_what_holds_no_text(data: bytes) -> None:
    with pytest.raises(ManuscriptError):
        decode(data)


def test_decode_counts_soft_line_ends_as_no_line_of_an_editor() -> None:
    decoded = decode("a\x0cb\u2028c\nd\x0be\nf".encode())
    assert decoded.lines == ["a", "b", "c", "d", "e", "f"]
    assert [decoded.number(index) for index in range(6)] == [1, 1, 1, 2, 2, 3]


def test_decode_mends_control_characters() -> None:
    decoded = decode("one\nit\x92s\x07 two\x1cthree\x81".encode())
    assert decoded.lines == ["one", "it’s two three"]
    assert decoded.remarks == [
        Remark(2, "4 control characters were removed or read as Windows-1252, here for the first time.")
    ]
