"""The names that a writer has met."""

from wiki.text.gating import Printed
from wiki.text.lexicon import KnownName, Lexicon, folded


def test_lexicon_finds_the_longest_and_dates_the_shared_by_the_earliest() -> None:
    names = Lexicon([KnownName("Cup of China", 9), KnownName("China", 2), KnownName("Anna", 7), KnownName("Anna", 3)])

    assert list(names.find("Anna won the Cup of China.")) == [
        Printed(0, 4, "Anna", 3),
        Printed(13, 25, "Cup of China", 9),
    ]
    assert (names.known("CHINA"), names.known("Cup"), names.known("anna")) == (2, None, 3)


def test_lexicon_knows_in_links_what_it_does_not_find() -> None:
    names = Lexicon([KnownName("Light", 5, only_by_hand=True), KnownName("Frost", 6, only_capital=True)])

    assert list(names.find("Light and frost; a Frost.")) == [Printed(19, 24, "Frost", 6)]
    assert (names.known("Light"), list(names.find("Frost lay there."))) == (5, [Printed(0, 5, "Frost", 6)])


def test_an_empty_lexicon_finds_nothing() -> None:
    assert (list(Lexicon([]).find("Anna")), Lexicon([]).known("Anna")) == ([], None)


def test_folded_is_never_longer_than_its_column() -> None:
    assert len(folded("ß" * 200)) == 250
