"""What became of words, blocks and rows, and how it reads."""

import random
import time
from html import unescape

import pytest

from wiki.text.diff import BlockDiff, Piece, Row, RowDiff, blocks, html, rows, words

SIZE = 200_000


def shown(old: str, new: str) -> str:
    """Cut words in [-…-], added ones in [+…+]."""
    marks = {"same": ("", ""), "cut": ("[-", "-]"), "add": ("[+", "+]")}
    return "".join(f"{marks[piece.sort][0]}{piece.text}{marks[piece.sort][1]}" for piece in words(old, new))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "", ""),
        ("Rain.", "Rain.", "Rain."),
        ("", "Rain.", "[+Rain.+]"),
        ("Rain.", "", "[-Rain.-]"),
        ("A red door.", "A blue door.", "A [-red-][+blue+] door."),
        ("He came.", "He came, and left.", "He came[+, and left+]."),
        ("Wait what", "Wait, what", "Wait[+,+] what"),
        ("Rain. {6:120}", "Rain. {6:121}", "Rain. [-{6:120}-][+{6:121}+]"),
        ("At the Electra.", "At the [[Electra]].", "At the [+[[+]Electra[+]]+]."),
        ("Anna's coat", "Anna’s coat", "[-Anna's-][+Anna’s+] coat"),
        ("雨が降る", "雪が降る", "[-雨-][+雪+]が降る"),
        ("cafe\u0301s", "cafes", "[-cafe\u0301s-][+cafes+]"),
    ],
)
def test_words_show_what_changed(old: str, new: str, expected: str) -> None:
    assert shown(old, new) == expected


def test_blanks_between_two_changes_belong_to_the_change() -> None:
    assert shown("the big red door", "the old blue door") == "the [-big red-][+old blue+] door"


def test_a_short_word_between_long_changes_belongs_to_the_change() -> None:
    old, new = "Everybody waited for a remarkable performance.", "Nobody understood a complicated explanation."
    assert shown(old, new) == f"[-{old[:-1]}-][+{new[:-1]}+]."


def test_a_word_between_short_changes_stays() -> None:
    assert shown("a big cat sat", "a wet cat lay") == "a [-big-][+wet+] cat [-sat-][+lay+]"


def test_a_new_sentence_is_new_from_its_first_word() -> None:
    assert shown("She ran. She lay.", "She ran. She fell. She lay.") == "She ran. [+She fell. +]She lay."
    assert shown("She ran. She fell. She lay.", "She ran. She lay.") == "She ran. [-She fell. -]She lay."


def test_blocks_keep_their_order_and_the_removed_stand_where_they_were() -> None:
    old = [("a", "One."), ("b", "Two."), ("c", "Three."), ("d", "Four.")]
    new = [("a", "One."), ("e", "New."), ("d", "Four!"), ("c", "Three.")]

    found = blocks(old, new)

    assert [(one.sort, one.key) for one in found] == [
        ("same", "a"),
        ("removed", "b"),
        ("added", "e"),
        ("changed", "d"),
        ("same", "c"),
    ]
    assert found[3] == BlockDiff(
        "changed", "d", "Four.", "Four!", (Piece("same", "Four"), Piece("cut", "."), Piece("add", "!"))
    )
    assert found[1] == BlockDiff("removed", "b", "Two.", "", (Piece("cut", "Two."),))


def test_blocks_that_moved_are_as_few_as_can_be() -> None:
    old = [(key, key) for key in "abcde"]
    new = [(key, key) for key in "eabcd"]
    assert [(one.sort, one.key) for one in blocks(old, new)] == [
        ("moved", "e"),
        ("same", "a"),
        ("same", "b"),
        ("same", "c"),
        ("same", "d"),
    ]


def test_blocks_removed_after_one_that_moved_stay_behind() -> None:
    old = [(key, key) for key in "abxcd"]
    new = [(key, key) for key in "acdb"]
    assert [(one.sort, one.key) for one in blocks(old, new)] == [
        ("same", "a"),
        ("removed", "x"),
        ("same", "c"),
        ("same", "d"),
        ("moved", "b"),
    ]


def test_blocks_without_a_key_are_new() -> None:
    assert [one.sort for one in blocks([("a", "One.")], [("", "One."), ("", "Two.")])] == ["removed", "added", "added"]


