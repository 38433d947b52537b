"""The name finder against a slow obvious one, and what must hold for any names and any text."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.wiki.text.slow_names import slow_find
from wiki.text.capitals import with_and_without_stop
from wiki.text.folding import fold
from wiki.text.names import FindName, NameFinder

# Pieces rather than letters, so that names meet, overlap, nearly fit and are cut by every kind of border.
WORDS = [
    "Ann",
    "Anna",
    "Lee",
    "Leeds",
    "Groß",
    "Gross",
    "İnes",
    "Ines",
    "ines",
    "ANN",
    "Zoé",
    "Zoe\u0301",
    "Ofﬁ",
    "the",
]
LETTERS = [
    "A",
    "a",
    "n",
    "s",
    "e",
    "é",
    "e\u0301",
    "ß",
    "ẞ",
    "İ",
    "ı",
    "ﬁ",
    "ﬃ",
    "Æ",
    "l",
    "d",
    "O",
    "1",
    "²",
    "勇",
    "א",
]
MARKS = [
    " ",
    " ",
    " ",
    "\xa0",
    "\n",
    "  ",
    "'",
    "’",
    "-",
    "‑",
    "_",
    ".",
    ",",
    "—",
    "“",
    "🦢",
    "❤\ufe0f",
    "\u00ad",
    "\u200b",
    "\u0301",
]
TAILS = ["'s", "’s", "’", "'ll", "-like", "ex-", "A-", "l’", "O'", "Mr ", "Mr. ", "the ", "The ", " of ", ". "]

pieces = st.sampled_from(WORDS) | st.sampled_from(LETTERS) | st.sampled_from(MARKS) | st.sampled_from(TAILS)
words = st.sampled_from(WORDS) | st.sampled_from(WORDS) | st.sampled_from(LETTERS)
joints = st.sampled_from([" ", " ", " ", "", "-", "’", " of ", "\xa0", "\u00ad"])


@st.composite
def _spellings(draw: st.DrawFn) -> str:
    """Mostly what names look like."""
    first, *others = draw(st.lists(words, min_size=1, max_size=3))
    return (
        draw(st.sampled_from(["", "", "", "", "the ", "The ", "Mr "]))
        + first
        + "".join(draw(joints) + word for word in others)
    )


spellings = _spellings() | _spellings() | _spellings() | st.lists(pieces, min_size=1, max_size=3).map("".join)
find_names = st.builds(
    FindName,
    spellings,
    st.integers(1, 4),
    only_by_hand=st.sampled_from([False] * 7 + [True]),
    only_capital=st.sampled_from([False, False, False, True]),
)
name_lists = st.lists(find_names, min_size=1, max_size=6)


@st.composite
def names_and_text(draw: st.DrawFn) -> tuple[list[FindName], str]:
    """Names, and a text in which they are likely to stand: mostly blanks and the names themselves, by turns."""
    names = draw(name_lists)
    known = st.sampled_from([name.text for name in names])
    cased = st.builds(lambda text, change: change(text), known, st.sampled_from([str.upper, str.lower, str.title]))
    glue = st.sampled_from([" ", " ", " ", ""]) | pieces
    spoken = draw(st.lists(known | known | cased | pieces, min_size=1, max_size=6))
    return names, "".join(word + draw(glue) for word in spoken)


@settings(max_examples=400, deadline=None)
@given(names_and_text(), st.booleans())
def test_find_equals_the_slow_version(drawn: tuple[list[FindName], str], any_case: bool) -> None:
    names, text = drawn
    assert NameFinder(names).find(text, any_case=any_case) == slow_find(names, text, any_case=any_case)


@settings(max_examples=300, deadline=None)
@given(names_and_text())
def test_found_are_in_order_apart_and_spelt_like_their_names(drawn: tuple[list[FindName], str]) -> None:
    names, text = drawn
    end = 0
    for found in NameFinder(names).find(text):
        assert end <= found.start < found.end <= len(text)
        assert found.text == text[found.start : found.end]
        assert found.keys == tuple(sorted(set(found.keys)))
        spelt = {
            name.key
            for name in names
            for spelling in with_and_without_stop(name.text)
            if fold(spelling).text.strip() == fold(found.text).text
        }
        assert found.keys
        assert spelt.issuperset(found.keys)
        end = found.end


@settings(max_examples=300, deadline=None)
@given(names_and_text(), st.text("qxyz", min_size=1))
def test_a_name_that_stands_nowhere_changes_nothing(drawn: tuple[list[FindName], str], stranger: str) -> None:
    names, text = drawn
    assert NameFinder([*names, FindName(stranger, 9)]).find(text) == NameFinder(names).find(text)


@settings(max_examples=300, deadline=None)
@given(names_and_text(), st.randoms(use_true_random=False))
def test_the_order_of_names_changes_nothing(drawn: tuple[list[FindName], str], random: object) -> None:
    names, text = drawn
    shuffled = sorted(names, key=lambda _: random.random())  # type: ignore[attr-defined]
    assert NameFinder(shuffled + names).find(text) == NameFinder(names).find(text)


@settings(max_examples=300, deadline=None)
@given(names_and_text(), names_and_text())
def test_texts_on_either_side_of_a_border_do_not_meet(
    one: tuple[list[FindName], str], other: tuple[list[FindName], str]
) -> None:
    names, first = one[0] + other[0], one[1]
    finder = NameFinder(names)
    joined = f"{first}\n§\n{other[1]}"  # no name holds that sign, and a line begins behind it
    before, behind = finder.find(first), finder.find(other[1])
    shift = len(first) + 3
    moved = [found._replace(start=found.start + shift, end=found.end + shift) for found in behind]
    assert finder.find(joined) == before + moved


@settings(max_examples=300, deadline=None)
@given(names_and_text())
def test_a_name_by_itself_is_found_whole(drawn: tuple[list[FindName], str]) -> None:
    for name in drawn[0]:
        text = name.text.strip("\u00ad\u200b \xa0\n\u0301\ufe0f")
        found = NameFinder([FindName(text, name.key)]).find(text)
        assert [(one.start, one.end) for one in found] == ([(0, len(text))] if text else [])


@settings(max_examples=300, deadline=None)
@given(names_and_text())
def test_a_text_in_capitals_has_all_that_are_needed(drawn: tuple[list[FindName], str]) -> None:
    names, text = [replace(name, only_capital=False) for name in drawn[0]], drawn[1].upper()
    finder = NameFinder(names)
    assert finder.find(text, any_case=True) == finder.find(text)
