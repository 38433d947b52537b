"""What a user name may be."""

import pytest

from config.accounts import names

LETTERS = "A name is made of letters, digits, full stops, hyphens and underscores, and begins with a letter or digit."
ALPHABET = "A name keeps to one alphabet, so that nobody is taken for somebody else."


@pytest.mark.parametrize(
    "name",
    [
        "ada",
        "Ada_Quill",
        "ada-quill.2",
        "Zoë",
        "Łukasz",
        "Мария",
        "Ωmega"[1:],
        "山田太郎",
        "김서연",
        "नेहा",
        "a" * 30,
        "3rd",
        "محمد",
    ],
)
def test_names_of_many_alphabets_are_welcome(name: str) -> None:
    assert names.problem_with(names.normal(name)) == ""


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("ad", "A name has from 3 to 30 characters."),
        ("", "A name has from 3 to 30 characters."),
        ("a" * 31, "A name has from 3 to 30 characters."),
        ("ada\u200bquill", LETTERS),  # zero-width space
        ("ada\u200dquill", LETTERS),  # joiner
        ("ada\u202equill", LETTERS),  # right-to-left override
        ("ada\u2066quill", LETTERS),  # isolate
        ("ada\u00adquill", LETTERS),  # soft hyphen
        ("ada\ufeffquill", LETTERS),
        ("ada\u3164quill", LETTERS),  # a filler that draws nothing
        ("ada\u034fquill", LETTERS),  # joins without a trace
        ("ada\0quill", LETTERS),
        ("ada\nquill", LETTERS),
        ("ada\x7fquill", LETTERS),
        ("ada\ud800quill", LETTERS),
        ("ada quill", LETTERS),
        ("ada@example.org", LETTERS),
        ("ada/quill", LETTERS),
        ("_ada", LETTERS),
        ("ada.", LETTERS),
        ("ada😀", LETTERS),
        ("1234", "A name has a letter in it."),
        ("аda_quill", ALPHABET),  # the first letter is Cyrillic
        ("αda", ALPHABET),
        ("Moderator", "That name is taken. Please choose another."),
        ("former_editor", "That name is taken. Please choose another."),
    ],
)
def test_names_that_deceive_are_refused_in_one_sentence(name: str, problem: str) -> None:
    assert names.problem_with(names.normal(name)) == problem


def test_names_have_one_spelling() -> None:
    assert {names.normal(name) for name in ("Zoe\u0308", "Zoë", " Zoë ", "Ｚoë")} == {"Zoë"}