def test_rows_tell_value_and_label() -> None:
    old = [Row("1", "Age", "17"), Row("2", "Home", "Leeds"), Row("3", "Coat", "red")]
    new = [Row("1", "Age", "18"), Row("2", "Lives in", "Leeds"), Row("4", "Dog", "Rex")]
    assert rows(old, new) == (
        RowDiff("changed", "Age", "17", "18", (Piece("cut", "17"), Piece("add", "18"))),
        RowDiff("changed", "Lives in", "Leeds", "Leeds", (Piece("same", "Leeds"),), old_label="Home"),
        RowDiff("removed", "Coat", "red", "", (Piece("cut", "red"),)),
        RowDiff("added", "Dog", "", "Rex", (Piece("add", "Rex"),)),
    )


def test_html_escapes_every_piece() -> None:
    pieces = [Piece("same", "<b> & "), Piece("cut", "<del>"), Piece("add", '"</ins>')]
    assert html(pieces) == "&lt;b&gt; &amp; <del>&lt;del&gt;</del><ins>&quot;&lt;/ins&gt;</ins>"


@pytest.mark.parametrize(
    ("piece", "expected"),
    [
        (Piece("add", " "), "<ins>·</ins>"),
        (Piece("cut", "\n\n"), "<del>↵\n↵\n</del>"),
        (Piece("add", "\xa0"), "<ins>␣</ins>"),
        (Piece("cut", "\u00ad"), "<del>␣</del>"),
        (Piece("add", " new"), "<ins> new</ins>"),
        (Piece("same", " \n"), " \n"),
    ],
)
def test_html_marks_changes_that_are_nothing_but_blanks(piece: Piece, expected: str) -> None:
    assert html([piece]) == expected


def long_texts() -> dict[str, tuple[str, str]]:
    """Pairs of texts made to be slow."""
    chance = random.Random(7)
    known = [str(number) for number in range(3000)]
    plain = [chance.choices(known, k=12) for _ in range(3000)]
    edited = [[chance.choice(known) if chance.random() < 0.1 else word for word in line] for line in plain]
    prose, changed = ("".join(" ".join(line) + ". " for line in lines)[:SIZE] for lines in (plain, edited))
    unique = [str(number) for number in range(35_000)]
    return {
        "one letter": ("a" * SIZE, "a" * (SIZE - 9)),
        "one word": ("a " * (SIZE // 2), "a " * (SIZE // 2 - 999)),
        "one word with another inside": ("a " * (SIZE // 2), "a " * 40_000 + "b " + "a " * 50_000),
        "two words": tuple("".join(chance.choices(["a ", "b "], k=SIZE // 2)) for _ in "xy"),  # type: ignore[dict-item]
        "nothing the same": ("x " * (SIZE // 2), " ".join(unique)),
        "one giant word": ("x" * SIZE, "y" * SIZE),
        "reversed": (" ".join(unique), " ".join(reversed(unique))),
        "shuffled": (prose, " ".join(chance.sample(prose.split(" "), prose.count(" ") + 1))),
        "edited everywhere": (prose, changed),
        "signs only": ("!?" * (SIZE // 2), "?!" * (SIZE // 2)),
        "signs between words": ("1:2," * (SIZE // 4), "2:1," * (SIZE // 4)),
        "braces": ("{a" * (SIZE // 2), "{" * SIZE),
        "tiny sentences": ("a. b! " * (SIZE // 6), "b. a! " * (SIZE // 6)),
        "blanks": (" " * SIZE, " \n" * (SIZE // 2)),
    }


@pytest.mark.parametrize("name", list(long_texts()))
def test_words_are_quick_whatever_the_texts(name: str) -> None:
    old, new = long_texts()[name]
    start = time.process_time()

    pieces = words(old, new)

    assert time.process_time() - start < 10  # less than one on a machine at rest
    assert "".join(piece.text for piece in pieces if piece.sort != "add") == old
    assert "".join(piece.text for piece in pieces if piece.sort != "cut") == new


def test_words_of_a_long_text_edited_everywhere_are_found_sentence_by_sentence() -> None:
    old, new = long_texts()["edited everywhere"]
    same = sum(len(piece.text) for piece in words(old, new) if piece.sort == "same")
    assert same > len(old) // 2


def test_html_of_a_change_reads_as_the_text() -> None:
    found = html(words("Tom & Anna", "Tom & Ines"))
    assert unescape(found) == "Tom & <del>Anna</del><ins>Ines</ins>"
