"""Bodies compiled: gates, stamps, and what an earlier version had."""

from hypothesis import given
from hypothesis import strategies as st

from reader.text.points import EVERYTHING, chapter_end, parse_point, point
from wiki.text.bodies import Before, Compiled, Inline, compile_body, compile_inline
from wiki.text.lexicon import KnownName, Lexicon

INES, WILF = KnownName("Ines", point(1, 20)), KnownName("Wilf", point(4, 2))
NAMES = Lexicon([INES, WILF, KnownName("Frost", point(1, 9), only_capital=True)])
END = chapter_end(9)


def gates(
    body: str, before: list[Before] | None = None, *, names: Lexicon = NAMES, stamp: int = END
) -> list[tuple[str, int]]:
    """Sources and points."""
    blocks, problems = compile_body(body, names=names, stamp=stamp, before=before or [])
    assert problems == []
    return [(block.source, block.since) for block in blocks]


def as_before(blocks: list[Compiled]) -> list[Before]:
    """As they would be stored."""
    return [Before(f"k{at}", one.kind, one.source, one.since, one.reasons) for at, one in enumerate(blocks)]


def test_compile_body_gates_by_citation_name_stamp_and_what_stands_below() -> None:
    assert gates("# Who\n\nInes. {1:3}\n\nShe met [[Wilf]]. {2}\n\nNobody knows.\n\n## Empty") == [
        ("# Who", point(1, 20)),
        ("Ines. {1:3}", point(1, 20)),
        ("She met [[Wilf]]. {2}", point(4, 2)),
        ("Nobody knows. {since 9}", END),
        ("## Empty", EVERYTHING),
    ]


def test_compile_body_numbers_links_and_gives_reasons() -> None:
    (block,), _problems = compile_body("[[Wilf]] and [[Inés|she]]. {2}", names=NAMES, stamp=END)

    assert (block.links, block.is_stamped, block.citations) == (("wilf", "ines"), False, (chapter_end(2),))
    assert [(reason.kind, reason.words) for reason in block.reasons] == [
        ("cites", "cites 2"),
        ("prints", "prints “Wilf”, known from 4:2"),
    ]


def test_compile_body_of_the_same_source_keeps_gates_whatever_is_known() -> None:
    first, _problems = compile_body("Wilf came. {1:2}\n\nUndated.\n\n- Wilf", names=Lexicon([]), stamp=chapter_end(3))

    again, _problems = compile_body(
        "Wilf came. {1:2}\n\nUndated.\n\n- Wilf", names=NAMES, stamp=END, before=as_before(first)
    )

    assert [(one.key, one.source, one.since) for one in again] == [
        ("k0", "Wilf came. {1:2}", point(1, 2)),
        ("k1", "Undated. {since 3}", chapter_end(3)),
        ("k2", "Wilf {since 3}", chapter_end(3)),
    ]


def test_compile_body_follows_a_stamp_that_was_changed_by_hand() -> None:
    before = [Before("k", "paragraph", "Undated. {since 3}", chapter_end(3))]

    assert gates("Undated. {since 2}", before) == [("Undated. {since 2}", chapter_end(2))]
    assert gates("Undated. {2:1}", before) == [("Undated. {2:1}", point(2, 1))]
    assert gates("Undated.", [Before("k", "paragraph", "Undated. {2:1}", point(2, 1))]) == [("Undated. {since 9}", END)]


def test_compile_body_takes_kept_gates_and_leaves_no_trace() -> None:
    assert gates("## W {kept 3:1}\n\nWilf. {1:2} {kept 1:2}\n\n| A |\n| - |\n| Wilf {kept 2} |") == [
        ("## W", point(3, 1)),
        ("Wilf. {1:2}", point(1, 2)),
        ("| A |", chapter_end(2)),
        ("| Wilf {since 9} |", chapter_end(2)),
    ]


def test_compile_body_names_lines_of_problems() -> None:
    _blocks, problems = compile_body(
        "Fine.\n\nBad {6:x}.\n\n![A](http://x/y.png)\n\nOdd. {kept x}", names=NAMES, stamp=END
    )

    assert [(problem.line, problem.text[:31]) for problem in problems] == [
        (3, "“{6:x}” is not a citation: “6:x"),
        (5, "A picture can only be one that "),
        (7, "“{kept x}” keeps no gate: “x” i"),
    ]


def test_compile_inline_refuses_citations_and_pictures() -> None:
    assert compile_inline("At *sea*\n with [[Wilf]]") == (
        Inline('At <em>sea</em> with <a data-link="0">Wilf</a>', "At sea with Wilf", ("wilf",)),
        [],
    )
    assert compile_inline("Sixty {1:2}")[1] == ["A fact is dated by its “since” and “until”, not inside its value."]
    assert compile_inline("![A](image:abc)")[1] == ["A fact cannot hold a picture."]


bodies = st.lists(
    st.tuples(
        st.sampled_from(["", "", "- ", "> ", "# ", "1. "]),
        st.sampled_from(["Rain.", "Ines came.", "[[Wilf]] went.", "Frost.", "**Bold** words."]),
        st.sampled_from(["", " {1:5}", " {3}", " {since 2:2}", " {until 8}", " {1:5} {since 4}"]),
    ).map("".join),
    max_size=7,
).map("\n\n".join)


@given(bodies)
def test_compile_body_is_settled_after_once(body: str) -> None:
    """What was compiled says all of itself: the sources alone give the same blocks, whatever the stamp would be."""
    first, _problems = compile_body(body, names=NAMES, stamp=END)

    again, _problems = compile_body(body, names=Lexicon([]), stamp=1, before=as_before(first))

    structural = {"heading"}
    assert [(one.source, one.html) for one in again] == [(one.source, one.html) for one in first]
    assert [one.since for one in again if one.kind not in structural] == [
        one.since for one in first if one.kind not in structural
    ]
    assert [one.key for one in again] == [f"k{at}" for at in range(len(first))]


@given(bodies, st.sampled_from([parse_point("1:1"), END]))
def test_no_block_shows_before_what_it_cites_or_prints(body: str, stamp: int) -> None:
    blocks, _problems = compile_body(body, names=NAMES, stamp=stamp)

    for block in blocks:
        known = [name.known for name in NAMES.find(block.text)]
        assert block.since >= max([*block.citations, *known], default=0)
