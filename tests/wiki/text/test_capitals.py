"""What capitals ask for and prove."""

import pytest

from wiki.text.capitals import begins_small, needed, opens_sentence, with_and_without_stop


@pytest.mark.parametrize(
    ("name", "capitals"),
    [
        ("Ines Tarrant", "IT"),
        ("The Lantern Reel", "LR"),
        ("Cup Of China", "CC"),
        ("On Love", "OL"),  # only articles are free in front
        ("Plan A", "PA"),
        ("The Who", "W"),
        ("The", "T"),
        ("It", "I"),
        ("The lantern", ""),
        ("the woman in the grey coat", ""),
        ("O’Brien-Moss", "OBM"),
        ("NASA", "NASA"),
        ("勇利", ""),
        ("", ""),
    ],
)
def test_needed_capitals(name: str, capitals: str) -> None:
    assert "".join(name[at] for at in sorted(needed(name))) == capitals


@pytest.mark.parametrize(
    ("before", "opens"),
    [
        ("", True),
        ("“", True),
        ("It was cold. ", True),
        ("Was it? ", True),
        ("“It was.” ", True),
        ("He said, “", True),
        ("Pru: ", True),
        ("cold\n", True),
        ("* ", True),
        ("It was ", False),
        ("It was, ", False),
        ("It was—", False),
        ("With Mr. ", False),
        ("cold.", False),
        ("a very long line without any end before the name " * 3, False),
    ],
)
def test_opens_sentence(before: str, opens: bool) -> None:
    assert opens_sentence(f"{before}Frost", len(before)) is opens


@pytest.mark.parametrize(
    ("message", "small"),
    [
        ("Pru: are you up there", True),
        ("Mum: WHAT", False),
        ("Pru: I am", False),
        ("im fine", True),
        ("Jonah: 3 words i think", True),
        ("Thursday, 20:58", False),
        ("Pru: ???", False),
        ("", False),
    ],
)
def test_begins_small(message: str, small: bool) -> None:
    assert begins_small(message) is small


@pytest.mark.parametrize(
    ("name", "spellings"),
    [
        ("Mr. Crane", {"Mr. Crane", "Mr Crane"}),
        ("Prof Dr. Moth", {"Prof Dr. Moth", "Prof Dr Moth", "Prof. Dr. Moth"}),
        ("Mrcrane", {"Mrcrane"}),
        ("Amory Jr", {"Amory Jr", "Amory Jr."}),
        ("Ines", {"Ines"}),
    ],
)
def test_spellings_with_and_without_stop(name: str, spellings: set[str]) -> None:
    assert with_and_without_stop(name) == spellings
