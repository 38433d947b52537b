import pytest

from reader.text.headings import Heading, recognise, split_title


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("Chapter Text", Heading("paste", None, "")),
        ("Chapter 3", Heading("chapter", 3, "")),
        ("CHAPTER THREE: The Ferry", Heading("chapter", 3, "The Ferry")),
        ("chapter iii.", Heading("chapter", 3, "")),
        ("Chapter 3 - The Ferry", Heading("chapter", 3, "The Ferry")),
        ("Chapter 3 The Ferry", Heading("chapter", 3, "The Ferry")),
        ("Chapter Twenty-One", Heading("chapter", 21, "")),
        ("Chapter the Third", Heading("chapter", 3, "")),
        ("~ Chapter 3 ~", Heading("chapter", 3, "")),
        ("**Chapter 3: Fog**", Heading("chapter", 3, "Fog")),
        ("Ch. 3", Heading("chapter", 3, "")),
        ("Chapter #3", Heading("chapter", 3, "")),
        ("Kapitel 3: Nebel", Heading("chapter", 3, "Nebel")),
        ("第3章 霧", Heading("chapter", 3, "霧")),
        ("第十二章", Heading("chapter", None, "")),
        ("Part Two", Heading("part", 2, "")),
        ("# Fog", Heading("hash", None, "Fog")),
        ("# Chapter 3: Fog", Heading("hash", 3, "Fog")),
        ("Prologue", Heading("word", None, "Prologue")),
        ("EPILOGUE: Fog", Heading("word", None, "EPILOGUE: Fog")),
        ("III.", Heading("roman.", 3, "")),
        ("III. Fog", Heading("roman. titled", 3, "Fog")),
        ("III", Heading("roman", 3, "")),
        ("- 3 -", Heading("figure", 3, "")),
        ("3.", Heading("figure.", 3, "")),
    ],
)
def test_recognise_knows_headings(line: str, heading: Heading) -> None:
    assert recognise(line) == heading


@pytest.mark.parametrize(
    "line",
    [
        "Chapter 3 was the worst.",
        "Chapter Three, which she never read, was the best.",
        "Chapter",
        "Chapters 3",
        "Chapter Civil",
        "Part of it was true.",
        "Prologues bore me.",
        "The introduction was made by a cat.",
        "I did it.",
        "I",
        "Mix.",
        "3 cats",
        "#fog",
        "1984 was a year.",
        "Chapter 3: " + "fog " * 60,
        "",
    ],
)
def test_recognise_leaves_sentences_alone(line: str) -> None:
    heading = recognise(line)
    assert heading is None or heading == Heading("roman", 1, "")  # a lone "I" counts only in a series


@pytest.mark.parametrize(
    ("text", "split"),
    [
        ("Chapter 3: Fog", (3, "Fog")),
        ("Chapter 3", (3, "")),
        ("3. Fog", (3, "Fog")),
        ("3", (3, "")),
        ("III: Fog", (3, "Fog")),
        ("12 Angry Cats", (None, "12 Angry Cats")),
        ("1984", (None, "1984")),
        ("I, Cat", (None, "I, Cat")),
        ("Fog", (None, "Fog")),
        ("", (None, "")),
    ],
)
def test_split_title_takes_the_number_off(text: str, split: tuple[int | None, str]) -> None:
    assert split_title(text) == split
