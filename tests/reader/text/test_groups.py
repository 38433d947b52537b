from reader.text.groups import Group, read_letter, read_messages, read_note, set_prose
from reader.text.source import Remark, SourceParagraph

COLON = '<span class="colon">: </span>'


def numbered(text: str) -> list[tuple[int, str]]:
    return list(enumerate(text.split("\n"), start=1))


def test_read_messages_makes_a_paragraph_of_each_line() -> None:
    group = read_messages(numbered("Tuesday, 10:42\n\n  Pru: *up*?\nSol: <no>: never\n"), "keep")
    assert group.paragraphs == [
        SourceParagraph("message", "Tuesday, 10:42", "Tuesday, 10:42", 1, "time", opens=True),
        SourceParagraph("message", "Pru: up?", f"<dt>Pru{COLON}</dt><dd><em>up</em>?</dd>", 3),
        SourceParagraph("message", "Sol: <no>: never", f"<dt>Sol{COLON}</dt><dd>&lt;no&gt;: never</dd>", 4),
    ]


def test_read_messages_knows_an_escaped_colon_and_a_scene_break() -> None:
    found = read_messages(numbered("Note\\: now\n***\nPru: ![a map](m.png)\nPru: yes"), "keep")
    assert [(row.text, row.role, row.scene_break) for row in found.paragraphs] == [
        ("Note: now", "time", False),
        ("Pru: yes", "", True),
    ]
    assert found.remarks == [Remark(3, "The picture “a map” was left out.")]


def test_read_letter_keeps_line_ends_and_roles() -> None:
    group = read_letter(numbered("> Wick,\n> 5 May\n\nDear *cat*,\ncome.\n\n— The\nKettle\n\n-- again"), "keep")
    assert group.paragraphs == [
        SourceParagraph("letter", "Wick,\n5 May", "Wick,<br>5 May", 1, "dateline", opens=True),
        SourceParagraph("letter", "Dear cat,\ncome.", "Dear <em>cat</em>,<br>come.", 4),
        SourceParagraph("letter", "The\nKettle", "The<br>Kettle", 7, "signature"),
        SourceParagraph("letter", "again", "again", 10, "signature"),
    ]


def test_read_letter_knows_a_scene_break() -> None:
    assert [row.scene_break for row in read_letter(numbered("a\n\n***\n\nb"), "keep").paragraphs] == [False, True]


def test_groups_of_blank_lines_hold_nothing() -> None:
    assert read_letter(numbered(" \n\n"), "keep") == read_messages(numbered(" \n\n"), "keep") == Group()


def test_read_note_makes_html_paragraphs() -> None:
    assert read_note(numbered("a\n*b*\n\n\n<c>"), "keep") == ("<p>a <em>b</em></p><p>&lt;c&gt;</p>", [])


def test_set_prose_joins_lines_but_where_they_are_broken() -> None:
    assert set_prose(["a ", "b  ", "c\\", "d\\\\", "e\\"], "keep").html == "a b<br>c<br>d\\ e\\"


def test_set_prose_curls_quotes_when_asked() -> None:
    assert set_prose(['*"a"*', '\\"b\\"'], "curly").html == '<em>“a”</em> "b"'
