"""The spoiler lint finds what leads nowhere: links, citations, entries; and after a change looks at what changed."""

from collections.abc import Callable
from pathlib import Path

import pytest

from reader.models import Story
from reader.text.points import chapter_end, point
from tests.wiki.lamps import INES, TEXT, THEO, WILF, fact
from tests.wiki.packs import entry, write_pack
from wiki.lint import Finding, entries_called, lint
from wiki.packing import import_pack


def test_lint_finds_links_to_nothing_and_guesses_what_was_meant(lamp: Story, tmp_path: Path) -> None:
    files = {"wilf": entry("He knows [[Ines Tarant|her]] and [[Nobody]]. {2:1}", Wilf="1:2"), "ines": INES}
    import_pack(write_pack(tmp_path, files))

    block = "The block “He knows her and Nobody.” links to"
    assert lint(lamp, sorts=["dead-link"]) == (
        Finding(
            "dead-link",
            "wilf",
            point(2, 1),
            point(2, 1),
            f"{block} “Nobody”, and nothing is called so.",
            "give an entry this name, or take the brackets away",
        ),
        Finding(
            "dead-link",
            "wilf",
            point(2, 1),
            point(2, 1),
            f"{block} “her”, and nothing is called so.",
            "write [[Ines Tarrant]]",
        ),
    )


def test_lint_tells_of_a_guess_only_those_who_have_met_it(lamp: Story, tmp_path: Path) -> None:
    files = {"wilf": entry("He knows [[Ines Tarant|her]]. {1:3}", Wilf="1:2"), "ines": INES}
    import_pack(write_pack(tmp_path, files))

    assert [(one.point, one.known) for one in lint(lamp, sorts=["dead-link"])] == [(point(1, 3), point(2, 1))]


@pytest.mark.parametrize(
    ("cited", "words", "mend"),
    [
        ("{1:9}", "which is not there", "the last paragraph of chapter 1 is 1:3"),
        ("{7:1}", "and there is no chapter 7", "the last paragraph that is there is 2:4"),
        ("{7}", "and there is no chapter 7", "the last paragraph that is there is 2:4"),
    ],
)
def test_lint_finds_citations_of_what_is_not_there(
    lamp: Story, tmp_path: Path, cited: str, words: str, mend: str
) -> None:
    import_pack(write_pack(tmp_path, {"wilf": entry(f"A man. {cited}\n\nStout. {{1}} {{1:2}}", Wilf="1:2")}))

    sentence = f"The block “A man.” cites {cited.strip('{}')}, {words}."
    assert [(one.sentence, one.mend) for one in lint(lamp, sorts=["citation"])] == [(sentence, mend)]


def test_lint_says_where_a_cited_paragraph_went(lamp: Story, tmp_path: Path, import_text: Callable[..., Story]) -> None:
    body = "She stood. {1:1}\n\nHe lit it. {1:2}\n\nHe spoke. {1:3}"
    import_pack(write_pack(tmp_path, {"wilf": entry(body, Wilf="1:2")}))
    assert lint(lamp, sorts=["citation"]) == ()
    woman = "A woman in a grey coat stood at the rail."
    import_text(
        TEXT.replace(f"{woman}\n\n", "")
        .replace("Theo went home.", f"Theo went home.\n\n{woman}")
        .replace("Wilf lit the lamp, and row F was dark.\n\n", "")
    )

    assert [(one.sentence, one.mend) for one in lint(lamp, sorts=["citation"])] == [
        ("The block “She stood.” cites 1:1, which was moved to 2:3.128.", "write 2:3.128"),
        (
            "The block “He lit it.” cites 1:2, which was taken out of the text.",
            "say where it is told now, or take it out too",
        ),
        (
            "The title “Wilf” is dated 1:2, which was taken out of the text.",
            "say where it is told now, or take it out too",
        ),
    ]


def test_lint_finds_dates_that_no_paragraph_has(lamp: Story, tmp_path: Path) -> None:
    head = fact("Age", "Sixty", "2:9") + 'until = "6:1"\n' + fact("Work", "Lamps", "0")
    import_pack(write_pack(tmp_path, {"wilf": entry("A man. {1:2} {until 3:1}", Wilf="1:2", head=head)}))

    assert [(one.point, one.known, one.sentence) for one in lint(lamp, sorts=["citation"])] == [
        (point(1, 2), point(3, 1), "The block “A man.” is dated 3:1, and there is no chapter 3."),
        (point(2, 9), point(2, 9), "The fact “Age: Sixty” is dated 2:9, which is not there."),
        (point(2, 9), point(6, 1), "The fact “Age: Sixty” is dated 6:1, and there is no chapter 6."),
    ]


def test_lint_finds_entries_that_cite_nothing_and_that_nothing_links_to(lamp: Story, tmp_path: Path) -> None:
    wilf = entry("He lives with [[Wilf]]. {since 1:2}", Wilf="1:2", head=fact("Friends", "[[Ines]]", "1:3"))
    import_pack(write_pack(tmp_path, {"wilf": wilf, "ines": entry("She. {1:3}", Ines="1:3")}))

    assert [(one.sort, one.entry, one.point) for one in lint(lamp, sorts=["uncited", "orphan"])] == [
        ("uncited", "wilf", point(1, 2)),
        ("orphan", "wilf", point(1, 2)),
    ]


def test_lint_of_what_changed_looks_at_it_and_at_what_others_print_of_it(lamp: Story, tmp_path: Path) -> None:
    wilf = entry(
        "Wilf waits for Theo. {1:2}\n\nHe has a boat.\n\nHe left. {2}", Wilf="1:2", head=fact("To", "Theo", "1:2")
    )
    pack = write_pack(tmp_path, {"wilf": wilf, "ines": INES})
    import_pack(pack)
    report = import_pack(write_pack(pack, {"theo": THEO + "\nHis hat.\n"}))

    found = lint(lamp, entries=report.touched)

    assert report.touched == tuple(entries_called(lamp, ["theo"]))
    assert [(one.sort, one.entry, one.point) for one in found] == [
        ("stamped", "theo", chapter_end(2)),
        ("orphan", "theo", point(2, 1)),
        ("early", "wilf", point(1, 2)),
        ("early", "wilf", point(1, 2)),
    ]
    assert {("stamped", "wilf")} < {(one.sort, one.entry) for one in lint(lamp)}


def test_lint_of_a_changed_name_spares_the_longer_names_of_others(lamp: Story, tmp_path: Path) -> None:
    files = {"stairs": entry("Of stone. {2:1}", kind="location", Theos_Stairs="1:3"), "wilf": WILF}
    pack = write_pack(tmp_path, files | {"ines": entry("She sits on Theos Stairs. {1:3}", Ines="1:3")})
    import_pack(pack)
    report = import_pack(write_pack(pack, {"theo": entry("He. {2:1}", Theos="2:1")}))

    assert lint(lamp, entries=report.touched, sorts=["early"]) == ()


def test_entries_are_called_by_file_or_ending_of_its_path(lamp: Story, tmp_path: Path) -> None:
    import_pack(write_pack(tmp_path, {"people/wilf": WILF, "ines": INES}))

    wilf = entries_called(lamp, ["wilf"])
    assert len(wilf) == 1
    assert entries_called(lamp, ["people/wilf.md"]) == wilf
    assert entries_called(lamp, ["nobody"]) == set()
