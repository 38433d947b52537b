"""Pieces of a text around what was found in it: never other words than the text's, and never too long."""

from hypothesis import given
from hypothesis import strategies as st

from wiki.text.excerpts import CLOSE, OPEN, WIDTH, around, sentence, spans_of, spans_within

_texts = st.lists(st.sampled_from(["lamp", "sea", "the", "a.", "Wilf,", "x" * 50, "tide!"]), max_size=120).map(" ".join)


def test_sentence_is_the_one_with_most_of_the_words() -> None:
    text = "The lamp burns. The sea took the lamp. The sea, the sea."
    runs = sentence(text, spans_within(text, ["sea", "lamp"]))
    assert [(run.text, run.is_name) for run in runs] == [
        ("The ", False), ("sea", True), (" took the ", False), ("lamp", True), (".", False),
    ]  # fmt: skip


def test_around_cuts_where_most_stands_together() -> None:
    text = f"A lamp. {'Nothing at all. ' * 40}The lamp and the sea. {'Nothing more. ' * 40}"
    said = "".join(run.text for run in around(text, spans_within(text, ["lamp", "sea"])))
    assert "The lamp and the sea." in said
    assert said.startswith("… ")
    assert said.endswith(" …")


def test_spans_of_finds_the_marks() -> None:
    assert spans_of(f"{OPEN}a{CLOSE} b {OPEN}cd{CLOSE}") == [(0, 1), (4, 6)]
    assert spans_of("nothing") == spans_of("") == []


@given(_texts, st.sets(st.sampled_from(["lamp", "sea", "wilf", "tide"])))
def test_pieces_are_words_of_the_text(text: str, words: set[str]) -> None:
    spans = spans_within(text, sorted(words))
    for cut, most in ((around(text, spans), WIDTH + 100), (sentence(text, spans), WIDTH + 100)):
        said = "".join(run.text for run in cut)
        assert said.replace("… ", "").replace(" …", "").replace("…", "") in text
        assert len(said) <= most
        assert all(run.text.lower() in words for run in cut if run.is_name)
        assert any(run.is_name for run in cut) == bool(spans)
