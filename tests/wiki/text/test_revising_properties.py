"""For any body, any point and any text that comes back: what is hidden stays, and nothing unchanged is changed."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from reader.text.points import chapter_end, format_point, point
from wiki.text.bodies import compile_body
from wiki.text.lexicon import Lexicon
from wiki.text.revising import Stored, Writer, form_body, revise

NOBODY = Lexicon([])
WORDS = ["rain", "light", "boat", "storm", "Mirelle", "keeps", "counts", "the", "a", "lamp", "*low*", "[[Silas|he]]"]
POINTS = [point(chapter, number) for chapter in range(1, 5) for number in (1, 5)]


@st.composite
def bodies(draw: st.DrawFn) -> str:
    """Paragraphs, headings, items, quotes and rows, cited, stamped or neither."""
    out = []
    for _ in range(draw(st.integers(1, 9))):
        shape = draw(
            st.sampled_from(["{}", "{}", "- {}", "- {}\n\n  {}", "1. {}", "> {}", "## {}", "### {}", "---", "|"])
        )
        if shape == "|":
            rows = "".join(f"| {draw(sentences())} | b |\n" for _ in range(draw(st.integers(1, 3))))
            out.append(f"| a | b |\n| --- | --- |\n{rows}")
            continue
        sentence = [draw(words()) if shape.startswith("#") else draw(sentences()) for _ in range(shape.count("{}"))]
        out.append(shape.format(*sentence))
    return "\n\n".join(out) + "\n"


@st.composite
def words(draw: st.DrawFn) -> str:
    return " ".join(draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=5)))


@st.composite
def sentences(draw: st.DrawFn) -> str:
    where = format_point(draw(st.sampled_from(POINTS)))
    later = format_point(draw(st.sampled_from(POINTS[4:])) + (1 << 8))
    ends = ["", f" {{{where}}}", f" {{{where}}}", f" {{since {where}}}", f" {{1:1}} {{until {later}}}"]
    return draw(words()) + "." + draw(st.sampled_from(ends))


def stored(body: str) -> list[Stored]:
    blocks, problems = compile_body(body, names=NOBODY, stamp=chapter_end(9))
    return [
        Stored(f"k{at}", one.kind, one.marks, one.source, one.since, one.until, one.is_stamped, one.reasons)
        for at, one in enumerate(blocks)
        if not problems
    ]


def writer(horizon: int) -> Writer:
    return Writer(horizon, NOBODY, horizon, is_met=lambda name: False)


horizons = st.sampled_from([*POINTS, chapter_end(9)])


@given(body=bodies(), horizon=horizons)
def test_an_unchanged_form_changes_nothing(body: str, horizon: int) -> None:
    now = stored(body)
    form = form_body(now, horizon, lambda name: False)
    revised = revise(now, base=now, body=form, writer=writer(horizon))
    assert (list(revised.blocks), revised.problems, revised.clashes) == (now, (), ())


@given(body=bodies(), other=bodies(), horizon=horizons)
def test_nothing_that_comes_back_touches_what_is_hidden(body: str, other: str, horizon: int) -> None:
    now = stored(body)
    revised = revise(now, base=now, body=other, writer=writer(horizon))
    if revised.problems:
        return
    hidden = {one.key: one for one in now if not one.shows_at(horizon)}
    kept = {one.key: one for one in revised.blocks if one.key in hidden}
    assert kept == hidden


@given(body=bodies(), other=bodies(), horizon=horizons)
def test_what_is_hidden_cannot_be_told_from_what_comes_back(body: str, other: str, horizon: int) -> None:
    """Saved with the hidden blocks or without them, the next form is the same."""
    now = stored(body)
    alone = [one for one in now if one.shows_at(horizon)]
    forms = []
    for blocks in (now, alone):
        revised = revise(blocks, base=blocks, body=other, writer=writer(horizon))
        named = [one if one.key else replace(one, key=f"n{at}") for at, one in enumerate(revised.blocks)]
        forms.append((revised.problems, form_body(named, horizon, lambda name: False)))
    assert forms[0] == forms[1]


@settings(max_examples=60)
@given(body=bodies(), mine=bodies(), horizon=horizons, data=st.data())
def test_saved_words_are_in_the_next_form_or_in_a_clash(
    body: str, mine: str, horizon: int, data: st.DataObject
) -> None:
    base = stored(body)
    theirs = revise(base, base=base, body=data.draw(bodies()), writer=writer(horizon))
    now = [one if one.key else replace(one, key=f"t{at}") for at, one in enumerate(theirs.blocks)]
    revised = revise(now, base=base, body=mine, writer=writer(horizon))
    assert (
        revised.problems
        or revised.clashes
        or {one.key for one in revised.blocks} >= {one.key for one in now if not one.shows_at(horizon)}
    )
