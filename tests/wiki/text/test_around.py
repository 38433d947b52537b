"""A piece of a text with the words around it."""

from wiki.text.around import around


def test_around_leaves_a_short_text_whole() -> None:
    assert around("Wilf lit it.", 0, 4) == "[Wilf] lit it."
    assert around("It was Wilf", 7, 11) == "It was [Wilf]"


def test_around_cuts_between_words_and_says_so() -> None:
    assert around("The lamp was lit by Wilf before it rained.", 20, 24, width=7) == "… lit by [Wilf] before …"


def test_around_cuts_a_text_without_blanks_by_characters() -> None:
    assert around("勝生勇利は勝った", 2, 4, width=1) == "… 生[勇利]は …"
