"""Marks without the neighbours that are not shown."""

from hypothesis import given
from hypothesis import strategies as st

from wiki.text.marks import nests, settle
from wiki.text.placing import marks_again

MARKS = ["", "-", ".-", "- -", ".- -", ".- .-", "> -", ".> .-", "|ln", ".|ln", "2.", ".2.", ".2. >"]


@given(st.lists(st.tuples(st.sampled_from(MARKS), st.booleans()), max_size=12))
def test_marks_again_of_some_blocks_settles_like_the_whole(parts: list[tuple[str, bool]]) -> None:
    """Blocks that were settled once, as compiling leaves them; some of them at hand with their numbers only."""
    marks = settle([mark for mark, _ in parts])
    kept = [is_kept for _, is_kept in parts]
    numbers = [[nest.number for nest in path] for path in nests(marks)]
    at_hand = [one for one, is_kept in zip(zip(marks, numbers, strict=True), kept, strict=True) if is_kept]

    assert settle(marks_again(at_hand)) == settle(marks, kept)
