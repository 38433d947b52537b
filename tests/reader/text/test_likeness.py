"""Nearly the same or not: what an editor would call one paragraph, corrected."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.text.likeness import likeness, near, profile

texts = st.text(st.sampled_from("abc ,.これ本"), max_size=60) | st.text(max_size=30)


def is_near(old: str, new: str) -> bool:
    """Whether the two are versions of one paragraph."""
    return near(profile(old), profile(new)) > 0


@given(texts, texts)
def test_likeness_is_the_same_from_both_sides_and_bounded(one: str, other: str) -> None:
    there, back = likeness(profile(one), profile(other)), likeness(profile(other), profile(one))
    assert 0 <= there <= 1
    # difflib may find other equal runs when its sides are swapped; it never changes by much.
    assert there == pytest.approx(back, abs=0.5)


@given(texts)
def test_text_is_wholly_like_itself(text: str) -> None:
    assert likeness(profile(text), profile(text)) == 1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("“Yes.”", "“Yes!”"),
        ("“Yes.”", "«Yes.»"),
        ("She waitd there.", "She waited there."),
        ("It was raining again.", "It was raining yet again."),
        ("The lamp went out on the stairs.", "The lamp went out on the landing."),
        (
            "He looked at the sea for a long time and said nothing.",
            "He looked at the sea for a while and said nothing.",
        ),
        ("A short sentence stands here.", "A short sentence stands here, and goes on."),
        ("彼女は海を見て、何も言わなかった。", "彼女は海を見て、何も言わずにいた。"),
        ("Она долго смотрела на море.", "Она очень долго смотрела на море."),
    ],
)
def test_near_takes_a_corrected_paragraph(old: str, new: str) -> None:
    assert is_near(old, new)
    assert is_near(new, old)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("“Yes.”", "“No.”"),
        ("Yes", "Yesterday"),
        ("“Yes,” he said.", "“No,” he said."),
        ("“Now,” she said.", "“Not,” she said."),
        ("He nodded.", "She nodded."),
        ("…", "—"),
        ("", "Something."),
        ("It was late.", "It was late when the last train came in and nobody got off but a man with a dog."),
        ("The lamp on the stairs had gone out again.", "Nobody in the house had heard the telephone ring."),
        ("彼女は海を見て、何も言わなかった。", "列車は朝の五時に駅を出て行った。"),
    ],
)
def test_near_leaves_another_paragraph(old: str, new: str) -> None:
    assert not is_near(old, new)
    assert not is_near(new, old)


def test_threshold_is_a_setting() -> None:
    old, new = profile("one two three four " * 10), profile("one two three five " * 10)
    assert near(old, new) == likeness(old, new) > 0
    assert near(old, new, threshold=0.9) == 0


def test_very_long_texts_are_compared_by_their_clauses() -> None:
    old = "".join(f"Clause {number} of a very long paragraph, it goes on; " for number in range(5_000))
    new = (
        "A beginning. "
        + old[:100_000]
        + "Something put in. "
        + old[100_500:].replace("77", "seventy-seven")
        + " An end."
    )
    other = "".join(f"Sentence {number} of a wholly different one, nothing is shared; " for number in range(5_000))
    assert likeness(profile(old), profile(new)) > 0.9
    assert is_near(old, new)
    assert not is_near(old, other)
